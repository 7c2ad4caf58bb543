"""Tags that receivers write into the Subject: ``[EXTERN]``, ``***SPAM***``, ``{Spam?}``."""

from __future__ import annotations

import re

from secassist.mail.fields import Split

_TAG = re.compile(
    rb"(?:\[[^\[\]]{1,40}\]|\{[^{}]{1,40}\}|\([^()]{1,40}\)|<[^<>]{1,40}>|\*{2,}[^*]{1,40}\*{2,}"
    rb"|\*[^* ]{1,40}\*|(?:EXTERN(?:AL)?|SPAM|EXT)\s*[:|-])[ \t]*",
    re.IGNORECASE,
)
_MAX_TAGS = 3


def subject_untagged(message: bytes, parsed: Split) -> tuple[tuple[str, bytes], ...]:
    """Versions of the message (CRLF) without the tags in front of its Subject, each with a code.

    One version per tag: without the first, without the first two, …. Such a version may be used
    only where a signature over the Subject then verifies. Tags inside an encoded word are part of
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
    for _ in range(_MAX_TAGS):
        tag = _TAG.match(rest)
        if tag is None:
            break
        rest = rest[tag.end() :]
        field = name + b":" + lead + rest
        versions.append(("subject-tag", message[:at] + field + message[at + len(found.raw) :]))
    return tuple(versions)
