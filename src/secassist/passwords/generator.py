"""New passwords: of random characters, or of random words that can be said and typed.

All choices are made by the system's source of randomness. Nothing here keeps one.
"""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import Final

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.facts.password_managers import where_to_keep

__all__ = ["Made", "random_password", "where_to_keep", "words_password"]

LENGTHS: Final = range(12, 129)
LENGTH: Final = 20
WORDS: Final = range(4, 13)
WORD_COUNT: Final = 6
SMALL: Final = "abcdefghijkmnpqrstuvwxyz"
CAPITALS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS: Final = "23456789"
"""Without l, o, I, O, 0 and 1, which look like each other where they have to be typed."""
SIGNS: Final = "!#%+-.:=?@_"
"""Those that sites rarely refuse."""
_LIST: Final = "eff-long"
_IN_LIST: Final = 7776  # words of the Electronic Frontier Foundation's long list
_LONGEST_WORD: Final = 9


@dataclass(frozen=True, slots=True)
class Made:
    """A new password. ``bits``: the binary logarithm of how many there could have been."""

    password: str = field(repr=False)
    bits: float


def random_password(length: int = LENGTH, *, signs: bool = True) -> Made:
    """Small and capital letters and digits, each at least once; signs likewise if wanted.

    Raises UnusableCall for a length outside of LENGTHS.
    """
    if length not in LENGTHS:
        raise UnusableCall(
            f"Choose a length from {LENGTHS.start} to {LENGTHS.stop - 1} characters."
        )
    classes = (SMALL, CAPITALS, DIGITS, *((SIGNS,) if signs else ()))
    alphabet = "".join(classes)
    while True:  # every second try or so holds all classes
        made = "".join(secrets.choice(alphabet) for _ in range(length))
        if all(set(made) & set(one) for one in classes):
            return Made(made, round(math.log2(_how_many(length, classes)), 1))


def words_password(words: int = WORD_COUNT, *, between: str = "-") -> Made:
    """Words of a list of 7,776, small letters. Raises UnusableCall for a count outside of WORDS."""
    if words not in WORDS:
        raise UnusableCall(f"Choose {WORDS.start} to {WORDS.stop - 1} words.")
    chosen = (secrets.choice(_words()) for _ in range(words))
    return Made(between.join(chosen), round(words * math.log2(len(_words())), 1))


@cache
def _words() -> tuple[str, ...]:
    from xkcdpass import xkcd_password  # noqa: PLC0415 (7,776 words, for few)

    path = xkcd_password.locate_wordfile(_LIST)
    found = xkcd_password.generate_wordlist(path, min_length=1, max_length=_LONGEST_WORD)
    if len(found) != _IN_LIST:  # it would take another list of this computer's, unasked
        raise CouldNotFinish("The list of words is missing. Install this program again.")
    return tuple(sorted(found))


def _how_many(length: int, classes: tuple[str, ...]) -> int:
    """How many texts of this length hold at least one of each class (inclusion, exclusion)."""
    whole = sum(map(len, classes))
    return sum(
        (-1) ** count * (whole - sum(map(len, missing))) ** length
        for count in range(len(classes) + 1)
        for missing in combinations(classes, count)
    )
