"""The language of the window's own words: gettext catalogues and two pseudo-languages.

``pseudo`` makes every sentence longer and accented, so that a word which nobody marked for
translation, or a label that cannot grow, is seen at once. ``pseudo-rtl`` also turns the window
round. Both read like English, so anyone can try them.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PSEUDO: Final = "pseudo"
PSEUDO_RTL: Final = "pseudo-rtl"

_ACCENTS: Final = str.maketrans("aceinosuyACEINOSUY", "áçéíñöšúýÁÇÉÍÑÖŠÚÝ")
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "yi"})
_RLM: Final = "\N{RIGHT-TO-LEFT MARK}"
_PLACEHOLDER: Final = re.compile(r"(\{[^{}]*\})")


@dataclass(frozen=True, slots=True)
class Language:
    """A language and how it says things."""

    code: str
    rtl: bool
    _translate: Callable[[str], str]
    _translate_plural: Callable[[str, str, int], str]

    def tr(self, text: str, **facts: object) -> str:
        """``text`` in this language, with ``{name}`` replaced by ``facts``."""
        said = self._translate(text)
        return said.format(**facts) if facts else said

    def plural(self, one: str, many: str, count: int, **facts: object) -> str:
        """The form of the sentence that fits ``count``, which it may name as ``{count}``."""
        return self._translate_plural(one, many, count).format(count=count, **facts)


class Spoken:
    """The language that is spoken just now. The window changes it; use cases translate with it."""

    def __init__(self, now: Language) -> None:
        self.now = now

    def translate(self, text: str) -> str:
        """``text``, a marked sentence, in the language that is spoken now."""
        return self.now.tr(text)


def language(code: str, catalogues: Path) -> Language:
    """The language ``code``; English where there is no catalogue for it in ``catalogues``."""
    if code == PSEUDO:
        return Language(code, False, lengthen, _lengthen_plural)
    if code == PSEUDO_RTL:
        return Language(code, True, _turn, lambda one, many, n: _turn(one if n == 1 else many))
    catalogue = gettext.translation("secassist", catalogues, [code], fallback=True)
    return Language(
        code, code.partition("_")[0] in _RIGHT_TO_LEFT, catalogue.gettext, catalogue.ngettext
    )


def lengthen(text: str) -> str:
    """``text`` with accents and about a third longer; placeholders stay as they are."""
    pieces = [
        piece if piece.startswith("{") else piece.translate(_ACCENTS)
        for piece in _PLACEHOLDER.split(text)
    ]
    filler = " ".join(["ōnē"] * max(1, len(text) // 12))
    return f"{''.join(pieces)} {filler}"


def _lengthen_plural(one: str, many: str, count: int) -> str:
    return lengthen(one if count == 1 else many)


def _turn(text: str) -> str:
    # The marks make the paragraph run from the right, as Hebrew letters would.
    return f"{_RLM}{lengthen(text)}{_RLM}"
