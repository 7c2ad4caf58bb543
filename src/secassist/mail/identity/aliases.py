"""Finds the names of organisations in a text, in any script, plain or disguised.

One pass over the words of the text, then one pattern for each name whose first word is there: the
cost grows with the text, not with the number of organisations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from secassist.facts.organisations import Organisation
from secassist.mail.identity.skeleton import (
    as_read,
    latinised,
    skeleton,
    strip_invisible,
    unaccented,
)

_TOKEN: Final = re.compile(r"[^\W_]+")
_ODD: Final = re.compile(r"[^\x00-\x7f]|[0-9]|.I|rn|vv")
_NO_SPACES: Final = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u2e80-\ud7ff\uf900-\ufaff]")
_MAX_HITS: Final = 100  # of one name in one text; more say no more
_BORDER: Final = re.compile(
    "(?<=[A-Za-z0-9])(?=[\u2e80-\ud7ff])|(?<=[\u2e80-\ud7ff])(?=[A-Za-z0-9])"
)
# Signs that stand for a letter inside a name (P@yPal, €Bay), and emoji letters.
_SIGNS: Final = {"@": "a", "€": "e", "£": "l", "$": "s", "¥": "y", "¢": "c", "©": "c", "∂": "a"}
_SIGNS_TABLE: Final = str.maketrans(
    _SIGNS
    | {
        chr(first + i): chr(ord("a") + i)
        for first in (0x1F130, 0x1F150, 0x1F170)
        for i in range(26)
    }
)
_TWO_WORDS: Final = re.compile(r"(?<![^\W_])([^\W\d_]{3,12})[ -]([^\W\d_]{3,12})(?![^\W_])")
_SIGNED: Final = re.compile(r"[\w@€£$¥¢©∂\U0001f130-\U0001f189]{3,40}")
_SPACED: Final = re.compile(r"(?<!\w)(?:[^\W_][ ._·*\-]{1,2}){3,}[^\W_](?!\w)")
_SHORT: Final = 3  # letters; such names are also words, units, initials
_APART: Final = 6  # letters from which a name is known with a gap in it
_SHAPED: Final = 5  # letters from which a disguise in Latin letters can be told from chance
_JOINED: Final = 8  # letters from which a name of several words is known without its blanks


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of one organisation."""

    organisation: str
    written: str
    """Accents off, case as the organisation writes it."""
    common: bool
    """Also an ordinary word, or short: counts only in this spelling and beside a claim."""
    words: tuple[str, ...]
    """Its words in lower case: all must be in a text for the name to be."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a name stands in ``Scan.text``."""

    alias: Alias
    start: int
    end: int
    disguised: bool
    exact: bool
    """Spelled with the very capitals of the alias."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A text as it was searched (disguises undone), and what was found in it, in order."""

    text: str
    hits: tuple[Hit, ...]


