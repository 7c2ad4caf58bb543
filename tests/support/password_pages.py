"""Bringing a window to each page of the passwords, with made-up accounts and no store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from secassist.base.errors import PasswordNeeded
from secassist.base.progress import News, Tell
from secassist.passwords.clusters import clusters
from secassist.passwords.exclusions import Exclusion
from secassist.passwords.findings import Audited, Code, Finding, Report
from secassist.passwords.history import Run
from secassist.store.states import State
from secassist.ui import passwords_part
from secassist.ui.fetching import is_here
from secassist.ui.pages.passwords import PasswordsPages
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_cards import TrendCard
from secassist.ui.pages.passwords_fix import CHANGE, TICK
from secassist.ui.pages.passwords_reading import ReadingPage
from secassist.ui.pages.passwords_report import LastList
from secassist.ui.pages.passwords_typed import TypedPage
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.window import Window
from secassist.usecases.audit import Breaches
from secassist.usecases.exported_list import ExportedList
from secassist.usecases.fixing import Alike, Tried
from secassist.usecases.keeper import View
from secassist.usecases.passwords_known import Desk, Leaks
from secassist.usecases.passwords_watch import Plan

CHECKED = "2026-06-01T08:00:00+00:00"
MAIL = "anna.meier@gmail.com"


def _shared(*others: str, relation: str = "same") -> Finding:
    code = Code.REUSED if relation == "same" else Code.SIMILAR
    return Finding(code, "", others, tuple(map(str.lower, others)), relation)


LEAK = Finding(Code.BREACHED, "", checked_at=CHECKED, seen=3861)
WEAK = Finding(Code.WEAK, "")
ONE_LOCK = Finding(Code.NO_2FA, "")


def account(title: str, *findings: Finding, grave: bool = False) -> Audited:
    return Audited(
        title, f"{title.lower()}.com", MAIL, findings, 6.0, grave, title.lower(), folder="Private"
    )


ACCOUNTS = (
    account("Google", _shared("Zalando", "Spotify"), ONE_LOCK, grave=True),
    account("Adobe", LEAK, ONE_LOCK),
    account("PayPal", ONE_LOCK, grave=True),
    account("Zalando", _shared("Google", "Spotify")),
    account("Spotify", _shared("Google", "Zalando"), WEAK),
    account("Netflix", _shared("Deezer", relation="year")),
    account("Deezer", _shared("Netflix", relation="year"), WEAK),
    replace(account("Changed"), ticked_at=CHECKED),
    *(account(f"Shop {number}") for number in range(30)),
)
RUNS = tuple(
    Run(f"2026-{month:02}-01T08:00:00+00:00", 38, {"reused": count})
    for month, count in enumerate((19, 19, 17, 17, 14, 12, 12, 9, 7), 3)
)


def desk(accounts: tuple[Audited, ...] = ACCOUNTS, **fields: object) -> Desk:
    report = Report(accounts)
    view = View(State.OPEN, spare_key_kept=True)
    made = Desk(
        view,
        report,
        clusters(report),
        RUNS,
        leaks=Leaks(CHECKED),
        sites_as_of="2026-11-01",
        credits=("Have I Been Pwned, CC BY 4.0",),
    )
    return replace(made, **fields)


def pages(window: Window) -> PasswordsPages:
    """The pages, shown, without a look at the store."""
    assert is_here(passwords_part.__name__)  # by the import above
    made = window._page("passwords")
    assert isinstance(made, PasswordsPages)
    made._shown = Desk(View(State.NONE))
    made._show_if_changed = lambda desk: None  # what is made up stays
    window._usecases.watches_passwords = lambda: True  # whoever was asked is not asked again
    made._begun.files, made._begun.skipped, made._begun.codes = (), {}, 0
    window.go("passwords")
    return made


def _report(window: Window, **fields: object) -> None:
    pages(window).show_desk(desk(**fields))


def _last(window: Window, last: LastList) -> None:
    made = pages(window)
    made._begun.skipped, made._begun.codes = last.skipped, last.codes
    made._begun.files = tuple(ExportedList(Path(name), (0, 0, 0, 0)) for name in last.names)
    made.show_desk(desk())


def _offer(window: Window) -> None:
    made = pages(window)
    made._usecases.watches_passwords = lambda: False
    made.show_desk(desk())


def _account(window: Window, account_id: str, step: int | None = None) -> PasswordAccountPage:
    made = pages(window)
    made.show_desk(desk())
    made.show_account(account_id)
    page = made.page()
    assert isinstance(page, PasswordAccountPage)
    if step is not None:
        made.fixing._wire(page, page.show_step(step, "firefox"))
    if page.fix is not None:
        page.fix.show_password("quiet-harbor-lemon-folding-ticket-oboe")
    return page


def _keepers(window: Window) -> None:
    account_page = _account(window, "adobe")
    made = pages(window)
    made.fixing._help_to_choose(account_page)
    page = made.page()
    page.findChildren(Disclosure)[0].set_open(True)


def _left_out(window: Window) -> None:
    made = (
        Exclusion("1", "entry", "adobe", "It is closed soon.", CHECKED),
        Exclusion("2", "rule", "no-2fa", "I have a key for these.", CHECKED),
        Exclusion("3", "site", "router.example", "Only at home.", CHECKED),
    )
    pages(window).more.show_left_out(desk(exclusions=made))


def _typed(window: Window) -> None:
    pages(window).more.show_typed()
    page = pages(window).page()
    assert isinstance(page, TypedPage)
    page.field.box.setText("Sunflower")
    found = (Alike("google", "Google", "same"), Alike("netflix", "Netflix", "year"))
    page.show_answer(Tried(found, comparable=True))


def _reading(window: Window) -> None:
    made = pages(window)

    async def endless(tell: Tell) -> None:
        tell(News("breaches", "", "asking", "120 of 412"))
        await asyncio.Event().wait()

    made.reading.watch(endless, lambda _: None, lambda _: None)
    page = made.page()
    assert isinstance(page, ReadingPage)
    page.advance(News("breaches", "", "asking", "120 of 412"))


def _table(window: Window) -> None:
    _report(window)
    pages(window).page().findChildren(TrendCard)[0].table.set_open(True)


VISITS: dict[str, Callable[[Window], None]] = {
    "passwords-import": lambda window: pages(window).reading.ask_for_list(),
    "passwords-leaks": lambda window: pages(window).reading.choose_leaks(lambda _: None),
    "passwords-file-password": lambda window: pages(window).reading._ask_password(
        PasswordNeeded("This file is encrypted."), (), Breaches()
    ),
    "passwords-reading": _reading,
    "passwords-report": _report,
    "passwords-report-new": lambda window: _report(window, kept=False, leaks=Leaks(), runs=()),
    "passwords-report-table": _table,
    "passwords-list-lies-there": lambda window: _last(
        window, LastList(("Chrome Passwords.csv",), {"no password": 3})
    ),
    "passwords-codes-found": lambda window: _last(window, LastList(("b.json",), {}, 4)),
    "passwords-offer": _offer,
    "passwords-not-checked": lambda window: _report(window, leaks=Leaks(CHECKED, 4)),
    "passwords-nothing": lambda window: _report(window, accounts=ACCOUNTS[7:]),
    "passwords-account": lambda window: _account(window, "adobe", CHANGE),
    "passwords-account-keep": lambda window: _account(window, "spotify"),
    "passwords-account-tick": lambda window: _account(window, "netflix", TICK),
    "passwords-account-second": lambda window: _account(window, "paypal"),
    "passwords-account-changed": lambda window: _account(window, "changed"),
    "passwords-keepers": _keepers,
    "passwords-all": lambda window: pages(window).more.show_all(desk()),
    "passwords-typed": _typed,
    "passwords-leave-out": lambda window: pages(window).more.leave_out(ACCOUNTS[0]),
    "passwords-left-out": _left_out,
    "passwords-left-out-none": lambda window: pages(window).more.show_left_out(desk()),
    "passwords-schedule": lambda window: pages(window).more._show_plan(
        Plan("month", 1_780_000_000, by_system=True)
    ),
    "passwords-save": lambda window: pages(window).more.show_save(desk()),
    "passwords-kept": lambda window: pages(window).more.show_kept(),
}
"""Every page of the passwords, and what brings the window there."""
