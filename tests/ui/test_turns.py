"""What is put off to the next turn lets everything else through first."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from secassist.ui.jobs import Job, Jobs
from secassist.ui.turns import in_next_turn


def test_what_waits_is_done_first(qtbot: QtBot) -> None:
    order: list[str] = []
    parent = QObject()
    in_next_turn(parent, lambda: order.append("later"))
    QTimer.singleShot(0, parent, lambda: order.append("waiting"))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["waiting", "later"]


def test_nothing_is_called_for_what_is_gone(qtbot: QtBot) -> None:
    order: list[str] = []
    gone, here = QObject(), QObject()
    in_next_turn(gone, lambda: order.append("gone"))
    in_next_turn(here, lambda: order.append("here"))
    gone.deleteLater()
    qtbot.waitUntil(lambda: bool(order))
    assert order == ["here"]


def test_jobs_let_the_window_have_its_turn_soon(qtbot: QtBot) -> None:
    jobs, parent = Jobs(), QObject()
    done: list[float] = []

    async def work() -> float:
        return sys.getswitchinterval()

    Job(parent, lambda _: work()).success(done.append).run(jobs)
    qtbot.waitUntil(lambda: bool(done))
    jobs.stop()
    assert done[0] <= 0.001
