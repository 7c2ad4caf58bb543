"""Keeping something: where nothing was kept before, the store is made first, and its spare key
is asked for afterwards. Whatever is to be kept is on disk before any of that is shown."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from secassist.ui import a11y
from secassist.ui.jobs import Job, Jobs
from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.page import Page
from secassist.ui.pages.spare_key import SpareKeyPage
from secassist.ui.pages.stack import PageStack

if TYPE_CHECKING:
    from secassist.store.recovery_key import RecoveryKey
    from secassist.usecases.keeper import Keeper

Work = Callable[[], Coroutine[Any, Any, Any]]
Then = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Storing:
    """Does it for the pages of one stack."""

    def __init__(self, stack: PageStack, keeper: Keeper, jobs: Jobs) -> None:
        self._stack = stack
        self._keeper = keeper
        self._jobs = jobs

    def run(self, work: Work, then: Then, failed: Failed, *, page: QWidget | None = None) -> None:
        """Do ``work`` away from the window's thread. Once ``page`` is gone, nobody is told."""
        Job(page or self._stack, lambda _: work()).success(then).failure(failed).run(self._jobs)

    def show_error(self, error: Exception) -> None:
        """Say on the page that is shown that something failed."""
        self._stack.show_error(error)

    def keep(
        self, work: Work, then: Then, failed: Failed, *, passphrase: str | None = None
    ) -> None:
        """Do ``work``, which keeps something in the store; make that before where there is none.

        ``then`` gets what came of it, once the person has the spare key of a new store, or said
        that this can wait.
        """
        from secassist.store.states import OF_THE_KEYRING, State, StoreClosed

        came_before: QWidget | None = self._stack.currentWidget()

        async def storing() -> tuple[Any, RecoveryKey | None]:
            new = None
            if (await self._keeper.view()).state is State.NONE:
                new = await self._keeper.begin(passphrase)
            return await work(), new

        def stored(outcome: tuple[Any, RecoveryKey | None]) -> None:
            result, new = outcome
            if new is None:
                then(result)
            else:
                self.hand_over(new, lambda: then(result))

        def not_stored(error: Exception) -> None:
            if isinstance(error, StoreClosed) and error.state in OF_THE_KEYRING:
                self._ask_passphrase(work, then, failed, came_before)
            else:
                failed(error)

        self.run(storing, stored, not_stored)

    def _ask_passphrase(
        self, work: Work, then: Then, failed: Failed, came_before: QWidget | None
    ) -> None:
        tr = self._stack.look.tr
        page = PassphrasePage(
            self._stack.look,
            reason=tr("This computer has no key ring that we can use. A passphrase locks it, too."),
        )
        page.chosen.connect(lambda chosen: self.keep(work, then, failed, passphrase=chosen))
        if isinstance(came_before, Page):
            self._stack.hold(came_before)
            page.back.connect(lambda: self._stack.show_page(came_before))
        self._stack.show_page(page)

    def hand_over(self, key: RecoveryKey, after: Callable[[], None], *, used: bool = False) -> None:
        """Show a new spare key until the person has it, or leaves it for later."""
        page = SpareKeyPage(self._stack.look, key, used=used)

        def failed(error: Exception) -> None:
            self._stack.show_error(error)

        def confirm() -> None:
            self.run(lambda: self._keeper.confirm_spare_key(key), lambda _: after(), failed)

        page.done.connect(confirm)
        page.later.connect(after)
        page.print_wanted.connect(lambda: self._print(page, key))
        page.save_wanted.connect(lambda: self._save(page, key))
        self._stack.show_page(page)

    def _print(self, page: SpareKeyPage, key: RecoveryKey) -> None:
        from secassist.store.recovery_key import sheet
        from secassist.ui.printing import print_text

        if print_text(page, sheet(key, self._stack.look.tr)):
            a11y.announce(page, self._stack.look.tr("Sent to the printer"))

    def _save(self, page: SpareKeyPage, key: RecoveryKey) -> None:
        from secassist.store.recovery_key import sheet
        from secassist.ui.saving import save_new

        text = sheet(key, self._stack.look.tr).encode()
        try:
            saved = save_new(page, self._stack.look.tr("Save"), "secassist-spare-key.txt", text)
        except OSError as error:
            self._stack.show_error(error)
            return
        if saved:
            a11y.announce(page, self._stack.look.tr("Saved"))
