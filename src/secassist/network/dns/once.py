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
        self._until: float | None = None
        self._asked: dict[tuple[str, str], asyncio.Task[Answer]] = {}

    async def query(self, name: str, rdtype: str) -> Answer:
        """The answer, or failed with ``timeout``. Never raises for what the network does."""
        task = self.start(name, rdtype)
        return task.result() if task.done() else await asyncio.shield(task)

    def start(self, name: str, rdtype: str) -> asyncio.Task[Answer]:
        """Ask, or find that it was asked; the task ends with the answer and is not to be cancelled:
        others may wait for it."""
        loop = asyncio.get_running_loop()
        if self._until is None:
            self._until = loop.time() + self._deadline
        key = (ascii_name(name) or name).lower(), rdtype.upper()
        task = self._asked.get(key)
        if task is None:
            task = loop.create_task(self._ask(name, rdtype, self._until))
            self._asked[key] = task
        return task

    async def _ask(self, name: str, rdtype: str, until: float) -> Answer:
        try:
            async with asyncio.timeout_at(until):
                return await self._resolver.query(name, rdtype)
        except TimeoutError:
            return Answer.fault("timeout")

    async def close(self) -> None:
        """Give up what is still on its way."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)


async def query_all(resolver: Resolver, names: Iterable[str], rdtype: str) -> list[Answer]:
    """The answers for several names, all asked at once, in the order of the names."""
    if not isinstance(resolver, OnceResolver):
        return await asyncio.gather(*(resolver.query(name, rdtype) for name in names))
    tasks = [resolver.start(name, rdtype) for name in names]  # half the tasks of the line above
    pending = [task for task in tasks if not task.done()]
    if pending:
        await asyncio.wait(pending)
    return [task.result() for task in tasks]
