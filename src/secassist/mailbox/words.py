"""What a subject says, in groups of words of one meaning: fast enough for every mail of a mailbox.

The groups stand in ``assets/flood.toml``. Each word of a subject is looked up once and remembered,
so that a subject costs a few look-ups in a table; ``mail.kind`` with its phrases would take thirty
times as long. What this lets through is judged by the e-mail check afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from secassist.facts.assets import read_table
from secassist.mail.phrases import plain as without_accents

FILE: Final = "flood.toml"
MAX_SUBJECT: Final = 300  # characters that are looked at
_MAX_KNOWN: Final = 60_000  # words that are remembered before the memory starts anew
_AMOUNT, _NUMBER, _HOST = "amount", "number", "host"

_ASCII_WORD = re.compile("[0-9A-Za-z]+")
# Letters and digits, and the signs that belong to a letter (vowels of India and Thailand, accents).
_WORD = re.compile(
    "(?:[^\\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a4d\u0abc-\u0acd\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd"
    "\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])+"
)
_SIGNS = "$€£¥₹₽₩₺₿₴₪₫฿₱₦₸₾円元원"
_MONEY = re.compile(rf"[{_SIGNS}]\s?\d|\d\s?[{_SIGNS}]")
_GLUED = re.compile(r"\d(?i:eur|usd|gbp|chf|btc|eth|kr|zł)(?!\w)")
_DIGIT = re.compile(r"\d")
_HOST_NAME = re.compile(
    r"(?<![\w.@])[a-z0-9-]{2,63}\."
    r"(?:com|net|org|info|biz|io|app|dev|me|co|eu|de|at|ch|fr|it|es|pt|nl|be|pl|cz|se|dk|fi|ru|ua|uk|jp)\b",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d[\d-]{2,}\d")
# Scripts whose words carry articles in front, or that put no blanks between words.
_INSIDE = re.compile("[֐-ࣿऀ-ॿ଀-௿฀-๿぀-ヿ㐀-鿿가-힯ঀ-৿]")
# Letters of their own, which are no others with an accent.
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"}
)


def plain(text: str) -> str:
    """Lower case, no accents, no disguises, and plain letters for those of some languages."""
    bare = without_accents(text)
    return bare if bare.isascii() else bare.translate(_LETTERS)


@dataclass(frozen=True, slots=True)
class Critical:
    """One class of mail that a flood is meant to bury."""

    name: str
    weight: int
    """How urgent, 1 to 10."""
    needs: tuple[int, ...]
    """Masks of groups: one of them has to be in the subject as a whole."""
    security: bool
    """About the safety of an account, not about goods or money."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a subject is about."""

    sign_up: bool
    """It looks like the answer to a form: confirm, welcome, thank you for your message."""
    decoy: bool
    """It plainly is one, so that its other words count less."""
    promotion: bool
    """It has words of advertising and newsletters."""
    critical: Critical | None
    """The class that it fits, the first one in the order of the asset."""


class Words:
    """The table of the asset, ready for use. Not for several threads at once."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        names = [*table["words"], _AMOUNT, _NUMBER, _HOST]
        self._bits = {name: 1 << number for number, name in enumerate(names)}
        self._first = 1 << len(names)  # marks the first word of a phrase
        self._exact: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._inside: dict[str, int] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._known: dict[str, int] = {}
        self._meanings: dict[int, Meaning] = {}
        for name, entries in table["words"].items():
            for entry in _entries(entries):
                self._add(entry, self._bits[name])
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._sign_up = self._masks(table["sign-up"]["needs"])
        self._decoy = self._masks(table["decoy"]["needs"])
        self.critical = tuple(
            Critical(name, entry["weight"], self._masks(entry["needs"]), entry["security"])
            for name, entry in table["critical"].items()
        )
        self._currency = self._bits["currency"]
        self.shared = frozenset(table["shared"]["domains"])

    def mask(self, subject: str) -> int:
        """The groups that a decoded subject has words of, as bits. Linear, bounded, never fails."""
        subject = subject[:MAX_SUBJECT]
        words = (_ASCII_WORD if subject.isascii() else _WORD).findall(subject)
        known = self._known
        found = 0
        for word in words:
            bits = known.get(word)
            found |= self._learn(word) if bits is None else bits
        if found & self._first:
            found |= self._in_phrases([plain(word) for word in words])
        if "." in subject and _HOST_NAME.search(subject):
            found |= self._bits[_HOST]
        if _DIGIT.search(subject):
            if _LONG_NUMBER.search(subject):
                found |= self._bits[_NUMBER]
            if (
                found & self._currency
                or (("$" in subject or not subject.isascii()) and _MONEY.search(subject))
                or _GLUED.search(subject)
            ):
                found |= self._bits[_AMOUNT]
        return found

    def meaning(self, mask: int) -> Meaning:
        """What these groups of words together say."""
        found = self._meanings.get(mask)
        if found is None:
            if len(self._meanings) >= _MAX_KNOWN:
                self._meanings.clear()
            found = self._meanings[mask] = Meaning(
                sign_up=_has(mask, self._sign_up),
                decoy=_has(mask, self._decoy),
                promotion=bool(mask & self._bits["promo"]),
                critical=next((c for c in self.critical if _has(mask, c.needs)), None),
            )
        return found

    def _add(self, entry: str, bit: int) -> None:
        words = plain(entry).replace("-", " ").split()
        if len(words) > 1:
            self._phrases.setdefault(words[0], []).append((tuple(words[1:]), bit))
            return
        word = words[0]
        stem = word.rstrip("*")
        if _INSIDE.search(stem):
            table = self._inside
        else:
            table = self._stems if word.endswith("*") else self._exact
        table[stem] = table.get(stem, 0) | bit

    def _masks(self, needs: list[str]) -> tuple[int, ...]:
        return tuple(sum(self._bits[name] for name in need.split(" + ")) for need in needs)

    def _learn(self, written: str) -> int:
        if len(self._known) >= _MAX_KNOWN:
            self._known.clear()
        word = plain(written)
        bits = self._exact.get(word, 0)
        for length in self._lengths:
            if length > len(word):
                break
            bits |= self._stems.get(word[:length], 0)
        if not word.isascii() and _INSIDE.search(word):
            for inside, bit in self._inside.items():
                if inside in word:
                    bits |= bit
        if word in self._phrases:
            bits |= self._first
        self._known[written] = bits
        return bits

    def _in_phrases(self, words: list[str]) -> int:
        bits = 0
        for place, word in enumerate(words):
            for rest, bit in self._phrases.get(word, ()):
                here = words[place + 1 : place + 1 + len(rest)]
                if len(here) == len(rest) and all(map(_fits, here, rest)):
                    bits |= bit
        return bits


def _has(mask: int, needs: tuple[int, ...]) -> bool:
    return any(mask & need == need for need in needs)


def _fits(word: str, entry: str) -> bool:
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry


def _entries(text: str) -> Iterator[str]:
    return (entry for part in text.split(",") if (entry := part.strip()))


@cache
def words() -> Words:
    """The table of the shipped asset, read once."""
    return Words(read_table(FILE))
