"""When an open store should be locked by itself. No clock and no window in here: both are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SLEEP: Final = 30.0
"""Seconds that the clock on the wall may gain between two looks before it counts as a sleep."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the person chose."""

    idle_seconds: float | None = 300.0
    """None: never for want of use."""
    on_screen_lock: bool = True
    on_sleep: bool = True


class AutoLock:
    """Decides. Each call answers whether to lock now; it goes on saying so until ``opened``."""

    def __init__(self, rules: Rules, *, monotonic: float, wall: float) -> None:
        self._rules = rules
        self.opened(monotonic=monotonic, wall=wall)

    def opened(self, *, monotonic: float, wall: float) -> None:
        """The store was opened: everything starts anew."""
        self._due = False
        self._used = monotonic
        self._monotonic, self._wall = monotonic, wall

    def used(self, *, monotonic: float) -> None:
        """The person did something. It does not undo a lock that is due."""
        self._used = monotonic

    def screen_locked(self) -> bool:
        self._due = self._due or self._rules.on_screen_lock
        return self._due

    def going_to_sleep(self) -> bool:
        self._due = self._due or self._rules.on_sleep
        return self._due

    def look(self, *, monotonic: float, wall: float) -> bool:
        """To be called every few seconds.

        A sleep that nobody announced shows in that the wall clock ran on without us: the
        monotonic one stands still meanwhile on Linux and macOS; where it does not, two looks lie
        far apart.
        """
        passed, on_wall = monotonic - self._monotonic, wall - self._wall
        self._monotonic, self._wall = monotonic, wall
        if self._rules.on_sleep and on_wall - min(passed, SLEEP) > SLEEP:
            self._due = True
        idle = self._rules.idle_seconds
        if idle is not None and monotonic - self._used >= idle:
            self._due = True
        return self._due
