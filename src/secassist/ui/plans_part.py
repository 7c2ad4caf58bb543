"""Action plans in the window, for as long as the window is open, whatever dress it wears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.pages.plans import PlansPages
from secassist.ui.part import Errand, Part, alive
from secassist.ui.reminders import Reminders
from secassist.usecases.advice import Chosen
from secassist.usecases.plan_changes import ToStart, to_start

if TYPE_CHECKING:
    from secassist.ui.ports import UseCases
    from secassist.usecases.plan_desk import Standing

START: Final = "start"
"""Start a plan (errand); about: ToStart, or Chosen."""
CONTINUE: Final = "continue"
"""Show a plan that was started (errand); about: the id of its run."""
LIST: Final = "list"
"""Show all plans (errand)."""


class PlansPart(Part):
    """What lasts: the plans that are in memory alone, and which one is shown."""

    def __init__(self, window: QWidget, usecases: UseCases, jobs: Jobs) -> None:
        super().__init__(window, usecases, jobs)
        self._pages: PlansPages | None = None
        self.desk = usecases.plans()
        self._reminders = Reminders(self, usecases.plans)

    def make_pages(self, look: Look) -> PlansPages:
        """The pages in another dress; the plan that was shown is shown again."""
        shown = self._pages.shown_run if self._pages is not None else ""
        pages = PlansPages(look, self.desk, self.usecases.keeper(), self.jobs, shown)
        pages.errand.connect(self.errand)
        pages.stood.connect(self._stood)
        self._pages = pages
        return pages

    def take(self, errand: Errand) -> None:
        """Takes ``start``, ``continue`` and ``list``."""
        if self._pages is None:
            return
        if errand.what == START and isinstance(errand.about, Chosen | ToStart):
            about = errand.about
            self._pages.choose(to_start(about) if isinstance(about, Chosen) else about)
        elif errand.what == CONTINUE:
            self._pages.open_plan(str(errand.about))
        elif errand.what == LIST:
            self._pages.to_list()

    def lock(self, *, everywhere: bool) -> None:
        """Show nothing of the store."""
        pages = alive(self._pages)
        if pages is not None:
            pages.locked()

    def _stood(self, standing: Standing) -> None:
        self.store_seen.emit(standing.is_open)
        if self._pages is not None:
            self._reminders.see(standing, self._pages.look)
        self.counted.emit(sum(one.open_step is not None for one in standing.runs))
