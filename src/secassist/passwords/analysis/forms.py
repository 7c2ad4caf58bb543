"""The forms under which two passwords count as the same, or as much alike.

Each takes away one habit: capital letters and accents, digits written for letters, what is hung
on at the ends, the name of the site. All forms are plain text: they live as long as the password.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

MAX_ALIKE: Final = 128
"""Characters; longer passwords are compared as a whole only."""
MIN_CORE: Final = 4
MIN_STEM: Final = 5
MIN_REST: Final = 5
_CACHED: Final = 65_536
_MIN_TOKEN: Final = 3
_MAX_TOKENS: Final = 12
LEET: Final = str.maketrans("013457890@$!|l", "oieastbgoasiii")
_RUNS: Final = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
_ENDS: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SIGNED_END: Final = re.compile(r"[\W_]+[\W\d_]*$")
_SIGNS: Final = re.compile(r"[\W_]+")
_STEM: Final = re.compile(r"[\W\d_]*([^\W\d_]+)(.*)", re.DOTALL)
_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")
_EDGES: Final = " -_.:+#@!/*"
_STUB: Final = 2
"""Letters of a site's name that count only beside a sign: ``te:Tulip99``."""
_MIN_SKELETON: Final = 3
_VOWELS: Final = re.compile("[aeiouy]")
_HUMP: Final = re.compile(r"(?<=[^\W\d_A-ZÀ-ÖØ-ÞА-ЯΑ-Ω])(?=[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω])")
_BREAK: Final = r"[\W\d_\0]"
_MONTHS: Final = (
    "jan|feb|mar|mrz|apr|avr|may|mai|jun|jul|aug|ago|aou|sep|oct|okt|ott|nov|dec|dez|dic"
)
_ADDED: Final = (
    "new|neu|neue|neues|newer|nouveau|nuevo|nueva|nuovo|novo|nova|nowe|nieuw|nytt|uusi|yeni|"
    "home|haus|privat|private|casa|maison|thuis|"
    "work|arbeit|buero|office|firma|trabajo|travail|lavoro|praca|werk|"
    "again|copy|test|mail|gmail|hotmail|yahoo|handy|phone|"
    "zwei|drei|vier|three|four|deux|trois|quatre|tres|cuatro|quattro|trzy|cztery|twee|drie|"
    "qwer|qwert|qwerty|qwertz|azerty|asdf|asdfgh|zxcv|yxcv|abcd|abcde|abcdef|йцукен|"
    "january|february|march|april|june|july|august|september|october|november|december|"
    "januar|februar|maerz|juni|juli|oktober|dezember|janvier|fevrier|mars|avril|juin|juillet|"
    "aout|septembre|octobre|novembre|decembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
    "septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|"
    "settembre|ottobre|dicembre"
)
_FRONT: Final = "my|the|old|alt|mein|meine|mijn|abc|qwe|asd"
_TAIL: Final = re.compile(
    f"(?:(?<={_BREAK})(?:{_MONTHS}|old|alt|two|dos|due|tre|dwa|iii)"
    rf"|(?<=\d)[^\W\d_]{{1,3}}|(?<=\0)[^\W\d_]{{1,2}}|(?:{_ADDED})){_BREAK}*$"
)
_HEAD: Final = re.compile(
    rf"^{_BREAK}*(?:(?:{_MONTHS})(?={_BREAK})|[^\W\d_]{{1,3}}(?=\d)|(?:{_FRONT}|{_ADDED}))"
)
_AGAIN: Final = re.compile(r"(.)\1{2,}$")


def canonical(password: str) -> str:
    """NFC: the same letters, whether they were typed on a Mac or on Windows."""
    return unicodedata.normalize("NFC", password)


@lru_cache(maxsize=_CACHED)
def folded(password: str) -> str:
    """Without capital letters, accents and compatibility forms."""
    plain = unicodedata.normalize("NFKD", password.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).casefold()


def unleeted(fold: str) -> str:
    """Digits and signs that stand for letters, as the letters; ``l`` and ``i`` count as one."""
    return fold.translate(LEET)


def core(fold: str) -> str:
    """What is between the digits and signs at both ends: its letters, digits read as letters."""
    return _SIGNS.sub("", unleeted(_ENDS.sub("", halved(fold))))


def cores(fold: str) -> frozenset[str]:
    """The core, and what it is if a digit before the first sign at the end is a letter, too."""
    lettered = _SIGNS.sub("", unleeted(_SIGNED_END.sub("", fold)))
    return frozenset(found for found in (core(fold), lettered) if len(found) >= MIN_CORE)


