"""What a mail is about: told by phrases in its subject, else in the first lines of its text.

The phrases stand in ``assets/kinds.toml``. Precision before completeness: what does not clearly
fit is ``other``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from secassist.facts.assets import read_table
from secassist.mail.identity.skeleton import latinised, mixes_scripts, strip_invisible, unaccented

FILE: Final = "kinds.toml"
_SUBJECT: Final = 300  # characters
_TEXT: Final = 1_000
_OPTIONAL: Final = re.compile(r"\(([^()]+)\)\? ")
_WORD: Final = re.compile(r"\w+")
_QUOTES: Final = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-"}
)


class Kind(StrEnum):
    """The kinds of mail that lead to different advice."""

    RESET_REQUESTED = "reset-requested"
    CHANGED = "changed"
    NEW_SIGN_IN = "new-sign-in"
    CODE = "code"
    INVOICE = "invoice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class KindWords:
    """The phrases of one kind."""

    kind: Kind
    subject: re.Pattern[str]
    text: re.Pattern[str]


def kind_of(subject: str, text: str) -> Kind:
    """The kind of a mail by its decoded subject and its shown text. Linear, bounded; pure."""
    head, body = _plain(subject[:_SUBJECT]), _plain(text[:_TEXT])
    for words in kind_words():
        if words.subject.search(head):
            return words.kind
    for words in kind_words():
        if words.text.search(body):
            return words.kind
    return Kind.OTHER


@cache
def kind_words() -> tuple[KindWords, ...]:
    """The phrases of the asset, read once, in its order."""
    return parse(read_table(FILE))


def parse(table: Mapping[str, Any]) -> tuple[KindWords, ...]:
    """Phrases → patterns. The form of the asset is checked by a test."""
    return tuple(
        KindWords(Kind(name), _pattern(entry["subject"]), _pattern(entry.get("text", ())))
        for name, entry in table.items()
        if isinstance(entry, Mapping)
    )


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all phrases, sorted by first letter so that most are never tried."""
    by_letter: dict[str, list[str]] = {}
    for phrase in phrases:
        body = _phrase(phrase)
        for letter in _first_letters(phrase):
            by_letter.setdefault(letter, []).append(body)
    branches = (
        f"(?={re.escape(letter)})(?:{'|'.join(bodies)})" if letter != "#" else "|".join(bodies)
        for letter, bodies in by_letter.items()
    )
    return re.compile(rf"\b(?:{'|'.join(branches)})" if by_letter else r"(?!)")


def _first_letters(phrase: str) -> set[str]:
    """The letters with which a text that fits the phrase can start."""
    plain = unaccented(phrase).lstrip("^")
    if plain.startswith("#"):
        return set("0123456789")
    depth, start, letters = 0, True, set()
    for c in plain:
        if c == "(":
            depth += 1
        elif c == "|":
            start = True
        elif c == ")":
            depth -= 1
        elif start:
            letters.add(c)
            start = False
        if depth == 0 and not start:
            break
    return letters


def _phrase(phrase: str) -> str:
    pieces = []
    plain = _OPTIONAL.sub(r"((\1) )?", unaccented(phrase))
    for piece in re.split(r"(\*|#)", plain):
        if piece == "*":
            pieces.append(r"(?:[^\s.!?]+ ){0,4}?")
        elif piece == "#":
            pieces.append(r"\d[\d -]{2,6}\d")
        else:
            pieces.append(re.sub(r"\((?![?])", "(?:", piece))
    body = "".join(pieces)
    return body if body.endswith("$") else rf"{body}(?!\w)"


def _plain(text: str) -> str:
    """Lower case, no accents, single blanks, disguised letters put right."""
    bare = unaccented(strip_invisible(text))
    if not bare.isascii():
        bare = _WORD.sub(lambda m: latinised(m[0]) if mixes_scripts(m[0]) else m[0], bare)
    return " ".join(bare.translate(_QUOTES).lower().split())
