"""Imports, tried dry: which entries are new, which are there already, which cannot come; why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from secassist.twofactor.account import Account
from secassist.twofactor.entries import Entry


class Status(StrEnum):
    """What an import would do with an entry."""

    NEW = "new"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry and what becomes of it. ``reason``: a sentence; empty where there is none to say."""

    entry: Entry
    status: Status
    reason: str = ""


def plan(existing: Iterable[Account], entries: Sequence[Entry]) -> tuple[Planned, ...]:
    """What would become of each entry, in their order.

    A duplicate makes the same codes under the same name as one that is there, or as one earlier in
    the list. The same codes under another name are new, with a note: nothing is dropped on a guess.
    """
    there: dict[bytes, list[Account]] = {}
    for account in existing:
        there.setdefault(account.secret, []).append(account)
    planned: list[Planned] = []
    for entry in entries:
        if not isinstance(entry, Account):
            planned.append(Planned(entry, Status.REJECTED, entry.reason))
            continue
        known = there.setdefault(entry.secret, [])
        planned.append(_planned(entry, known))
        known.append(entry)
    return tuple(planned)


def _planned(entry: Account, known: Sequence[Account]) -> Planned:
    twin = next((one for one in known if entry.is_duplicate_of(one)), None)
    if twin is not None:
        reason = "It is there already."
        if entry.counter > twin.counter:
            reason = f"It is there already; there its counter stands at {twin.counter}."
        return Planned(entry, Status.DUPLICATE, reason)
    double = next((one for one in known if entry.makes_same_codes(one)), None)
    if double is not None:
        return Planned(entry, Status.NEW, f"It makes the same codes as “{double.title}”.")
    return Planned(entry, Status.NEW)
