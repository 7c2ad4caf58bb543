"""Words that differ by a slip, found without a comparison with each of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from secassist.mail.identity.edits import neighbours

_BITS: Final = 15  # of a row, for the number of a word; the others hold a hash
_HASH: Final = (1 << 63 - _BITS) - 1


class NearIndex:
    """Thousands of neighbours of some hundred words, in one row of numbers.

    A dictionary of them would hold ten times the memory, in the parser process, which is small.
    """

    def __init__(self, words: Sequence[str]) -> None:
        """The index of a word in ``words``, at most 32,768, is what stands for it."""
        self._rows = array(
            "q", sorted(_row(near) | i for i, word in enumerate(words) for near in neighbours(word))
        )

    def candidates(self, word: str) -> Iterable[int]:
        """The words that may be at most two changes from this one, each once; always in one order.

        All that are one change from it are among them; two hashes may be equal by chance, so what
        is found is yet to be compared.
        """
        found: dict[int, None] = {}
        for near in sorted(neighbours(word)):
            first = _row(near)
            at = bisect_left(self._rows, first)
            while at < len(self._rows) and self._rows[at] >> _BITS == first >> _BITS:
                found[self._rows[at] - first] = None
                at += 1
        return found


def _row(near: str) -> int:
    return (hash(near) & _HASH) << _BITS
