"""How ``secassist totp`` writes its results, and reads a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from secassist.cli import options
from secassist.cli.options import note
from secassist.cli.streams import print_json
from secassist.twofactor import base32
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.entries import Batch, Entry
from secassist.twofactor.planning import Planned


def unix_time_of(text: str) -> int:
    """A Unix or ISO 8601 time (without a zone: UTC). Raises UnusableCall."""
    if text.isascii() and text.isdigit() and len(text) <= 12:
        return int(text)
    return options.unix_time_of(text)


def tell(planned: Sequence[Planned], batch: Batch, *, as_json: bool, secrets: bool) -> None:
    """What became of each entry of an import, a line each; notes about the whole on stderr."""
    for step in planned:
        if as_json:
            fields = fields_of(step.entry, secrets=secrets)
            print_json({**fields, "status": str(step.status), "reason": step.reason or None})
        else:
            title = ":".join(filter(None, (step.entry.issuer, step.entry.name))) or "(no name)"
            print(f"{step.status:10} {title}{'  ' if step.reason else ''}{step.reason}")
    for sentence in batch.notes:
        note(sentence)


def fields_of(entry: Entry, *, secrets: bool) -> dict[str, Any]:
    """The fields of an entry; null where it has none (a counter with TOTP, a period with HOTP)."""
    if not isinstance(entry, Account):
        names = ("type", "algorithm", "digits", "period", "counter")
        return {"issuer": entry.issuer, "account": entry.name, **dict.fromkeys(names)}
    counted = entry.kind is Kind.HOTP
    fields: dict[str, Any] = {
        "issuer": entry.issuer,
        "account": entry.name,
        "type": str(entry.kind),
        "algorithm": str(entry.algorithm),
        "digits": entry.digits,
        "period": None if counted else entry.period,
        "counter": entry.counter if counted else None,
    }
    if secrets:
        fields["secret"] = base32.encode(entry.secret)
    return fields