class AliasIndex:
    """The names of all organisations, ready to be looked for."""

    def __init__(self, organisations: Iterable[Organisation], common: frozenset[str]) -> None:
        self._by_word: dict[str, list[Alias]] = {}
        self._shapes: dict[str, str] = {}
        self._words: set[str] = set()
        self._single: set[str] = set()
        foreign: dict[str, Alias] = {}
        everywhere = frozenset(unaccented(word).casefold() for word in common)
        for organisation in organisations:
            own = organisation.common_words
            words = everywhere.union(unaccented(word).casefold() for word in own)
            for written in organisation.names:
                alias = _alias(organisation.id, _apart(written), words)
                if _NO_SPACES.search(alias.written):
                    foreign.setdefault(alias.written.lower(), alias)
                    continue
                self._add(alias)
                if (
                    set(alias.words) == {written.lower()}
                    and len(written) >= _APART
                    and not alias.common
                ):
                    self._single.add(written.lower())
                joined = "".join(_TOKEN.findall(written))
                if " " in written.strip() and len(joined) >= _JOINED:
                    self._add(_alias(organisation.id, joined, words))
        self._foreign: Mapping[str, Alias] = foreign
        longest_first = sorted(foreign, key=len, reverse=True)
        self._foreign_pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def _add(self, alias: Alias) -> None:
        words = _TOKEN.findall(alias.written)
        if not words:
            return
        self._by_word.setdefault(words[0].lower(), []).append(alias)
        for word in words:
            self._words.add(word.lower())
            if len(word) >= _SHAPED and word.isascii():
                for case in (word, word.lower(), word.upper()):
                    self._shapes.setdefault(skeleton(case), word.lower())

    def scan(self, text: str, *, short: bool = False) -> Scan:
        """Find every name in the text; of names that overlap, the longest.

        ``short`` is for a display name or a subject, where single letters set apart by blanks and
        words split by invisible characters are disguises; in running text those are layout.
        """
        plain = _apart(unaccented(strip_invisible(as_read(text))))
        seen = self._joined(_seen_by_programs(text)) if short else ""
        if short:
            plain = _SPACED.sub(lambda m: "".join(_TOKEN.findall(m[0])), plain)
            plain = self._without_signs(self._joined(plain))
        words = set(_TOKEN.findall(plain))
        disguises = self._disguises(words)
        spans: list[tuple[int, int]] = []
        if disguises:
            plain = _undisguised(plain, disguises, spans)
        lower = plain.lower()
        if len(lower) != len(plain):  # a few letters become two; then places must still fit
            plain = lower
        hits: list[Hit] = []
        present = {word.lower() for word in words}
        present.update(disguises.values())
        for word in present & self._by_word.keys():
            for alias in self._by_word[word]:
                if not present.issuperset(alias.words):
                    continue
                for match in islice(_pattern(alias.written).finditer(lower), _MAX_HITS):
                    start, end = match.span()
                    if start and lower[start - 1].isalnum() and lower[start].isalnum():
                        continue
                    disguised = any(s < end and start < e for s, e in spans) or (
                        short and alias.written.lower() not in seen
                    )
                    exact = plain[start:end] == alias.written
                    hits.append(Hit(alias, start, end, disguised, exact))
        if _NO_SPACES.search(lower):
            for match in islice(self._foreign_pattern.finditer(lower), _MAX_HITS):
                alias = self._foreign[match[0]]
                hits.append(Hit(alias, match.start(), match.end(), disguised=False, exact=True))
        return Scan(plain, _longest(hits))

    def _joined(self, text: str) -> str:
        """Names of one word that are written as two: ``Pay Pal``, ``Insta-Gram``."""

        def one(match: re.Match[str]) -> str:
            word = match[1] + match[2]
            return word if word.lower() in self._single else match[0]

        return _TWO_WORDS.sub(one, text)

    def _without_signs(self, text: str) -> str:
        """Names in which a sign stands for a letter: ``P@yPal``, ``€Bay``."""

        def read(match: re.Match[str]) -> str:
            word = match[0].translate(_SIGNS_TABLE)
            return word if word != match[0] and word.lower() in self._words else match[0]

        return _SIGNED.sub(read, text)

    def _disguises(self, words: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for word in words:
            lower = word.lower()
            if lower in self._words or len(word) < (_SHAPED if word.isascii() else _SHORT):
                continue
            if not word.isascii():
                plain = latinised(word).lower()
                if plain != lower and plain in self._words:
                    found[word] = plain
                    continue
            shape = skeleton(word) if _ODD.search(word) else lower
            meant = self._shapes.get(shape)
            if meant is not None and meant != lower:
                found[word] = meant
        return found


def _apart(text: str) -> str:
    """``Amazonからの`` → ``Amazon からの``: where the script changes, a word ends."""
    return text if text.isascii() else _BORDER.sub(" ", text)


def _seen_by_programs(text: str) -> str:
    """The text as a simple search sees it. Full-width letters are ordinary beside Chinese or
    Japanese, and a disguise elsewhere.
    """
    plain = unaccented(text) if _NO_SPACES.search(text) else _canonical(text)
    return " ".join(plain.lower().split())


def _canonical(text: str) -> str:
    if text.isascii():
        return text
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(bare)


def _alias(organisation: str, written: str, common: frozenset[str]) -> Alias:
    plain = unaccented(written).strip()
    letters = sum(c.isalnum() for c in plain)
    short = letters <= _SHORT and not _NO_SPACES.search(plain)
    words = tuple(_TOKEN.findall(plain.lower()))
    return Alias(organisation, plain, short or plain.casefold() in common, words)


@lru_cache(maxsize=4_096)
def _pattern(written: str) -> re.Pattern[str]:
    """Finds a name in lower-case text; the caller looks at the character before it.

    Made when first needed: most names never are. It starts with plain letters, for which the
    engine searches fast.
    """
    lower = written.lower()
    body = r"\s+".join(re.escape(piece) for piece in lower.split())
    after = r"(?![^\W_])" if lower[-1:].isalnum() else ""
    return re.compile(body + after)


def _undisguised(text: str, meant: Mapping[str, str], spans: list[tuple[int, int]]) -> str:
    """The text with disguised words put right; where they now stand goes into ``spans``."""
    out: list[str] = []
    done = size = 0
    for match in _TOKEN.finditer(text):
        word = meant.get(match[0])
        if word is None:
            continue
        out += (text[done : match.start()], word)
        size += match.start() - done
        spans.append((size, size + len(word)))
        size += len(word)
        done = match.end()
    out.append(text[done:])
    return "".join(out)


def _longest(hits: list[Hit]) -> tuple[Hit, ...]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if (
            kept
            and hit.start < kept[-1].end
            and hit.end - hit.start < (kept[-1].end - kept[-1].start)
        ):
            continue
        kept.append(hit)
    return tuple(kept)
