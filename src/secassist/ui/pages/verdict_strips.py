"""What is said above a verdict: a fault on the way, what was repeated, what a button did."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from secassist.ui.pages.verdict import VerdictPage
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.plans.repetition import Repetition


def say_offline(page: VerdictPage, check_again: Callable[[], None]) -> None:
    """Where no question was answered: a fault on the way is never a verdict itself."""
    look, asked = page.look, page.report.network
    if not asked or any(entry.outcome != "failed" for entry in asked):
        return
    again = Button(look, look.tr("Try again"), icon="refresh")
    again.activated.connect(check_again)
    page.show_strip(
        Strip(
            look,
            look.tr("No internet right now."),
            look.tr("We read what is in the mail. To prove the sender we need the internet."),
            icon="wifioff",
            buttons=(again,),
        )
    )


def say_repeated(page: VerdictPage, found: Repetition, show_steps: Callable[[], None]) -> None:
    """Such mails come again and again, or two at once."""
    look = page.look
    start = Button(look, look.tr("Show me the steps"), icon="plan")
    start.activated.connect(show_steps)
    page.show_strip(
        Strip(
            look,
            look.tr("This is not the only mail of this kind."),
            look.tr(found.sentence),
            icon="bell",
            tone="warn",
            buttons=(start,),
        )
    )


def say_known(page: VerdictPage, domain: str) -> None:
    """The person knows the sender."""
    look = page.look
    page.show_strip(
        Strip(
            look,
            look.tr("You know {domain}.", domain=domain),
            look.tr("We remember that. A proved mail from there says so next time."),
            icon="user",
        )
    )


def say_not_saved(page: VerdictPage, error: OSError) -> None:
    """The report could not be written."""
    look = page.look
    why = error.strerror or type(error).__name__
    page.show_strip(
        Strip(
            look,
            look.tr("The report was not saved."),
            look.tr("The computer says: {why}.", why=why),
            icon="drive",
            tone="warn",
        )
    )
