"""From the start of the program to the first code on the screen, with a real keyring.

    python benchmarks/first_code.py            (part of ``make bench``)

A store of a few accounts whose key lives in GNOME's keyring, on a session bus of its own; then
``secassist --page two-factor`` off screen, until the page with the codes was painted. The clock
counts from before the interpreter starts; CPU is that of the program and of its keyring process,
which says more while others use the machine. Exit code 1 where the goal is missed.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("src", "tests", "tests/e2e")]

import keyring_session  # noqa: E402

from secassist.store.keyring_process import KeyringProcess  # noqa: E402
from secassist.store.vault import Row  # noqa: E402
from secassist.twofactor.account import Account  # noqa: E402
from secassist.twofactor.repository import KIND, Saved, to_data  # noqa: E402
from secassist.usecases import vault as use  # noqa: E402
from support.gnome_keyring import environment  # noqa: E402

SHOWN = Path(__file__).with_name("codes_shown.py")
ON_BUS = "--on-bus"
RUNS = 7
ACCOUNTS = 5
GOAL = 1.5  # seconds


def main() -> int:
    """Run this script again, on a bus of its own."""
    missing = [p for p in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(p) is None]
    if missing:
        print(f"first code   not measured: there is no {missing[0]}")
        return 0
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            ["dbus-run-session", "--", sys.executable, __file__, ON_BUS],
            env=environment(Path(home)) | {"QT_QPA_PLATFORM": "offscreen"},
            check=False,
        )
    return done.returncode


def on_bus() -> int:
    keyring_session.start()
    data = Path(os.environ["HOME"]) / "store"
    fill(data)
    runs = [run(data) for _ in range(RUNS + 1)][1:]  # the first one warms the disk
    wall, program, keyring = (
        statistics.median(run[name] for run in runs) for name in ("wall", "program", "keyring")
    )
    print(
        f"first code   {wall:.2f} s by the clock; CPU {program + keyring:.2f} s,"
        f" of which the keyring process {keyring:.2f} s"
    )
    print(f"goal {GOAL} s by the clock: {'ok' if wall < GOAL else 'MISS'}")
    print(f"medians of {RUNS} starts; load {os.getloadavg()[0]:.1f}")
    return 0 if wall < GOAL else 1


def fill(data: Path) -> None:
    """A store with a few accounts, whose recovery key is kept."""
    accounts = [Account(os.urandom(20), f"Site {n}", "anna") for n in range(ACCOUNTS)]
    with KeyringProcess() as keyring:
        vault, recovery = use.init(use.Door(data, keyring=keyring))
        use.confirm(vault, recovery)
        vault.change([Row(KIND, account.id, to_data(Saved(account))) for account in accounts])
        use.close(vault)


def run(data: Path) -> dict[str, float]:
    """Start the program once, in a process of its own; its figures."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(SHOWN), str(data)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if done.returncode or not done.stdout.strip():
        sys.exit(f"the codes were not shown:\n{done.stderr}")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    told["wall"] -= started
    return told


if __name__ == "__main__":
    if not sys.platform.startswith("linux"):
        sys.exit("first_code.py measures on Linux only.")
    sys.exit(on_bus() if sys.argv[1:2] == [ON_BUS] else main())
