"""What the person knows, and what the mail is → one piece of advice, and the plan that fits."""

from __future__ import annotations

from secassist.plans.row import Advice
from secassist.plans.situation import Asked, Landing, Situation, Touched, Trouble
from secassist.plans.table import TABLE

__all__ = ["TABLE", "Advice", "Asked", "Landing", "Situation", "Touched", "Trouble", "decide"]


def decide(now: Situation) -> Advice:
    """The first row that fits. The last row fits everything, so there is always one."""
    return next(row for row in TABLE if row.fits(now))
