"""Tags that receivers write into the Subject: ``[EXTERN]``, ``***SPAM***``, ``{Spam?}``."""

from __future__ import annotations

import re

from secassist.mail.fields import Split
from secassist.mail.oddities import SUBJECT_TAG, SUBJECT_TAG_UNUSUAL

_TAG = re.compile(
    rb"(?:\[[^\[\]]{1,40}\]|\{[^{}]{1,40}\}|\([^()]{1,40}\)|<[^<>]{1,40}>|\*{2,}[^*]{1,40}\*{2,}"
    rb"|\*[^* ]{1,40}\*|(?:EXTERN(?:AL)?|SPAM|EXT)\s*[:|-])[ \t]*",
    re.IGNORECASE,
)
_WORD = re.compile(rb"[a-z]+")
_USUAL = frozenset(
    b"extern external externe externo externa esterno ext spam suspected probable possible"
    b" verdacht verdaechtig spamverdacht bulk junk phishing warning caution achtung virus"
    b" scanned marketing newsletter newsmail mail email sender message nachricht".split()
)
"""Words of which receivers make their tags. Any other may be a stranger's message to the reader."""
_MAX_TAGS = 3


def subject_untagged(message: bytes, parsed: Split) -> tuple[tuple[str, bytes], ...]:
    """Versions of the message (CRLF) without the tags in front of its Subject, each with a code.

    One version per tag: without the first, without the first two, …. Such a version may be used
    only where a signature over the Subject then verifies. Someone who sends a real mail on could
    put words of their own in front ("[call 555 …]"), so a tag of other words than those of
    receivers has a code of its own. Tags inside an encoded word are part of
    it and are not touched: a receiver that rewrites those, writes the whole Subject anew.
    """
    # A Subject that was cut because of a limit is not found again, and nothing is changed.
    found = parsed.first("subject")
    at = message.find(found.raw) if found is not None else -1
    if found is None or at < 0:
        return ()
    name, _, value = found.raw.partition(b":")
    lead = value[: len(value) - len(value.lstrip(b" \t\r\n"))]
    rest = value[len(lead) :]
    versions: list[tuple[str, bytes]] = []
    code = SUBJECT_TAG
    for _ in range(_MAX_TAGS):
        tag = _TAG.match(rest)
        if tag is None:
            break
        rest = rest[tag.end() :]
        if not _is_usual(tag.group()):
            code = SUBJECT_TAG_UNUSUAL
        field = name + b":" + lead + rest
        versions.append((code, message[:at] + field + message[at + len(found.raw) :]))
    return tuple(versions)


def _is_usual(tag: bytes) -> bool:
    words = _WORD.findall(tag.lower())
    return bool(words) and not any(c in b"0123456789@/" for c in tag) and set(words) <= _USUAL
