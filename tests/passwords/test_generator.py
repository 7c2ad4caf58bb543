"""New passwords: random enough, of the promised form, and words from the real list."""

from __future__ import annotations

import math
from collections import Counter
from urllib.parse import urlsplit

import pytest

from secassist.base.errors import UnusableCall
from secassist.facts import password_managers
from secassist.passwords import generator
from secassist.passwords.analysis import strength
from secassist.passwords.generator import random_password, where_to_keep, words_password


def test_random_ones_hold_each_class_and_nothing_that_looks_alike() -> None:
    made = [random_password(12) for _ in range(300)]
    assert len({one.password for one in made}) == 300
    for one in made:
        assert len(one.password) == 12
        assert not set(one.password) & set("lIoO01 \"'\\`,;&<>")
        for kind in (generator.SMALL, generator.CAPITALS, generator.DIGITS, generator.SIGNS):
            assert set(one.password) & set(kind)
    assert one.password not in repr(one)
    assert not set(random_password(signs=False).password) & set(generator.SIGNS)


def test_each_character_is_about_as_frequent_as_each_other() -> None:
    counts = Counter("".join(random_password(128).password for _ in range(200)))
    alphabet = 24 + 24 + 8 + 11
    expected = 128 * 200 / alphabet
    assert len(counts) == alphabet
    assert all(abs(n - expected) < 6 * math.sqrt(expected) for n in counts.values())


def test_bits_count_what_could_have_been() -> None:
    assert 71 < random_password(12).bits < 12 * math.log2(67)
    assert 120 < random_password().bits < 20 * math.log2(67)
    assert words_password().bits == round(6 * math.log2(7776), 1)


def test_words_come_from_the_list() -> None:
    made = words_password(5, between=" ")
    words = made.password.split(" ")
    assert len(words) == 5
    assert all(word in generator._words() for word in words)
    assert len({words_password().password for _ in range(50)}) == 50
    assert strength.guesses_log10(words_password().password) > 14


@pytest.mark.parametrize("length", [0, 11, 129])
def test_lengths_that_make_no_sense(length: int) -> None:
    with pytest.raises(UnusableCall):
        random_password(length)
    with pytest.raises(UnusableCall):
        words_password(3 if length else 13)


def test_where_to_keep_them() -> None:
    chosen = where_to_keep()
    assert {one.kind for one in chosen} == set(password_managers.KINDS)
    for one in password_managers.password_managers():
        page = urlsplit(one.page)
        assert (page.scheme, page.query, page.username) == ("https", "", None)
        assert one.export
        assert one.keeps.endswith(".")
        assert one.devices.endswith(".")
        assert not any(step.endswith(".") for step in one.export)
