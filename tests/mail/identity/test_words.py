from __future__ import annotations

import pytest

from secassist.facts.assets import read_table
from secassist.mail.identity.words import parse

TABLE = read_table("claims.toml")
LISTS = sorted(name for name, value in TABLE.items() if isinstance(value, list))
SPELLED = {"common"}  # names as organisations write them


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_are_well_formed(name: str) -> None:
    words = TABLE[name]
    assert words
    assert all(isinstance(word, str) and word == " ".join(word.split()) for word in words)
    if name not in SPELLED:
        assert all(word == word.lower() for word in words)


def test_bait_and_soft_bait_are_apart() -> None:
    assert not set(TABLE["bait"]) & set(TABLE["bait_soft"])


@pytest.mark.parametrize(
    ("before", "after", "fits"),
    [
        ("we limited your ", " account today", True),
        ("ihr ", "-konto ist", True),
        ("votre compte ", " est", True),
        ("tu cuenta de ", " ha", True),
        ("sua conta ", " foi", True),
        ("a book about ", " account", False),
        ("we like ", " very much", False),
    ],
)
def test_things_of_the_reader(before: str, after: str, fits: bool) -> None:
    words = parse(TABLE)
    own = words.before_own.search(before) and words.thing_after.match(after)
    assert bool(own or words.thing_before.search(before)) is fits


def test_long_texts_around_a_name_take_no_time() -> None:
    import time

    words = parse(TABLE)
    started = time.process_time()
    for piece in ("your account " * 4, "dear " * 10, "the " * 12, " " * 48, "equipe de la " * 4):
        for pattern in (words.thing_before, words.closing_before, words.reader_before):
            for _ in range(200):
                pattern.search(piece)
    assert time.process_time() - started < 1.0
