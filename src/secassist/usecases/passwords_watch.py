"""Looking at remembered passwords again by itself, while the window is there or by the system."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from secassist.store.states import State
from secassist.usecases import schedule
from secassist.usecases.keeper import Keeper
from secassist.usecases.passwords_desk import PasswordsDesk, Tell, Wishes, breaches_of
from secassist.usecases.schedule import Every
from secassist.usecases.vault import needs_passphrase


@dataclass(frozen=True, slots=True)
class Plan:
    """How often, when last (Unix time; 0: never), and whether the system starts it, too."""

    every: str
    last: int = 0
    by_system: bool = False
    passphrase: bool = False
    """The store opens with a passphrase only: then nobody but a person can open it."""


class PasswordsWatch:
    """The schedule of one store's folder, and the check that follows it."""

    def __init__(
        self,
        keeper: Keeper,
        desk: PasswordsDesk,
        data: Path | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``data``: the folder as it was given to this program; None: the usual one."""
        self._keeper = keeper
        self._desk = desk
        self._data = data
        self._clock = clock

    async def plan(self) -> Plan:
        """How it is set now."""
        return await asyncio.to_thread(self._plan)

    async def change(self, every: str) -> Plan:
        """Choose how often. Raises UnusableCall, CouldNotFinish."""

        def work() -> Plan:
            chosen = schedule.change(self._keeper.folder, every, self._clock())
            if schedule.installed().by:
                if chosen.every is Every.OFF:
                    schedule.remove()
                else:
                    schedule.install(chosen.every, self._data)
            return self._plan()

        return await asyncio.to_thread(work)

    async def start_by_system(self, wanted: bool) -> Plan:
        """Have the system start the check, or not any more. Raises CouldNotFinish."""

        def work() -> Plan:
            every = schedule.load(self._keeper.folder).every
            if wanted and every is not Every.OFF:
                schedule.install(every, self._data)
            else:
                schedule.remove()
            return self._plan()

        return await asyncio.to_thread(work)

    async def look_if_due(self, wishes: Wishes, tell: Tell) -> bool:
        """Look again where it is time and the store is open; whether that was done.

        ``tell`` shows what is new, and says whether it could. Never opens a store that a person
        closed, and asks nobody to unlock the keyring. Raises CouldNotFinish.
        """
        now = self._clock()
        folder = self._keeper.folder
        if not await asyncio.to_thread(schedule.due, folder, now):
            return False
        if (await self._keeper.view(prompt=False)).state is not State.OPEN:
            return False
        await self._desk.look_for_news(breaches_of(wishes), tell)
        await asyncio.to_thread(schedule.ran, folder, now)
        return True

    def _plan(self) -> Plan:
        found = schedule.load(self._keeper.folder)
        by_system = bool(schedule.installed().by)
        passphrase = needs_passphrase(self._keeper.folder)
        return Plan(str(found.every), found.last, by_system, passphrase)
