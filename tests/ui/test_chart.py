"""Where the points of the line and the linked chips stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from secassist.passwords.clusters import Cluster, Link, Member
from secassist.passwords.history import Run
from secassist.ui.pages.passwords_cards import chain, shown_runs, spoken
from secassist.ui.widgets.chart import placed, top_of
from secassist.ui.widgets.cluster import Spot, arranged
from support.window import FakeUseCases


@pytest.mark.parametrize(
    ("values", "top"),
    [([], 2), ([0], 2), ([3], 4), ([7], 10), ([19], 20), ([101], 200), ([999], 1000)],
)
def test_the_highest_line_is_a_round_number(values: list[int], top: int) -> None:
    assert top_of(values) == top
    assert top % 2 == 0  # the line in the middle has a whole number, too


def test_points_run_from_edge_to_edge() -> None:
    area = QRectF(10, 0, 100, 50)
    spots = placed([0, 5, 10], 10, area)
    assert [(spot.x(), spot.y()) for spot in spots] == [(10, 50), (60, 25), (110, 0)]
    ((one),) = placed([10], 10, area)
    assert (one.x(), one.y()) == (10, 0)


def test_chips_go_on_in_the_next_line() -> None:
    assert arranged([100, 100, 100], 240, 20) == (
        Spot(0, 0, 100),
        Spot(120, 0, 100),
        Spot(0, 1, 100),
    )
    assert arranged([500], 240) == (Spot(0, 0, 240),)  # no wider than there is room


def test_the_line_shows_the_last_run_of_a_day() -> None:
    runs = [Run(f"2026-01-0{day}T0{hour}:00:00+00:00", hour) for day in (1, 2) for hour in (1, 2)]
    assert [run.accounts for run in shown_runs(runs)] == [2, 2]
    assert shown_runs(runs[:2]) == runs[:2]  # on the first day each counts
    many = [Run(f"20{year:02}-01-01T00:00:00+00:00", year) for year in range(10, 60)]
    assert len(shown_runs(many)) == 24


def test_a_group_in_a_row_and_in_words(open_window: object) -> None:
    look = open_window(FakeUseCases()).look
    members = tuple(Member(name.lower(), name, "") for name in ("A", "B", "C", "D"))
    links = (Link(0, 2, "same"), Link(2, 1, "year"), Link(1, 3, "same"))
    mixed = Cluster("similar", members, links)
    row = chain(look, mixed)
    assert [(one.name, one.solid) for one in row] == [
        ("A", False),
        ("C", True),
        ("B", False),
        ("D", True),
    ]
    assert spoken(look, mixed) == "A, B, C and D: Nearly the same: only the year differs"
    same = Cluster("same", members[:3], (Link(0, 1, "same"), Link(1, 2, "same")))
    assert spoken(look, same) == "A, B and C share one password"


def test_large_groups_are_cut(open_window: object) -> None:
    look = open_window(FakeUseCases()).look
    members = tuple(Member(str(n), f"Site {n}", "") for n in range(40))
    links = tuple(Link(n, n + 1, "same") for n in range(39))
    row = chain(look, Cluster("same", members, links))
    assert len(row) == 9
    assert row[-1].name == "32 more"
    assert row[-1].plain
