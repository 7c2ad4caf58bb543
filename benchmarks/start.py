"""What opening the window costs, and how much memory it takes.

    python benchmarks/start.py                 (part of ``make bench``)

Starts the program as ``secassist --page home`` does, off screen and, where Xvfb is there, on an X
display; waits until Home is painted (text, font, theme); then checks a sealed mail, asking a DNS
server on this computer, and waits for the verdict. CPU is that of the whole process, from the start
of the interpreter, whose modules were compiled before, as they are from the second start on. Memory
is what is resident after the check (VmRSS, which counts shared pages in full), and the most that
the parser process held. Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import compileall
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPENED = Path(__file__).with_name("opened.py")
ROOT = OPENED.parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from support.dns_server import DnsServer  # noqa: E402
from support.mails import at_gmail  # noqa: E402
from support.sign import key_record, letter, sign  # noqa: E402

DOMAIN = "mail.instagram.com"
MAIL = at_gmail(
    sign(letter(sender=f"Instagram <security@{DOMAIN}>"), domain=DOMAIN),
    mail_from=f"security@{DOMAIN}",
    results=f"dkim=pass header.i=@{DOMAIN}",
)
ZONE = key_record(DOMAIN) | {
    f"_dmarc.{DOMAIN}": {"TXT": ["v=DMARC1; p=reject"]},
    DOMAIN: {"TXT": ["v=spf1 ip4:192.0.2.0/24 -all"]},
}
RUNS = 5
GOALS = {"cpu": 0.6, "resident": 95.0, "together": 120.0}  # seconds, MB, MB
PATIENCE = 30.0  # seconds


def main() -> int:
    print(
        f"{'':12} {'CPU to Home':>12} {'wall':>7} {'at Home':>10} {'after a check':>14}"
        f" {'with parser':>12}"
    )
    met = True
    compileall.compile_dir(ROOT / "src", quiet=1)
    for name, platform in (("off screen", "offscreen"), ("Xvfb, xcb", "xcb")):
        if platform == "xcb" and shutil.which("Xvfb") is None:
            print(f"{name:12} not measured: there is no Xvfb")
            continue
        with display(platform) as environment:
            runs = [run(environment) for _ in range(RUNS + 1)][1:]  # the first one warms the disk
        figures = {key: statistics.median(r[key] for r in runs) for key in runs[0]}
        print(
            f"{name:12} {figures['cpu']:10.2f} s {figures['wall']:5.2f} s {figures['home']:7.1f} MB"
            f" {figures['resident']:11.1f} MB {figures['together']:9.1f} MB"
        )
        for key, goal in GOALS.items():
            ok = figures[key] <= goal
            met = met and ok
            print(f"{'':12} {key} {figures[key]:.2f}, goal {goal:g}: {'ok' if ok else 'MISS'}")
    print(f"medians of {RUNS} starts; load {os.getloadavg()[0]:.1f}")
    return 0 if met else 1


def run(environment: dict[str, str]) -> dict[str, float]:
    """Start the program once, in a process of its own; its figures."""
    with tempfile.TemporaryDirectory() as data, DnsServer(ZONE) as server:
        mail = Path(data) / "mail.eml"
        mail.write_bytes(MAIL)
        settings = {"dns": f"{server.address}:{server.port}", "theme": "light"}
        (Path(data) / "settings.json").write_text(json.dumps(settings), "utf-8")
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, str(OPENED), data, str(mail)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=2 * PATIENCE,
        )
    if done.returncode or not done.stdout:
        sys.exit(f"the window did not get that far:\n{done.stderr}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if not figures["proved"]:
        sys.exit("the seal of the mail was not proved, so memory says nothing.")
    figures["wall"] -= started
    return figures


@contextmanager
def display(platform: str) -> Iterator[dict[str, str]]:
    """The environment for a Qt platform, with an X server behind it if need be."""
    environment = os.environ | {"QT_QPA_PLATFORM": platform}
    if platform != "xcb":
        yield environment
        return
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as said:
            number = said.readline().strip()
        yield environment | {"DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    sys.exit(main() if sys.platform.startswith("linux") else "start.py measures on Linux only.")
