"""Bringing a window to each page of two-step sign-in, with made-up accounts and no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from secassist.facts import site_search
from secassist.facts.sites import sites
from secassist.store.backups import Backup
from secassist.store.recovery_key import RecoveryKey
from secassist.store.states import State
from secassist.twofactor.account import Account
from secassist.twofactor.clock import Offset
from secassist.twofactor.entries import Batch, Rejected
from secassist.twofactor.importers import Outcome
from secassist.twofactor.planning import plan
from secassist.twofactor.repository import Saved
from secassist.twofactor.setup import Cause, Remark, Setup, Step
from secassist.ui import two_factor_part
from secassist.ui.fetching import is_here
from secassist.ui.pages.transfer import ExportPage
from secassist.ui.pages.two_factor import TwoFactorPages
from secassist.ui.window import Window
from secassist.usecases.clock import in_words
from secassist.usecases.keeper import View
from secassist.usecases.setup import Candidate
from secassist.usecases.twofactor import export_google
from support.codes import ACCOUNTS, SECRET

ENTRIES = tuple(map(Saved, ACCOUNTS))
BACKUP = Backup("one", datetime(2026, 1, 1, tzinfo=UTC), 1, 4, 4096, Path("one.db"))
BACKUPS = tuple(
    replace(BACKUP, name=str(day), made_at=datetime(2026, 1, day, 17, 20, tzinfo=UTC))
    for day in (9, 8, 5)
)
SETUP = Setup("1", site="instagram.com", site_name="Instagram", account_id="instagram")
KEY = RecoveryKey(b"0123456789abcdefg")


def pages(window: Window) -> TwoFactorPages:
    """The pages, shown, without a look at the store."""
    assert is_here(two_factor_part.__name__)  # by the import above
    made = window._page("two-factor")
    assert isinstance(made, TwoFactorPages)
    made._view = View(State.NONE)
    made._show_if_changed = lambda view: None  # what is made up stays
    window.go("two-factor")
    return made


def _view(window: Window, **fields: object) -> None:
    made = View(State.OPEN, entries=ENTRIES, spare_key_kept=True, needs_passphrase=True)
    pages(window).show_view(replace(made, **fields))


def _closed(window: Window, state: State) -> None:
    backups = () if state is State.FILE_MISSING else (BACKUP,)
    pages(window).show_view(View(state, "That key does not open this.", backups=backups))


def _setup(window: Window, step: Step, **fields: object) -> None:
    flow = pages(window).setup
    flow.setup = replace(SETUP, step=step, **fields)
    flow._saved = ENTRIES[1]
    flow.show()


def _recover_anew(window: Window) -> None:
    made = pages(window)
    made.show_view(View(State.LOCKED, needs_passphrase=True))
    made.door.ask_spare_key()


def _site(window: Window) -> None:
    _setup(window, Step.SITE)
    page = pages(window).page()
    page.set_search(site_search.find, sites().credits)
    page.field.box.setText("inst")


def _trouble_clock(window: Window) -> None:
    _setup(window, Step.TROUBLE, cause=Cause.CLOCK)
    pages(window).page().clock.show_compared(in_words(Offset(72.0, 0.1, "ntp")))


def _try_clock(window: Window) -> None:
    _setup(window, Step.TRY)
    pages(window).page().show_service("off")


def _codes_clock(window: Window) -> None:
    _view(window)
    pages(window).page().clock.offer("unknown")


def _copies(window: Window) -> None:
    made = pages(window)
    made._view = View(State.OPEN, entries=ENTRIES, backups=BACKUPS, spare_key_kept=True)
    made.show_keys()
    made.page().rows[0].set_open(True)


def _series(window: Window) -> None:
    accounts = [Account(SECRET, "Example", f"person {number}") for number in range(12)]
    seven = Account(SECRET, "Old shop", "anna", digits=7)
    exported = export_google([Saved(account) for account in (*accounts, seven)])
    made = pages(window)
    made.transfer._exported(ExportPage(made.look), "google", exported)


def _pick(window: Window) -> None:
    _setup(window, Step.PICTURE)
    pages(window).setup._take(tuple(Candidate(account) for account in ACCOUNTS))


def _account(window: Window) -> None:
    saved = replace(ENTRIES[0], spare_codes=("8371 2046", "5529 1180"))
    pages(window).show_account(saved, show_picture=True)
    page = pages(window).page()
    page.spare.set_open(True)
    page.part.set_open(True)


def _dry_run(window: Window) -> None:
    entries = (
        *ACCOUNTS,
        Account(SECRET, "Zalando", "anna.meier@gmail.com"),
        Rejected("The secret is missing.", "Old shop", "anna"),
    )
    outcome = Outcome(Batch("Aegis", entries, ("Picture 2 of 3 is missing.",)))
    pages(window).transfer._show_plan(outcome, plan(ACCOUNTS[:2], entries))


VISITS: dict[str, Callable[[Window], None]] = {
    "codes": _view,
    "codes-notes": lambda window: _view(
        window,
        needs_passphrase=False,
        spare_key_kept=False,
        set_aside=1,
        unfinished=(replace(SETUP, step=Step.TRY),),
    ),
    "codes-clock": _codes_clock,
    "codes-none": lambda window: _view(window, entries=()),
    "keys-and-copies": _copies,
    "series": _series,
    "locked": lambda window: pages(window).show_view(View(State.LOCKED, needs_passphrase=True)),
    "locked-plain": lambda window: pages(window).show_view(View(State.LOCKED)),
    **{
        f"store-{state.value}": lambda window, state=state: _closed(window, state)
        for state in State
        if state not in {State.NONE, State.OPEN, State.LOCKED}
    },
    "spare-key": lambda window: pages(window).storing.hand_over(KEY, lambda: None),
    "spare-key-used": lambda window: pages(window).storing.hand_over(KEY, lambda: None, used=True),
    "passphrase": lambda window: pages(window).choose_passphrase(),
    "recover": lambda window: pages(window).door.ask_spare_key(),
    "recover-anew": _recover_anew,
    "setup-site": _site,
    "setup-where": lambda window: _setup(window, Step.WHERE),
    "setup-bring": lambda window: _setup(window, Step.PICTURE),
    "setup-pick": _pick,
    "setup-looked-at": lambda window: _setup(
        window, Step.CHECK, account=ACCOUNTS[0], remarks=tuple(Remark)
    ),
    "setup-try": lambda window: _setup(window, Step.TRY),
    "setup-try-clock": _try_clock,
    **{
        f"setup-trouble-{cause.value}": lambda window, cause=cause: _setup(
            window, Step.TROUBLE, cause=cause
        )
        for cause in Cause
    },
    "setup-trouble-slow": _trouble_clock,
    "setup-spare-codes": lambda window: _setup(window, Step.SPARE),
    "setup-private-window": lambda window: _setup(window, Step.PRIVATE_WINDOW),
    "setup-done": lambda window: _setup(window, Step.DONE),
    "account": _account,
    "import": lambda window: pages(window).transfer.start_import(),
    "import-password": lambda window: pages(window).transfer._ask_password([], "It is locked."),
    "import-dry-run": _dry_run,
    "export": lambda window: pages(window).transfer.start_export(),
}
"""Every page of two-step sign-in, and what brings the window there."""
