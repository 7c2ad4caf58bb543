"""The mailboxes that are watched: kept in the store, looked into while the program runs.

App passwords and what was read stay in memory from the first look on, also while the codes are
locked for want of use; ``forget`` drops them.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from secassist.base.errors import SecassistError
from secassist.network.imap import Account
from secassist.store.states import State, StoreClosed
from secassist.store.vault import Row, Vault
from secassist.usecases import watch
from secassist.usecases.mail_account import Login
from secassist.usecases.mailboxes import Mailboxes, Place
from secassist.usecases.watch import Alert, Memory, Watcher

if TYPE_CHECKING:
    from secassist.usecases.keeper import Keeper

KIND: Final = "mail-watch"
_KEPT_EVERY: Final = 6 * 3_600
"""Seconds between two times at which is kept how far was read."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One mailbox that is watched, as it is shown."""

    id: str
    place: Place
    looked_at: int
    """Unix time; 0: not yet."""
    trouble: str = ""
    """Why the last look failed, in a sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is worth a note, and where it was seen."""

    watched: Watched
    alert: Alert


@dataclass(slots=True)
class _Entry:
    place: Place
    watcher: Watcher
    kept: Memory
    """As it is in the store."""
    trouble: str = ""


class WatchDesk:
    """Watches, one look after the other. All methods belong to one event loop."""

    def __init__(
        self,
        keeper: Callable[[], Keeper],
        mailboxes: Callable[[], Mailboxes],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``clock``: Unix time."""
        self._keeper = keeper
        self._mailboxes = mailboxes
        self._clock = clock
        self._entries: dict[str, _Entry] = {}
        self._loaded = False
        self._looking = asyncio.Lock()

    @property
    def is_loaded(self) -> bool:
        """Whether what the store has is in memory."""
        return self._loaded

    async def load(self) -> bool:
        """Take over what the store has; False where it is closed.

        It is not opened by force, and nobody is asked to unlock the keyring: this also goes on
        while no person is there.
        """
        view = await self._keeper().view(prompt=False)
        if view.state is not State.OPEN:
            return False
        rows = await self._keeper().change(lambda vault: vault.entries(KIND))
        for row in rows:
            if row.id not in self._entries:
                place = _place(row.data)
                if place is not None:
                    self._take(row.id, place, watch.from_data(row.data.get("memory", {})))
        self._loaded = True
        return True

    def watched(self) -> tuple[Watched, ...]:
        """What is watched, by name."""
        found = (
            Watched(id_, entry.place, entry.watcher.memory.looked_at, entry.trouble)
            for id_, entry in self._entries.items()
        )
        return tuple(sorted(found, key=lambda each: each.place.name.lower()))

    async def add(self, place: Place) -> None:
        """Watch a mailbox from now on. The store is open. Raises CouldNotFinish."""
        if any(entry.place == place for entry in self._entries.values()):
            return
        id_ = secrets.token_hex(8)
        await self._keeper().change(_putting(id_, place, Memory()))
        self._take(id_, place, Memory())

    async def remove(self, id_: str) -> None:
        """Watch it no longer; nothing of it is kept. The store is open."""
        # First here: a look that ends meanwhile would keep it, and its password, once more.
        entry = self._entries.pop(id_, None)
        try:
            await self._keeper().change(lambda vault: vault.change(deletes=[(KIND, id_)]))
        except SecassistError:
            if entry is not None:
                self._entries[id_] = entry
            raise

    def forget(self) -> None:
        """Drop all that is in memory; ``load`` brings back what is kept."""
        self._entries.clear()
        self._loaded = False

    async def look(self) -> tuple[Told, ...]:
        """Look into every mailbox; what fails is told in ``watched``, and tried the next time."""
        async with self._looking:
            told: list[Told] = []
            for id_, entry in list(self._entries.items()):
                alerts = await self._look_into(entry)
                if id_ in self._entries:  # else it was forgotten meanwhile
                    await self._keep(id_, entry, told=bool(alerts))
                    shown = Watched(id_, entry.place, entry.watcher.memory.looked_at)
                    told += [Told(shown, alert) for alert in alerts]
            return tuple(told)

    async def _look_into(self, entry: _Entry) -> tuple[Alert, ...]:
        given_up = False

        def is_stopped() -> bool:
            return given_up

        try:
            seen = await asyncio.to_thread(entry.watcher.read, is_stopped)
        except SecassistError as error:
            entry.trouble = error.sentence
            return ()
        except asyncio.CancelledError:
            given_up = True
            raise
        entry.trouble = ""
        if not seen.mails:
            return await watch.judged(seen, _nobody)
        async with self._mailboxes().judge() as judge:
            return await watch.judged(seen, judge)

    async def _keep(self, id_: str, entry: _Entry, *, told: bool) -> None:
        """Put it into the store where that is open, seldom: each change may make a backup.

        What was told is kept at once, so that no start tells it again; what was read is not.
        """
        memory, kept = entry.watcher.memory, entry.kept
        if not told and kept.looked_at and memory.looked_at - kept.looked_at < _KEPT_EVERY:
            return
        try:
            await self._keeper().change(_putting(id_, entry.place, memory))
        except StoreClosed:
            return  # kept the next time that it is open; until then it stays in memory
        entry.kept = memory

    def _take(self, id_: str, place: Place, memory: Memory) -> None:
        opened = partial(self._mailboxes().opened, place)
        self._entries[id_] = _Entry(place, Watcher(opened, memory, self._clock), memory)


async def _nobody(name: str, data: bytes, uncertain: bool) -> None:
    """Judges nothing: there was no mail to judge."""


def _putting(id_: str, place: Place, memory: Memory) -> Callable[[Vault], None]:
    data: dict[str, Any] = {"memory": watch.to_data(memory)}
    if place.login is not None:
        account = place.login.account
        data |= {
            "host": account.host,
            "user": account.user,
            "port": account.port,
            "password": place.login.password,
        }
    elif place.path is not None:
        data["path"] = str(place.path)
    return lambda vault: vault.change([Row(KIND, id_, data)])


def _place(data: Mapping[str, Any]) -> Place | None:
    """Back from the store; None where it makes no sense."""
    if "host" in data:
        host, user, password = (str(data.get(name, "")) for name in ("host", "user", "password"))
        port = data.get("port")
        if not host or not user or not isinstance(port, int):
            return None
        return Place(login=Login(Account(host, user, port), password))
    return Place(Path(str(data["path"]))) if "path" in data else Place()
