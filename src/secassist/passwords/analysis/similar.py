"""Finds the pairs of passwords that are alike, without comparing each with each.

Passwords meet in blocks: those that share a form, or a piece of a few characters. Only those that
meet are compared, so the work grows with the passwords and not with their square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from rapidfuzz.distance import Indel

from secassist.passwords.analysis import forms
from secassist.passwords.analysis.relations import Shape, relation

Pair = tuple[int, int]

_PIECE: Final = 4
_MAX_DELETIONS: Final = 32  # characters of a password of which each one is left out
_FULL: Final = 64
"""Members up to which a block is compared each with each; beyond, each with its neighbours."""
_NEIGHBOURS: Final = 8
_MAX_PIECES: Final = 40
_LIKELY: Final = 0.6
_COMMON: Final = 48
"""Members of a block of pieces beyond which the piece says nothing."""


def pairs(shapes: Sequence[Shape]) -> dict[Pair, str]:
    """The pairs (by their places, the lower first) that are alike, with their relation."""
    found: dict[Pair, str] = {}
    compared: set[Pair] = set()
    for candidate in _candidates(shapes):
        if candidate in compared:
            continue
        compared.add(candidate)
        word = relation(shapes[candidate[0]], shapes[candidate[1]])
        if word is not None:
            found[candidate] = word
    return found


def _candidates(shapes: Sequence[Shape]) -> Iterator[Pair]:
    forms_of = defaultdict[str, list[int]](list)
    pieces = defaultdict[str, list[int]](list)
    for place, shape in enumerate(shapes):
        if len(shape.fold) > forms.MAX_ALIKE:
            forms_of[f"fold:{shape.fold}"].append(place)
            continue
        for form in set(_forms(shape)):
            forms_of[form].append(place)
        for piece in _pieces(shape):
            pieces[piece].append(place)
    for members in forms_of.values():
        yield from _within(members, shapes)
    for members in pieces.values():
        if len(members) <= _COMMON:
            yield from _much_in_common(members, shapes)


def _much_in_common(members: Sequence[int], shapes: Sequence[Shape]) -> Iterator[Pair]:
    """One piece in common is mostly chance: a quick look at the whole comes first."""
    for one, other in combinations(members, 2):
        if Indel.normalized_similarity(shapes[one].unleeted, shapes[other].unleeted) >= _LIKELY:
            yield one, other


def _within(members: Sequence[int], shapes: Sequence[Shape]) -> Iterator[Pair]:
    if len(members) <= _FULL:
        yield from combinations(members, 2)
        return
    near = sorted(members, key=lambda place: (shapes[place].fold, place))
    for at, place in enumerate(near):
        for other in near[at + 1 : at + 1 + _NEIGHBOURS]:
            yield (place, other) if place < other else (other, place)


def _forms(shape: Shape) -> Iterable[str]:
    """Two passwords that are alike in any way but a few letters share one of these."""
    fold = shape.fold
    yield f"fold:{fold}"
    if len(fold) <= forms.MIN_CORE:
        return
    yield f"leet:{shape.unleeted}"
    yield f"fold:{forms.halved(fold)}"
    yield f"turned:{min(fold, fold[::-1])}"
    yield f"bag:{forms.bag(fold)}"
    yield f"round:{forms.turned(fold)}"
    for core in shape.cores:
        yield f"core:{core}"
    if len(shape.stem) >= forms.MIN_STEM:
        yield f"stem:{shape.stem}"
    for rest in shape.rests:
        yield f"fold:{rest}"
        yield f"rest:{rest}"
        for core in forms.cores(rest):
            yield f"core:{core}"
    if len(fold) <= _MAX_DELETIONS and not fold.isdigit():
        yield f"less:{fold}"
        for less in forms.deletions(fold):
            yield f"less:{less}"


def _pieces(shape: Shape) -> set[str]:
    """Pieces of four characters; digits alone are too common to say anything."""
    fold, read = shape.fold, shape.unleeted
    last = min(len(fold), _MAX_PIECES) - _PIECE + 1
    return {read[at : at + _PIECE] for at in range(last) if not fold[at : at + _PIECE].isdigit()}
