"""The resolver that really asks: UDP and TCP, or HTTPS; one deadline, one cache, no question twice.

``LiveResolver`` lives as long as the program; ``for_check`` gives each check a view with a deadline
of its own. Both answer ``query`` and never raise for what the network does.
"""

from __future__ import annotations

import asyncio
import importlib.util
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from secassist.base.errors import UnusableCall
from secassist.base.limits import DNS_DEADLINE
from secassist.network.dns.answer import Answer
from secassist.network.dns.cache import AnswerCache, Question
from secassist.network.dns.names import ascii_name
from secassist.network.dns.server import Server, system_servers
from secassist.network.dns.stub import resolve
from secassist.network.dns.transport import addresses_of, exchange
from secassist.network.dns.wire import TYPES, Reply

if TYPE_CHECKING:
    from secassist.network.dns.https import HttpsClient

MAX_SOCKETS: Final = 100  # open at a time; some systems allow 256 in all
SERVERS_AGE: Final = 30.0  # seconds; a laptop changes its network


@dataclass(slots=True)
class _Flight:
    """A question on its way, and how many wait for it."""

    task: asyncio.Task[Answer]
    waiting: int = 0


@dataclass(slots=True)
class _Loop:
    """What belongs to one event loop and must not outlive it."""

    loop: asyncio.AbstractEventLoop
    sockets: asyncio.Semaphore
    flights: dict[Question, _Flight] = field(default_factory=dict)
    finding: asyncio.Task[tuple[Server, ...]] | None = None
    """Which servers to ask: on its way, for all questions that wait for it."""
    https: HttpsClient | None = None


