"""The worker process: results, refusals, limits, and what a hostile answer can do."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from secassist.base.errors import CouldNotFinish, OverLimit, UnusableInput
from secassist.base.worker import Worker, _loaded
from secassist.mail import sources
from support import jobs
from support.sign import letter

T = TypeVar("T")


def with_worker(work: Callable[[Worker], Awaitable[T]], *, timeout: float = 20) -> T:
    async def main() -> T:
        async with Worker(timeout=timeout) as worker:
            return await work(worker)

    return asyncio.run(main())


def test_a_mail_is_read_there_as_it_is_here() -> None:
    data = letter(subject="[EXT] x")
    assert with_worker(lambda w: w.run(sources.read, data)) == sources.read(data)


def test_it_is_another_process_and_stays_the_same_one() -> None:
    async def work(worker: Worker) -> tuple[int, int]:
        return await worker.run(jobs.process_id), await worker.run(jobs.process_id)

    first, second = with_worker(work)
    assert first == second != os.getpid()


def test_it_holds_only_what_reading_needs() -> None:
    async def work(worker: Worker) -> frozenset[str]:
        await worker.run(sources.read, letter())
        return await worker.run(jobs.imported)

    unneeded = {"asyncio", "ssl", "hashlib", "logging", "cryptography", "dns", "PySide6"}
    assert not with_worker(work) & unneeded


def test_jobs_wait_for_their_turn() -> None:
    async def work(worker: Worker) -> list[object]:
        return list(await asyncio.gather(*(worker.run(jobs.echo, n) for n in range(20))))

    assert with_worker(work) == list(range(20))


def test_large_values_go_both_ways() -> None:
    data = b"x" * 8_000_000
    assert with_worker(lambda w: w.run(jobs.echo, data)) == data


def test_what_the_job_refuses_is_raised_here() -> None:
    with pytest.raises(UnusableInput, match=r"Not like this\.") as refused:
        with_worker(lambda w: w.run(jobs.refuse))
    assert refused.type is UnusableInput
    with pytest.raises(CouldNotFinish):
        with_worker(lambda w: w.run(jobs.give_up))


def test_printing_there_does_no_harm() -> None:
    assert with_worker(lambda w: w.run(jobs.speak)) == "done"


@pytest.mark.parametrize("job", [jobs.die, jobs.fail])
def test_after_a_death_the_next_job_gets_a_new_process(job: Callable[[], None]) -> None:
    async def work(worker: Worker) -> object:
        with pytest.raises(OverLimit):
            await worker.run(job)
        return await worker.run(jobs.echo, 1)

    assert with_worker(work) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds to RLIMIT_AS")
def test_memory_is_limited() -> None:
    with pytest.raises(OverLimit):
        with_worker(lambda w: w.run(jobs.take_memory))


def test_time_is_limited() -> None:
    async def work(worker: Worker) -> object:
        await worker.run(jobs.echo, 1)  # the start does not count here
        worker._timeout = 0.2
        with pytest.raises(OverLimit):
            await worker.run(jobs.hang)
        worker._timeout = 20
        return await worker.run(jobs.echo, 2)

    assert with_worker(work) == 2


def test_a_cancelled_job_is_killed() -> None:
    async def work(worker: Worker) -> object:
        before = await worker.run(jobs.process_id)
        task = asyncio.create_task(worker.run(jobs.hang))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return before != await worker.run(jobs.process_id)

    assert with_worker(work)


def test_a_job_that_is_stopped_within_a_large_answer_ends() -> None:
    async def scenario() -> None:
        async with Worker(timeout=0.3) as worker:
            with pytest.raises(OverLimit):
                await worker.run(jobs.answer_without_end)
            assert await worker.run(jobs.echo, 1) == 1

    asyncio.run(asyncio.wait_for(scenario(), 20))


def test_an_answer_cannot_run_anything_here() -> None:
    with pytest.raises(OverLimit):
        with_worker(lambda w: w.run(jobs.set_a_trap))


def called(module: str, name: str, *arguments: str) -> bytes:
    """A pickle, as a hand writes it, that calls what stands in a module under that name."""

    def text(word: str) -> bytes:
        return b"\x8c" + bytes([len(word.encode())]) + word.encode()

    words = b"".join(map(text, arguments))
    return b"\x80\x04" + text(module) + text(name) + b"\x93(" + words + b"tR."


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("secassist.usecases.notify", "subprocess.Popen"),
        ("secassist.usecases.notify", "os.system"),
        ("secassist.store.folder", "Path"),
        ("secassist.store.autolock", "AutoLock"),
        ("secassist.base.worker", "Worker"),
    ],
)
def test_an_answer_makes_plain_values_alone(module: str, name: str) -> None:
    with pytest.raises(pickle.UnpicklingError):
        _loaded(called(module, name, sys.executable))


@pytest.mark.parametrize("answer", [b"", b"N.", b"no pickle", pickle.dumps("one, not two")[:-3]])
def test_an_answer_that_is_none_ends_the_process(answer: bytes) -> None:
    async def work(worker: Worker) -> object:
        with pytest.raises(OverLimit):
            await worker.run(jobs.answer_with, answer)
        return await worker.run(jobs.echo, 1)

    assert with_worker(work) == 1
