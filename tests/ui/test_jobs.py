from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from secassist.ui.jobs import Job, Jobs


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()


def test_news_and_result_come_in_the_windows_thread(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[tuple[str, object, int]] = []
    here = threading.get_ident()

    async def work(progress: Callable[[str], None]) -> int:
        progress("one")
        await asyncio.sleep(0)
        progress("two")
        return threading.get_ident()

    job = Job(jobs, work)
    job.progress(lambda note: heard.append(("news", note, threading.get_ident())))
    job.success(lambda result: heard.append(("done", result, threading.get_ident())))
    job.run(jobs)
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert [entry[0] for entry in heard] == ["news", "news", "done"]
    assert {entry[2] for entry in heard} == {here}
    assert heard[2][1] != here, "the work ran in another thread"
    assert not job.running


async def _fail(progress: object) -> None:
    raise ValueError("on purpose")


def test_failure_goes_to_its_callback(jobs: Jobs, qtbot: QtBot) -> None:
    failures: list[Exception] = []
    Job(jobs, _fail).failure(failures.append).run(jobs)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ValueError)


def test_a_failure_that_nobody_handles_is_not_lost(jobs: Jobs, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.lost) as lost:
        Job(jobs, _fail).run(jobs)
    assert isinstance(lost.args[0], ValueError)


def test_a_cancelled_job_stops_and_says_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    stopped = threading.Event()

    async def work(progress: Callable[[str], None]) -> None:
        try:
            progress("started")
            await asyncio.Event().wait()
        finally:
            stopped.set()

    started: list[str] = []
    job = Job(jobs, work).progress(started.append)
    job.success(lambda _: pytest.fail("cancelled")).failure(lambda _: pytest.fail("cancelled"))
    job.run(jobs)
    qtbot.waitUntil(lambda: bool(started))
    job.cancel()
    qtbot.waitUntil(stopped.is_set)
    assert not job.running


def test_a_job_ends_with_its_parent(jobs: Jobs, qtbot: QtBot) -> None:
    stopped = threading.Event()

    async def work(progress: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    parent = QObject()
    job = Job(parent, work).run(jobs)
    assert job.running
    qtbot.wait(10)
    parent.deleteLater()
    qtbot.waitUntil(stopped.is_set)


def test_stopping_does_not_wait_for_what_cannot_be_broken_off(
    qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secassist.ui.jobs.END_WITHIN", 0.05)
    jobs = Jobs()
    started, go_on = threading.Event(), threading.Event()

    def stuck() -> None:
        started.set()
        go_on.wait()

    Job(jobs, lambda _: asyncio.to_thread(stuck)).run(jobs)
    qtbot.waitUntil(started.is_set)
    thread = jobs._thread
    assert not jobs.stop()
    go_on.set()
    thread.join(10)
    assert not thread.is_alive()


def test_stopping_cancels_what_is_open(qapp: object, qtbot: QtBot) -> None:
    jobs = Jobs()
    stopped = threading.Event()
    started = threading.Event()

    async def work(progress: object) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    Job(jobs, work).run(jobs)
    qtbot.waitUntil(started.is_set)
    assert jobs.stop()
    assert stopped.is_set()
    jobs.stop()  # once more does nothing


def test_many_news_do_not_hold_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    notes: list[int] = []
    done: list[None] = []

    async def work(progress: Callable[[int], None]) -> None:
        for number in range(2_000):
            progress(number)

    Job(jobs, work).progress(notes.append).success(done.append).run(jobs)
    qtbot.waitUntil(lambda: bool(done))
    assert notes == list(range(2_000))
