"""What an audit of passwords costs, and a look into a downloaded list of breaches.

    python benchmarks/passwords.py [audits] [again] [offline] [LINES]

All parts where none is named; LINES of the list of breaches, 5,000,000 by default. keepassxc-cli
is compared where it is installed (``apt install keepassxc``).

Lists, store and server are made here. Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import asyncio
import base64
import csv
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests")]

from secassist.passwords.audit import Wanted  # noqa: E402
from secassist.passwords.breaches.offline import HashFile  # noqa: E402
from secassist.usecases import audit as use  # noqa: E402
from support import breach_lists, families, vaults  # noqa: E402

GOALS = {1_000: 2.0, 10_000: 15.0}  # seconds
MEMORY = 300  # MiB, for 10,000
GROWTH = 6.0  # from 10,000 to 50,000
CPU_AGAIN = 10.0  # seconds for 1,000 remembered accounts
WARM = 0.12  # seconds: a fiftieth of what keepassxc-cli 2.7.4 took for such a list
KEEPASSXC = "keepassxc-cli"
BESIDE = (5.0, 50.0)  # times faster, cold and warm

missed: list[str] = []


def goal(name: str, value: float, limit: float, unit: str, *, least: bool = False) -> None:
    good = value >= limit if least else value <= limit
    word = "at least" if least else "at most"
    print(f"{'good' if good else 'MISSED':7} {name}: {value:.2f} {unit} ({word} {limit:g})")
    if not good:
        missed.append(name)


def table(path: Path, size: int) -> list[str]:
    """A list of so many accounts; its passwords."""
    listed = [one for seed in range(-(-size // 1_000)) for one in families.vault(seed).credentials]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "url", "username", "password"])
        for number, one in enumerate(listed[:size]):
            row = (f"{one.title} {number}", one.urls[0], f"{one.username}-{number}", one.password)
            writer.writerow(row)
    return [one.password for one in listed[:size]]


def whole_audits(folder: Path) -> None:
    """Read, strength, reuse, near-reuse, tags, and the store."""
    taken = {}
    for size in (1_000, 10_000, 50_000):
        path = folder / f"{size}.csv"
        table(path, size)
        with vaults.new_vault(folder / f"store{size}") as vault:
            began = Cost.now()
            asyncio.run(use.audit_files(Wanted((str(path),)), use.Breaches(), vault))
            taken[size] = Cost.now() - began
        print(f"        {size:,} accounts: {taken[size]}")
        peak = max(resource.getrusage(who).ru_maxrss for who in (0, resource.RUSAGE_CHILDREN))
        if size in GOALS:
            goal(f"audit of {size:,}", taken[size].wall, GOALS[size], "s")
        if size == 10_000:
            goal("memory of the larger process", peak / 1024, MEMORY, "MiB")
    goal("growth to 50,000", taken[50_000].wall / taken[10_000].wall, GROWTH, "times")
    goal("growth to 50,000, CPU", taken[50_000].cpu / taken[10_000].cpu, GROWTH, "times")


def checks_again(folder: Path) -> None:
    """1,000 remembered accounts against a local server: no password is here any more."""
    with vaults.new_vault(folder / "again") as vault:
        path = folder / "again.csv"
        table(path, 1_000)
        asyncio.run(use.audit_files(Wanted((str(path),)), use.Breaches(), vault))
        path.unlink()
        rng = random.Random(3)
        prefixes = sorted({one.tags.breach_prefix for one in use.remembered(vault)} - {""})
        listed = [f"{one}{rng.getrandbits(140):035X}:1" for one in prefixes for _ in range(1_000)]
        with breach_lists.served(listed) as server:
            began = time.process_time()
            breaches = use.Breaches(online=True, server=server.url)
            report = asyncio.run(use.check_again(vault, breaches))
            taken = time.process_time() - began  # the server's own work is in it
            goal("checking 1,000 again", taken, CPU_AGAIN, "s of CPU")
        assert len(server.asked) == len(prefixes)
        assert set(server.padding) == {"true"}
        assert len(report.accounts) == 1_000


def offline(folder: Path, lines: int) -> None:
    """1,000 accounts against one list, beside keepassxc-cli where that is installed.

    Both look into the same file, cold (its pages given back to the system before) and warm. CPU
    is compared, too: the clock counts what else the computer does.
    """
    passwords = table(folder / "offline.csv", 1_000)
    known = random.Random(4).sample(sorted(set(passwords)), 200)
    path = folder / "breaches"
    print(f"making a list of {lines:,} hashes …")
    path.write_text("\n".join(breach_lists.lines(known, lines)) + "\n")
    hashes = sorted({breach_lists.digest(one) for one in passwords})
    ours: list[Cost] = []
    for cold in (True, False):
        if cold:
            _forget_pages(path)
        began = Cost.now()
        with HashFile.open(path) as file:
            found = sum(file.count(one) > 0 for one in hashes)
        ours.append(Cost.now() - began)
    print(f"        1,000 accounts: cold {ours[0]}, warm {ours[1]}, {found} found")
    assert found == len(set(known)), "not the planted ones"
    goal("1,000 accounts, warm", ours[1].cpu, WARM, "s of CPU")
    if shutil.which(KEEPASSXC) is None:
        print(f"        {KEEPASSXC} is not installed: no comparison")
        return
    theirs, hits = _keepassxc(folder, path, passwords)
    expected = sum(one in set(known) for one in passwords)
    print(f"        {KEEPASSXC}: cold {theirs[0]}, warm {theirs[1]}, {hits} entries found")
    assert hits == expected, "not the same hits"
    for name, least, mine, other in zip(("cold", "warm"), BESIDE, ours, theirs, strict=True):
        goal(f"beside {KEEPASSXC}, {name}, by the clock", other.wall / mine.wall, least,
             "times faster", least=True)  # fmt: skip
        goal(f"beside {KEEPASSXC}, {name}, by CPU", other.cpu / mine.cpu, least,
             "times faster", least=True)  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of CPU, of this process and its children."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Cost:
        used = [resource.getrusage(who) for who in (0, resource.RUSAGE_CHILDREN)]
        return cls(time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used))

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.wall - other.wall, self.cpu - other.cpu)

    def __str__(self) -> str:
        return f"{self.wall:.3f} s ({self.cpu:.3f} s of CPU)"


def _forget_pages(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)


def _keepassxc(folder: Path, path: Path, passwords: list[str]) -> tuple[list[Cost], int]:
    """What it takes for ``analyze`` alone: an empty list is looked through before, and taken off.

    Opening its database costs a key derivation, which is no part of the comparison.
    """
    source, database, empty = (folder / name for name in ("in.xml", "in.kdbx", "empty"))
    source.write_text(_xml(passwords), encoding="utf-8")
    _told([KEEPASSXC, "import", "-p", str(source), str(database)], "x\nx\n")
    empty.write_text(f"{'0' * 40}:1\n")
    analyze = [KEEPASSXC, "analyze", "--hibp"]
    began = Cost.now()
    _told([*analyze, str(empty), str(database)], "x\n")
    opening = Cost.now() - began
    costs, hits = [], 0
    for cold in (True, False):
        if cold:
            _forget_pages(path)
        began = Cost.now()
        listed = _told([*analyze, str(path), str(database)], "x\n")
        costs.append(Cost.now() - began - opening)
        hits = sum("leaked" in line for line in listed.splitlines())
    return costs, hits


def _told(command: list[str], typed: str) -> str:
    done = subprocess.run(command, input=typed, text=True, capture_output=True, check=True)
    return done.stdout


def _xml(passwords: list[str]) -> str:
    entries = "".join(
        f"<Entry><UUID>{base64.b64encode(number.to_bytes(16, 'big')).decode()}</UUID>"
        f"<String><Key>Title</Key><Value>entry {number}</Value></String>"
        f"<String><Key>Password</Key><Value>{escape(one)}</Value></String></Entry>"
        for number, one in enumerate(passwords, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta><DatabaseName>x</DatabaseName>'
        "</Meta><Root><Group><UUID>AAAAAAAAAAAAAAAAAAAAAQ==</UUID><Name>Root</Name>"
        f"{entries}</Group></Root></KeePassFile>"
    )


PARTS = {
    "audits": lambda folder, lines: whole_audits(folder),
    "again": lambda folder, lines: checks_again(folder),
    "offline": offline,
}


def main() -> int:
    asked = [word for word in sys.argv[1:] if word in PARTS] or list(PARTS)
    numbers = [int(word) for word in sys.argv[1:] if word not in PARTS]
    with tempfile.TemporaryDirectory() as name:
        for part in asked:
            PARTS[part](Path(name), numbers[0] if numbers else 5_000_000)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
