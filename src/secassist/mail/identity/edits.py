"""How one name was turned into another, character by character, as the window shows it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from secassist.mail.identity.likeness import Odd
from secassist.mail.identity.skeleton import skeleton

# Groups of letters that the eye takes for one letter.
_GROUPS: Final = {"m": ("rn", "nn"), "w": ("vv",), "d": ("cl",), "k": ("lc",), "h": ("li",)}
_MAX_LENGTH: Final = 63  # a label, RFC 1035, 2.3.4
_look = lru_cache(maxsize=1_024)(skeleton)  # of single characters: each is asked for many times


@lru_cache(maxsize=1_024)
def differences(given: str, real: str) -> tuple[Odd, ...]:
    """The fewest changes that turn ``real`` into ``given``, from left to right.

    A change is one character put in, left out or replaced, two neighbours swapped (optimal string
    alignment), or a group of letters that looks like one (``rn`` for ``m``). Both names are cut at
    63 characters. The length of the answer is the distance.
    """
    given, real = given[:_MAX_LENGTH], real[:_MAX_LENGTH]
    rows, columns = len(given) + 1, len(real) + 1
    cost = [[0] * columns for _ in range(rows)]
    step = [[(0, 0)] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            if i or j:
                cost[i][j], step[i][j] = min(_choices(given, real, i, j, cost), key=lambda c: c[0])
    found: list[Odd] = []
    i, j = rows - 1, columns - 1
    while i or j:
        back, across = step[i][j]
        one, other = given[i - back : i], real[j - across : j]
        if one != other:
            found.append(Odd(i - back, one, other, j - across))
        i, j = i - back, j - across
    return tuple(reversed(found))


def _choices(
    given: str, real: str, i: int, j: int, cost: list[list[int]]
) -> list[tuple[int, tuple[int, int]]]:
    choices: list[tuple[int, tuple[int, int]]] = []
    if i:
        # First, so that of equal ways the one is taken that finds the real letters early.
        choices.append((cost[i - 1][j] + 1, (1, 0)))
    if i and j:
        same = given[i - 1] == real[j - 1]
        # A sign that passes for the letter stands for it, even if the same letter comes later.
        alike = same or _look(given[i - 1]) == _look(real[j - 1])
        choices.append((cost[i - 1][j - 1] + (not alike), (1, 1)))
        groups = (g for g in _GROUPS.get(real[j - 1], ()) if given[:i].endswith(g))
        choices.extend((cost[i - len(g)][j - 1] + 1, (len(g), 1)) for g in groups)
        if i > 1 and j > 1 and given[i - 2 : i] == real[j - 1] + real[j - 2] and not same:
            choices.append((cost[i - 2][j - 2] + 1, (2, 2)))
    if j:
        choices.append((cost[i][j - 1] + 1, (0, 1)))
    return choices


def shape(name: str) -> str:
    """What a name in an address looks like; there capitals are free, so ``i`` passes for ``l``."""
    return skeleton(name).replace("i", "l").replace("cl", "d")


def neighbours(word: str) -> set[str]:
    """The word, and all that is left when one character is taken out.

    Two words whose sets meet are at most two changes apart; all that are one apart do meet.
    """
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
