"""Each question once in a check, whoever asks, and all of several at the same time."""

from __future__ import annotations

import asyncio

import pytest

from secassist.network.dns import Answer, Resolver, ZoneResolver
from secassist.network.dns.once import OnceResolver, query_all

ZONE = {"a.test": {"TXT": ["one"]}, "b.test": {"TXT": ["two"]}}


class Gate:
    """Answers only when it is opened, and counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.open = asyncio.Event()

    async def query(self, name: str, rdtype: str) -> Answer:
        self.asked.append(name)
        await self.open.wait()
        return await ZoneResolver(ZONE).query(name, rdtype)


def test_the_same_question_is_asked_once() -> None:
    async def ask() -> None:
        gate = Gate()
        once = OnceResolver(gate)
        waiting = [asyncio.create_task(once.query(n, "txt")) for n in ("a.test", "A.test.")]
        await asyncio.sleep(0)
        gate.open.set()
        assert [(await task).texts for task in waiting] == [(b"one",), (b"one",)]
        assert (await once.query("a.test", "TXT")).texts == (b"one",)
        assert gate.asked == ["a.test"]

    asyncio.run(ask())


def test_who_gives_up_does_not_take_the_answer_from_others() -> None:
    async def ask() -> None:
        gate = Gate()
        once = OnceResolver(gate)
        first = asyncio.create_task(query_all(once, ["a.test", "b.test"], "TXT"))
        second = asyncio.create_task(once.query("a.test", "TXT"))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        gate.open.set()
        assert (await second).found
        assert first.cancelled()

    asyncio.run(ask())


def test_what_is_not_answered_in_time_has_failed() -> None:
    async def ask() -> None:
        once = OnceResolver(Gate(), deadline=0.02)
        answers = await query_all(once, ["a.test", "b.test"], "TXT")
        assert [(a.failed, a.why) for a in answers] == [(True, "timeout")] * 2

    asyncio.run(ask())


def test_after_that_nothing_is_asked() -> None:
    async def ask() -> None:
        gate = Gate()
        once = OnceResolver(gate, deadline=0)
        first = await once.query("a.test", "TXT")  # sent in the very step in which time is up
        later = await once.query("b.test", "TXT")
        assert [first.why, later.why] == ["timeout", "timeout"]
        assert "b.test" not in gate.asked
        await once.close()

    asyncio.run(ask())


def test_closing_leaves_nothing_open() -> None:
    async def ask() -> None:
        once = OnceResolver(Gate())
        waiting = asyncio.create_task(once.query("a.test", "TXT"))
        await asyncio.sleep(0)
        await once.close()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(ask())


@pytest.mark.parametrize("wrap", [OnceResolver, lambda resolver: resolver])
def test_all_at_once_and_in_order(wrap: type[OnceResolver]) -> None:
    async def ask() -> None:
        gate = Gate()
        resolver: Resolver = wrap(gate)
        names = ["b.test", "none.test", "a.test"]
        asking = asyncio.create_task(query_all(resolver, names, "TXT"))
        while len(gate.asked) < len(names):
            await asyncio.sleep(0)
        gate.open.set()
        assert [a.texts for a in await asking] == [(b"two",), (), (b"one",)]
        assert await query_all(resolver, [], "TXT") == []

    asyncio.run(ask())
