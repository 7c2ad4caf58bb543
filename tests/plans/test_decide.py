from __future__ import annotations

import itertools
from typing import get_args

import pytest

from secassist.mail.verdict import Verdict
from secassist.plans.decide import TABLE, Asked, Landing, Situation, Touched, decide

KINDS = ("reset-requested", "changed", "new-sign-in", "code", "invoice", "other")
EVERY = [
    Situation(*values)
    for values in itertools.product(
        (None, *Verdict), KINDS, (None, *get_args(Asked)), get_args(Touched), get_args(Landing)
    )
]


def test_every_combination_has_advice_and_every_row_is_reached() -> None:
    assert {decide(now).code for now in EVERY} == {row.code for row in TABLE}


def test_a_secret_typed_elsewhere_comes_first_whatever_the_verdict() -> None:
    for now in EVERY:
        if now.touched == "typed" and now.landing != "official":
            assert decide(now).code == "gave-secret"


def test_a_request_of_ones_own_does_not_make_a_fake_safe() -> None:
    for now in EVERY:
        if now.verdict is Verdict.FAKE and now.touched == "none":
            assert decide(now).code == "fake"


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
    ],
)
def test_rows(now: Situation, code: str) -> None:
    assert decide(now).code == code
