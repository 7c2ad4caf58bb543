"""Every plan can be finished, in any order, and what was marked can be taken back."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.facts.organisations import organisations
from secassist.mail.verdict import Verdict
from secassist.plans import progress
from secassist.plans.decide import decide
from secassist.plans.plan import Plan, plans
from secassist.plans.progress import Marked, Run, State
from secassist.plans.situation import KINDS, Asked, Landing, Situation, Touched

ALL = list(plans().values())
INSTAGRAM = organisations()["instagram"]
BARE = replace(INSTAGRAM, real_site="", recent_mails_place="", two_factor_page="", totp=None)


def situations() -> Iterator[Situation]:
    for verdict, kind, asked, touched, landing in itertools.product(
        (None, *Verdict), KINDS, (None, *get_args(Asked)), get_args(Touched), get_args(Landing)
    ):
        yield Situation(verdict, kind, asked, touched, landing)


def run_of(plan: Plan, situation: Situation | None = None) -> Run:
    return Run(f"{plan.id}-1", plan.id, 1000, situation or Situation())


def finish(run: Run, plan: Plan, organisation: object = None) -> Run:
    at = run.started_at
    known = INSTAGRAM if organisation else None
    while (step := progress.open_step(progress.state(run, plan, known))) is not None:
        at += 60
        run = progress.mark_step(run, plan, known, step.id, State.DONE, at)
    return run


@pytest.mark.parametrize("known", [None, INSTAGRAM], ids=["unknown", "instagram"])
def test_the_plan_of_every_combination_can_be_finished(known: object) -> None:
    walked = set()
    for situation in situations():
        plan = plans()[decide(situation).plan]
        ids = tuple(
            one.step.id
            for one in progress.state(run_of(plan, situation), plan, INSTAGRAM if known else None)
        )
        if (plan.id, ids) in walked:
            continue
        walked.add((plan.id, ids))
        run = finish(run_of(plan, situation), plan, known)
        steps = progress.state(run, plan, INSTAGRAM if known else None)
        assert progress.finished_at(steps) == run.marks[-1].at
        assert progress.contained_at(steps) > 0
    assert {plan for plan, _ in walked} >= {"unexpected", "gave-secret", "taken-over"}


@pytest.mark.parametrize("plan", ALL, ids=lambda plan: plan.id)
def test_every_plan_can_be_finished(plan: Plan) -> None:
    run = finish(run_of(plan), plan)
    assert progress.open_step(progress.state(run, plan, None)) is None


def test_a_step_that_is_left_out_finishes_but_contains_nothing() -> None:
    plan = plans()["gave-secret"]
    run = progress.mark_step(run_of(plan), plan, None, "call-bank", State.NOT_FOR_ME, 1001)
    steps = progress.state(finish(run, plan), plan, None)
    assert progress.finished_at(steps) > 0
    assert progress.contained_at(steps) == 0


def test_undo_goes_back_one_mark_at_a_time() -> None:
    plan = plans()["forged"]
    one = progress.mark_step(run_of(plan), plan, None, "report", State.NOT_FOR_ME, 1001)
    two = progress.mark_step(one, plan, None, "report", State.DONE, 1002)
    assert progress.undo(two) == one
    assert progress.undo(one) == run_of(plan)
    with pytest.raises(UnusableCall, match="nothing to take back"):
        progress.undo(run_of(plan))


def test_only_steps_of_the_plan_and_of_this_person() -> None:
    plan = plans()["cannot-tell"]
    with pytest.raises(UnusableCall, match="no such step"):
        progress.mark_step(run_of(plan), plan, None, "nonsense", State.DONE, 1)
    with pytest.raises(UnusableCall, match="no such step"):
        progress.mark_step(run_of(plan), plan, BARE, "sent-list", State.DONE, 1)
    assert progress.mark_step(run_of(plan), plan, INSTAGRAM, "sent-list", State.DONE, 1).marks


def test_what_was_marked_stays_when_it_fits_no_longer() -> None:
    plan = plans()["cannot-tell"]
    run = progress.mark_step(run_of(plan), plan, INSTAGRAM, "sent-list", State.DONE, 5)
    assert "sent-list" in {one.step.id for one in progress.state(run, plan, None)}


def test_a_run_is_not_marked_for_ever() -> None:
    plan = plans()["forged"]
    full = replace(
        run_of(plan), marks=(progress.Mark("report", State.DONE, 1),) * progress.MAX_MARKS
    )
    with pytest.raises(UnusableCall, match="too often"):
        progress.mark_step(full, plan, None, "report", State.DONE, 2)


MARKS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from([State.DONE, State.NOT_FOR_ME]),
        st.integers(0, 2**33),
    ),
    max_size=5,
)


@given(
    st.sampled_from([None, *Verdict]),
    st.sampled_from([None, *get_args(Asked)]),
    st.sampled_from([None, True, False]),
    MARKS,
)
def test_kept_as_it_was(
    verdict: Verdict | None,
    asked: Asked | None,
    reused: bool | None,
    marks: list[tuple[str, Marked, int]],
) -> None:
    run = Run(
        "forged-1",
        "forged",
        7,
        Situation(verdict, "code", asked, "looked", "other", reused=reused, trouble="called"),
        "instagram",
        "ab" * 32,
        1,
        2,
        3,
        tuple(progress.Mark(*one) for one in marks),
    )
    data = json.loads(json.dumps(progress.to_data(run)))
    assert progress.from_data("forged-1", data) == run


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"plan": None},
        {"started_at": "1"},
        {"situation": {}},
        {"marks": [["a", "b"]]},
        {"marks": [["a", "elsewhere", 1]]},
        {"marks": 7},
    ],
)
def test_a_row_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    good = progress.to_data(Run("forged-1", "forged", 7))
    with pytest.raises(UnusableInput):
        progress.from_data("forged-1", {**good, **change})
