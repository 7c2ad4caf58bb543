"""Cycles of objects are searched, and deleted, in the window's thread alone."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from secassist.ui.cycles import Cycles
from secassist.ui.jobs import Job, Jobs


@pytest.fixture(autouse=True)
def searching() -> Iterator[None]:
    """Python searches by itself, whatever windows of other tests are still about."""
    gc.enable()
    yield
    gc.enable()


class Knot:
    """A cycle that tells in which thread it is deleted."""

    def __init__(self, deleted_in: list[threading.Thread]) -> None:
        self.itself = self
        self._deleted_in = deleted_in

    def __del__(self) -> None:
        self._deleted_in.append(threading.current_thread())


async def make_many() -> None:
    """Enough objects for many searches."""
    for _ in range(20):
        for _ in range(5_000):
            cycle: list[object] = []
            cycle.append(cycle)
        await asyncio.sleep(0)


def test_a_job_deletes_nothing_of_the_window(qtbot: QtBot) -> None:
    deleted_in: list[threading.Thread] = []
    done: list[None] = []
    parent = QObject()
    jobs = Jobs(parent)
    gc.collect()
    Job[None, None](parent, lambda _: make_many()).success(done.append).run(jobs)
    for _ in range(1_000):
        Knot(deleted_in)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.waitUntil(lambda: len(deleted_in) == 1_000)
    assert set(deleted_in) == {threading.main_thread()}
    assert not gc.isenabled()
    jobs.stop()
    assert gc.isenabled()


def test_each_generation_in_its_time(qtbot: QtBot) -> None:
    parent = QObject()
    cycles = Cycles(parent)
    cycles.start()
    gc.collect()
    kept = [[] for _ in range(gc.get_threshold()[0] + 1)]
    cycles.search()
    assert gc.get_count()[:2] == (gc.get_count()[0], 1)
    assert len(kept) > gc.get_threshold()[0]
    cycles.stop()
    assert gc.isenabled()


def test_without_jobs_python_searches_by_itself(qtbot: QtBot) -> None:
    jobs = Jobs(QObject())
    assert gc.isenabled()
    assert jobs.stop()
    assert gc.isenabled()
