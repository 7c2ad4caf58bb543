"""Bringing a window to each page of the passwords, with made-up accounts and no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from secassist.passwords.clusters import clusters
from secassist.passwords.findings import Audited, Code, Finding, Report
from secassist.passwords.history import Run
from secassist.store.states import State
from secassist.ui import passwords_part
from secassist.ui.pages.arriving import is_here
from secassist.ui.pages.passwords import PasswordsPages
from secassist.ui.window import Window
from secassist.usecases.keeper import View
from secassist.usecases.passwords_desk import Desk, Leaks

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
    *(account(f"Shop {number}") for number in range(31)),
)
RUNS = tuple(
    Run(f"2026-{month:02}-01T08:00:00+00:00", 38, {"reused": count})
    for month, count in enumerate((19, 19, 17, 17, 14, 12, 12, 9, 7), 3)
)


def desk(accounts: tuple[Audited, ...] = ACCOUNTS, **fields: object) -> Desk:
    report = Report(accounts)
    view = View(State.OPEN, spare_key_kept=True)
    made = Desk(view, report, clusters(report), RUNS, leaks=Leaks(CHECKED))
    return replace(made, **fields)


def pages(window: Window) -> PasswordsPages:
    """The pages, shown, without a look at the store."""
    assert is_here(passwords_part.__name__)  # by the import above
    made = window._page("passwords")
    assert isinstance(made, PasswordsPages)
    made._shown = Desk(View(State.NONE))
    made._show_if_changed = lambda desk: None  # what is made up stays
    window.go("passwords")
    return made


def _report(window: Window, **fields: object) -> None:
    pages(window).show_desk(desk(**fields))


def _account(window: Window, account_id: str) -> None:
    _report(window)
    pages(window)._shown = desk()
    pages(window).show_account(account_id)


VISITS: dict[str, Callable[[Window], None]] = {
    "passwords-import": lambda window: pages(window).reading.ask_for_list(again=False),
    "passwords-report": _report,
    "passwords-report-new": lambda window: _report(window, kept=False, leaks=Leaks(), runs=()),
    "passwords-nothing": lambda window: _report(window, accounts=ACCOUNTS[7:]),
    "passwords-account": lambda window: _account(window, "adobe"),
}
"""Every page of the passwords, and what brings the window there."""
