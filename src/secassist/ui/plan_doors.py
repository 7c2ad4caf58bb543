"""What a person says at the door, with no mail in hand → the plan that fits."""

from __future__ import annotations

from dataclasses import dataclass

from secassist.plans.decide import decide
from secassist.plans.situation import Situation
from secassist.ui.look import Look


@dataclass(frozen=True, slots=True)
class Door:
    """One thing that may have happened."""

    code: str
    icon: str
    tone: str
    words: str
    note: str
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
    return (
        Door(
            "typed",
            "keyboard",
            "warn",
            tr("I typed a password, a code or card details"),
            tr("Or you said yes to a sign-in question on your phone."),
            Situation(touched="typed"),
            about_a_site=True,
        ),
        Door(
            "opened",
            "folder",
            "warn",
            tr("I opened a file, or let someone into my computer"),
            tr("Also if someone helped you by phone."),
            Situation(touched="opened"),
        ),
        Door(
            "called",
            "phone",
            "warn",
            tr("Someone calls and wants to help me"),
            tr("With your computer, your money or your account."),
            Situation(trouble="called"),
        ),
        Door(
            "locked-out",
            "lock",
            "warn",
            tr("I am locked out, or something was changed"),
            tr("Your password no longer works, or it was not you."),
            Situation(trouble="locked-out"),
            about_a_site=True,
        ),
        Door(
            "flood",
            "flood",
            "warn",
            tr("My inbox is being flooded"),
            tr("Hundreds of mails that you never asked for."),
            Situation(flood=True),
        ),
        Door(
            "looked",
            "eye",
            "info",
            tr("I clicked a link, and only looked"),
            tr("You typed nothing and opened no file."),
            Situation(touched="looked"),
        ),
        Door(
            "lost-second-step",
            "key",
            "info",
            tr("I lost my phone or my codes"),
            tr("What you need for two-step sign-in is gone."),
            Situation(trouble="lost-second-step"),
            about_a_site=True,
        ),
        Door(
            "leak",
            "leak",
            "info",
            tr("A site lost its data"),
            tr("And yours may be in it."),
            Situation(trouble="leak"),
            about_a_site=True,
        ),
    )
