"""Action plans over the store: start one, go on, take back, and what the journal says.

Each change of a plan and its entry in the journal are one transaction, on disk on return. The
store is handed in open (see ``usecases.vault``). Raises CouldNotFinish where the store does not
let itself be read or changed, UnusableCall for a plan or step that is not there. What a change is,
without a store, is said in ``usecases.plan_changes``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Final, TypeVar

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.base.language import Translate, english
from secassist.mail.report import Report
from secassist.plans import incident_report, journal, progress, repetition
from secassist.plans.journal import Entry, Event
from secassist.plans.own import Shelf, shelf
from secassist.plans.progress import Marked, Run
from secassist.plans.repetition import Repetition
from secassist.plans.situation import Situation
from secassist.store.vault import Row, Vault
from secassist.usecases.account_facts import account_facts
from secassist.usecases.plan_changes import (
    Begin,
    Progress,
    ToStart,
    begun,
    learned,
    left,
    marked,
    records_of,
    reminded,
    taken_back,
    view,
)

__all__ = [
    "Begin",
    "Progress",
    "ToStart",
    "due",
    "entries",
    "find",
    "keep",
    "learn",
    "leave",
    "mark",
    "note_check",
    "remind",
    "repeated",
    "report_of",
    "report_text",
    "runs",
    "shelf",
    "start",
    "undo",
]

Read = TypeVar("Read")
MAX_LISTED: Final = 10
KEEP_CHECKS: Final = 90 * 24 * 3600
"""Seconds for which it is noted that a mail was checked. What belongs to a plan stays with it."""


def runs(vault: Vault, plans: Shelf) -> tuple[Progress, ...]:
    """All plans that were started, the oldest first. A row that makes no sense is set aside; one
    whose plan is gone (it was the person's own) waits until it is back.
    """
    found = _good(vault, progress.KIND, lambda row: progress.from_data(row.id, row.data))
    found.sort(key=lambda run: (run.started_at, run.id))
    return tuple(view(run, plans.plans[run.plan]) for run in found if run.plan in plans.plans)


def find(found: Iterable[Progress], name: str) -> Progress:
    """The run of that id; or the one unfinished run of the plan of that id. Raises UnusableCall."""
    everything = list(found)
    for one in everything:
        if one.run.id == name:
            return one
    fitting = [one for one in everything if one.plan.id == name]
    fitting = [one for one in fitting if one.open_step is not None] or fitting[-1:]
    if not fitting:
        raise UnusableCall(f"No plan “{name[:40]}” was started.")
    if len(fitting) > 1:
        ids = ", ".join(one.run.id for one in fitting[:MAX_LISTED])
        raise UnusableCall(f"This plan was started several times: {ids}. Say which.")
    return fitting[0]


def start(vault: Vault, plans: Shelf, plan: str, begin: Begin, now: int) -> Progress:
    """Start a plan; another run of it may be under way.

    What the store knows about the account, and ``begin`` does not say, is added.
    """
    with vault.alone():  # nobody takes the same number meanwhile
        known = replace(begin, situation=_with_facts(vault, begin))
        run, entry = begun(_free_id(vault, plan), plans, plan, known, now)
        vault.change([_row(run), *_noted([entry])])
    return view(run, plans.plans[plan])


def keep(vault: Vault, plans: Shelf, run: Run, noted: Iterable[Entry]) -> Progress:
    """Keep a plan that was started while there was no store, under an id that is free here."""
    with vault.alone():
        kept = replace(run, id=_free_id(vault, run.plan))
        vault.change([_row(kept), *_noted(replace(entry, run=kept.id) for entry in noted)])
    return view(kept, plans.plans[kept.plan])


def mark(vault: Vault, plans: Shelf, run: str, step: str, state: Marked, now: int) -> Progress:
    """Mark a step ``done`` or ``not-for-me``."""
    return _change(vault, plans, run, lambda before: marked(before, step, state, now))


def leave(vault: Vault, plans: Shelf, run: str, now: int) -> Progress:
    """Leave out all steps that are open: the plan is over for this person."""
    return _change(vault, plans, run, lambda before: left(before, now))


def undo(vault: Vault, plans: Shelf, run: str, now: int) -> Progress:
    """Take back the last mark."""
    return _change(vault, plans, run, lambda before: taken_back(before, now))


def remind(vault: Vault, plans: Shelf, run: str, now: int) -> Progress:
    """Remind in 24 hours."""
    return _change(vault, plans, run, lambda before: reminded(before, now))


def learn(vault: Vault, plans: Shelf, run: str, now: int) -> Progress:
    """Look what the store knows by now about the account; see ``learned``."""

    def change(before: Progress) -> tuple[Run, list[Entry]]:
        return learned(before, account_facts(vault, before.run.organisation), now)

    return _change(vault, plans, run, change)


def note_check(vault: Vault, report: Report, message: str, asked: str, now: int) -> None:
    """Note that a mail was checked, and forget checks of long ago.

    ``message``: its SHA-256 in hexadecimal digits.
    """
    entry = Entry(
        at=now,
        event=Event.JUDGED,
        organisation=report.message.claimed or "",
        verdict=str(report.verdict),
        kind=report.message.kind,
        asked=asked,
        message=message,
        mail_at=_unix_time(report.message.date),
        records=records_of(report),
    )
    long_ago = f"{max(now - KEEP_CHECKS, 0):012d}"
    old = [
        (row.kind, row.id)
        for row in vault.entries(journal.KIND)
        if row.id < long_ago and row.data.get("event") == Event.JUDGED
    ]
    vault.change(_noted([entry]), old)


def entries(vault: Vault, run: str | None = None) -> tuple[Entry, ...]:
    """The journal, or that of one run, the oldest first. What makes no sense is set aside."""
    found = _good(vault, journal.KIND, lambda row: journal.from_data(row.data))
    return tuple(entry for entry in found if run is None or entry.run == run)


def repeated(vault: Vault, now: int) -> Repetition | None:
    """The same mails again and again, or two organisations at once."""
    return repetition.look(entries(vault), now)


def due(found: Iterable[Progress], now: int) -> tuple[Progress, ...]:
    """The plans of which the person wanted to be reminded, and that time has come."""
    return tuple(one for one in found if progress.is_due(one.run, now) and one.open_step)


def report_text(
    vault: Vault, one: Progress, *, zone: tzinfo | None = None, translate: Translate = english
) -> str:
    """The report of one run, to save or to hand on. ``zone``: None is that of this computer."""
    return report_of(one, entries(vault, one.run.id), zone=zone, translate=translate)


def report_of(
    one: Progress,
    noted: Iterable[Entry],
    *,
    zone: tzinfo | None = None,
    translate: Translate = english,
) -> str:
    """The same, of a run whose part of the journal is at hand."""
    return incident_report.as_text(
        one.run, one.plan, one.organisation, one.steps, noted, zone=zone, translate=translate
    )


def _change(
    vault: Vault,
    plans: Shelf,
    id_: str,
    change: Callable[[Progress], tuple[Run, list[Entry]]],
) -> Progress:
    with vault.alone():  # from reading to writing, so that no mark of another program is lost
        before = next((one for one in runs(vault, plans) if one.run.id == id_), None)
        if before is None:
            raise UnusableCall(f"No plan “{id_[:40]}” was started.")
        after, noted = change(before)
        if after != before.run or noted:
            vault.change([_row(after), *_noted(noted)])
    return view(after, before.plan)


def _with_facts(vault: Vault, begin: Begin) -> Situation:
    known = account_facts(vault, begin.organisation)
    now = begin.situation
    return replace(
        now,
        reused=known.reused if now.reused is None else now.reused,
        breached=known.breached if now.breached is None else now.breached,
        two_step_on=known.two_step_on if now.two_step_on is None else now.two_step_on,
    )


def _free_id(vault: Vault, plan: str) -> str:
    taken = {row.id for row in vault.entries(progress.KIND)}
    number = 1
    while f"{plan}-{number}" in taken:
        number += 1
    return f"{plan}-{number}"


def _good(vault: Vault, kind: str, reading: Callable[[Row], Read]) -> list[Read]:
    found: list[Read] = []
    for row in vault.entries(kind):
        try:
            found.append(reading(row))
        except UnusableInput as error:
            vault.set_aside(kind, row.id, error.sentence)
    return found


def _row(run: Run) -> Row:
    return Row(progress.KIND, run.id, progress.to_data(run))


def _noted(entries: Iterable[Entry]) -> list[Row]:
    """Ids sort by time; what happened in one second, by the order of the events, and then by that
    of ``entries``. An answer sorts behind the check that it is about.
    """
    rows: list[Row] = []
    for place, entry in enumerate(entries):
        order = f"{list(Event).index(entry.event)}{'a' if entry.asked else ''}"
        id_ = f"{entry.at:012d}-{order}-{place:04d}{secrets.token_hex(6)}"
        rows.append(Row(journal.KIND, id_, journal.to_data(entry)))
    return rows


def _unix_time(date: str) -> int:
    try:
        parsed = datetime.fromisoformat(date)
        return int((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return 0
