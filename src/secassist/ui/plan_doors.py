"""What a person says at the door, with no mail in hand → the plan that fits."""

from __future__ import annotations

from dataclasses import dataclass

from secassist.plans.decide import decide
from secassist.plans.situation import Situation, Trouble
from secassist.ui import happened
from secassist.ui.look import Look
from secassist.ui.widgets.answers import Answer


@dataclass(frozen=True, slots=True)
class Door:
    """One thing that may have happened."""

    answer: Answer
    now: Situation
    about_a_site: bool = False
    """The steps open pages of the site, so it is worth while to ask which one it is."""

    @property
    def plan(self) -> str:
        """Id of the plan."""
        return decide(self.now).plan


def doors(look: Look) -> tuple[Door, ...]:
    """All of them, what is most urgent first."""
    tr = look.tr
    called = tr("Someone calls and wants to help me")
    locked_out = tr("I am locked out, or something was changed")
    flood = tr("My inbox is being flooded")
    looked = tr("I clicked a link, and only looked")
    lost = tr("I lost my phone or my codes")
    leak = tr("A site lost its data")

    def trouble(code: Trouble, words: str, note: str, icon: str, tone: str) -> Door:
        at_a_site = code != "called"
        return Door(Answer(code, words, note, icon, tone), Situation(trouble=code), at_a_site)

    return (
        Door(happened.typed(look), Situation(touched="typed"), about_a_site=True),
        Door(happened.opened(look), Situation(touched="opened")),
        trouble(
            "called", called, tr("With your computer, your money or your account."), "phone", "warn"
        ),
        trouble(
            "locked-out",
            locked_out,
            tr("Your password no longer works, or it was not you."),
            "lock",
            "warn",
        ),
        Door(
            Answer(
                "flood", flood, tr("Hundreds of mails that you never asked for."), "flood", "warn"
            ),
            Situation(flood=True),
        ),
        Door(
            Answer("looked", looked, tr("You typed nothing and opened no file."), "eye"),
            Situation(touched="looked"),
        ),
        trouble(
            "lost-second-step",
            lost,
            tr("What you need for two-step sign-in is gone."),
            "key",
            "info",
        ),
        trouble("leak", leak, tr("And yours may be in it."), "leak", "info"),
    )
