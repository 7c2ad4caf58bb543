"""What the pages of plans say about time, and about what happened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from secassist.mail.verdict import Verdict
from secassist.plans import words
from secassist.plans.journal import Entry, Event
from secassist.ui.look import Look
from secassist.ui.moments import moment

if TYPE_CHECKING:
    from secassist.plans.progress import StepState
    from secassist.usecases.plan_desk import Kept
    from secassist.usecases.plans import Progress

_LONGEST: Final = 200


def time_needed(look: Look, minutes: int) -> str:
    """How long a step takes."""
    return look.plural("{count} minute", "{count} minutes", minutes)


def title(look: Look, one: Progress) -> str:
    """What a plan that was started is called."""
    return words.filled(one.plan.title, one.organisation, look.tr)


def next_step(look: Look, one: Progress) -> str:
    """Where a plan is: "Step 3 of 6: Turn on two-step sign-in."."""
    for number, state in enumerate(one.steps, 1):
        if state.step.id == one.open_step:
            what = words.filled(state.step.what, one.organisation, look.tr)
            said = look.tr(
                "Step {number} of {all}: {step}", number=number, all=len(one.steps), step=what
            )
            return f"{one.organisation.name} · {said}" if one.organisation else said
    return look.tr("Finished")


def done(one: Progress) -> int:
    """How many steps were marked."""
    return sum(bool(state.at) for state in one.steps)


def journal_lines(look: Look, kept: Kept, now: datetime) -> list[tuple[str, str]]:
    """When and what, the newest first."""
    steps = {state.step.id: state for state in kept.progress.steps}
    return [
        (
            moment(look, datetime.fromtimestamp(entry.at, UTC), now),
            _said(look, kept.progress, steps, entry),
        )
        for entry in reversed(kept.entries)
    ]


def _said(look: Look, one: Progress, steps: dict[str, StepState], entry: Entry) -> str:
    tr = look.tr
    if entry.event is Event.STARTED:
        return " ".join(filter(None, (tr("Plan started."), _verdict(look, one), _asked(look, one))))
    if entry.event is Event.REMINDER:
        return tr("You asked us to remind you.")
    if entry.event is Event.FINISHED:
        return tr("Plan finished.")
    state = steps.get(entry.step)
    what = words.filled(state.step.what, one.organisation, tr) if state else entry.step
    what = what[:_LONGEST]
    if entry.event is Event.DONE:
        return tr("Done: {step}", step=what)
    if entry.event is Event.NOT_FOR_ME:
        return tr("Not for me: {step}", step=what)
    return tr("Taken back: {step}", step=what)


def _verdict(look: Look, one: Progress) -> str:
    tr = look.tr
    name = one.organisation.name if one.organisation else tr("the site")
    match one.run.situation.verdict:
        case Verdict.GENUINE:
            return tr("The mail was really sent by {name}.", name=name)
        case Verdict.RELAYED:
            return tr("The mail was written by a stranger.")
        case Verdict.PROVEN_DOMAIN:
            return tr("The address of the mail is true.")
        case Verdict.CANNOT_TELL:
            return tr("The mail could not be proved.")
        case Verdict.SUSPICIOUS:
            return tr("The mail was odd.")
        case Verdict.FAKE:
            return tr("The mail was a fake.")
    return ""


def _asked(look: Look, one: Progress) -> str:
    return {
        "yes": look.tr("You asked for it."),
        "no": look.tr("You did not ask for it."),
        "unsure": look.tr("You are not sure if you asked for it."),
    }.get(one.run.situation.asked or "", "")
