"""How things stand, for the first page: looked up after it is shown, and locked like the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from secassist.ui.jobs import Job, Jobs
from secassist.ui.part import Part
from secassist.ui.reminders import Reminders

if TYPE_CHECKING:
    from secassist.ui.look import Look
    from secassist.ui.ports import UseCases
    from secassist.usecases.overview import Overview


class OverviewPart(Part):
    """It has no pages of its own. What it found is told; nothing is kept here."""

    found = Signal(object)
    """How things stand (Overview)."""

    def __init__(
        self, window: QWidget, usecases: UseCases, jobs: Jobs, look: Callable[[], Look]
    ) -> None:
        """``look``: the dress that is worn now."""
        super().__init__(window, usecases, jobs)
        self._look = look
        self._reminders = Reminders(self, usecases.plans)
        self._job: Job[None, Overview] | None = None
        self._open = False

    def look(self) -> None:
        """Look again, unless that is being done."""
        if self._job is None:
            self._job = (
                Job[None, "Overview"](self, lambda _: self.usecases.overview())
                .success(self._seen)
                .failure(self._failed)
                .run(self.jobs)
            )

    def _seen(self, overview: Overview) -> None:
        self._job = None
        self._open = overview.standing.is_open
        self.store_seen.emit(self._open)
        self.counted.emit(len(overview.under_way))
        self._reminders.see(overview.standing, self._look())
        self.found.emit(overview)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.jobs.lost.emit(error)

    def lock(self, *, everywhere: bool) -> None:
        """Look again: what was found is old, and so is what is being found now."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        elif not self._open:
            return
        self._open = False
        self.look()
