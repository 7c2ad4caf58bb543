"""Marks that programs put into or around a source: stars, fences, blanks.

Each of these takes the marks away where every line shows them, and says None where it is not so.
"""

from __future__ import annotations

import re

from secassist.mail.paste.shape import FIELD, MAX_LINES, TRANSPORT

_FEWEST = 4  # lines from which a mark is no chance
_STARRED = re.compile(rb"^(\*{1,2}|_{2})([A-Za-z][A-Za-z0-9-]{0,60}):\1[ \t]*", re.MULTILINE)
_FENCE = re.compile(
    rb"(?:```|~~~)[a-z]{0,12}[ \t]*\n|\[(?:code|pre|quote|source)\][ \t]*\n?", re.IGNORECASE
)
_CLOSING = re.compile(rb"\n(?:```|~~~|[ \t]*\[/(?:code|pre|quote|source)\])\s*\Z", re.IGNORECASE)
_BLANK_BEFORE_COLON = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{0,80})[ \t]+:", re.MULTILINE)


def unstarred(data: bytes) -> bytes | None:
    """Without the stars around bold field names: ``*From:* …``."""
    head = data[: data.find(b"\n\n") if b"\n\n" in data else len(data)]
    starred = _STARRED.findall(head)
    plain = sum(bool(FIELD.match(line)) for line in head.split(b"\n", MAX_LINES))
    if len(starred) < _FEWEST or plain >= len(starred):
        return None
    return _STARRED.sub(rb"\2: ", head) + data[len(head) :]


def unfenced(data: bytes) -> bytes | None:
    """What stands between the marks of a forum or of Markdown: ``` or [code]."""
    opening = _FENCE.match(data)
    if opening is None:
        return None
    closing = _CLOSING.search(data, opening.end())
    return data[opening.end() : closing.start() + 1 if closing else len(data)]


def unpadded(data: bytes) -> bytes | None:
    """Without blanks at the end of every line, as terminals and tables fill them up."""
    lines = data.rstrip(b"\n").split(b"\n")
    if len(lines) < _FEWEST or not all(line[-1:] in (b" ", b"\t") for line in lines[:-1]):
        return None
    return b"\n".join(line.rstrip(b" \t") for line in lines) + b"\n"


def paragraphs(data: bytes) -> bytes | None:
    """Header fields, each a paragraph of its own, put together again."""
    blocks = data.strip(b"\n").split(b"\n\n", MAX_LINES)
    alone = [_is_one_field(block) for block in blocks]
    count = alone.index(False) if False in alone else len(alone)
    names = {block.partition(b":")[0].strip().lower() for block in blocks[:count]}
    if count < _FEWEST or not names & TRANSPORT:
        return None
    top = b"\n".join(block.strip(b"\n") for block in blocks[:count]) + b"\n"
    rest = b"\n\n".join(blocks[count:])
    return top + b"\n" + rest if rest.strip() else top


def colons_closed(data: bytes) -> bytes | None:
    """``Name: value`` where every single field has a blank before its colon."""
    head = data[: data.find(b"\n\n") if b"\n\n" in data else len(data)]
    spaced = len(_BLANK_BEFORE_COLON.findall(head))
    fields = sum(bool(FIELD.match(line)) for line in head.split(b"\n", MAX_LINES))
    if spaced < _FEWEST or fields > spaced:
        return None
    return _BLANK_BEFORE_COLON.sub(rb"\1:", head) + data[len(head) :]


def _is_one_field(block: bytes) -> bool:
    first, *more = block.split(b"\n")
    return bool(FIELD.match(first)) and all(line[:1] in (b" ", b"\t") for line in more)
