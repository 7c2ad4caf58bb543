"""Where everything of a timeline is drawn: pure geometry, in pixels, from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

HOUR: Final = 3_600
_STEPS: Final = (1, 2, 3, 6, 12, 24, 48, 168)  # hours a bar may stand for
_LEAST_BAR: Final = 5.0  # pixels, with the gap beside it
_GAP: Final = 0.2  # share of a bar's room that stays empty
_ROUND: Final = (1, 2, 3, 4, 5, 6, 8)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The messages of one hour, or of some hours where there is little room."""

    box: Box
    start: int
    """Unix time."""
    count: int
    """Messages in it."""
    flooded: bool


@dataclass(frozen=True, slots=True)
class Pin:
    """One of the mails that matter."""

    number: int
    """As in the list, from 1 on."""
    x: float
    y: float
    """The middle of its head."""
    foot: float
    """Where its needle ends."""
    flooded: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A line with a number at its left."""

    y: float
    count: int


@dataclass(frozen=True, slots=True)
class Shape:
    """The whole drawing."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    """From 0 up."""
    pins: tuple[Pin, ...]
    flood: Box
    start: int
    end: int
    """Unix time at the left and the right edge."""
    left: float
    width: float

    def x_of(self, time: float) -> float:
        """The place of a Unix time."""
        return self.left + self.width * (time - self.start) / max(1, self.end - self.start)


def shape(
    start: int,
    counts: Sequence[int],
    flood: tuple[int, int],
    pins: Sequence[int],
    area: Box,
    head: float,
) -> Shape:
    """Lay it out in ``area``; ``head`` is the radius of a pin's head.

    ``start`` is the Unix time of the first of the hours in ``counts``; ``flood`` from when to when
    it went; ``pins`` the times of the mails that matter, the first one is number 1.
    """
    hours = _hours_a_bar(len(counts), area.width)
    sums = [sum(counts[at : at + hours]) for at in range(0, len(counts), hours)]
    end = start + HOUR * hours * len(sums)
    top = _ceiling(max(sums, default=0))
    ticks = tuple(Tick(area.y + area.height * (1 - part / 2), top * part // 2) for part in range(3))
    room = area.width / max(1, len(sums))
    bars = []
    for place, count in enumerate(sums):
        since = start + HOUR * hours * place
        # What is not nothing is seen.
        height = max(2.0, area.height * count / top) if count else 1.0
        bars.append(
            Bar(
                Box(
                    area.x + room * (place + _GAP / 2),
                    area.y + area.height - height,
                    room * (1 - _GAP),
                    height,
                ),
                since,
                count,
                since + HOUR * hours > flood[0] and since <= flood[1],
            )
        )
    flooded = [bar.box for bar in bars if bar.flooded]
    left = min((box.x for box in flooded), default=area.x) - room * _GAP
    right = max((box.x + box.width for box in flooded), default=area.x) + room * _GAP
    made = Shape(
        tuple(bars),
        ticks,
        (),
        Box(left, area.y - 3 * head, right - left, area.height + 3 * head),
        start,
        end,
        area.x,
        area.width,
    )
    return replace(made, pins=_pins(made, pins, flood, area, head))


def _hours_a_bar(hours: int, width: float) -> int:
    return next((n for n in _STEPS if width * n >= _LEAST_BAR * hours), _STEPS[-1])


def _ceiling(highest: int) -> int:
    """A round, even number that is not below ``highest``."""
    power = 1
    while True:
        for step in _ROUND:
            if 2 * step * power >= highest:
                return 2 * step * power
        power *= 10


def _pins(
    made: Shape, times: Sequence[int], flood: tuple[int, int], area: Box, head: float
) -> tuple[Pin, ...]:
    """Each above its bar, and beside or above the ones that stand there already."""
    placed: list[Pin] = []
    for number, time in sorted(enumerate(times, 1), key=lambda each: each[1]):
        x = min(max(made.x_of(time), area.x + head), area.x + area.width - head)
        during = flood[0] <= time <= flood[1]
        y = area.y - 1.5 * head if during else area.y + area.height * 0.7
        while any(abs(pin.x - x) < 2 * head and abs(pin.y - y) < 2 * head for pin in placed):
            y += 2.2 * head
        placed.append(
            Pin(number, x, min(y, area.y + area.height - head), area.y + area.height, during)
        )
    return tuple(sorted(placed, key=lambda pin: pin.number))