def bare(password: str) -> str:
    """Without what people add for the next one: ``new``, a month, ``1abc``; else the fold.

    Few letters count only where something else ends: ``suturAug``, not ``calamar``.
    """
    parted = _AGAIN.sub(r"\1", folded(_HUMP.sub("\0", password)))
    left = _HEAD.sub("", _TAIL.sub("", parted, count=1), count=1).replace("\0", "")
    return left if sum(map(str.isalpha, left)) >= MIN_REST else folded(password)


def turned(fold: str) -> str:
    """The first in the alphabet of all rotations: halves that changed places have the same."""
    twice = fold * 2
    return min(twice[at : at + len(fold)] for at in range(len(fold)))


def skeleton(word: str) -> str:
    """A name without its vowels, as people shorten it; empty where too little is left."""
    left = _VOWELS.sub("", word)
    return left if _MIN_SKELETON <= len(left) < len(word) else ""


def stem(fold: str) -> tuple[str, str]:
    """The letters before the first digit or sign, and what follows them."""
    found = _STEM.match(fold)
    return (found[1], found[2]) if found else ("", fold)


def ends(fold: str) -> tuple[str, str]:
    """The digits and signs in front and behind."""
    middle = _ENDS.sub("", fold)
    if not middle:
        return fold, ""
    start = fold.index(middle)
    return fold[:start], fold[start + len(middle) :]


def runs(fold: str) -> list[str]:
    """Letters, digits and signs, each run by itself."""
    return _RUNS.findall(fold)


def bag(fold: str) -> str:
    """The runs in a fixed order: ``2024Summer!`` and ``Summer!2024`` have the same."""
    return "\0".join(sorted(runs(fold)))


def halved(fold: str) -> str:
    """A password that is one part written twice, once."""
    half = len(fold) // 2
    return fold[:half] if half >= MIN_CORE and fold == fold[:half] * 2 else fold


def deletions(fold: str) -> Iterator[str]:
    """The password without each one of its characters; equal ones among them once."""
    for place in range(len(fold)):
        if place == 0 or fold[place] != fold[place - 1]:
            yield fold[:place] + fold[place + 1 :]


def tokens(*names: str) -> tuple[str, ...]:
    """The words of site names and titles, folded, the longest first."""
    found = {word for name in names for word in _LETTERS.findall(folded(name)) if word != "www"}
    return tuple(sorted(found, key=lambda word: (-len(word), word))[:_MAX_TOKENS])


def without_site(fold: str, words: Iterable[str]) -> frozenset[str]:
    """What is left when the site's name, or its beginning (3 letters or more), is taken away."""
    left: set[str] = set()
    for word in words:
        for part in (word, unleeted(word)):
            left |= _without(fold, part)
    return frozenset(rest for rest in left if len(rest) >= MIN_CORE and not rest.isdigit())


def _without(fold: str, word: str) -> set[str]:
    left = set()
    stub = word[:_STUB]
    if fold.startswith(stub) and fold[_STUB : _STUB + 1] in _EDGES:
        left.add(fold[_STUB:].lstrip(_EDGES))
    if fold.endswith(stub) and fold[-_STUB - 1 : -_STUB] in _EDGES:
        left.add(fold[:-_STUB].rstrip(_EDGES))
    for length in range(1, _MIN_TOKEN + 1):  # its beginning in front, its end behind
        if fold.startswith(word[:length]) and fold.endswith(word[-length:]):
            left.add(fold[length:-length])
    if len(word) > _MIN_TOKEN and word in fold:
        before, _, after = fold.partition(word)
        left.add(before.rstrip(_EDGES) + after if before else after.lstrip(_EDGES))
        left.add(before + after)
    front, back = ends(fold)
    middle = fold[len(front) : len(fold) - len(back)]
    for length in range(len(word), _MIN_TOKEN - 1, -1):
        part = word[:length]
        if back and middle.endswith(part):
            left.add(front + middle[:-length].rstrip(_EDGES) + back)
        if front and middle.startswith(part):
            left.add(front + middle[length:].lstrip(_EDGES) + back)
        if fold.startswith(part):
            left |= {fold[length:], fold[length:].lstrip(_EDGES)}
        if fold.endswith(part):
            left |= {fold[:-length], fold[:-length].rstrip(_EDGES)}
    return left
