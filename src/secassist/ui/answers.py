"""What the person answered → the use case that knows what follows."""

from __future__ import annotations

from typing import Final, Literal

from secassist.mail.report import Report
from secassist.usecases.advice import UNKNOWN, AccountFacts, Answers, Chosen, Told, tell

ASKED: Final[dict[str, Literal["yes", "no", "unsure"]]] = {
    "asked-yes": "yes",
    "asked-no": "no",
    "asked-unsure": "unsure",
}
"""Codes of the buttons that answer "Did you ask for it?"."""

# Whoever is not sure what happened takes the careful way, as if something had been typed.
_TOUCHED: Final[dict[str, Literal["looked", "typed", "opened"]]] = {
    "looked": "looked",
    "typed": "typed",
    "opened": "opened",
    "unsure": "typed",
}


def told_asked(report: Report, code: str, account: AccountFacts | None = None) -> Told:
    """What follows from the answer with the button ``code``; ``account``: what is known of it."""
    return tell(report, Answers(asked=ASKED[code]), account=account or UNKNOWN)


def chosen_after_click(report: Report | None, touched: str, judged_at: int) -> Chosen:
    """The plan after ``looked``, ``typed``, ``opened`` or ``unsure``."""
    answers = Answers(touched=_TOUCHED[touched])
    return Chosen(tell(report, answers).plan, report, answers, judged_at)


def chosen_for(report: Report, asked: str, judged_at: int) -> Chosen:
    """The plan for a mail, after the answer with the button ``asked``, or before any answer."""
    answers = Answers(asked=ASKED.get(asked))
    return Chosen(tell(report, answers).plan, report, answers, judged_at)
