"""Asks for the time on behalf of the pages with codes, and puts the codes' clock right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from secassist.ui.look import Look
from secassist.ui.pages.clock_check import ClockCheck
from secassist.ui.pages.storing import Storing

if TYPE_CHECKING:
    from secassist.usecases.clock import Compared
    from secassist.usecases.keeper import Keeper
    from secassist.usecases.system_clock import Service


class ClockWatch:
    """For the pages of one stack."""

    def __init__(
        self, look: Look, keeper: Keeper, storing: Storing, correct: Callable[[int], None]
    ) -> None:
        """``correct`` gets the seconds by which this computer's clock is off besides what is
        corrected already."""
        self._look = look
        self._keeper = keeper
        self._storing = storing
        self._correct = correct

    def watch(self, check: ClockCheck, corrected: Callable[[], None]) -> None:
        """Do what the person wants there; ``corrected``: the codes go by the right time now."""

        def use(seconds: int) -> None:
            self._correct(seconds)
            corrected()

        check.compare_wanted.connect(lambda: self._compare(check))
        check.use_right_time.connect(use)

    def ask_system(self, page: QWidget, then: Callable[[Service], None]) -> None:
        """What the system says of its own time service; nobody outside is asked."""
        self._storing.run(self._keeper.clock_service, then, self._storing.show_error, page=page)

    def drop_if_set(self, page: QWidget) -> None:
        """A correction goes as soon as the system says that it set its clock itself."""

        def heard(service: Service) -> None:
            if service == "on" and self._keeper.correction:
                self._correct(-self._keeper.correction)

        if self._keeper.correction:
            self.ask_system(page, heard)

    def _compare(self, check: ClockCheck) -> None:
        from secassist.usecases import clock

        def compared(found: Compared) -> None:
            corrected_by = self._keeper.correction
            words = clock.in_words(found.offset, self._look.tr, corrected_by=corrected_by)
            check.show_compared(words)

        self._storing.run(
            self._keeper.compare_clock, compared, self._storing.show_error, page=check.page
        )
