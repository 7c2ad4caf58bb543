"""Floods, lives and alerts by another hand: the rules may not only know their own examples."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from secassist.mailbox.scan import Found, scan
from secassist.mailbox.sources.mbox import Mbox
from secassist.mailbox.words import words
from support.bomb_words import BOMBS, CRITICAL, DAILY, PLAIN_BOMBS
from support.bomb_words_more import MORE_CRITICAL
from support.bombs import DAY, HOUR, LIVES, START, STYLES, Post, bomb, box, life, planted

AT = START + 45 * DAY + 2 * HOUR
_URGENT = 6  # the least weight of a class that is about more than a code


@cache
def lived(kind: str) -> tuple[Post, ...]:
    return tuple(life(kind, 50, 1))


def scanned(folder: Path, posts: list[Post]) -> Found:
    path = folder / "Takeout.mbox"
    path.write_bytes(b"".join(box(posts)))
    return scan([Mbox(path)])


@pytest.mark.parametrize("kind", LIVES)
def test_a_life_without_a_flood_is_quiet(tmp_path: Path, kind: str) -> None:
    assert scanned(tmp_path, life(kind, 365, 3)).floods == ()


@pytest.mark.parametrize("kind", LIVES)
@pytest.mark.parametrize("style", STYLES)
def test_every_flood_is_seen(tmp_path: Path, kind: str, style: str) -> None:
    # Each life meets each style at one speed, and each speed about equally often.
    turn = list(LIVES).index(kind) + STYLES.index(style)
    count, seconds = ((600, 3), (180, 58), (90, 40))[turn % 3]
    bombs = bomb(style, AT, count, seconds)
    (found,) = scanned(tmp_path, [*lived(kind), *bombs]).floods
    assert abs(found.start - AT) < HOUR
    assert abs(found.end - bombs[-1].time) < HOUR
    assert 0.9 * count <= found.messages <= 1.1 * count + 10


@pytest.mark.parametrize("language", BOMBS)
def test_a_slow_flood_in_one_language_is_seen(tmp_path: Path, language: str) -> None:
    bombs = bomb("forms", AT, 130, 58, language=language)
    assert len(scanned(tmp_path, [*lived("tokyo"), *bombs]).floods) == 1


@pytest.mark.parametrize("kind", LIVES)
@pytest.mark.parametrize("style", STYLES)
def test_what_is_buried_stands_among_the_first_twenty(
    tmp_path: Path, kind: str, style: str
) -> None:
    languages = random.Random(f"{kind}{style}").sample(list(CRITICAL), 5)
    alerts = planted(AT, languages, len(style), each=1)
    found = scanned(tmp_path, [*lived(kind), *bomb(style, AT, 1_200, 6), *alerts])
    first = {mail.time for mail in found.buried[:20]}
    missed = [post.subject for post in alerts if post.time not in first]
    assert not missed


def test_critical_subjects_in_thirty_languages_are_known() -> None:
    table = words()
    every = [
        subject
        for group in (CRITICAL, MORE_CRITICAL)
        for subjects in group.values()
        for subject in subjects
    ]
    missed = []
    for subject in every:
        critical = table.meaning(table.mask(subject)).critical
        if critical is None or critical.weight < _URGENT:
            missed.append(subject)
    assert len(missed) <= 0.02 * len(every), missed


def test_what_people_write_to_each_other_is_nothing() -> None:
    table = words()
    for subject in (*PLAIN_BOMBS, *(subject for group in DAILY.values() for subject in group)):
        meaning = table.meaning(table.mask(subject))
        assert not meaning.sign_up, subject
        assert meaning.critical is None or meaning.critical.weight < _URGENT, subject


@pytest.mark.parametrize("local", ["info", "no-reply", "hola", "shop.de", "team2"])
def test_letters_without_any_mark_but_a_role_are_a_flood(tmp_path: Path, local: str) -> None:
    """Newsletters that say nothing of a sign-up, and have no list fields either."""
    bombs = [
        replace(post, sender=f"{local}@{post.sender.partition('@')[2]}", fields=())
        for post in bomb("plain", AT, 130, 58)
    ]
    assert len(scanned(tmp_path, [*lived("rules-day"), *bombs]).floods) == 1


def test_many_strangers_of_flesh_and_blood_are_none(tmp_path: Path) -> None:
    letters = [
        Post(AT + 60 * n, f"anna.{n}@firm{n}.com", "A question about your talk", "en")
        for n in range(130)
    ]
    assert scanned(tmp_path, [*lived("rules-day"), *letters]).floods == ()
