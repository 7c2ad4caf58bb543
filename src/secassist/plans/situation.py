"""What is known about what happened: about the mail, the person, and the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from secassist.mail.verdict import Verdict

Asked = Literal["yes", "no", "unsure"]
Touched = Literal["none", "looked", "typed", "opened"]
Landing = Literal["official", "other", "unknown"]
Trouble = Literal["locked-out", "lost-second-step", "called", "leak"]
KINDS = ("reset-requested", "changed", "new-sign-in", "code", "invoice", "other")


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known. ``verdict`` is None when there is no mail at hand."""

    verdict: Verdict | None = None
    kind: str = "other"
    asked: Asked | None = None
    touched: Touched = "none"
    landing: Landing = "unknown"
    flood: bool = False
    """Is the mailbox being flooded now?"""
    trouble: Trouble | None = None
    """What the person says at the door, with no mail in hand."""
    reused: bool | None = None
    """Is the account's password used elsewhere too? None: not known."""
    breached: bool | None = None
    """Was it in a leak? None: not known."""
    two_step_on: bool | None = None
    """Is two-step sign-in on there? None: not known."""
