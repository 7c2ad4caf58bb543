"""Macros in SPF records and explanations (RFC 7208, 7): read once, expanded when needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from secassist.network.dns.names import MAX_NAME

MAX_EXPLANATION: Final = 1_000  # characters of an explanation that are kept

_MACRO = re.compile(
    r"%(?:(?P<escape>[%_-])"
    r"|\{(?P<letter>[slodiphcrtv])(?P<digits>[0-9]*)(?P<reverse>r?)(?P<delimiters>[.\-+,/_=]*)\})",
    re.IGNORECASE,
)
_LITERAL = re.compile(r"[\x21-\x24\x26-\x7e]*")
_EXPLAINING = re.compile(r"[\x20-\x24\x26-\x7e]*")
_TOP_LABEL = re.compile(r"[0-9a-z]*[a-z][0-9a-z]*|[0-9a-z]+-[0-9a-z-]*[0-9a-z]", re.IGNORECASE)
_ESCAPES = {"%": "%", "_": " ", "-": "%20"}
_ONLY_IN_EXPLANATIONS = frozenset("crt")
_REVEALING = frozenset("ls")


Values = Callable[[str], str]
"""Gives the value of a macro letter (in lower case)."""


class MacroError(Exception):
    """The text breaks the grammar of RFC 7208, 7.1."""


@dataclass(frozen=True, slots=True)
class Macro:
    """``%{letter digits r delimiters}``; an upper-case letter asks for URL escaping.

    ``%%``, ``%_`` and ``%-`` are macros whose letter is the second character.
    """

    letter: str
    keep: int
    """How many parts are kept, from the right; 0: all."""
    reverse: bool
    delimiters: str
    escape: bool

    def expand(self, values: Values) -> str:
        """The value of the letter after the transformers of RFC 7208, 7.3."""
        value = _ESCAPES.get(self.letter)
        if value is None:
            value = values(self.letter)
        if self.keep or self.reverse or self.delimiters:
            parts = _split(value, self.delimiters or ".")
            if self.reverse:
                parts.reverse()
            value = ".".join(parts[-self.keep :] if self.keep else parts)
        return quote(value, safe="~", errors="replace") if self.escape else value


MacroString = tuple[str | Macro, ...]


def parse_domain_spec(text: str) -> MacroString:
    """Read a domain-spec: it ends in a macro, or in a dot and a top label that is no number.

    Raises MacroError.
    """
    tokens = parse_macro_string(text)
    last = tokens[-1] if tokens else ""
    if isinstance(last, str):
        _, dot, label = last.removesuffix(".").rpartition(".")
        if not dot or not _TOP_LABEL.fullmatch(label):
            raise MacroError("the name does not end in a full domain")
    return tokens


def parse_macro_string(text: str) -> MacroString:
    """Read a macro-string of a record, where ``c``, ``r`` and ``t`` are not allowed.

    Raises MacroError.
    """
    tokens = _tokens(text, _LITERAL)
    if any(isinstance(t, Macro) and t.letter in _ONLY_IN_EXPLANATIONS for t in tokens):
        raise MacroError("a macro that is for explanations alone")
    return tokens


def parse_explanation(text: str) -> MacroString:
    """Read an explanation, where spaces and every macro are allowed. Raises MacroError."""
    return _tokens(text, _EXPLAINING)


def letters(tokens: MacroString) -> frozenset[str]:
    """The macro letters that are used, in lower case."""
    return frozenset(t.letter for t in tokens if isinstance(t, Macro))


def reveals_sender(tokens: MacroString) -> bool:
    """Whether the expansion would carry the local part of the sender (``%{l}``, ``%{s}``)."""
    return not _REVEALING.isdisjoint(letters(tokens))


def expand_domain(tokens: MacroString, values: Values) -> str:
    """A name to ask for: no trailing dot, labels dropped from the left until it fits 253.

    It is put together from the right and no further than needed, whatever the record's length.
    """
    pieces: list[str] = []
    length = 0
    for token in reversed(tokens):
        pieces.append(token if isinstance(token, str) else token.expand(values))
        length += len(pieces[-1])
        if length > MAX_NAME + 1:
            break
    name = "".join(reversed(pieces)).removesuffix(".")
    if len(name) > MAX_NAME:
        name = name[name.find(".", len(name) - MAX_NAME - 1) + 1 :]
    return name


def expand_explanation(tokens: MacroString, values: Values) -> str:
    """A sentence for people: printable, and cut at MAX_EXPLANATION characters."""
    text = ""
    for token in tokens:
        text += token if isinstance(token, str) else token.expand(values)
        if len(text) > MAX_EXPLANATION:
            break
    return "".join(c if c.isprintable() else "?" for c in text[:MAX_EXPLANATION])


def _tokens(text: str, literal: re.Pattern[str]) -> MacroString:
    tokens: list[str | Macro] = []
    position = 0
    while position < len(text):
        found = literal.match(text, position)
        if found and found.end() > position:
            tokens.append(found[0])
        else:
            found = _MACRO.match(text, position)
            if not found:
                raise MacroError(f"a character that is not allowed: {text[position]!a}")
            tokens.append(_macro(found))
        position = found.end()
    return tuple(tokens)


def _macro(match: re.Match[str]) -> Macro:
    if match["escape"]:
        return Macro(match["escape"], 0, False, "", False)
    digits = match["digits"]
    if digits and not digits.strip("0"):
        raise MacroError("a macro that keeps no part")
    # No name has a thousand labels; a longer number means "all", and need not be computed.
    keep = int(digits.lstrip("0")) if digits and len(digits.lstrip("0")) <= 3 else 0
    letter = match["letter"]
    return Macro(
        letter.lower(), keep, bool(match["reverse"]), match["delimiters"], letter.isupper()
    )


def _split(value: str, delimiters: str) -> list[str]:
    return re.split(f"[{re.escape(delimiters)}]", value)
