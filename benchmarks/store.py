"""How long the store takes, beside bare fsyncs on the same disk, measured in the same run.

    python benchmarks/store.py [FOLDER]     FOLDER: on the disk to be measured; default: here

Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from secassist.store import opening
from secassist.store.vault import Row
from secassist.usecases import vault as use
from secassist.usecases.vault import Door

ENTRIES = 1_000
TIMES = 60
PASSPHRASE = "a passphrase for the benchmark"


class InMemory:
    """A keyring that takes no time of its own."""

    def __init__(self) -> None:
        self.secrets: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.secrets.get(name)

    def set(self, name: str, secret: bytes) -> None:
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self.secrets.pop(name, None)


def milliseconds(work: Callable[[], object], times: int = TIMES) -> float:
    """The median of so many runs."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def bare_fsync(folder: Path) -> float:
    """A page appended to a file, and synced: what the simplest durable program has to pay."""
    page = os.urandom(4096)
    with (folder / "bare").open("wb", buffering=0) as file:

        def append() -> None:
            file.write(page)
            os.fsync(file.fileno())

        return milliseconds(append)


def filled(folder: Path, door: Door) -> None:
    vault, recovery = use.init(door)
    use.confirm(vault, recovery)
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    account = {"issuer": "Example", "account": "person@example.org", "secret": secret, "digits": 6}
    vault.change([Row("totp", f"{n:04}", {**account, "n": n}) for n in range(ENTRIES)])
    use.close(vault)


def measure(folder: Path) -> bool:
    keyring, both = Door(folder / "k", keyring=InMemory()), folder / "p"
    passphrase = Door(both, PASSPHRASE, InMemory())
    filled(folder / "k", keyring)
    filled(both, passphrase)
    with use.opened(keyring) as vault:
        numbers = iter(range(10**9))
        saving = milliseconds(lambda: vault.change([Row("totp", "0500", {"n": next(numbers)})]))
        sync = bare_fsync(folder)
        reading = milliseconds(lambda: vault.entries("totp"))
        backing_up = milliseconds(lambda: use.back_up(vault), 10)
    by_keyring = milliseconds(lambda: opening.unlock(keyring.folder, keyring.keyring).close(), 10)
    by_passphrase = milliseconds(
        lambda: opening.unlock(both, passphrase.keyring, PASSPHRASE).close(), 10
    )
    rows = [
        ("bare fsync", sync, None),
        (f"save one change among {ENTRIES}", saving, 3 * sync + 5),
        ("unlock, without the keyring's own time", by_keyring, 300.0),
        ("unlock with a passphrase", by_passphrase, 800.0),
        (f"read {ENTRIES} entries", reading, None),
        ("back up, and check it", backing_up, None),
    ]
    for name, taken, goal in rows:
        told = "" if goal is None else f"  goal {goal:7.1f}  {'met' if taken < goal else 'MISSED'}"
        print(f"{name:40} {taken:8.2f} ms{told}")
    return all(goal is None or taken < goal for _, taken, goal in rows)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else ".") as scratch:
        sys.exit(0 if measure(Path(scratch)) else 1)
