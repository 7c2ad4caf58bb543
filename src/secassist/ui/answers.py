"""What the person answered → the use case that knows what follows."""

from __future__ import annotations

from typing import Final, Literal

from secassist.mail.report import Report
from secassist.mail.verdict import Verdict
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


_LANDINGS: Final[dict[str, Literal["official", "other", "unknown"]]] = {
    "official": "official",
    "other": "other",
    "unknown": "unknown",
}


def told_asked(report: Report, code: str, account: AccountFacts | None = None) -> Told:
    """What follows from the answer with the button ``code``; ``account``: what is known of it."""
    return tell(report, Answers(asked=ASKED[code]), account=account or UNKNOWN)


def asks_where(report: Report | None, touched: str) -> bool:
    """Whether it matters where it was typed: after a mail that was real."""
    return report is not None and report.verdict is Verdict.GENUINE and touched == "typed"


def chosen_after_click(
    report: Report | None, touched: str, judged_at: int, *, asked: str = "", landing: str = ""
) -> Chosen:
    """The plan after ``looked``, ``typed``, ``opened`` or ``unsure``.

    ``asked``: code of the button that was pressed before; ``landing``: where it was typed.
    """
    answers = Answers(ASKED.get(asked), _TOUCHED[touched], _LANDINGS.get(landing))
    return Chosen(tell(report, answers).plan, report, answers, judged_at)


def chosen_for(report: Report, asked: str, judged_at: int) -> Chosen:
    """The plan for a mail, after the answer with the button ``asked``, or before any answer."""
    answers = Answers(asked=ASKED.get(asked))
    return Chosen(tell(report, answers).plan, report, answers, judged_at)
