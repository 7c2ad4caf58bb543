"""Bringing a window to each page of the flooded inbox, with what a real scan found in made mail."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from secassist.base.errors import UnusableInput
from secassist.mailbox.scan import Progress, scan
from secassist.mailbox.sources.mbox import Mbox
from secassist.network.imap import Account
from secassist.ui import mailbox_part
from secassist.ui.fetching import is_here
from secassist.ui.mail_watch import note
from secassist.ui.mailbox_part import MailboxPart
from secassist.ui.pages.mailbox import MailboxPages
from secassist.ui.pages.mailbox_account import MailboxAccountPage
from secassist.ui.pages.mailbox_start import MailboxStartPage
from secassist.ui.pages.mailbox_watch import MailboxWatchPage
from secassist.ui.window import Window
from secassist.usecases.mail_account import Login
from secassist.usecases.mailboxes import Place
from secassist.usecases.scan_mailbox import Judged, Scanned
from secassist.usecases.watch import About, Alert
from secassist.usecases.watch_desk import Told, Watched
from support import reports
from support.mailboxes import BULK, DAY, HOUR, PEOPLE, Letter, flood, mbox, year

_DAYS = 40


@cache
def flooded() -> Scanned:
    """A flood that ended some hours ago, and three mails in it that matter."""
    end = int(time.time()) // HOUR * HOUR - 3 * HOUR
    start = end - 8 * HOUR
    letters = [
        *flood("many-languages", start, 1_400, per_hour=180),
        *flood("confirmations", start + 2 * HOUR, 2_000, per_hour=800),
        Letter(start + 2 * HOUR, "orders@amazon.com", "Your order for 2 gift cards, $400.00", BULK),
        Letter(start + 6 * HOUR, "service@zalando.de", "Your password was changed", BULK),
        Letter(start - 3 * HOUR, "no-reply@accounts.google.com", "New sign-in on Windows", BULK),
        Letter(start + HOUR, "shop@shop7.example", "Our new payment methods: 10% off", BULK),
    ]
    letters += year(PEOPLE["quiet"], seed=3, days=_DAYS, begin=end - _DAYS * DAY)
    return _scanned(letters)


@cache
def calm() -> Scanned:
    """Some weeks without a flood."""
    begin = int(time.time()) // DAY * DAY - _DAYS * DAY
    letters = year(PEOPLE["shopper"], seed=5, days=_DAYS, begin=begin)
    letters += [
        Letter(begin + 39 * DAY, "security@mail.instagram.com", "Reset your password"),
        Letter(begin + 30 * DAY, "service@paypal.com", "New sign-in to your account"),
    ]
    return _scanned(letters)


@cache
def flooded_twice() -> Scanned:
    """Two floods, the second one long over."""
    begin = int(time.time()) // DAY * DAY - 60 * DAY
    letters = [
        *flood("newsletters", begin + 20 * DAY, 600, per_hour=300),
        *flood("confirmations", begin + 40 * DAY, 3_000, per_hour=40),
        Letter(begin + 41 * DAY, "care@phone.example", "Your new SIM card is active", BULK),
    ]
    return _scanned(letters + year(PEOPLE["quiet"], seed=3, days=50, begin=begin))


def _scanned(letters: list[Letter]) -> Scanned:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "Takeout.mbox")
        path.write_bytes(mbox(sorted(letters)))
        found = scan([Mbox(path)])
    made = reports.every_verdict()

    def judged(place: int, mail: object) -> Judged:
        report = made[place % len(made)] if place else reports.genuine()
        return Judged(mail, "Takeout.mbox", report.verdict, report)

    return Scanned(
        found,
        tuple(judged(place, mail) for place, mail in enumerate(found.buried)),
        tuple(judged(place, mail) for place, mail in enumerate(found.security)),
        found.limits,
    )


def unjudged(scanned: Scanned) -> Scanned:
    """The same before any verdict has come."""
    lists = (
        tuple(Judged(each.mail, each.file, None) for each in mails)
        for mails in (scanned.buried, scanned.security)
    )
    return Scanned(scanned.found, *lists, scanned.limits)


def pages(window: Window) -> MailboxPages:
    """The pages, shown at their start."""
    assert is_here(mailbox_part.__name__)  # by the import above
    made = window._page("mailbox")
    assert isinstance(made, MailboxPages)
    window.go("mailbox")
    made.show_start()
    return made


def part(window: Window) -> MailboxPart:
    pages(window)
    made = window.parts.get("mailbox")
    assert isinstance(made, MailboxPart)
    return made


def _show(window: Window, scanned: Scanned, *, pending: bool = False) -> None:
    part(window)._scanned = scanned
    part(window)._place = Place(Path("Takeout.mbox"))
    pages(window).show_scanned(scanned, pending=pending)


def _reading(window: Window, *, first: bool) -> None:
    made, found = pages(window), flooded().found
    made.show_reading()
    progress = Progress(41_200, 100_000, 41_200, 4.2, (), "Takeout.mbox")
    if first:
        progress = replace(progress, floods=found.floods, buried=found.buried)
    made.show_progress(progress)


def _empty_flood(window: Window) -> None:
    _show(window, replace(flooded(), buried=()))


def _error(window: Window) -> None:
    pages(window).show_error(UnusableInput("“letter.txt” is not a mailbox. Choose another file."))


def _damaged(window: Window) -> None:
    sentence = "“Takeout.mbox” is damaged. It was read up to message 41,200."
    found = replace(calm().found, complete=False)
    _show(window, replace(calm(), found=found, limits=(sentence,)))


def _account(window: Window) -> None:
    made = pages(window)
    made.ask_account()
    page = made.page()
    assert isinstance(page, MailboxAccountPage)
    page.address.box.setText("anna.meier@gmail.com")


def _refused(window: Window) -> None:
    _account(window)
    pages_shown = window.shown()
    assert isinstance(pages_shown, MailboxPages)
    pages_shown.refuse_account("imap.gmail.com did not accept the name or the password.")


def _security(window: Window) -> None:
    _show(window, flooded())
    pages_shown = window.shown()
    assert isinstance(pages_shown, MailboxPages)
    pages_shown._go_to_security()


def _watch(window: Window, *, offered: Place | None) -> None:
    """Three mailboxes are watched: all is well, the first look goes on, the last one failed."""
    made, now = pages(window), int(time.time())
    account = Login(Account("imap.gmail.com", "anna.meier@gmail.com"), "x")
    watched = (
        Watched("1", Place(login=account), now - 4 * 60),
        Watched("2", Place(), 0),
        Watched("3", Place(Path("Takeout.mbox")), now - DAY, "There is no “Takeout.mbox”."),
    )
    made.show_page(MailboxWatchPage(made.look, watched, offered, in_tray=False))


def _noted(window: Window) -> None:
    made = pages(window)
    watched = Watched("1", Place(Path("Inbox")), int(time.time()))
    headline, sentence, _ = note(made.look, (Told(watched, Alert(About.FLOOD, 3)),))
    made.show_note(headline, sentence, lambda: None)


def _all_ways(window: Window) -> None:
    made = pages(window)
    made.show_page(MailboxStartPage(made.look, has_thunderbird=True, watches=True))


VISITS: dict[str, Callable[[Window], None]] = {
    "mailbox": lambda window: pages(window) and None,
    "mailbox-all-ways": _all_ways,
    "mailbox-account": _account,
    "mailbox-account-refused": _refused,
    "mailbox-reading": lambda window: _reading(window, first=False),
    "mailbox-reading-found": lambda window: _reading(window, first=True),
    "mailbox-flood": lambda window: _show(window, flooded()),
    "mailbox-two-floods": lambda window: _show(window, flooded_twice()),
    "mailbox-flood-pending": lambda window: _show(window, unjudged(flooded()), pending=True),
    "mailbox-flood-nothing": _empty_flood,
    "mailbox-security": _security,
    "mailbox-calm": lambda window: _show(window, calm()),
    "mailbox-damaged": _damaged,
    "mailbox-error": _error,
    "mailbox-watch": lambda window: _watch(
        window, offered=Place(login=Login(Account("imap.gmx.net", "otto@gmx.de"), "x"))
    ),
    "mailbox-watched": lambda window: _watch(window, offered=None),
    "mailbox-noted": _noted,
}
"""Every page of the flooded inbox, and what brings the window there."""
