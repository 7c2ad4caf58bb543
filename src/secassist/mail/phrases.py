"""Phrases that people who cannot program can read and correct, looked for all at once.

``*`` stands for up to four words, ``(a|b)`` for one of several, ``(a|b)?`` for one of several or
none, ``#`` for a number of four to eight digits; ``^`` and ``$`` are the two ends of the text.
Apart from that a phrase may use the simpler parts of regular expressions, but no star.

Hundreds of phrases cost little more than one: each is tried only where its first letters stand,
and made into a pattern only when that happens for the first time.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from secassist.mail.identity.skeleton import latinised, mixes_scripts, strip_invisible, unaccented

_OPTIONAL: Final = re.compile(r"\(([^()]+)\)\? ")
_GROUP: Final = re.compile(r"\((?![?])")
_WORD: Final = re.compile(r"\w+")
_START: Final = re.compile(r"(?<!\w)\S")
_QUOTES: Final = re.compile("[’‘`´]")
_DASHES: Final = re.compile("[–—‑]")
_KEY: Final = 5  # letters from the start of a phrase by which it is found
_LOOK: Final = 3
_SPECIAL: Final = frozenset("()|[].?+*^$#")


def plain(text: str) -> str:
    """The text as phrases are written: lower case, no accents, single blanks, disguises undone."""
    bare = unaccented(strip_invisible(text))
    if not bare.isascii():
        bare = _WORD.sub(lambda m: latinised(m[0]) if mixes_scripts(m[0]) else m[0], bare)
        bare = _DASHES.sub("-", bare)
    return " ".join(_QUOTES.sub("'", bare).lower().split())


class Phrases:
    """Groups of phrases, ready to be looked for in one pass over a text."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._by_key: dict[str, list[tuple[str, str]]] = {}
        for group, phrases in groups.items():
            for phrase in phrases:
                written = unaccented(phrase).lower()
                for key in frozenset(openings(written)):
                    self._by_key.setdefault(key, []).append((group, written))
        # Nearly all words are passed over by one look at their first letters.
        self._starts = {key[:_LOOK] for key in self._by_key if len(key) >= _LOOK}
        lengths = {len(key) for key in self._by_key}
        self._short = sorted(n for n in lengths if n < _LOOK)
        self._long = sorted(n for n in lengths if n >= _LOOK)

    def find(self, text: str, *, leave_out: Container[str] = ()) -> dict[str, int]:
        """Every group of which a phrase stands in the text, and where the first one starts.

        ``text`` is as ``plain`` makes it. Groups in ``leave_out`` are not looked for.
        """
        found: dict[str, int] = {}
        for start in _START.finditer(text):
            at = start.start()
            lengths = self._short
            if text[at : at + _LOOK] in self._starts:
                lengths = lengths + self._long
            for length in lengths:
                for group, phrase in self._by_key.get(text[at : at + length], ()):
                    if group in found or group in leave_out:
                        continue
                    if phrase[0] == "^" and at > 0:
                        continue
                    if _pattern(phrase).match(text, at):
                        found[group] = at
        return found


def openings(phrase: str) -> Iterator[str]:
    """The letters, at most five, with which a text that fits the phrase starts."""
    simple = phrase.lstrip("^")
    if simple[:1] == "(":
        alternatives, end = _first_group(simple)
        for alternative in alternatives:
            yield from openings(alternative + simple[end:])
    elif simple[:1] == "#" or simple[:2] == r"\d":
        yield from "0123456789"
    elif simple[:1] == "\\":
        yield simple[1:2]
    else:
        key = ""
        for c in simple[:_KEY]:
            if c in _SPECIAL or c == "\\":
                break
            key += c
        # A letter before "?" may be absent, and so may all that a "|" outside brackets cuts off.
        yield key[:-1] if simple[len(key) : len(key) + 1] == "?" else key


def _first_group(phrase: str) -> tuple[list[str], int]:
    """The alternatives of the group at the start, and where the rest of the phrase begins."""
    pieces: list[str] = []
    depth, last = 0, 1
    for i, c in enumerate(phrase):
        if c == "(":
            depth += 1
        elif c == ")":
            depth -= 1
            if depth == 0:
                return [*pieces, phrase[last:i]], i + 1
        elif c == "|" and depth == 1:
            pieces.append(phrase[last:i])
            last = i + 1
    return [phrase[1:]], len(phrase)


@lru_cache(maxsize=4_096)
def _pattern(phrase: str) -> re.Pattern[str]:
    pieces = []
    for piece in re.split(r"(\*|#)", _OPTIONAL.sub(r"((\1) )?", phrase.lstrip("^"))):
        if piece == "*":
            pieces.append(r"(?:(?:[^\s.!?]|[.](?=\w))+ ){0,4}?")
        elif piece == "#":
            pieces.append(r"\d[\d -]{2,6}\d")
        else:
            pieces.append(_GROUP.sub("(?:", piece))
    body = "".join(pieces)
    return re.compile(body if body.endswith("$") else rf"{body}(?!\w)")
