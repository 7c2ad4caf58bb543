"""Received-SPF: what a server wrote about the SPF check it did (RFC 7208, 9.1). Only reading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from secassist.base.limits import MAX_FIELD
from secassist.mail.auth.cfws import Reader

MAX_PAIRS: Final = 50

_RESULT = re.compile(r"[a-z]++", re.ASCII | re.IGNORECASE)
_KEY = re.compile(r"[a-z0-9_.-]++(?=\s*+=)", re.ASCII | re.IGNORECASE)
_EQUALS = re.compile(r"\s*+=", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReceivedSpf:
    """One field. Empty strings stand for what was not written."""

    result: str
    """Lower case; empty where the field does not begin with a word."""
    comment: str = ""
    client_ip: str = ""
    envelope_from: str = ""
    """As written, angle brackets removed."""
    helo: str = ""
    receiver: str = ""
    identity: str = ""
    """``mailfrom`` or ``helo``."""
    mechanism: str = ""
    oddities: tuple[str, ...] = ()
    """Sorted codes as in ``results``: ``unclosed-comment``, ``unclosed-quote``,
    ``half-quote-in-comment``, ``junk``, ``too-long``, ``too-many``, ``twice`` (a key is repeated;
    the first value counts)."""


def parse_received_spf(value: str) -> ReceivedSpf:
    """Read the value of one Received-SPF field, folded or not. Never raises."""
    reader = Reader(value[:MAX_FIELD])
    if len(value) > MAX_FIELD:
        reader.oddities.add("too-long")
    comments = list(reader.skip())
    result = reader.take(_RESULT).lower()
    pairs: dict[str, str] = {}
    while True:
        comments.extend(reader.skip())
        if reader.ended:
            break
        if reader.next == ";":
            reader.at += 1
        elif key := reader.take(_KEY).lower():
            reader.take(_EQUALS)
            reader.skip()
            text = reader.word()
            if key in pairs:
                reader.oddities.add("twice")
            elif len(pairs) == MAX_PAIRS:
                reader.oddities.add("too-many")
            else:
                pairs[key] = text
        else:
            reader.word()
            reader.oddities.add("junk")
    return ReceivedSpf(
        result,
        " ".join(comments),
        pairs.get("client-ip", ""),
        pairs.get("envelope-from", "").removeprefix("<").removesuffix(">"),
        pairs.get("helo", ""),
        pairs.get("receiver", ""),
        pairs.get("identity", "").lower(),
        pairs.get("mechanism", ""),
        tuple(sorted(reader.oddities)),
    )
