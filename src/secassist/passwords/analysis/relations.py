"""How two passwords are related, in one word; None where they are alike by chance at most.

year        the same but for the year          site      … the site's name in it
suffix      … the ending                       order     … the order of its parts
prefix      … the beginning                    letters   … one or two characters
case        … capital letters or accents       repeated  one is the other written twice
leet        … digits written for letters       reversed  one is the other backwards
                                               part      one is a part of the other
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz.distance import OSA, Indel

from secassist.passwords.analysis import forms

MIN_ALIKE: Final = 6
"""Shorter passwords are alike by chance."""
_MIN_FOR_TWO: Final = 9
"""Characters from which on two that differ are few."""
_MIN_PART: Final = 7
_RATIO: Final = 0.8
_LONG_WORD: Final = 10
"""Letters from which on two words that differ by one are one word."""
_VERY_LONG_WORD: Final = 12
_MAX_TAIL: Final = 8
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
"""What is more than a mark: with a word more, it is another password."""
_YEAR: Final = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d\d)(?!\d)")

SENTENCES: Final = {
    "same": "the same password",
    "case": "the same but for capital letters or accents",
    "leet": "the same but for digits in the place of letters",
    "year": "the same but for the year",
    "suffix": "the same but for the ending",
    "prefix": "the same but for the beginning",
    "site": "the same but for the site's name in it",
    "order": "the same parts in another order",
    "letters": "the same but for one or two characters",
    "repeated": "the same written twice",
    "reversed": "the same backwards",
    "part": "one is a part of the other",
    "similar": "much the same",
}


@dataclass(frozen=True)
class Shape:
    """A password with its forms, each made when it is first asked for."""

    password: str
    words: frozenset[str] = frozenset()
    """Words of the sites on which it is used."""

    @cached_property
    def fold(self) -> str:
        return forms.folded(self.password)

    @cached_property
    def unleeted(self) -> str:
        return forms.unleeted(self.fold)

    @cached_property
    def core(self) -> str:
        return forms.core(self.fold)

    @cached_property
    def cores(self) -> frozenset[str]:
        found = forms.cores(self.fold)
        bare = forms.bare(self.password)
        return found | forms.cores(bare) if bare != self.fold else found

    @cached_property
    def stem(self) -> str:
        """The first letters, where no other word follows them; else nothing."""
        letters, tail = forms.stem(self.fold)
        return letters if len(tail) <= _MAX_TAIL and not _WORD.search(tail) else ""

    @cached_property
    def rests(self) -> frozenset[str]:
        """What is left without the site's name; empty: it is not in it."""
        return forms.without_site(self.fold, self.words)

    @cached_property
    def rest_cores(self) -> frozenset[str]:
        """The cores of the rests, or of the whole where there are none."""
        return frozenset(
            core
            for rest in self.rests or (self.fold,)
            for core in forms.cores(rest)
            if len(core) >= forms.MIN_REST
        )

    @cached_property
    def bag(self) -> str:
        return forms.bag(self.fold)

    @cached_property
    def once(self) -> str:
        """Without its repetition."""
        return forms.halved(self.fold)

    @cached_property
    def is_long_enough(self) -> bool:
        return MIN_ALIKE <= len(self.fold) <= forms.MAX_ALIKE and not self.fold.isdigit()


def relation(one: Shape, other: Shape) -> str | None:
    """The relation of two different passwords."""
    if one.fold == other.fold:
        return "case"
    if not (one.is_long_enough and other.is_long_enough):
        return _of_short(one, other)
    if one.unleeted == other.unleeted:
        return "leet"
    if one.once == other.once:
        return "repeated"
    return (
        _by_ends(one, other)
        or _by_site(one, other)
        or _by_order(one, other)
        or _by_letters(one, other)
    )


def _of_short(one: Shape, other: Shape) -> str | None:
    """Below six characters only a word of four letters or more with another ending counts."""
    if min(len(one.fold), len(other.fold)) > forms.MIN_CORE and (
        max(len(one.fold), len(other.fold)) <= forms.MAX_ALIKE
    ):
        return _by_ends(one, other) or _by_site(one, other)
    return None


def _by_ends(one: Shape, other: Shape) -> str | None:
    if one.stem == other.stem and len(one.stem) >= forms.MIN_STEM and one.core != other.core:
        return "suffix"
    if not one.cores & other.cores:
        return None
    (front, back), (other_front, other_back) = forms.ends(one.fold), forms.ends(other.fold)
    if front != other_front:
        return "order" if sorted((front, back)) == sorted((other_front, other_back)) else "prefix"
    if back == other_back and one.core != other.core:  # a word was added: ``new``, a month
        return "suffix" if one.fold[: forms.MIN_CORE] == other.fold[: forms.MIN_CORE] else "prefix"
    year, other_year = _YEAR.search(back), _YEAR.search(other_back)
    if year and other_year and _YEAR.sub("", back, 1) == _YEAR.sub("", other_back, 1):
        return "year" if len(year[0]) == len(other_year[0]) else "suffix"
    return "suffix" if back != other_back else "leet"


def _by_site(one: Shape, other: Shape) -> str | None:
    if not one.rests and not other.rests:
        return None
    rests, other_rests = one.rests or {one.fold}, other.rests or {other.fold}
    if any(len(rest) >= forms.MIN_REST for rest in rests & other_rests):
        return "site"
    if (one.rests and one.fold in other_rests) or (other.rests and other.fold in rests):
        return "site"
    return "site" if one.rest_cores & other.rest_cores else None


def _by_order(one: Shape, other: Shape) -> str | None:
    if len(one.fold) != len(other.fold):
        return None
    if one.fold == other.fold[::-1]:
        return "reversed"
    return "order" if one.bag == other.bag or one.fold in other.fold * 2 else None


def _by_letters(one: Shape, other: Shape) -> str | None:
    a, b = sorted((one.fold, other.fold), key=len)
    if len(a) >= _MIN_PART and a in b and not _WORD.search(b.replace(a, "\0", 1)):
        return "part"
    distance = OSA.distance(a, b, score_cutoff=2)
    if distance == 1:
        return "letters"
    if not _words_alike(one.core, other.core):
        return None
    if distance == 2 and len(a) >= _MIN_FOR_TWO:
        return "letters"
    alike = Indel.normalized_similarity(a, b, score_cutoff=_RATIO)
    return "similar" if alike or len(one.core) >= _LONG_WORD <= len(other.core) else None


def _words_alike(one: str, other: str) -> bool:
    """Two words that differ inside are two words: ``homeless`` and ``shameless``."""
    a, b = sorted((one, other), key=len)
    if a in b and not _WORD.search(b.replace(a, "\0", 1)):
        return True
    most = 2 if len(a) >= _VERY_LONG_WORD else 1
    return len(a) >= forms.MIN_CORE and OSA.distance(a, b, score_cutoff=most) <= most
