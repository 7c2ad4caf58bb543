"""Floods of many kinds in the mailboxes of many kinds of people: none missed, no false alarm."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.mailbox.flood import Flood, follow
from secassist.mailbox.records import Record
from support.mailboxes import (
    AUTO,
    BEGIN,
    BULK,
    DAY,
    HOUR,
    KINDS,
    PEOPLE,
    Letter,
    course,
    flood,
    year,
)

AT = BEGIN + 70 * DAY + 3 * HOUR


@cache
def normal(who: str) -> tuple[Letter, ...]:
    return tuple(year(PEOPLE[who], seed=7, days=90))


@pytest.mark.parametrize("who", PEOPLE)
def test_no_flood_in_a_normal_year(who: str) -> None:
    assert course(year(PEOPLE[who], seed=11)).floods == ()


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("per_hour", "count", "domains"),
    [(1200, 600, None), (62, 186, None), (64, 128, 30), (90, 90, 30)],
    ids=["fast", "one a minute", "two hours from 30 domains", "one hour from 30 domains"],
)
def test_no_flood_is_missed(
    who: str, kind: str, per_hour: float, count: int, domains: int | None
) -> None:
    bombs = flood(kind, AT, count, per_hour=per_hour, domains=domains)

    found = course(sorted([*normal(who), *bombs])).floods

    assert len(found) == 1
    assert abs(found[0].start - AT) <= 15 * 60
    assert abs(found[0].end - bombs[-1].time) <= 30 * 60
    assert count * 0.8 <= found[0].messages <= count * 1.1
    assert found[0].domains >= 0.8 * (domains or count)


def test_a_flood_of_half_a_mail_a_minute_over_a_night_is_seen() -> None:
    bombs = flood("confirmations", AT, 240, per_hour=30)
    assert len(course(sorted([*normal("quiet"), *bombs])).floods) == 1


def test_a_mailbox_that_holds_nothing_but_a_flood() -> None:
    assert len(course(flood("many-languages", AT, 500, per_hour=500)).floods) == 1


def test_two_floods_days_apart_are_two() -> None:
    both = [
        *flood("confirmations", AT, 400, per_hour=600),
        *flood("ticket-replies", AT + 5 * DAY, 400, per_hour=600),
    ]
    assert len(course(sorted([*normal("shopper"), *both])).floods) == 2


def test_a_pause_of_an_hour_does_not_make_two_floods_of_one() -> None:
    first = flood("confirmations", AT, 300, per_hour=600)
    second = flood("confirmations", first[-1].time + HOUR, 300, per_hour=600, seed=1)
    found = course(sorted([*normal("quiet"), *first, *second])).floods
    assert [f.messages for f in found] == [600]


@pytest.mark.parametrize(
    "storm",
    [
        pytest.param(
            [
                Letter(AT + 5 * n, "desk@one.example", f"Ticket {n} opened", AUTO)
                for n in range(600)
            ],
            id="one ticket system",
        ),
        pytest.param(
            [
                Letter(
                    AT + 5 * n,
                    f"me@writer{n}.example",
                    "[PATCH] again",
                    (("List-Id", "<one.list.example>"),),
                )
                for n in range(600)
            ],
            id="one list that was joined today, of 600 writers",
        ),
        pytest.param(
            [
                Letter(AT + 9 * n, f"p@firm{n}.example", "Re: lunch", (("In-Reply-To", "<1@x>"),))
                for n in range(300)
            ],
            id="a conversation with many",
        ),
        pytest.param(
            [Letter(AT + 36 * n, f"a@firm{n}.example", "Your site is down!") for n in range(100)],
            id="a hundred customers whom nobody knows",
        ),
        pytest.param(
            [
                Letter(AT + 20 * n, f"news@letter{n % 25}.example", "Confirm your interest", BULK)
                for n in range(180)
            ],
            id="a sales day of shops that are known",
        ),
    ],
)
def test_a_busy_day_is_no_flood(storm: list[Letter]) -> None:
    assert course(sorted([*normal("shopper"), *storm])).floods == ()


def test_signals_name_what_was_seen() -> None:
    bombs = flood("ticket-replies", AT, 300, per_hour=600)
    (found,) = course(sorted([*normal("quiet"), *bombs])).floods
    assert {"high-rate", "many-senders", "new-senders", "automatic-replies"} <= set(found.signals)
    assert "list-fields" not in found.signals
    assert 0.5 < found.confidence <= 0.99


records = st.builds(
    Record,
    time=st.integers(10**9, 10**9 + 40 * DAY),
    sender=st.integers(1, 300),
    list_id=st.integers(0, 20),
    traits=st.integers(0, 63),
    script=st.integers(0, 5),
)


@given(st.lists(records, max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_mailbox_has_an_answer(mails: list[Record]) -> None:
    ordered = sorted(mails)
    for found in follow(ordered).floods:
        _holds(found, ordered)


def _holds(found: Flood, mails: list[Record]) -> None:
    inside = [m for m in mails if found.start <= m.time <= found.end]
    assert found.start <= found.end
    assert 0 < found.messages <= len(inside) + 20  # strays at the end are not counted exactly
    assert 0 < found.peak_per_hour <= len(mails)
    assert found.domains <= len({m.sender for m in mails})
