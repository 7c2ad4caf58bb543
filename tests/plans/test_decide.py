from __future__ import annotations

import itertools
from dataclasses import replace
from typing import get_args

import pytest

from secassist.mail.verdict import Verdict
from secassist.plans.decide import (
    TABLE,
    Advice,
    Asked,
    Landing,
    Situation,
    Touched,
    Trouble,
    decide,
)
from secassist.plans.plan import plans
from secassist.plans.situation import KINDS

MAIL = list(
    itertools.product(
        (None, *Verdict),
        KINDS,
        (None, *get_args(Asked)),
        get_args(Touched),
        get_args(Landing),
        (False, True),
    )
)
"""Verdict × kind × asked × touched × landing × flood."""
FACTS = list(itertools.product((None, True), repeat=3))  # False counts like None, see below
EVERY = [
    *(Situation(*mail, None, *facts) for mail in MAIL for facts in FACTS),
    *(Situation(*mail, trouble) for mail in MAIL for trouble in get_args(Trouble)),
]


@pytest.fixture(scope="module")
def chosen() -> list[tuple[Situation, Advice]]:
    return [(now, decide(now)) for now in EVERY]


Chosen = list[tuple[Situation, Advice]]


def test_every_combination_has_advice_and_every_row_is_reached(chosen: Chosen) -> None:
    assert {row.code for _, row in chosen} == {row.code for row in TABLE}
    assert len({row.code for row in TABLE}) == len(TABLE)


def test_every_row_names_a_plan_and_every_plan_is_reached(chosen: Chosen) -> None:
    assert {row.plan for _, row in chosen} == set(plans())


def test_what_is_known_to_be_false_counts_like_what_is_not_known() -> None:
    for now in EVERY[:: len(FACTS) * 7]:
        known = replace(now, reused=False, breached=False, two_step_on=False)
        unknown = replace(now, reused=None, breached=None, two_step_on=None)
        assert decide(known) is decide(unknown)


def test_a_secret_typed_elsewhere_comes_first_whatever_the_verdict(chosen: Chosen) -> None:
    for now, row in chosen:
        if now.touched == "typed" and now.landing != "official":
            assert row.code == "gave-secret"


def test_a_request_of_ones_own_does_not_make_a_fake_safe(chosen: Chosen) -> None:
    for now, row in chosen:
        if now.verdict is Verdict.FAKE and now.touched == "none" and not now.trouble:
            assert row.code == ("flood" if now.flood else "fake")


def test_only_a_genuine_mail_is_called_real(chosen: Chosen) -> None:
    for now, row in chosen:
        if row.headline.startswith(("Real mail", "Really")):
            assert now.verdict is Verdict.GENUINE


def test_no_plan_says_of_a_mail_what_was_not_proved(chosen: Chosen) -> None:
    for now, row in chosen:
        if row.plan == "unexpected":
            assert now.verdict is Verdict.GENUINE
        if row.plan == "forged":
            assert now.verdict is Verdict.FAKE
        if row.plan == "expected":
            assert now.asked == "yes"
            assert now.verdict is not Verdict.FAKE


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (Situation(Verdict.GENUINE, "reset-requested", "no"), "unexpected"),
        (Situation(Verdict.GENUINE, "reset-requested", "yes"), "expected"),
        (Situation(Verdict.GENUINE, "reset-requested", "unsure"), "unsure"),
        (Situation(Verdict.GENUINE, "changed", "no"), "account-changed"),
        (Situation(Verdict.CANNOT_TELL, "changed", "no"), "alarm-not-proved"),
        (Situation(Verdict.CANNOT_TELL, "code", "yes"), "ask-again"),
        (Situation(Verdict.SUSPICIOUS, touched="looked"), "opened-link"),
        (Situation(None, touched="looked"), "opened-something"),
        (Situation(None, touched="opened"), "opened-file"),
        (Situation(Verdict.GENUINE, touched="typed", landing="official"), "typed-on-real-site"),
        (Situation(Verdict.RELAYED), "relayed"),
        (Situation(None), "no-mail"),
        (Situation(None, flood=True), "flood"),
        (Situation(Verdict.GENUINE, "changed", flood=True), "alarm-in-flood"),
        (Situation(Verdict.GENUINE, "changed", "no", flood=True), "account-changed"),
        (Situation(Verdict.FAKE, touched="looked", flood=True), "flood-and-opened"),
        (Situation(Verdict.GENUINE, "other", "no", reused=True), "unexpected-shared"),
        (
            Situation(Verdict.GENUINE, "other", "no", reused=True, breached=True),
            "unexpected-leaked",
        ),
        (Situation(Verdict.GENUINE, "other", "no", two_step_on=True), "unexpected-two-step"),
        (Situation(trouble="locked-out"), "locked-out"),
        (Situation(trouble="called", touched="typed"), "gave-secret"),
    ],
)
def test_rows(now: Situation, code: str) -> None:
    assert decide(now).code == code
