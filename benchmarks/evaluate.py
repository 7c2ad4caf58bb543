"""How right are the verdicts on real mail? ``make evaluate CORPUS=folder``

The folder holds messages, ``labels.csv`` (file, label, technique_guess, year …) and, for runs
with look-ups, ``dns.json``. Prints verdicts by label and technique, every verdict that misses
its goal, and the goals with their figures.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from secassist.facts.ownership import OwnershipKind, owner_of
from secassist.mail.conductor import check
from secassist.mail.report import Report
from secassist.network.dns import Resolver, ZoneResolver

CAUGHT = {"suspicious", "fake"}
OLD = "2002-03"


@dataclass(frozen=True)
class Judged:
    file: str
    label: str
    technique: str
    brand: str
    report: Report

    @property
    def verdict(self) -> str:
        return str(self.report.verdict)

    @property
    def caught(self) -> bool:
        relayed = self.verdict == "relayed" and "platform" in self.technique
        return self.verdict in CAUGHT or relayed


def zone_of(corpus: Path) -> dict[str, dict[str, list[str]]]:
    """``dns.json`` as a zone: TXT records by name."""
    path = corpus / "dns.json"
    if not path.exists():
        return {}
    records = json.loads(path.read_text(encoding="utf-8"))["records"]
    return {
        name: {"TXT": [value] if isinstance(value, str) else list(value)}
        for name, value in records.items()
    }


async def judge(corpus: Path, resolver: Resolver, *, offline: bool) -> list[Judged]:
    judged = []
    with (corpus / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        source = (corpus / row["file"]).read_bytes()
        report = await check(source, resolver=resolver, offline=offline)
        judged.append(
            Judged(row["file"], row["label"], row["technique_guess"], row["claimed_brand"], report)
        )
    return judged


def print_table(judged: Sequence[Judged]) -> None:
    table: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in judged:
        table[one.label, one.technique][one.verdict] += 1
    for (label, technique), verdicts in sorted(table.items()):
        counts = ", ".join(f"{n} {v}" for v, n in verdicts.most_common())
        print(f"{label:6} {technique:42} {counts}")


def print_goals(judged: Sequence[Judged]) -> bool:
    phish = [j for j in judged if j.label == "phish"]
    legit = [j for j in judged if j.label == "legit"]
    old = [j for j in legit if OLD in j.technique]
    modern = [j for j in legit if OLD not in j.technique]
    known = [j for j in modern if _known_and_passed(j.report)]
    genuine = [j for j in known if j.verdict == "genuine"]
    own = [j for j in known if _writes_itself(j.report)]
    caught = [j for j in phish if j.caught]
    goals = [
        _goal("phish called genuine", _count(phish, {"genuine"}), 0),
        _share("phish caught", len(caught), len(phish), 0.85),
        _share(
            "known senders' own mail with a trusted pass: genuine",
            sum(j.verdict == "genuine" for j in own),
            len(own),
            0.90,
        ),
        _goal("modern genuine called fake", _count(modern, {"fake"}), 0),
        _goal("modern genuine called suspicious", _count(modern, {"suspicious"}), 1),
        _goal("mail of 2002-03 called fake or suspicious", _count(old, CAUGHT), 0),
    ]
    relayed = _count(known, {"relayed"})
    print(
        f"     with the addresses through which their users write: {len(genuine)} of {len(known)} "
        f"genuine, {relayed} relayed"
    )
    return all(goals)


def print_misses(judged: Sequence[Judged]) -> None:
    for one in judged:
        missed = (
            (one.label == "phish" and not one.caught)
            or (
                one.label == "legit"
                and one.verdict in {"suspicious", "fake", "cannot-tell"}
                and OLD not in one.technique
            )
            or (one.label == "legit" and one.verdict in CAUGHT)
        )
        if missed:
            message = one.report.message
            codes = " ".join(f"{e.weighs[0]}:{e.code}" for e in one.report.evidence)
            print(f"{one.verdict:13} {one.file} [{one.technique}; {one.brand}]")
            print(f"    {message.display_name!r} <{message.from_}> {message.subject[:70]!r}")
            print(f"    claimed {message.claimed}; {one.report.row}; {codes}")


def _known_and_passed(report: Report) -> bool:
    sender = report.message.from_
    kind = owner_of(sender.rpartition("@")[2], sender.rpartition("@")[0]).kind
    known = kind in {OwnershipKind.ORGANISATION, OwnershipKind.RELAY}
    return known and any(e.code == "auth.receiver-aligned" for e in report.evidence)


def _writes_itself(report: Report) -> bool:
    sender = report.message.from_
    kind = owner_of(sender.rpartition("@")[2], sender.rpartition("@")[0]).kind
    return kind is OwnershipKind.ORGANISATION


def _count(judged: Sequence[Judged], verdicts: set[str]) -> int:
    return sum(j.verdict in verdicts for j in judged)


def _goal(name: str, found: int, most: int) -> bool:
    print(f"{'ok  ' if found <= most else 'MISS'} {name}: {found} (at most {most})")
    return found <= most


def _share(name: str, part: int, whole: int, least: float) -> bool:
    share = part / whole if whole else 1.0
    print(
        f"{'ok  ' if share >= least else 'MISS'} {name}: {part} of {whole}, {share:.1%} "
        f"(at least {least:.0%})"
    )
    return share >= least


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--offline", action="store_true", help="ask nothing")
    parser.add_argument("--misses", action="store_true", help="print every miss with its findings")
    options = parser.parse_args()
    started = time.perf_counter()
    resolver = ZoneResolver({} if options.offline else zone_of(options.corpus))
    judged = asyncio.run(judge(options.corpus, resolver, offline=options.offline))
    print_table(judged)
    if options.misses:
        print()
        print_misses(judged)
    print()
    met = print_goals(judged)
    print(f"{len(judged)} messages in {time.perf_counter() - started:.1f} s")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
