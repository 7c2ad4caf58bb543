"""The same mark before every line of a source, or behind: numbers, bars, bullets, times, ``$``."""

from __future__ import annotations

import re

from secassist.mail.paste.shape import NAMES

_FEWEST = 4  # lines from which a mark is no chance
_FIRST_NAME = re.compile(
    rb"(?<![\w-])(?=(?i:" + NAMES + rb"|x-[a-z0-9-]{2,60})[ \t]*:|[A-Z][A-Za-z0-9]{0,40}-[A-Z]\w*:)"
)
_LONGEST_MARK = 60
_DIGITS = re.compile(rb"(\d+)")
_ENDS = (b"^M$", b"$", b"^M", b"|", b"\\par", b"\\", "¶".encode(), b"<br>", b"<br/>", b"<br />")


def without_marks(data: bytes) -> bytes | None:
    """The text without the mark that stands before each of its lines; None if there is none.

    The mark is what stands before the first field name. Where it holds numbers, they may differ
    from line to line: those of an editor, the times of a log or of a chat.
    """
    first, _, rest = data[:2_000].partition(b"\n")
    found = _FIRST_NAME.search(first[: 2 * _LONGEST_MARK])
    mark = first[: found.start()].lstrip(b" \t") if found else b""
    bare = mark.rstrip(b" \t")
    if not 0 < len(mark) <= _LONGEST_MARK or not bare.strip(b"> \t") or not rest:
        return None
    if mark[-1:].isalnum():
        return None  # nothing would tell a number of the mark from one of the line
    pattern = re.compile(
        rb"[ \t]*+" + _any_number(bare) + rb"(?:" + re.escape(mark[len(bare) :]) + rb"|[ \t]*+$)"
    )
    lines = data.rstrip(b"\n").split(b"\n")
    kept: list[bytes] = []
    for line in lines:
        match = pattern.match(line)
        if match is None and line.strip():
            return None
        kept.append(line[match.end() :] if match else b"")
    return b"\n".join(kept) + b"\n" if len(lines) >= _FEWEST else None


def without_ends(data: bytes) -> bytes | None:
    """The text without the mark behind each line, as programs show line ends or draw a table."""
    first = data[:100_000].partition(b"\n")[0].rstrip(b" \t")
    mark = next((end for end in _ENDS if first.endswith(end)), b"")
    if not mark:
        return None
    lines = data.rstrip(b"\n").split(b"\n")
    bare = [line.rstrip(b" \t") for line in lines]
    if len(lines) < _FEWEST or not all(line.endswith(mark) for line in bare[:-1]):
        return None
    fill = b" \t" if mark == b"|" else b""  # a table fills its cells up
    cut = [line.removesuffix(mark) for line in bare]
    return b"\n".join(line.rstrip(fill) if fill else line for line in cut) + b"\n"


def _any_number(mark: bytes) -> bytes:
    pieces = _DIGITS.split(mark)
    return b"".join(rb"\d{1,9}+" if i % 2 else re.escape(p) for i, p in enumerate(pieces))
