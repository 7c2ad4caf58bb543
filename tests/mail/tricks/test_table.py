"""The table of tricks in the code is the one that acceptance uses, where that is at hand."""

from __future__ import annotations

import csv

from support.shared import shared
from support.tricks import ROWS


def test_the_table_is_that_of_acceptance() -> None:
    with shared("design/tricks.csv").open(encoding="utf-8", newline="") as file:
        rows = {int(row["n"]): row for row in csv.DictReader(file)}
    assert rows.keys() == ROWS.keys()
    for number, row in rows.items():
        assert frozenset(row["allowed"].split("|")) == ROWS[number].allowed, number
        assert frozenset(row["never"].split("|")) == ROWS[number].never, number


def test_no_row_contradicts_itself() -> None:
    assert sorted(ROWS) == list(range(1, 39))
    assert all(row.allowed and row.never and not row.allowed & row.never for row in ROWS.values())
