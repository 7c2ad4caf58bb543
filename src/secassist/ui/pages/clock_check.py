"""Is the clock right, on which the codes of a page depend? Others are asked only when wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from secassist.ui.pages.page import Page
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.usecases.clock import Compared
    from secassist.usecases.system_clock import Service


class ClockCheck(QObject):
    """What a page shows of it; who made the page does the asking."""

    compare_wanted = Signal()
    use_right_time = Signal(int)
    """Seconds to add to this computer's clock."""

    def __init__(self, page: Page, fine: str) -> None:
        """``fine`` is said where the clock is right."""
        super().__init__(page)
        self.page = page
        self._look = page.look
        self._fine = fine
        self._button: Button | None = None

    def button(self) -> Button:
        """Asks others for the time once it is pressed, and not before."""
        self._button = Button(
            self._look, self._look.tr("Compare the clock"), Kind.OUTLINED, "clock"
        )
        self._button.activated.connect(self._ask)
        return self._button

    def offer(self, service: Service) -> None:
        """Say what the system says of its own time service, and offer to ask others."""
        tr = self._look.tr
        title = {
            "on": tr("Your system says that it sets the clock by itself."),
            "off": tr("This computer does not set its clock by itself."),
            "unknown": tr("Codes depend on the time."),
        }[service]
        self.page.show_strip(
            Strip(
                self._look,
                title,
                tr("A wrong clock makes wrong codes. We can ask three time servers."),
                icon="clock",
                buttons=(self.button(),),
            )
        )

    def show_compared(self, compared: Compared) -> None:
        """What is known about the clock now."""
        look = self._look
        if self._button is not None:
            self._button.set_available(True)
        offset = compared.offset
        buttons: tuple[Button, ...] = ()
        if offset is not None and offset.matters:
            use = Button(look, look.tr("Use the right time"), Kind.OUTLINED, "clock")
            seconds = offset.whole_seconds
            use.activated.connect(lambda: self.use_right_time.emit(seconds))
            buttons = (use,)
        self.page.show_strip(
            Strip(
                look,
                compared.sentence,
                compared.way_out or (self._fine if offset is not None else ""),
                icon="clock",
                tone="warn" if buttons else "slate",
                buttons=buttons,
            )
        )

    def _ask(self) -> None:
        if self._button is not None:
            self._button.set_available(False, self._look.tr("It is being asked."))
        self.compare_wanted.emit()
