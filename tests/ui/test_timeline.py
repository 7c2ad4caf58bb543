"""The timeline: where everything is drawn, at any width, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from secassist.ui.widgets.timeline import Hours, TimelineView
from secassist.ui.widgets.timeline_shape import HOUR, Box, shape
from secassist.ui.window import Window
from support.window import FakeSettings, FakeUseCases

START = 1_780_000_000 // HOUR * HOUR
HEAD = 10.0


@given(
    counts=st.lists(st.integers(0, 5_000), min_size=1, max_size=400),
    width=st.floats(20, 900),
    flood=st.tuples(st.integers(0, 400), st.integers(0, 400)),
    pins=st.lists(st.integers(0, 400 * HOUR), max_size=9),
)
@settings(max_examples=150, deadline=None)
def test_all_is_inside_at_any_width(
    counts: list[int], width: float, flood: tuple[int, int], pins: list[int]
) -> None:
    area = Box(30, 40, width, 150)
    first, last = sorted(min(hour, len(counts) - 1) for hour in flood)
    span = (START + HOUR * first, START + HOUR * last + 1)
    times = [START + min(pin, HOUR * len(counts) - 1) for pin in pins]
    made = shape(START, counts, span, times, area, HEAD)

    assert sum(bar.count for bar in made.bars) == sum(counts)
    for bar in made.bars:
        assert area.x <= bar.box.x
        assert bar.box.x + bar.box.width <= area.x + area.width + 0.01
        assert area.y - 0.01 <= bar.box.y
        assert bar.box.y + bar.box.height == pytest.approx(area.y + area.height)
    for before, after in pairwise(made.bars):
        assert after.box.x >= before.box.x + before.box.width
    assert any(bar.flooded for bar in made.bars)
    assert [tick.count for tick in made.ticks] == sorted({tick.count for tick in made.ticks})
    assert made.ticks[-1].count >= max(bar.count for bar in made.bars)
    assert [pin.number for pin in made.pins] == list(range(1, len(times) + 1))
    for pin in made.pins:
        assert min(area.x + HEAD, area.x + width - HEAD) <= pin.x
        assert pin.x <= max(area.x + HEAD, area.x + width - HEAD)
        assert pin.y <= pin.foot


def test_pins_of_one_moment_do_not_hide_each_other() -> None:
    made = shape(
        START, [9] * 48, (START, START + HOUR), [START + 60] * 3, Box(0, 40, 600, 150), HEAD
    )
    places = [(pin.x, pin.y) for pin in made.pins]
    assert len(set(places)) == 3
    assert all(abs(a[1] - b[1]) >= 2 * HEAD for a, b in pairwise(sorted(places)))


@pytest.mark.parametrize("language", ["en", "pseudo-rtl"])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [320, 800])
def test_labels_do_not_touch_each_other_and_time_runs_to_the_right(
    open_window: Callable[[FakeUseCases], Window],
    qtbot: QtBot,
    language: str,
    percent: int,
    width: int,
) -> None:
    settings_chosen = FakeSettings(language=language, text_percent=percent)
    look = open_window(FakeUseCases(chosen=settings_chosen)).look
    hours = Hours(START, [3] * 100, (START + 30 * HOUR, START + 40 * HOUR), [START + 35 * HOUR])
    view = TimelineView(look, hours, "Flood: 20:00 to 04:00", "4,943 messages")
    qtbot.addWidget(view)
    made = view.shape_at(width)
    labels = view.labels_at(made)
    assert labels
    metrics = view._metrics
    for (before, one), (after, two) in pairwise(labels):
        assert (
            after - before > (metrics.horizontalAdvance(one) + metrics.horizontalAdvance(two)) / 2
        )
    assert [bar.box.x for bar in made.bars] == sorted(bar.box.x for bar in made.bars)
    view.resize(width, view.height())
    assert not view.grab().isNull()
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "4,943 messages"