class LiveResolver:
    """Asks ``servers``, or those of the system where None is given.

    ``deadline`` is the time in seconds for all questions of one check together; ``clock`` measures
    the age of cached answers. To be used from one event loop at a time; where a server over HTTPS
    is used, ``aclose`` (or ``async with``) ends its connections before the loop does.
    Raises UnusableCall for a server over HTTPS where that cannot be spoken.
    """

    def __init__(
        self,
        servers: Sequence[Server] | None = None,
        *,
        deadline: float = DNS_DEADLINE,
        cache: AnswerCache | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._deadline = deadline
        self._cache = AnswerCache() if cache is None else cache
        self._clock = clock
        self._given = None if servers is None else tuple(servers)
        self._servers: tuple[Server, ...] = ()
        self._servers_found: float | None = None
        self._state: _Loop | None = None
        if any(s.url for s in self._given or ()) and importlib.util.find_spec("httpx") is None:
            raise UnusableCall("DNS over HTTPS needs the Python package httpx; install it first.")

    async def __aenter__(self) -> LiveResolver:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Give up what is on its way and close every connection of the running loop."""
        here = self._here()
        tasks: list[asyncio.Task[Any]] = [flight.task for flight in here.flights.values()]
        if here.finding is not None:
            tasks.append(here.finding)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if here.https is not None:
            await here.https.aclose()
        self._state = None

    def for_check(self, deadline: float | None = None) -> CheckResolver:
        """A view for one check, whose time starts with its first question."""
        return CheckResolver(self, self._deadline if deadline is None else deadline)

    async def query(self, name: str, rdtype: str) -> Answer:
        """Answer one question that stands alone, within the deadline. Never raises."""
        return await self.for_check().query(name, rdtype)

    async def ask(self, name: str, rdtype: str, until: float) -> Answer:
        """Answer from the cache, from a question on its way, or by asking. Never raises.

        ``name`` is as ``ascii_name`` gives it, ``until`` a time of the running loop's clock.
        """
        question = name.lower(), rdtype
        cached = self._cache.get(question, self._clock())
        if cached is not None:
            return cached
        loop = asyncio.get_running_loop()
        started = loop.time()
        flights = self._here().flights
        flight = flights.get(question)
        joined = flight is not None
        if flight is None:
            flight = flights[question] = _Flight(loop.create_task(self._fetch(question, name)))
        flight.waiting += 1
        try:
            await asyncio.wait({flight.task}, timeout=max(0.0, until - started))
        finally:
            flight.waiting -= 1
            if not flight.waiting:
                flight.task.cancel()  # nothing happens to one that is done
                if flights.get(question) is flight:
                    del flights[question]
        if not flight.task.done() or flight.task.cancelled():
            return _timed(Answer.fault("timeout"), loop.time() - started)
        return _timed(flight.task.result(), loop.time() - started, cached=joined)

    async def _fetch(self, question: Question, name: str) -> Answer:
        servers = await self._current_servers()
        until = asyncio.get_running_loop().time() + self._deadline
        answer = await resolve(name, question[1], servers, self._exchange, until)
        self._cache.put(question, answer, self._clock())
        return answer

    async def _exchange(
        self, server: Server, name: str, rdtype: str, *, edns: bool, patience: float, resend: float
    ) -> Reply:
        here = self._here()
        async with here.sockets:
            if server.url:
                here.https = here.https or _https_client()
                return await here.https.exchange(server, name, rdtype, edns=edns, patience=patience)
            return await exchange(server, name, rdtype, edns=edns, patience=patience, resend=resend)

    async def _current_servers(self) -> tuple[Server, ...]:
        given = self._given
        if given is not None and all(s.is_exact for s in given):
            return given
        found = self._servers_found
        if found is not None and self._clock() - found <= SERVERS_AGE:
            return self._servers
        here = self._here()
        if here.finding is None:
            here.finding = here.loop.create_task(self._find_servers())
        # The first questions of a check come at once: all of them wait for the one search.
        return await asyncio.shield(here.finding)

    async def _find_servers(self) -> tuple[Server, ...]:
        """The system's servers, or the addresses of those that were given by name."""
        try:
            if self._given is None:
                servers = await asyncio.to_thread(system_servers)
            else:
                servers = await addresses_of(self._given)
        finally:
            self._here().finding = None
        if servers != self._servers:
            self._cache.clear()  # another network may say something else
            self._servers = servers
        self._servers_found = self._clock()
        return servers

    def _here(self) -> _Loop:
        """The state of the running loop; what belonged to another, finished loop is dropped."""
        loop = asyncio.get_running_loop()
        if self._state is None or self._state.loop is not loop:
            self._state = _Loop(loop, asyncio.Semaphore(MAX_SOCKETS))
        return self._state


class CheckResolver:
    """One check's view of a ``LiveResolver``: a deadline for all its questions together.

    Within the check an answer does not change, not even a fault: what failed once is not asked
    again, so that every part of the verdict rests on the same facts.
    """

    def __init__(self, live: LiveResolver, deadline: float) -> None:
        self._live = live
        self._deadline = deadline
        self._until: float | None = None
        self._answers: dict[Question, Answer] = {}

    async def query(self, name: str, rdtype: str) -> Answer:
        """Answer for ``name`` and ``rdtype``; names that DNS cannot hold are ``malformed``."""
        written = ascii_name(name)
        rdtype = rdtype.upper()
        if written is None or rdtype not in TYPES:
            return Answer.fault("malformed")
        question = written.lower(), rdtype
        known = self._answers.get(question)
        if known is not None:
            return replace(known, cached=True, milliseconds=0)
        if self._until is None:
            self._until = asyncio.get_running_loop().time() + self._deadline
        answer = await self._live.ask(written, rdtype, self._until)
        return self._answers.setdefault(question, answer)


class OfflineResolver:
    """Asks nobody: every answer is *failed*, for nothing may leave the computer."""

    async def query(self, name: str, rdtype: str) -> Answer:
        """*Failed*, ``offline``."""
        return Answer.fault("offline")


def _https_client() -> HttpsClient:
    from secassist.network.dns.https import HttpsClient  # noqa: PLC0415 - costly, rarely used

    return HttpsClient()


def _timed(answer: Answer, seconds: float, *, cached: bool = False) -> Answer:
    return replace(answer, milliseconds=round(seconds * 1000), cached=cached)
