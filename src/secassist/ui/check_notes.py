"""Each check is noted where the store is open, so that what happens again and again is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from secassist.ui.jobs import Job, Jobs
from secassist.ui.pages.check import CheckPage
from secassist.ui.part import alive
from secassist.ui.ports import UseCases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secassist.mail.report import Report
    from secassist.usecases.plan_desk import Noted


class CheckNotes(QObject):
    """Notes for the pages of a check."""

    def __init__(
        self, parent: QObject, usecases: UseCases, jobs: Jobs, is_open: Callable[[], bool]
    ) -> None:
        """``is_open``: whether the store is open here. It is never opened for a note."""
        super().__init__(parent)
        self._usecases = usecases
        self._jobs = jobs
        self._is_open = is_open
        self._page: CheckPage | None = None

    def watch(self, page: CheckPage) -> None:
        """Note what is judged and answered there, and tell it what was repeated."""
        self._page = page
        page.judged.connect(lambda reports, asked: self._note(page, reports, asked))

    def forget(self) -> None:
        """The store was closed: what it told is shown no more."""
        page = alive(self._page)
        if page is not None:
            page.forget()

    def _note(self, page: CheckPage, reports: Sequence[Report], asked: str) -> None:
        if not self._is_open():
            return

        def told(noted: Noted) -> None:
            if not self._is_open():
                return  # it was closed meanwhile
            page.know(reports, noted.account)
            if noted.repetition is not None:
                page.show_repetition(noted.repetition, reports)

        def lost(error: Exception) -> None:
            if getattr(error, "state", None) is None:  # it was closed meanwhile: so be it
                self._jobs.lost.emit(error)

        desk = self._usecases.plans()
        work = Job[None, "Noted"](page, lambda _: desk.note(reports, asked))
        work.success(told).failure(lost).run(self._jobs)
