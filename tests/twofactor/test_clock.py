from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.twofactor import clock, codes
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.clock import Offset

NOW = 1_700_000_000
ACCOUNT = Account(secret=b"12345678901234567890")


@given(st.floats(-1e6, 1e6), st.floats(0, 2), st.floats(0, 2), st.floats(0, 1))
def test_ntp(off: float, there: float, back: float, inside: float) -> None:
    sent = float(NOW)
    received = sent + there + off
    answered = received + inside
    arrived = answered - off + back
    found = clock.from_ntp(sent, received, answered, arrived)
    assert abs(found.seconds - off) <= found.error + 1e-3


@given(st.floats(-1000, 1000), st.integers(1, 8), st.integers(0, 2**32))
def test_dates(off: float, count: int, seed: int) -> None:
    chance = random.Random(seed)
    exchanges = []
    for number in range(count):
        sent = NOW + number * 0.37
        arrived = sent + chance.uniform(0.001, 0.2)
        stamped = chance.uniform(sent, arrived) + off
        exchanges.append((sent, arrived, int(stamped)))
    found = clock.from_dates(exchanges)
    assert found is not None
    assert abs(found.seconds - off) <= found.error + 1e-6
    assert found.error <= 0.7


def test_eight_answers_narrow_it_down() -> None:
    exchanges = [
        (NOW + n * 1.13, NOW + n * 1.13 + 0.01, int(NOW + n * 1.13 + 95)) for n in range(8)
    ]
    found = clock.from_dates(exchanges)
    assert found is not None
    assert abs(found.seconds - 95) < 0.2
    assert found.error < 0.2


def test_answers_that_contradict_each_other() -> None:
    assert clock.from_dates([(0, 0.1, 100), (1, 1.1, 900)]) is None
    assert clock.from_dates([]) is None


@pytest.mark.parametrize("off", [0, 31, 95, -95, 300, -300])
def test_from_a_code_of_another_device(off: int) -> None:
    typed = codes.at(ACCOUNT, NOW + off).code
    found = clock.from_other_device(ACCOUNT, typed, NOW)
    assert found is not None
    assert abs(found.seconds - off) <= found.error
    assert codes.at(ACCOUNT, NOW + found.whole_seconds).code == typed


def test_no_such_code() -> None:
    assert clock.from_other_device(ACCOUNT, "000000", NOW) is None
    assert clock.from_other_device(ACCOUNT, "x", NOW) is None
    counted = Account(secret=b"x" * 20, kind=Kind.HOTP)
    assert clock.from_other_device(counted, codes.of_counter(counted, 0), NOW) is None


def test_several_sources() -> None:
    offsets = [Offset(1e12, 1, "ntp"), Offset(95, 0.1, "ntp"), Offset(94.8, 0.5, "https"),
               Offset(float("nan"), 0, "ntp"), Offset(-4000, 0, "https")]  # fmt: skip
    assert clock.agreed(offsets) == Offset(94.8, 0.5, "https")
    assert clock.agreed([]) is None


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (clock.NONE, "is right"),
        (Offset(2, 0.5, "ntp"), "is right"),
        (Offset(30, 30, "device"), "is right"),
        (Offset(95, 0.5, "https"), "95 seconds behind"),
        (Offset(-95, 0.5, "https"), "95 seconds ahead"),
        (Offset(660, 0.5, "https"), "11 minutes behind"),
        (Offset(-3 * 3600, 0.5, "ntp"), "3 hours ahead"),
        (Offset(86400 * 365, 0.5, "ntp"), "365 days behind"),
    ],
)
def test_words(offset: Offset, words: str) -> None:
    assert words in clock.in_words(offset)
