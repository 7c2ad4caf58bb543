"""How many headers a second come from a mail server? A real Dovecot on loopback, over TLS.

    python benchmarks/imap.py [MESSAGES]

Reads a Maildir with one flood twice, headers only: once as the server finds it, once with the
server's own cache filled; then scans it whole, as a person does, with the flood and the mails it
buries. Goal: 2,000 headers a second by the clock, each time.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from secassist.mailbox.scan import scan  # noqa: E402
from secassist.mailbox.sources.imap import ImapStore  # noqa: E402
from secassist.mailbox.sources.mail import Reading, never  # noqa: E402
from secassist.network.imap import Connection  # noqa: E402
from support.dovecot import PROGRAM, Dovecot  # noqa: E402
from support.mailboxes import BEGIN, DAY, alerts, flood, maildir  # noqa: E402

GOAL = 2_000
MESSAGES = 20_000


def main() -> int:
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    if not Path(PROGRAM).exists():
        print("not measured: there is no Dovecot here; `make test` installs it.")
        return 0
    start = BEGIN + 30 * DAY
    letters = sorted(
        [
            *flood("confirmations", start, messages - 3, per_hour=3_000),
            *alerts(start, count=3, seed=4),
        ]
    )
    # Dovecot's sockets need a short path, and its user has to be able to reach the mail.
    base = Path(tempfile.mkdtemp(prefix="dovecot-"))
    base.chmod(0o755)
    try:
        maildir(base / "mail", letters)
        with Dovecot(base / "server", base / "mail") as server:
            met = [
                _told("as the server finds it", messages, lambda: _headers(server)),
                _told("its cache filled", messages, lambda: _headers(server)),
                _told("scanned whole", messages, lambda: _scanned(server)),
            ]
    finally:
        shutil.rmtree(base)
    print(f"load {os.getloadavg()[0]:.1f}")
    return 0 if all(met) else 1


def _headers(server: Dovecot) -> int:
    with Connection(server.account, server.PASSWORD) as connection:
        return sum(1 for _ in ImapStore(connection).mails(Reading(), never))


def _scanned(server: Dovecot) -> int:
    with Connection(server.account, server.PASSWORD) as connection:
        found = scan([ImapStore(connection)])
    if len(found.floods) != 1:
        sys.exit("the flood was not found, so its time says nothing.")
    return found.messages


def _told(what: str, expected: int, work: Callable[[], int]) -> bool:
    began, used = time.perf_counter(), time.process_time()
    count = work()
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    if count != expected:
        sys.exit(f"{count} of {expected} messages were read.")
    met = count / wall >= GOAL
    print(
        f"{what:24} {count:,} headers in {wall:.2f} s: {count / wall:,.0f} a second by the clock,"
        f" {count / cpu:,.0f} a second of our CPU; goal {GOAL:,}: {'ok' if met else 'MISS'}"
    )
    return met


if __name__ == "__main__":
    sys.exit(main())
