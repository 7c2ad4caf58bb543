"""What else can be done about passwords: each page is reached from the report, and leads back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from secassist.base.errors import SecassistError
from secassist.ui.pages.passwords_left_out import LeaveOutPage, LeftOutPage
from secassist.ui.pages.passwords_list import AccountsPage
from secassist.ui.pages.passwords_save import FILES, KeptPage, SaveReportPage
from secassist.ui.pages.passwords_schedule import SchedulePage
from secassist.ui.pages.passwords_typed import TypedPage
from secassist.ui.pages.passwords_words import account_name
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.storing import Storing
from secassist.ui.ports import UseCases
from secassist.ui.tray import tray_is_there

if TYPE_CHECKING:
    from secassist.passwords.findings import Audited
    from secassist.usecases.passwords_known import Desk, Draft
    from secassist.usecases.passwords_watch import Plan


class MoreFlow:
    """Shows these pages for the pages of passwords."""

    def __init__(
        self,
        stack: PageStack,
        usecases: UseCases,
        storing: Storing,
        *,
        shown: Callable[[Desk], None],
        back: Callable[[], None],
        account: Callable[[str], None],
        remembered: Callable[[Callable[[], None]], None],
        changed: Callable[[str, object], None],
        draft: Callable[[], Draft | None],
    ) -> None:
        """``account``: show the account with this id; ``changed``: change a setting; ``draft``:
        what is not remembered yet; the others as for ``FixingFlow``."""
        self._stack = stack
        self._look = stack.look
        self._usecases = usecases
        self._desk = usecases.passwords()
        self._storing = storing
        self._shown = shown
        self._back = back
        self._account = account
        self._remembered = remembered
        self._changed = changed
        self._draft = draft

    def show_all(self, desk: Desk) -> None:
        """All accounts."""
        accounts = desk.report.accounts if desk.report is not None else ()
        page = AccountsPage(self._look, accounts)
        page.back.connect(self._back)
        page.fix_wanted.connect(self._account)
        self._stack.show_page(page)

    def show_typed(self) -> None:
        """Have I used this one?"""
        page = TypedPage(self._look)

        def failed(error: Exception) -> None:
            if isinstance(error, SecassistError):
                page.refuse(error.sentence)
            else:
                self._storing.show_error(error)

        page.back.connect(self._back)
        page.account_wanted.connect(self._account)
        page.typed.connect(
            lambda typed: self._storing.run(
                lambda: self._desk.tried(typed, self._draft()), page.show_answer, failed, page=page
            )
        )
        self._stack.show_page(page)

    # Left out

    def leave_out(self, account: Audited) -> None:
        """Ask what to leave out, and why."""
        page = LeaveOutPage(self._look, account)
        page.back.connect(lambda: self._account(account.id))
        page.chosen.connect(
            lambda kind, value, reason: self._remembered(
                lambda: self._storing.run(
                    lambda: self._desk.leave_out(kind, value, reason),
                    self._shown,
                    self._storing.show_error,
                )
            )
        )
        self._stack.show_page(page)

    def show_left_out(self, desk: Desk) -> None:
        """What is left out."""
        accounts = desk.report.accounts if desk.report is not None else ()
        names = {one.id: account_name(self._look, one) for one in accounts}
        page = LeftOutPage(self._look, desk.exclusions, names, datetime.now(UTC))
        page.back.connect(self._back)
        page.back_in_wanted.connect(
            lambda id_: self._storing.run(
                lambda: self._desk.take_back_in(id_), self.show_left_out, self._storing.show_error
            )
        )
        self._stack.show_page(page)

    # By itself

    def show_schedule(self) -> None:
        """How often it is looked at again."""
        self._remembered(self._show_schedule)

    def set_schedule(self, every: str) -> None:
        """The person answered how often."""

        async def change() -> Desk:
            await self._usecases.passwords_watch().change(every)
            return await self._desk.look()

        self._storing.run(change, self._shown, self._storing.show_error)

    def _show_schedule(self) -> None:
        self._storing.run(
            self._usecases.passwords_watch().plan, self._show_plan, self._storing.show_error
        )

    def _show_plan(self, plan: Plan) -> None:
        watch = self._usecases.passwords_watch()
        tray = self._usecases.settings().tray if tray_is_there() else None
        page = SchedulePage(self._look, plan, tray=tray, now=datetime.now(UTC))

        def failed(error: Exception) -> None:
            def shown(now: Plan) -> None:
                self._show_plan(now)
                self._storing.show_error(error)

            self._storing.run(watch.plan, shown, self._storing.show_error)

        page.back.connect(self._back)
        page.every_chosen.connect(
            lambda every: self._storing.run(
                lambda: watch.change(every), self._show_plan, failed, page=page
            )
        )
        page.system_chosen.connect(
            lambda on: self._storing.run(
                lambda: watch.start_by_system(on), self._show_plan, failed, page=page
            )
        )
        page.tray_chosen.connect(lambda on: self._changed("tray", on))
        self._stack.show_page(page)

    # On paper

    def show_kept(self) -> None:
        """What is kept, exactly."""
        page = KeptPage(self._look)
        page.back.connect(self._back)
        self._stack.show_page(page)

    def show_save(self, desk: Desk) -> None:
        """In which form shall the report be saved?"""
        page = SaveReportPage(self._look)
        page.back.connect(self._back)
        page.wanted.connect(lambda form: self._save(page, desk, form))
        self._stack.show_page(page)

    def _save(self, page: SaveReportPage, desk: Desk, form: str) -> None:
        from secassist.ui.saving import save_new

        report = desk.report
        if report is None:
            return
        title = self._look.tr("Save the report")
        try:
            saved = save_new(page, title, FILES[form], self._desk.as_file(report, form))
        except OSError as error:
            self._storing.show_error(error)
            return
        if saved is not None:
            page.say_saved()
