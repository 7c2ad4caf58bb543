"""The places of the window, in the order of the navigation: a page appears here when it works.

Read before a window opens, and by the command line: it imports nothing that is heavy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secassist.base.language import Translate, english


@dataclass(frozen=True, slots=True)
class Place:
    """One place as the navigation shows it."""

    name: str
    """The name for ``--page``."""
    title: str
    icon: str
    at_bottom: bool = False
    part: str = ""
    """``module:class`` of the part (``ui.part``) that makes its pages; fetched when they are
    first shown. Empty where the window has the page at hand."""
    needs: tuple[str, ...] = ()
    """What the part and its pages import of other rooms, if that takes long; see ``fetching``."""
    arriving: str = ""
    """What is said while the part is fetched; empty where that takes no time worth a word."""


def places(tr: Translate) -> tuple[Place, ...]:
    """All places that work, in the words of ``tr``."""
    return (
        Place("home", tr("Home"), "home"),
        Place("check", tr("Check an e-mail"), "mailcheck"),
        Place(
            "mailbox",
            tr("Flooded inbox"),
            "flood",
            part="secassist.ui.mailbox_part:MailboxPart",
            needs=(
                "secassist.facts.mail_servers",
                "secassist.mail.verdict",
                "secassist.mailbox.scan",
                "secassist.usecases.mail_account",
                "secassist.usecases.mailboxes",
                "secassist.usecases.scan_mailbox",
            ),
            arriving=tr("The page for your mailbox is coming…"),
        ),
        Place(
            "two-factor",
            tr("Two-step sign-in"),
            "phone",
            part="secassist.ui.two_factor_part:TwoFactorPart",
            needs=(
                "secassist.facts.site_search",
                "secassist.store.states",
                "secassist.twofactor.clock",
                "secassist.twofactor.importers",
                "secassist.twofactor.words",
                "secassist.usecases.setup",
                "secassist.usecases.twofactor",
            ),
            arriving=tr("Your codes are being opened…"),
        ),
        Place(
            "passwords",
            tr("Passwords"),
            "key",
            part="secassist.ui.passwords_part:PasswordsPart",
            needs=(
                "secassist.facts.organisations",
                "secassist.facts.password_managers",
                "secassist.mail.report",
                "secassist.usecases.exported_list",
                "secassist.usecases.fixing",
                "secassist.usecases.passwords_desk",
                "secassist.usecases.passwords_known",
            ),
            arriving=tr("Your passwords are being looked up…"),
        ),
        Place(
            "plans",
            tr("Action plans"),
            "plan",
            part="secassist.ui.plans_part:PlansPart",
            needs=(
                "secassist.facts.password_managers",
                "secassist.mail.verdict",
                "secassist.plans.which",
                "secassist.plans.words",
                "secassist.usecases.advice",
                "secassist.usecases.plan_changes",
                "secassist.usecases.plans",
            ),
            arriving=tr("Your plans are opened…"),
        ),
        Place(
            "ledger",
            tr("What left this computer"),
            "net",
            at_bottom=True,
            part="secassist.ui.ledger_part:LedgerPart",
        ),
        Place(
            "settings",
            tr("Settings"),
            "gear",
            at_bottom=True,
            part="secassist.ui.settings_part:SettingsPart",
        ),
    )


PAGES: Final = tuple(place.name for place in places(english))
"""The names of the pages that work, for ``--page``."""
