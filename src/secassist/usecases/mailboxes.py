"""The mailboxes of a person, for as long as the window is open: read, judge, fetch one mail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from secassist.base.language import Translate
from secassist.mailbox.buried import Buried
from secassist.mailbox.scan import Progress
from secassist.mailbox.sources.discover import stores_at
from secassist.mailbox.sources.imap import ImapStore
from secassist.mailbox.sources.mail import Store
from secassist.mailbox.sources.positions import Positions
from secassist.mailbox.sources.thunderbird import profiles
from secassist.network.imap import Connection
from secassist.network.ledger import Ledger
from secassist.usecases.check_mail import Checker, CheckOptions
from secassist.usecases.judge_buried import judge_with
from secassist.usecases.mail_account import Login
from secassist.usecases.scan_mailbox import (
    Judge,
    Judged,
    Scanned,
    judge_scanned,
    read_stores,
    thunderbird_stores,
)

News = Progress | Scanned | Judged
"""While reading: how far; once all is read: what was found; then each mail with its verdict."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the mail is: a file or folder, an account; with neither, all that Thunderbird keeps."""

    path: Path | None = None
    login: Login | None = None

    @property
    def name(self) -> str:
        """As it is shown."""
        if self.login is not None:
            return self.login.account.name
        return self.path.name or str(self.path) if self.path is not None else "Thunderbird"

    def without_password(self) -> Place:
        """The same place, closed to whoever only knows this."""
        return self if self.login is None else replace(self, login=replace(self.login, password=""))

    @property
    def needs_password(self) -> bool:
        """Whether it cannot be opened without the password being asked for."""
        return self.login is not None and not self.login.password


class Mailboxes:
    """Reads the mailboxes at hand; nothing is kept of them but the answer."""

    def __init__(self, data: Path, ledger: Callable[[], Ledger], translate: Translate) -> None:
        """``data``: the folder of the settings."""
        self._data = data
        self._ledger = ledger
        self._translate = translate

    def has_thunderbird(self) -> bool:
        """Whether Thunderbird keeps mail on this computer."""
        return bool(profiles(Path.home()))

    @contextmanager
    def opened(self, place: Place, since: Positions) -> Iterator[Sequence[Store]]:
        """The stores of a place, to read on from these positions. Blocks."""
        opening = _Opening(place, self._ledger(), since)
        try:
            yield opening.open()
        finally:
            opening.close()

    @asynccontextmanager
    async def judge(self) -> AsyncIterator[Judge]:
        """The e-mail check, with the person's settings."""
        options = CheckOptions(data=self._data, translate=self._translate)
        async with Checker(options, self._ledger()) as checker:
            yield judge_with(checker)

    async def scan(self, place: Place, tell: Callable[[News], None]) -> Scanned:
        """Read all mail there and judge what matters. Raises as ``read_stores`` does.

        Raises UnusableCall for a password that is wrong. Cancelled, it ends at once.
        """
        opening = _Opening(place, self._ledger())
        try:
            stores = await asyncio.to_thread(opening.open)
            scanned = await read_stores(stores, tell=tell)
            tell(scanned)
            if scanned.buried or scanned.security:
                async with self.judge() as judge:
                    scanned = await judge_scanned(scanned, stores, judge, judged=tell)
        except asyncio.CancelledError:
            opening.abort()
            raise
        finally:
            await asyncio.to_thread(opening.close)
        return scanned

    async def mail(self, place: Place, mail: Buried) -> bytes:
        """One mail as a whole. Raises UnusableInput where it is gone."""

        def fetch() -> bytes:
            with self.opened(place, Positions()) as stores:
                return stores[mail.store].whole(mail.place)

        return await asyncio.to_thread(fetch)


class _Opening:
    """Opens the stores of a place in a thread, and closes them, even while that still waits."""

    def __init__(self, place: Place, ledger: Ledger, since: Positions | None = None) -> None:
        self._place = place
        self._since = since or Positions()
        self._ledger = ledger
        self._connection: Connection | None = None
        self._given_up = False

    def open(self) -> Sequence[Store]:
        place = self._place
        if place.login is None:
            since = self._since.local
            if place.path is None:
                return thunderbird_stores(since=since)
            return stores_at(place.path, since)
        connection = Connection(place.login.account, place.login.password, self._ledger)
        self._connection = connection
        if self._given_up:
            connection.abort()
        return (ImapStore(connection, self._since.remote),)

    def abort(self) -> None:
        """At once, from another thread."""
        self._given_up = True
        if self._connection is not None:
            self._connection.abort()

    def close(self) -> None:
        """May wait for the server."""
        if self._connection is not None and not self._given_up:
            self._connection.close()
