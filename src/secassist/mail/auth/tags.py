"""Tag lists: ``v=1; a=rsa-sha256; …`` (RFC 6376, 3.2; with UTF-8 values by RFC 8616, 4)."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANK = " \t\r\n"
_BLANKS = re.compile(r"[ \t\r\n]+")


def parse(text: bytes) -> dict[str, str] | None:
    """The tags of a list, values without outer blanks; None where the list is malformed.

    ``text`` may hold folds. A tag that stands twice, a name that is none, a control character or
    bytes that are not UTF-8 make the whole list malformed; a semicolon at the end does not.
    """
    try:
        specs = text.decode("utf-8").strip(_BLANK).split(";")
    except UnicodeDecodeError:
        return None
    if not specs[-1]:
        specs.pop()
    tags: dict[str, str] = {}
    for spec in specs:
        name, equals, value = spec.partition("=")
        name = name.strip(_BLANK)
        if not equals or not _NAME.fullmatch(name) or name in tags or _CONTROL.search(value):
            return None
        tags[name] = value.strip(_BLANK)
    return tags


def without_blanks(value: str) -> str:
    """The value with every blank and fold inside it removed, as base64 wants it."""
    return _BLANKS.sub("", value)


def colon_list(value: str) -> tuple[str, ...]:
    """The items of ``a : b:c``; empty ones, which some signers leave, are skipped."""
    items = (item.strip(_BLANK) for item in value.split(":"))
    return tuple(item for item in items if item)
