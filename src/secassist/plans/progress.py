"""How far a plan is: what was done, what is not for this person, and when. Pure.

A run keeps its marks one after the other, so that the last one can be taken back, and so that a
step which a later version of the plan adds is simply open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Final, Literal, get_args

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.base.language import mark
from secassist.facts.organisations import Organisation
from secassist.mail.verdict import Verdict
from secassist.plans.plan import Plan, Step
from secassist.plans.situation import Asked, Landing, Situation, Touched, Trouble

KIND: Final = "plan"
"""The kind of these rows in the store."""
VERSION: Final = 1
REMIND_AFTER: Final = 24 * 3600
MAX_MARKS: Final = 1000
"""Marks of one run; who takes back and does again that often gets no more."""
_NO_STEP: Final = mark("This plan has no such step for you.")
_NOTHING_TO_UNDO: Final = mark("There is nothing to take back.")
_TOO_MANY: Final = mark("This plan was changed too often. Please start it again.")


class State(StrEnum):
    """Where a step is."""

    OPEN = "open"
    DONE = "done"
    NOT_FOR_ME = "not-for-me"


Marked = Literal[State.DONE, State.NOT_FOR_ME]
"""What a person can say of a step; ``undo`` opens it again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One step was marked."""

    step: str
    state: Marked
    at: int
    """Unix time."""


@dataclass(frozen=True, slots=True)
class StepState:
    """A step, and where it is; ``at``: Unix time of its mark, 0 while it is open."""

    step: Step
    state: State = State.OPEN
    at: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A plan that was started. All times are Unix time; 0: it did not happen, or nobody knows."""

    id: str
    """The plan's id and a number: ``flood-1``."""
    plan: str
    started_at: int
    situation: Situation = field(default_factory=Situation)
    organisation: str = ""
    """Id in ``organisations.toml``; empty: not known."""
    message: str = ""
    """SHA-256 of the mail in hexadecimal digits; empty: there was none."""
    noticed_at: int = 0
    judged_at: int = 0
    remind_at: int = 0
    marks: tuple[Mark, ...] = ()
    wave: str = ""
    """What the organisation said of the known wave that the mail belongs to, if there is one."""


def state(run: Run, plan: Plan, organisation: Organisation | None) -> tuple[StepState, ...]:
    """The steps that are for this person, in order. What was marked stays, even if it fits no
    longer.
    """
    last = {one.step: one for one in run.marks}
    fitting = plan.steps_for(run.situation, organisation)
    return tuple(
        StepState(step, last[step.id].state, last[step.id].at)
        if step.id in last
        else StepState(step)
        for step in plan.steps
        if step in fitting or step.id in last
    )


def open_step(steps: Iterable[StepState]) -> Step | None:
    """The step that is open now; None: the plan is finished."""
    return next((one.step for one in steps if one.state is State.OPEN), None)


def mark_step(
    run: Run, plan: Plan, organisation: Organisation | None, step: str, new: Marked, at: int
) -> Run:
    """Mark a step, in any order. Raises UnusableCall where the plan has no such step."""
    if not any(one.step.id == step for one in state(run, plan, organisation)):
        raise UnusableCall(_NO_STEP)
    if len(run.marks) >= MAX_MARKS:
        raise UnusableCall(_TOO_MANY)
    return replace(run, marks=(*run.marks, Mark(step, new, at)))


def undo(run: Run) -> Run:
    """Take back the last mark. Raises UnusableCall where there is none."""
    if not run.marks:
        raise UnusableCall(_NOTHING_TO_UNDO)
    return replace(run, marks=run.marks[:-1])


def remind(run: Run, now: int) -> Run:
    """Remind in 24 hours."""
    return replace(run, remind_at=now + REMIND_AFTER)


def is_due(run: Run, now: int) -> bool:
    """Whether the reminder is due; whatever was marked after its time has answered it."""
    answered = any(one.at >= run.remind_at for one in run.marks)
    return 0 < run.remind_at <= now and not answered


def contained_at(steps: Iterable[StepState]) -> int:
    """When the harm could not grow any more: all steps that stop it were done. 0: not yet.

    A step that the person left out stops nothing, and then nobody knows.
    """
    stopping = [one for one in steps if one.step.contains]
    if not stopping or any(one.state is not State.DONE for one in stopping):
        return 0
    return max(one.at for one in stopping)


def finished_at(steps: Iterable[StepState]) -> int:
    """When the last step was marked; 0 while one is open."""
    all_steps = list(steps)
    if open_step(all_steps) is not None:
        return 0
    return max((one.at for one in all_steps), default=0)


def to_data(run: Run) -> dict[str, Any]:
    """The object of JSON for the store."""
    situation = run.situation
    return {
        "version": VERSION,
        "plan": run.plan,
        "started_at": run.started_at,
        "situation": {f.name: getattr(situation, f.name) for f in fields(situation)},
        "organisation": run.organisation,
        "message": run.message,
        "noticed_at": run.noticed_at,
        "judged_at": run.judged_at,
        "remind_at": run.remind_at,
        "wave": run.wave,
        "marks": [[one.step, str(one.state), one.at] for one in run.marks],
    }


def from_data(id_: str, data: Mapping[str, Any]) -> Run:
    """The run of a row. Raises UnusableInput where it makes no sense; the row is kept then."""
    try:
        if data["version"] > VERSION:
            raise UnusableInput("A newer Secassist wrote this entry.")
        return Run(
            id=id_,
            plan=_text(data["plan"]),
            started_at=_number(data["started_at"]),
            situation=_situation(data["situation"]),
            organisation=_text(data["organisation"]),
            message=_text(data["message"]),
            noticed_at=_number(data["noticed_at"]),
            judged_at=_number(data["judged_at"]),
            remind_at=_number(data["remind_at"]),
            wave=_text(data.get("wave", "")),  # runs of earlier versions have none
            marks=tuple(Mark(_text(s), _marked(n), _number(at)) for s, n, at in data["marks"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableInput(f"This entry makes no sense ({type(error).__name__}).") from error


def _situation(data: Mapping[str, Any]) -> Situation:
    return Situation(
        verdict=None if data["verdict"] is None else Verdict(data["verdict"]),
        kind=_text(data["kind"]),
        asked=_one_of(data["asked"], get_args(Asked)),
        touched=_one_of(data["touched"], get_args(Touched)) or "none",
        landing=_one_of(data["landing"], get_args(Landing)) or "unknown",
        flood=bool(data["flood"]),
        trouble=_one_of(data["trouble"], get_args(Trouble)),
        reused=_maybe(data["reused"]),
        breached=_maybe(data["breached"]),
        two_step_on=_maybe(data["two_step_on"]),
    )


def _marked(value: Any) -> Marked:
    return State.DONE if State(value) is State.DONE else State.NOT_FOR_ME


def _one_of(value: Any, known: tuple[Any, ...]) -> Any:
    """A word of a set, or None."""
    if value is None or value in known:
        return value
    raise ValueError


def _maybe(value: Any) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise TypeError


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise TypeError


def _number(value: Any) -> int:
    if type(value) is int:
        return value
    raise TypeError
