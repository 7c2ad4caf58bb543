"""Words that differ by a slip, found without a comparison with each of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from secassist.mail.identity.edits import neighbours


class NearIndex:
    """Thousands of neighbours of some hundred words, in two rows of numbers.

    A dictionary of them would hold ten times the memory, in the parser process, which is small.
    """

    def __init__(self, words: Sequence[str]) -> None:
        """The index of a word in ``words`` is what stands for it."""
        rows = sorted((hash(near), i) for i, word in enumerate(words) for near in neighbours(word))
        self._hashes = array("q", (number for number, _ in rows))
        self._words = array("H", (i for _, i in rows))

    def candidates(self, word: str) -> Iterable[int]:
        """The words that may be at most two changes from this one, each once; always in one order.

        All that are one change from it are among them; two hashes may be equal by chance, so what
        is found is yet to be compared.
        """
        found: dict[int, None] = {}
        for near in sorted(neighbours(word)):
            number = hash(near)
            at = bisect_left(self._hashes, number)
            while at < len(self._hashes) and self._hashes[at] == number:
                found[self._words[at]] = None
                at += 1
        return found
