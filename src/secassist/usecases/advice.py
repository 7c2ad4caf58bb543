"""What the person answers → what they read next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from secassist.base.language import Translate, english
from secassist.mail.report import Action, Leg, Report, Role
from secassist.mail.words.evidence import fill
from secassist.plans.decide import (
    Advice,
    Asked,
    Landing,
    Situation,
    Touched,
    Trouble,
    decide,
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person knows. None: not said."""

    asked: Asked | None = None
    touched: Touched | None = None
    landing: Landing | None = None
    trouble: Trouble | None = None
    flood: bool = False

    @property
    def given(self) -> bool:
        return any((self.asked, self.touched, self.landing, self.trouble, self.flood))


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What other rooms know about the account that the mail is about. None: not known."""

    reused: bool | None = None
    breached: bool | None = None
    two_step_on: bool | None = None


UNKNOWN = AccountFacts()


@dataclass(frozen=True, slots=True)
class Told:
    """Advice in words, for one page."""

    code: str
    plan: str
    """Id of the plan that fits."""
    headline: str
    reason: str
    action: Action


@dataclass(frozen=True, slots=True)
class Chosen:
    """The plan that fits, and what it was chosen by."""

    plan: str
    report: Report | None
    answers: Answers = Answers()
    judged_at: int = 0
    """Unix time of the check; 0: there was none."""


def situation(
    report: Report | None, answers: Answers, account: AccountFacts = UNKNOWN
) -> Situation:
    """What is known, for the table and for the steps of a plan."""
    return Situation(
        verdict=report.verdict if report else None,
        kind=report.message.kind if report else "other",
        asked=answers.asked,
        touched=answers.touched or "none",
        landing=answers.landing or "unknown",
        flood=answers.flood,
        trouble=answers.trouble,
        reused=account.reused,
        breached=account.breached,
        two_step_on=account.two_step_on,
    )


def tell(
    report: Report | None,
    answers: Answers,
    translate: Translate = english,
    account: AccountFacts = UNKNOWN,
) -> Told:
    """The advice for a report, or for no mail at all, given what the person answered."""
    return _in_words(decide(situation(report, answers, account)), report, translate)


def with_plan(report: Report) -> Report:
    """The report with the plan that fits before anything was answered."""
    return replace(report, runbook=decide(situation(report, Answers())).plan)


def apply(
    report: Report,
    answers: Answers,
    translate: Translate = english,
    account: AccountFacts = UNKNOWN,
) -> Report:
    """The report with action and plan that the answers choose; unchanged where nothing was said.

    The verdict and its reason stay what they are: what a person did does not change the mail.
    After “No, I did not ask” the first leg of the route is dotted: nobody knows who set it off.
    """
    if not answers.given:
        return report
    told = tell(report, answers, translate, account)
    unasked = answers.asked == "no" and report.route.legs and report.route.nodes
    route = report.route
    if unasked and route.nodes[0].role is Role.SENDER:
        route = replace(route, legs=(replace(route.legs[0], kind=Leg.UNPROVED), *route.legs[1:]))
    return replace(
        report,
        note=f"{told.headline} {told.reason}",
        question="",
        action=told.action,
        buttons=(told.action,),
        runbook=told.plan,
        route=route,
    )


def _in_words(row: Advice, report: Report | None, translate: Translate) -> Told:
    facts = {
        "organisation": _organisation(report, translate),
        "reason": report.reason if report else "",
    }
    url = None
    if row.action == "open-site" and report:
        url = next((b.url for b in (*report.buttons, report.action) if b.url), report.site or None)
    return Told(
        code=row.code,
        plan=row.plan,
        headline=fill(translate(row.headline), facts),
        reason=fill(translate(row.reason), facts),
        action=Action(row.action, fill(translate(row.action_label), facts), url),
    )


def _organisation(report: Report | None, translate: Translate) -> str:
    if report is None:
        return translate("the site")
    return report.message.claimed_name or report.message.from_domain or translate("the site")
