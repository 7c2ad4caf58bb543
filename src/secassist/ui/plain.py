"""Making text from a mail fit to be shown: plain, bounded, and without tricks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

MAX_SHOWN: Final = 2_000
"""Characters of one label; what is longer is cut and says so."""

_ADDRESS: Final = re.compile(r"@|\w[.:]\w")
_LONGEST_PIECE: Final = 12
_BREAK_AFTER: Final = frozenset("./@-_=&?:,;")
_ZERO_WIDTH_SPACE: Final = "\N{ZERO WIDTH SPACE}"
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
# Embeddings, overrides and isolates reorder what stands next to them (UAX #9).
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def showable(text: str) -> str:
    """``text`` without control and reordering characters, cut to ``MAX_SHOWN``.

    Line feeds stay; everything else that is not for reading becomes a replacement character.
    """
    cut = text[:MAX_SHOWN]
    shown = cut if cut.isprintable() else "".join(map(_shown, cut))  # mostly the first, and quick
    return shown + "…" if len(text) > MAX_SHOWN else shown


def _shown(character: str) -> str:
    if character == "\n" or not _is_unreadable(character):
        return character
    return " " if character in "\t\r\u2028\u2029" else _REPLACEMENT


def _is_unreadable(character: str) -> bool:
    category = unicodedata.category(character)
    return category in {"Cc", "Cs", "Zl", "Zp"} or character in _REORDERING


def breakable(text: str, fits: Callable[[str], bool]) -> str:
    """``text`` in which the words that do not fit into a line may be broken, by marks unseen."""
    lines = text.split("\n")
    return "\n".join(
        " ".join(word if fits(word) else _with_breaks(word) for word in line.split(" "))
        for line in lines
    )


def _with_breaks(word: str) -> str:
    pieces: list[str] = []
    since = 0
    for character in word:
        pieces.append(character)
        since += 1
        if character in _BREAK_AFTER or since >= _LONGEST_PIECE:
            pieces.append(_ZERO_WIDTH_SPACE)
            since = 0
    return "".join(pieces)


def holds_address(text: str) -> bool:
    """Whether a host name, an address or a number with dots stands in ``text``."""
    return _ADDRESS.search(text) is not None


def isolated(text: str) -> str:
    """An address that keeps its own direction inside text of another (UAX #9)."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{showable(text)}\N{POP DIRECTIONAL ISOLATE}"
