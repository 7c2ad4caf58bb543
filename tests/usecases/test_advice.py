"""The plan that a report names, before and after the person answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secassist.mail.verdict import Verdict
from secassist.plans.plan import plans
from secassist.usecases.advice import AccountFacts, Answers, apply, tell, with_plan
from support import reports

REPORT = reports.genuine()


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_report_names_a_plan(verdict: Verdict) -> None:
    report = with_plan(replace(REPORT, verdict=verdict))
    assert report.runbook in plans()
    for answers in (Answers(asked="no"), Answers(touched="typed"), Answers(flood=True)):
        assert apply(report, answers).runbook in plans()


def test_the_answer_chooses_the_plan() -> None:
    genuine = replace(REPORT, verdict=Verdict.GENUINE)
    assert apply(genuine, Answers(asked="yes")).runbook == "expected"
    assert apply(genuine, Answers(touched="typed")).runbook == "gave-secret"
    assert apply(genuine, Answers(flood=True)).runbook == "flood"


def test_nothing_answered_changes_nothing() -> None:
    report = with_plan(REPORT)
    assert apply(report, Answers()) is report


def test_what_is_known_about_the_account_chooses_too() -> None:
    genuine = replace(REPORT, verdict=Verdict.GENUINE)
    asked = Answers(asked="no")
    assert tell(genuine, asked).code == "unexpected"
    leaked = AccountFacts(breached=True)
    assert tell(genuine, asked, account=leaked).code == "unexpected-leaked"


def test_without_a_mail() -> None:
    assert tell(None, Answers(trouble="locked-out")).plan == "taken-over"
    assert tell(None, Answers(trouble="lost-second-step")).plan == "lost-second-step"
