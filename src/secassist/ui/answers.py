"""What the person answered → the use case that knows what follows."""

from __future__ import annotations

from typing import Final, Literal

from secassist.mail.report import Report
from secassist.usecases.advice import Answers, Told, tell

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


def told_asked(report: Report, code: str) -> Told:
    """What follows from the answer with the button ``code``."""
    return tell(report, Answers(asked=ASKED[code]))


def told_after_click(report: Report | None, touched: str) -> Told:
    """What to do after ``looked``, ``typed``, ``opened`` or ``unsure``."""
    return tell(report, Answers(touched=_TOUCHED[touched]))
