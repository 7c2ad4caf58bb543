"""The mailboxes of a person, for as long as the window is open: read, judge, fetch one mail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from secassist.base.language import Translate
from secassist.mailbox.buried import Buried
from secassist.mailbox.scan import Progress
from secassist.mailbox.sources.discover import stores_at
from secassist.mailbox.sources.mail import Store
from secassist.mailbox.sources.thunderbird import profiles
from secassist.network.ledger import Ledger
from secassist.usecases.check_mail import Checker, CheckOptions
from secassist.usecases.judge_buried import judge_with
from secassist.usecases.scan_mailbox import Judged, Scanned, scan_stores, thunderbird_stores

News = Progress | Scanned | Judged
"""While reading: how far; once all is read: what was found; then each mail with its verdict."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the mail is: a file or folder, or all that Thunderbird keeps (no path)."""

    path: Path | None = None


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

    async def scan(self, place: Place, tell: Callable[[News], None]) -> Scanned:
        """Read all mail there and judge what matters. Raises as ``scan_stores`` does."""
        with ExitStack() as closing:
            stores = await asyncio.to_thread(_stores, place, closing)
            options = CheckOptions(data=self._data, translate=self._translate)
            async with Checker(options, self._ledger()) as checker:
                return await scan_stores(
                    stores, judge_with(checker), tell=tell, read=tell, judged=tell
                )

    async def mail(self, place: Place, mail: Buried) -> bytes:
        """One mail as a whole. Raises UnusableInput where it is gone."""
        return await asyncio.to_thread(_whole, place, mail)


def _stores(place: Place, closing: ExitStack) -> Sequence[Store]:
    return thunderbird_stores() if place.path is None else stores_at(place.path)


def _whole(place: Place, mail: Buried) -> bytes:
    with ExitStack() as closing:
        return _stores(place, closing)[mail.store].whole(mail.place)
