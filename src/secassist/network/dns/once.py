"""Each question once in a check, and no longer than the check may take."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from secassist.base.limits import DNS_DEADLINE
from secassist.network.dns.answer import Answer, Resolver
from secassist.network.dns.names import ascii_name


class OnceResolver:
    """For one check, over any resolver: the same question is asked once, whatever came of it.

    Several parts of a check ask for the same names at the same time. What is not answered
    ``deadline`` seconds after the first question has failed; the clock is the running loop's.
    """

    def __init__(self, resolver: Resolver, deadline: float = DNS_DEADLINE) -> None:
        self._resolver = resolver
        self._deadline = deadline
        self._timer: asyncio.TimerHandle | None = None
        self._late = False
        self._asked: dict[tuple[str, str], asyncio.Future[Answer]] = {}

    async def query(self, name: str, rdtype: str) -> Answer:
        """The answer, or failed with ``timeout``. Never raises for what the network does."""
        asked = self.start(name, rdtype)
        return asked.result() if asked.done() else await asyncio.shield(asked)

    def start(self, name: str, rdtype: str) -> asyncio.Future[Answer]:
        """Ask, or find that it was asked. Not to be cancelled: others may wait for the answer."""
        key = (ascii_name(name) or name).lower(), rdtype.upper()
        asked = self._asked.get(key)
        if asked is None:
            loop = asyncio.get_running_loop()
            if self._timer is None:
                self._timer = loop.call_later(self._deadline, self._time_is_up)
            if self._late:
                asked = loop.create_future()
                asked.set_result(Answer.fault("timeout"))
            else:
                asked = loop.create_task(self._ask(name, rdtype))
            self._asked[key] = asked
        return asked

    async def close(self) -> None:
        """Give up what is still on its way."""
        if self._timer is not None:
            self._timer.cancel()
        self._give_up()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)

    async def _ask(self, name: str, rdtype: str) -> Answer:
        try:
            return await self._resolver.query(name, rdtype)
        except asyncio.CancelledError:
            if self._late:
                return Answer.fault("timeout")
            raise

    def _time_is_up(self) -> None:
        """One timer for all questions. No more are sent from here on.

        One that was sent just now has not started yet, and could not say what befell it; so the
        open ones are given up a step later.
        """
        self._late = True
        asyncio.get_running_loop().call_soon(self._give_up)

    def _give_up(self) -> None:
        for asked in self._asked.values():
            asked.cancel()


async def query_all(resolver: Resolver, names: Iterable[str], rdtype: str) -> list[Answer]:
    """The answers for several names, all asked at once, in the order of the names."""
    if not isinstance(resolver, OnceResolver):
        return await asyncio.gather(*(resolver.query(name, rdtype) for name in names))
    tasks = [resolver.start(name, rdtype) for name in names]  # half the tasks of the line above
    pending = [task for task in tasks if not task.done()]
    if pending:
        await asyncio.wait(pending)
    return [task.result() for task in tasks]
