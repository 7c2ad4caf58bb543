"""What ``secassist runbook`` prints: a plan, or how far one is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from secassist.cli.streams import print_json
from secassist.facts.organisations import Organisation
from secassist.plans import words
from secassist.plans.plan import Plan, When
from secassist.plans.progress import State, StepState
from secassist.usecases.plans import Progress

SCHEMA: Final = "secassist.runbook/1"
_MARKS: Final = {State.OPEN: " ", State.DONE: "x", State.NOT_FOR_ME: "-"}


def show_plan(plan: Plan, as_json: bool) -> None:
    """A plan that was not started, with all its steps."""
    steps = [StepState(step) for step in plan.steps]
    if as_json:
        print_json({**head(plan), "run": None, "steps": [_step(one, None) for one in steps]})
        return
    print(words.filled(plan.title, None), plan.about, "", sep="\n")
    _print_steps(steps, None)
    if any(step.when != When() for step in plan.steps):
        print(f"\nNot every step is for everybody. “secassist runbook start {plan.id}” chooses.")


def show(one: Progress, as_json: bool) -> None:
    """A plan that was started."""
    if as_json:
        steps = [_step(step, one.organisation) for step in one.steps]
        print_json({**head(one.plan), **times(one), "steps": steps})
        return
    print(f"{words.filled(one.plan.title, one.organisation)}  ({one.run.id})")
    print()
    _print_steps(one.steps, one.organisation)
    if one.run.remind_at:
        print(f"\nLook at it again: {_iso(one.run.remind_at)}")
    if one.open_step is None:
        print("\nThis plan is finished.")


def _print_steps(steps: Iterable[StepState], organisation: Organisation | None) -> None:
    for number, one in enumerate(steps, 1):
        step = one.step
        what = words.filled(step.what, organisation)
        print(f"[{_MARKS[one.state]}] {number:2} {what}  ({step.id}, {step.minutes} min)")
        print(f"       {words.filled(step.why, organisation)}")
        found = _step(one, organisation)
        for detail in (found["url"], found["place"], *found["report_to"]):
            if detail:
                print(f"       → {detail}")


def head(plan: Plan) -> dict[str, Any]:
    """What a plan is, as JSON names it."""
    return {
        "schema": SCHEMA,
        "id": plan.id,
        "title": plan.title,
        "about": plan.about,
        "own": plan.own,
        "next": list(plan.next),
    }


def times(one: Progress) -> dict[str, Any]:
    """Where a run is, and when what happened."""
    run = one.run
    return {
        "run": run.id,
        "open_step": one.open_step,
        "organisation": run.organisation or None,
        "verdict": run.situation.verdict,
        "message": run.message or None,
        "noticed_at": _iso(run.noticed_at),
        "judged_at": _iso(run.judged_at),
        "started_at": _iso(run.started_at),
        "contained_at": _iso(one.contained_at),
        "finished_at": _iso(one.finished_at),
        "remind_at": _iso(run.remind_at),
    }


def _step(one: StepState, organisation: Organisation | None) -> dict[str, Any]:
    step = one.step
    return {
        "id": step.id,
        "what": words.filled(step.what, organisation),
        "why": words.filled(step.why, organisation),
        "minutes": step.minutes,
        "button": step.button,
        "label": words.label(step, organisation),
        "url": step.address(organisation),
        "place": organisation.recent_mails_place
        if organisation and step.button == "sent-list"
        else None,
        "report_to": list(organisation.report_to)
        if organisation and step.button == "report-and-delete"
        else [],
        "contains": step.contains,
        "for_everybody": step.when == When(),
        "state": str(one.state),
        "at": _iso(one.at),
    }


def _iso(at: int) -> str | None:
    return datetime.fromtimestamp(at, UTC).isoformat() if at else None
