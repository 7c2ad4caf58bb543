"""Which signatures of a corpus does dkimpy verify and we do not, and the other way round?

    python benchmarks/compare_signatures.py CORPUS
    python benchmarks/compare_signatures.py --generated 500

CORPUS is a folder of messages (``*.eml``, at any depth) with a ``dns.json`` that holds
``{"records": {name: text or [texts]}}``. With ``--generated`` the mail is made up and signed by
dkimpy, each with a damaged twin. Both sides answer from the same records and judge each message as
of its time of receipt. Exit code 1 where they differ without a rule of ours behind it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from unittest import mock

import dkim as dkimpy
from generated_mail import Keys, messages

from secassist.base.errors import SecassistError
from secassist.mail import fields
from secassist.mail.auth import arc, dkim
from secassist.mail.auth.reasons import Reason, Result
from secassist.network.dns import ZoneResolver

RULES = {
    Reason.SHA1: "RFC 8301: no credit for SHA-1",
    Reason.KEY_TOO_SMALL: "RFC 8301: no credit for small keys",
    Reason.TEST_MODE: "no credit for keys in test mode",
    Reason.EXPIRED: "expired; dkimpy allows ten hours more",
    Reason.FROM_REPEATED: "a second From field stands beside the signed one",
    Reason.MALFORMED_MESSAGE: "its top part can be read in two ways",
    Reason.BODY_LENGTH_SHORT: "l= counts more text than there is",
    Reason.KEY_NOT_ALLOWED: "the key record forbids this use",
    Reason.IDENTITY: "t=s: i= is not exactly d=",
    Reason.KEY_AMBIGUOUS: "several key records",
    Reason.BODY_ABSENT: "the header fields alone",
}
"""Where a rule of ours refuses what dkimpy grants, and the rule."""


@dataclass(frozen=True)
class Compared:
    """One signature, or one chain, in the eyes of both."""

    what: str
    theirs: bool
    ours: bool
    reason: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--generated", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    mail: Iterable[tuple[str, bytes]]
    if options.corpus:
        records = json.loads((options.corpus / "dns.json").read_text("utf-8"))["records"]
        paths = sorted(options.corpus.rglob("*.eml"))
        mail = ((str(path.relative_to(options.corpus)), path.read_bytes()) for path in paths)
    else:
        keys = Keys()
        records = keys.records
        mail = messages(options.generated, keys, options.seed)
    signatures: list[Compared] = []
    chains: list[Compared] = []
    for name, message in mail:
        try:
            signatures += compare_signatures(name, message, records)
            chains += compare_chains(name, message, records)
        except SecassistError as error:
            print(f"{name}: {error.sentence}", file=sys.stderr)
    if not signatures:
        print("There was no signature to compare.", file=sys.stderr)
        return 2
    unexplained = report("DKIM signatures", signatures) + report("ARC chains", chains)
    return 1 if unexplained else 0


def compare_signatures(name: str, message: bytes, records: dict[str, object]) -> list[Compared]:
    at = received_at(message)
    ours = asyncio.run(dkim.verify(message, zone(records), at=at))
    compared = []
    for index, result in enumerate(ours):
        theirs = dkimpy_says(
            lambda i=index: dkimpy.DKIM(message).verify(idx=i, dnsfunc=lookup(records)), at
        )
        full = result.result is Result.PASS and result.reason is not Reason.BODY_ABSENT
        note = f"l= leaves {result.uncovered} octets open" if result.uncovered else ""
        reason = result.reason.value or note
        what = f"{name} #{index + 1} d={result.domain} s={result.selector}"
        compared.append(Compared(what, theirs is True, full, reason))
    return compared


def compare_chains(name: str, message: bytes, records: dict[str, object]) -> list[Compared]:
    at = received_at(message)
    ours = asyncio.run(arc.verify(message, zone(records), at=at))
    if ours.result is arc.ChainResult.NONE:
        return []
    answer = dkimpy_says(lambda: dkimpy.ARC(message).verify(dnsfunc=lookup(records)), at)
    theirs = isinstance(answer, tuple) and answer[0] == b"pass"
    what = f"{name} i={len(ours.sealers)} {', '.join(ours.sealers)}"
    return [Compared(what, theirs, ours.result is arc.ChainResult.PASS, ours.reason)]


def dkimpy_says(ask: object, at: datetime) -> object:
    """What dkimpy answers at that time; it raises a good many things at odd input."""
    assert callable(ask)
    with mock.patch("dkim.time.time", at.timestamp):
        try:
            return ask()
        except Exception as error:
            return error


def lookup(records: dict[str, object]) -> object:
    def get(name: bytes, timeout: float = 5) -> bytes | None:
        value = records.get(name.decode("utf-8").rstrip(".").lower())
        text = value[0] if isinstance(value, list) else value
        return str(text).encode("utf-8") if text else None

    return get


def zone(records: dict[str, object]) -> ZoneResolver:
    listed = {n: v if isinstance(v, list) else [v] for n, v in records.items()}
    return ZoneResolver({name: {"TXT": value} for name, value in listed.items()})


def received_at(message: bytes) -> datetime:
    """The time in the topmost Received field, else the Date, else now."""
    split = fields.split(fields.crlf(message))
    for field in (*split.all("received")[:1], *split.all("date")[:1]):
        text = field.value.decode("latin-1").rpartition(";")[2]
        try:
            found = parsedate_to_datetime(re.sub(r"\(.*\)", "", text).strip())
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return datetime.now(UTC)


def report(title: str, compared: list[Compared]) -> int:
    """Print both lists; the number of differences that no rule explains."""
    both = sum(c.theirs and c.ours for c in compared)
    neither = sum(not c.theirs and not c.ours for c in compared)
    print(f"{title}: {len(compared)}, verified by both {both}, by neither {neither}")
    unexplained = 0
    for heading, found in (
        ("dkimpy verifies, we do not", [c for c in compared if c.theirs and not c.ours]),
        ("we verify, dkimpy does not", [c for c in compared if c.ours and not c.theirs]),
    ):
        print(f"  {heading}: {len(found)}")
        for one in found:
            rule = RULES.get(Reason(one.reason)) if one.reason in set(Reason) else None
            unexplained += rule is None
            print(f"    {one.what}: {one.reason or 'no reason'} ({rule or 'NO RULE'})")
    open_text = [c for c in compared if c.theirs and c.ours and c.reason]
    for one in open_text:
        print(f"  verified by both, but {one.reason}: {one.what}")
    why = Counter(c.reason for c in compared if not c.theirs and not c.ours)
    for reason, count in why.most_common():
        print(f"  by neither, we say {reason}: {count}")
    return unexplained


if __name__ == "__main__":
    sys.exit(main())
