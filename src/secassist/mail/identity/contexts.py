"""What stands around a name, and turns its mention into a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from secassist.mail.identity.aliases import Hit
from secassist.mail.identity.words import ClaimWords

_WINDOW: Final = 48  # characters before and after a name in which claim words are looked for
_COPYRIGHT: Final = re.compile(
    r"(?:©|\(c\)|copyright|®)[\s,:]{0,3}(?:©\s?)?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,.:]{0,3}"
    r"(?:by\s+)?(?:the\s+)?$"
)
WORD: Final = re.compile(r"[^\W\d_]+")


def around(text: str, hit: Hit) -> tuple[str, str]:
    """What stands before and after a name, in lower case."""
    before = text[max(0, hit.start - _WINDOW) : hit.start].lower()
    return before, text[hit.end : hit.end + _WINDOW].lower()


def kinds_in_text(hit: Hit, before: str, after: str, words: ClaimWords) -> Iterator[str]:
    """Each sort of evidence that a name in the text is: ``copyright``, ``signature``, …"""
    if _COPYRIGHT.search(before):
        yield "copyright"
    signer = words.signer_after.match(after)
    if words.closing_before.search(before) or (signer and before.endswith(("\n", "the "))):
        yield "signature"
    if is_thing(hit, before, after, words):
        yield "thing"
    if words.reader_before.search(before) or (
        words.dear_before.search(before) and words.reader_after.match(after)
    ):
        yield "reader"


def is_thing(hit: Hit, before: str, after: str, words: ClaimWords) -> bool:
    """Is it called something that the reader has there: "your PayPal account", "your Apple ID"?"""
    if words.thing_before.search(before) or words.thing_beside.match(after):
        return True
    # The thing may be part of the name: "compte Microsoft", "Microsoft account".
    first, blank, last = hit.alias.written.lower().rpartition(" ")
    if first and words.thing_before.search(f"{before}{first} "):
        return True
    if not words.before_own.search(before):
        return False
    return bool(words.thing_after.match(after) or words.thing_after.match(blank + last))


def is_title(text: str, hit: Hit, words: ClaimWords, menu: frozenset[str]) -> bool:
    """Does the name stand on a line of its own, with nothing but words like "Support"?"""
    start = text.rfind("\n", max(0, hit.start - _WINDOW), hit.start) + 1
    if start == 0 and hit.start > _WINDOW:
        return False
    end = text.find("\n", hit.end, hit.end + _WINDOW)
    if end < 0:
        if len(text) > hit.end + _WINDOW:
            return False
        end = len(text)
    line = text[start:end].strip().lower()
    rest = WORD.findall(text[start : hit.start] + " " + text[hit.end : end])
    return line not in menu and all(word.lower() in words.generic for word in rest)
