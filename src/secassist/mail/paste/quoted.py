"""``> `` in front of every line, as in a reply, and blanks in front of every line."""

from __future__ import annotations

import re

from secassist.mail.paste.shape import FIELD

_LEVELS = 3
_UNMARKED_LINE = re.compile(rb"\n[^>\n]")
_BARE_MARK = re.compile(rb"\n>(?=\n|\Z)")
_MARK_WITHOUT_BLANK = re.compile(rb"\n>[^ \n]")


def unquoted(data: bytes) -> bytes | None:
    """The text without its quote marks; None if it is not quoted.

    All lines that are not blank must carry the mark; see ``quotation`` for text around it.
    """
    text = b"\n" + data
    for level in range(_LEVELS):
        if b"\n>" not in text or _UNMARKED_LINE.search(text):
            return text[1:] if level else None
        # "> text": the blank belongs to the mark if every line has it.
        if _MARK_WITHOUT_BLANK.search(text):
            text = text.replace(b"\n>", b"\n")
        else:
            text = _BARE_MARK.sub(b"\n> ", text).replace(b"\n> ", b"\n")
    return text[1:]


def quotation(data: bytes) -> bytes | None:
    """The first quotation inside other text, its marks still on; None if there is none."""
    lines = data.split(b"\n")
    start = next((i for i, line in enumerate(lines) if line.startswith(b">")), None)
    if start is None:
        return None
    stop = start
    while stop < len(lines) and (lines[stop].startswith(b">") or not lines[stop].strip()):
        stop += 1
    return b"\n".join(lines[start:stop])


def unindented(data: bytes) -> bytes | None:
    """The text without the blanks that stand before every line; None if there are none.

    The first line may lack them: a selection often starts behind them.
    """
    if re.search(rb"\n[^ \t\n]", data.strip(b"\n")):
        return None
    lines = data.split(b"\n")
    full = [line for line in lines if line.strip()]
    if len(full) < 3:
        return None
    rest = min(map(_indent, full[1:]))
    fields = sum(bool(FIELD.match(line[rest:])) for line in full[1:40])
    if _indent(full[0]) < rest and fields < min(3, len(full) - 1):
        return None  # one field with folded lines, as it should be
    return b"\n".join(line[rest:] if line[:rest].isspace() else line.lstrip() for line in lines)


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" \t"))
