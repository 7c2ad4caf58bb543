"""The settings in the window: changed at once, and told to everything that goes by them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from secassist.base.errors import SecassistError
from secassist.ui.jobs import Job, Jobs
from secassist.ui.look import Look
from secassist.ui.pages.settings import SettingsPage
from secassist.ui.part import Part, alive
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.ui.ports import UseCases
    from secassist.usecases.incidents import Known

_LISTED: Final = frozenset({"my_senders", "clock_offset"})
"""Settings whose rows come and go with their values."""


class SettingsPart(Part):
    """One page; made anew where a change adds rows to it or takes some away."""

    def __init__(self, window: QWidget, usecases: UseCases, jobs: Jobs) -> None:
        super().__init__(window, usecases, jobs)
        self._page: SettingsPage | None = None

    def make_pages(self, look: Look) -> SettingsPage:
        cases, now = self.usecases, datetime.now(UTC)
        page = SettingsPage(look, cases.settings(), cases.providers(), cases.known_incidents(), now)
        page.changed.connect(self.change)
        page.refresh_wanted.connect(self._refresh_waves)
        self._page = page
        return page

    def change(self, name: str, value: object) -> None:
        """Change one setting; where it makes no sense, that is said on the page."""
        try:
            self.usecases.change_settings(**{name: value})
        except SecassistError as error:
            self.jobs.lost.emit(error)
            return
        page = alive(self._page)
        if page is not None:
            page.show_strip(None)
        self.settings_changed.emit()
        if name in _LISTED:
            self.renewed.emit()

    def show_settings(self) -> None:
        """The settings were changed, here or elsewhere."""
        page = alive(self._page)
        if page is not None:
            page.show_settings(self.usecases.settings())

    def _refresh_waves(self) -> None:
        """Fetch a newer list of known waves of real mail, and say what came of it."""
        page = self._page
        if page is None:
            return
        Job[None, "Known"](page, lambda _: self.usecases.refresh_incidents()).success(
            self._waves_came
        ).failure(self.jobs.lost.emit).run(self.jobs)

    def _waves_came(self, _: Known) -> None:
        self.renewed.emit()
        page = alive(self._page)
        if page is not None:
            tr = page.look.tr
            page.show_strip(
                Strip(
                    page.look,
                    tr("The list is new."),
                    tr("It is used from the next check on."),
                    icon="check",
                    tone="good",
                )
            )
