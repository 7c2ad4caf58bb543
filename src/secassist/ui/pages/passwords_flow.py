"""From a file to its report: the question about leaks, the file's password, progress, cancel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from secassist.base.errors import PasswordNeeded, UnusableInput, WrongPassword
from secassist.ui.jobs import Job, Jobs
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_reading import (
    FROM_LIST,
    NOT_NOW,
    ONLINE,
    LeakQuestionPage,
    ReadingPage,
)
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.storing import Storing
from secassist.ui.pages.transfer import FilePasswordPage
from secassist.ui.ports import UseCases
from secassist.usecases.audit import Breaches
from secassist.usecases.exported_list import ExportedList
from secassist.usecases.passwords_known import Draft

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from secassist.base.progress import News, Tell

Chosen = Callable[[Breaches], None]


class ReadingFlow:
    """Reads lists for the pages of passwords; ``came`` gets what was judged."""

    def __init__(
        self,
        stack: PageStack,
        usecases: UseCases,
        storing: Storing,
        jobs: Jobs,
        *,
        came: Callable[[Draft, Sequence[ExportedList], str | None], None],
        ended: Callable[[], None],
        failed: Callable[[Exception], None],
        changed: Callable[[str, object], None],
        known: Callable[[], bool],
    ) -> None:
        """``ended``: the person gave it up; ``failed``: it could not be done; ``changed``: change
        a setting; ``known``: whether there is a report to go back to."""
        self._stack = stack
        self._look = stack.look
        self._usecases = usecases
        self._storing = storing
        self._jobs = jobs
        self._came = came
        self._ended = ended
        self._failed = failed
        self._changed = changed
        self._known = known
        self._job: Job[News, object] | None = None
        self.promise: Callable[[], None] = ended
        """What is kept, exactly: another flow has the page."""

    def ask_for_list(self) -> PasswordImportPage:
        """Show the page that waits for a list."""
        page = PasswordImportPage(self._look, again=self._known())
        page.open_wanted.connect(self.choose_files)
        page.promise_wanted.connect(self.promise)
        page.back.connect(self._ended)
        self._stack.show_page(page)
        return page

    @property
    def takes_files(self) -> bool:
        """Whether a file that is dropped now is a list to be read."""
        return isinstance(self._stack.currentWidget(), PasswordImportPage)

    def choose_files(self) -> None:
        """Let the person choose files."""
        chosen, _ = QFileDialog.getOpenFileNames(self._stack, self._look.tr("Open the list"))
        if chosen:
            self.read(tuple(map(Path, chosen)))

    def read(self, paths: Sequence[Path]) -> None:
        """Read lists; before the first time, ask whether to look for leaks."""
        self.choose_leaks(lambda breaches: self._judge(paths, breaches))

    # Leaks

    def choose_leaks(self, then: Chosen, *, ask_again: bool = False) -> None:
        """``then`` gets what the person wants to be asked about leaks, and how.

        ``ask_again``: also where they wanted nothing to be asked.
        """
        settings = self._usecases.settings()
        known = settings.leaks
        if known == ONLINE and not settings.offline:
            then(Breaches(online=True))
        elif known == NOT_NOW and not ask_again:
            then(Breaches())
        elif known and known not in {ONLINE, NOT_NOW} and Path(known).is_file():
            then(Breaches(file=known))
        else:
            page = LeakQuestionPage(self._look, offline=settings.offline)
            page.answered.connect(lambda answer: self._answered(answer, then))
            page.back.connect(self._ended)
            self._stack.show_page(page)

    def _answered(self, answer: str, then: Chosen) -> None:
        if answer == FROM_LIST:
            chosen, _ = QFileDialog.getOpenFileName(self._stack, self._look.tr("Open the list"))
            if not chosen:
                return
            answer = chosen
        self._changed("leaks", answer)
        if answer == NOT_NOW:
            then(Breaches())
        else:
            then(Breaches(online=True) if answer == ONLINE else Breaches(file=answer))

    # Reading

    def _judge(
        self, paths: Sequence[Path], breaches: Breaches, password: str | None = None
    ) -> None:
        desk = self._usecases.passwords()

        async def work(tell: Tell) -> tuple[Draft, tuple[ExportedList, ...]]:
            files = await asyncio.to_thread(lambda: tuple(map(ExportedList.of, paths)))
            return await desk.judge([file.path for file in files], breaches, password, tell), files

        def failed(error: Exception) -> None:
            if isinstance(error, PasswordNeeded | WrongPassword):
                self._ask_password(error, paths, breaches)
            elif isinstance(error, UnusableInput):
                self.ask_for_list().refuse(error.sentence)
            else:
                self._failed(error)

        def came(outcome: tuple[Draft, tuple[ExportedList, ...]]) -> None:
            draft, files = outcome
            self._came(draft, files, password)

        self.watch(work, came, failed, asked=password is not None)

    def watch(
        self,
        work: Callable[[Tell], Coroutine[Any, Any, Any]],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
        *,
        asked: bool = False,
    ) -> None:
        """Do ``work`` and show how it goes. ``asked``: the page that asks stays until it ends."""
        page = ReadingPage(self._look)
        page.cancelled.connect(self.cancel)
        self.stop()
        shown = not asked

        def advance(news: News) -> None:
            nonlocal shown
            if not shown:
                if (news.step, news.state) == ("read", "asking"):
                    return  # whether the file's password is right shows when it was read
                self._stack.show_page(page)
                shown = True
            if self._stack.currentWidget() is page:  # else the person went on, and it is gone
                page.advance(news)

        if shown:
            self._stack.show_page(page)
        job: Job[News, Any] = Job(self._stack, work)
        self._job = job.progress(advance).success(then).failure(failed).run(self._jobs)

    def cancel(self) -> None:
        """Stop what is being done, and go back."""
        self.stop()
        self._ended()

    def stop(self) -> None:
        """Stop what is being done; nothing comes of it."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask_password(
        self, locked: UnusableInput, paths: Sequence[Path], breaches: Breaches
    ) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, FilePasswordPage):
            shown.refuse(locked.sentence)
            return
        page = FilePasswordPage(self._look, locked.sentence)
        page.back.connect(self._ended)
        page.entered.connect(lambda typed: self._judge(paths, breaches, typed))
        self._stack.show_page(page)
