"""Check e-mails: read in the parser process, look up, judge; one report for each."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from secassist.base.language import Translate, english
from secassist.base.progress import Tell, untold
from secassist.base.worker import Worker
from secassist.mail import input_files, said
from secassist.mail.auth import seals
from secassist.mail.auth.seals import Asked, Proved
from secassist.mail.conductor import Options, check_reading
from secassist.mail.input_files import Source
from secassist.mail.message import Message
from secassist.mail.reading import Reading
from secassist.mail.report import Report
from secassist.mail.said import Said
from secassist.network.dns import Resolver
from secassist.network.dns.live import LiveResolver
from secassist.network.ledger import Ledger, RecordingResolver
from secassist.store import settings as saved
from secassist.store.folder import data_folder
from secassist.usecases.advice import with_plan
from secassist.usecases.incidents import known as known_incidents
from secassist.usecases.resolvers import close_resolver, make_resolver


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What a call says. What it leaves open (None) comes from the settings."""

    at: datetime | None = None
    offline: bool | None = None
    server: str | None = None
    provider: str | None = None
    data: Path | None = None
    known_only: bool | None = None
    translate: Translate = english
    tell: Tell = untold


class Checker:
    """What several checks share: the parser process, the resolver with its cache, the ledger.

    To be used as a context manager, in one event loop::

        async with Checker(options) as checker:
            async for report in checker.judge(checker.read(path)):
                …
    """

    def __init__(self, options: CheckOptions, ledger: Ledger | None = None) -> None:
        settings = saved.load(data_folder(options.data))
        offline = settings.offline if options.offline is None else options.offline
        server = settings.dns if options.server is None else options.server
        self._resolver = make_resolver(server, offline=offline)
        self._ledger = ledger or Ledger()
        self._worker = Worker()
        self._options = Options(
            at=options.at,
            offline=offline,
            provider=options.provider or settings.provider or None,
            known_only=settings.known_only if options.known_only is None else options.known_only,
            my_senders=settings.my_senders,
            incidents=known_incidents(data_folder(options.data)).incidents,
            translate=options.translate,
            tell=options.tell,
        )

    async def __aenter__(self) -> Self:
        await self._worker.start("secassist.mail.sources", "secassist.mail.said")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._worker.close()
        await close_resolver(self._resolver)

    def read(self, path: Path) -> Iterable[Source]:
        """All mails at a path: a file, a mailbox file, a folder. Raises UnusableInput."""
        return input_files.load(path)

    async def judge(self, inputs: Iterable[Source]) -> AsyncIterator[Report]:
        """A report for each mail in each source, as soon as it is ready.

        Raises the UnusableInput of a source that holds no mail; earlier reports were handed out.
        To go on behind such a source, call this for one source at a time.
        """
        for source in inputs:
            if source.error is not None:
                raise source.error
            read = await self._worker.run(
                said.read_and_examine, source.data, noticed=source.oddities
            )
            if not self._options.offline:
                # For the seals, while DNS is asked for their keys.
                await self._worker.start("secassist.mail.auth.keys")
            for examined in read:
                reading = examined.reading
                report = await check_reading(
                    reading,
                    resolver=self._for_check(),
                    options=self._options,
                    source=source.name + reading.place,
                    said=examined.said,
                    examine=self._examine,
                    prove=self._prove,
                )
                yield replace(with_plan(report), fingerprint=_fingerprint(source, reading))
                await asyncio.sleep(0)  # let progress and cancel through

    async def _examine(self, message: Message) -> Said:
        return await self._worker.run(said.examine, message)

    async def _prove(self, asked: tuple[Asked, ...]) -> tuple[Proved, ...]:
        return await self._worker.run(seals.prove, asked)

    def _for_check(self) -> Resolver:
        live = self._resolver
        asked = live.for_check() if isinstance(live, LiveResolver) else live
        return RecordingResolver(asked, self._ledger)


def _fingerprint(source: Source, reading: Reading) -> str:
    """Of the file where it holds one mail, so that others can find it again; else of the mail."""
    data = source.data if not reading.place else reading.message.source
    return hashlib.sha256(data).hexdigest()
