"""A plan of which the person wanted to be reminded: told in the tray when its time has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from secassist.ui.part import Errand, Part

if TYPE_CHECKING:
    from secassist.ui.look import Look
    from secassist.usecases.plan_desk import PlanDesk, Standing

_MOST_S: Final = 24 * 3600
"""Seconds: no reminder is further away, and a timer takes no more than 24 days."""
_LATER_S: Final = 1


class Reminders:
    """Belongs to a part that sees the plans. Who sees them first tells; nobody is told twice."""

    def __init__(self, part: Part, desk: Callable[[], PlanDesk]) -> None:
        self._part = part
        self._desk = desk
        self._timer = QTimer(part)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)
        self._standing: Standing | None = None
        self._look: Look | None = None

    def see(self, standing: Standing, look: Look) -> None:
        """These plans were seen: the next time at which one is due is waited for."""
        self._standing, self._look = standing, look
        now = self._desk().now()
        waits = [one.run.remind_at - now for one in standing.runs if one.run.remind_at > now]
        self._timer.stop()
        if waits:
            self._timer.start(round((min(*waits, _MOST_S) + _LATER_S) * 1000))

    def _tell(self) -> None:
        from secassist.usecases.plans import due

        standing, look = self._standing, self._look
        if standing is None or look is None:
            return
        for one in due(standing.runs, self._desk().now()):
            if self._desk().is_news(one):
                tr = look.tr
                self._part.noted.emit(
                    tr("You wanted to look at something again."),
                    tr("Your plan waits where you left it."),
                    Errand("plans", "continue", one.run.id),
                )
        self.see(standing, look)
