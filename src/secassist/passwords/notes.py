"""What a desktop notification says: what is new since last time, in two short lines, no names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from secassist.passwords.findings import Audited, Code

KIND: Final = "password-told"
ID: Final = "told"
"""One row in the store: what the person was told of already."""
VERSION: Final = 1

Told = Mapping[str, frozenset[str]]
"""Id of an account → codes of its findings."""
_LEAKS: Final = frozenset({str(Code.BREACHED), str(Code.BREACHED_VARIANT)})


@dataclass(frozen=True, slots=True)
class Note:
    """A notification: a headline and one sentence. Others may see the screen."""

    headline: str
    sentence: str


def fresh(accounts: Iterable[Audited], told: Told) -> dict[str, frozenset[str]]:
    """Of each account the codes that were not told of before."""
    found = {}
    for account in accounts:
        new = _codes(account) - told.get(account.id, frozenset())
        if new:
            found[account.id] = new
    return found


def told_after(accounts: Iterable[Audited], told: Told) -> dict[str, frozenset[str]]:
    """What was told of, once a report about these accounts was shown.

    What a finding says of the other accounts that it names was told with it.
    """
    listed = list(accounts)
    after = dict(told)
    for account in listed:
        after[account.id] = _codes(account)
    for account in listed:
        for finding in account.findings:
            for other in finding.other_ids:
                after[other] = after.get(other, frozenset()) | {str(finding.code)}
    return {id_: codes for id_, codes in after.items() if codes}


def note(new: Told) -> Note | None:
    """What to say of what is new; None: nothing."""
    leaked = sum(bool(codes & _LEAKS) for codes in new.values())
    if leaked:
        who = "One password" if leaked == 1 else f"{leaked:,} passwords"
        return Note(f"{who} turned up in a leak", "Changing one takes about 3 minutes.")
    if not new:
        return None
    who = "One account needs" if len(new) == 1 else f"{len(new):,} accounts need"
    return Note(f"{who} a look", "Something is new since the last check.")


def to_data(told: Told) -> dict[str, Any]:
    """The object of JSON for the store."""
    return {"version": VERSION, "told": {id_: sorted(codes) for id_, codes in told.items()}}


def from_data(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """What a row says; nothing, where it makes no sense: then things are told once more."""
    kept = data.get("told")
    if not isinstance(kept, dict):
        return {}
    return {
        str(id_): frozenset(map(str, codes))
        for id_, codes in kept.items()
        if isinstance(codes, list)
    }


def _codes(account: Audited) -> frozenset[str]:
    return frozenset(str(finding.code) for finding in account.findings)
