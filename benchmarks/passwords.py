"""What an audit of passwords costs, and a look into a downloaded list of breaches.

    python benchmarks/passwords.py [LINES]     LINES of the list of breaches; default: 5,000,000

Lists, store and server are made here. Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import asyncio
import csv
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

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
            began = time.perf_counter()
            asyncio.run(use.audit_files(Wanted((str(path),)), use.Breaches(), vault))
            taken[size] = time.perf_counter() - began
        peak = max(resource.getrusage(who).ru_maxrss for who in (0, resource.RUSAGE_CHILDREN))
        if size in GOALS:
            goal(f"audit of {size:,}", taken[size], GOALS[size], "s")
        if size == 10_000:
            goal("memory of the larger process", peak / 1024, MEMORY, "MiB")
    goal("growth to 50,000", taken[50_000] / taken[10_000], GROWTH, "times")


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
    """1,000 accounts against one list, beside keepassxc-cli."""
    passwords = table(folder / "offline.csv", 1_000)
    known = random.Random(4).sample(sorted(set(passwords)), 200)
    path = folder / "breaches"
    print(f"making a list of {lines:,} hashes …")
    path.write_text("\n".join(breach_lists.lines(known, lines)) + "\n")
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)
    hashes = sorted({breach_lists.digest(one) for one in passwords})
    times = []
    for _ in range(2):
        began = time.perf_counter()
        with HashFile.open(path) as file:
            found = sum(file.count(one) > 0 for one in hashes)
        times.append(time.perf_counter() - began)
    print(f"        1,000 accounts: {times[0]:.3f} s cold, {times[1]:.3f} s warm, {found} found")
    assert found == len(set(known)), "not the planted ones"
    goal("1,000 accounts, warm", times[1], WARM, "s")


def main() -> int:
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole_audits(folder)
        checks_again(folder)
        offline(folder, lines)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
