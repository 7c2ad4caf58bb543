"""What stands above the source: the table of a "show original" page, or words of the person."""

from __future__ import annotations

import re

from secassist.mail.paste.shape import FIELD, MAX_LINES, TRANSPORT, is_header

_TABLE_ROW = re.compile(
    rb"(?:original message|message.?id|created (?:at|on)|from|to|cc|reply-to|subject"
    rb"|(?:spf|dkim|dmarc|arc)|download original|copy to clipboard|(?:message|view|raw) source"
    rb"|(?:internet |message )headers|raw message|microsoft mail internet headers.*)\b",
    re.IGNORECASE,
)
_PAGE_ROW = re.compile(
    rb"(?:original message|message.?id|created (?:at|on)|spf|dkim|dmarc|arc|download original"
    rb"|copy to clipboard|(?:message|view|raw) source|(?:internet |message )headers|raw message"
    rb"|microsoft mail internet headers)\b",
    re.IGNORECASE,
)
"""From, To and Subject stand above every mail that somebody prints or copies as it is shown."""
_MAX_TABLE = 40  # lines

_CHECK_ROW = re.compile(r"(SPF|DKIM|DMARC)[ \xa0]?[:：]")
_LABEL = re.compile(r"[^\t:：]{1,40}[:：\t]")
_BUTTON = 45  # characters of a title or of a button
_MAX_FOREIGN_TABLE = 24


def without_chatter(data: bytes) -> tuple[bytes, bool] | None:
    """The source below other text, and whether all above it was a provider's own page.

    None if there is no source. The lines of such a page look like header fields and like results
    of checks; they are neither, and are dropped. Below any other text a message counts as found
    inside another one: somebody else may have written what looks like its headers.
    """
    lines = data.split(b"\n", MAX_LINES)[:MAX_LINES]
    start = _source_start(lines)
    if not start:
        return None
    above = [line for line in lines[:start] if line.strip()]
    rows = [line for line in above if _TABLE_ROW.match(line.strip())]
    page = len(above) <= _MAX_TABLE and len(rows) * 2 > len(above)
    page = page and any(_PAGE_ROW.match(line.strip()) for line in rows)
    page = page or _is_foreign_table(above)
    offset = sum(len(line) + 1 for line in lines[:start])
    return data[offset:], page


def _is_foreign_table(above: list[bytes]) -> bool:
    """Gmail's table in any language: its checks have the same names everywhere.

    All the rest is labels with their values, perhaps on the next line, a title, and buttons.
    """
    rows = [line.decode("utf-8", "replace").strip() for line in above]
    checks = {found[1] for row in rows if (found := _CHECK_ROW.match(row))}
    if len(checks) < 2 or len(rows) > _MAX_FOREIGN_TABLE:
        return False
    after_label = False
    for row in rows:
        short = len(row) <= _BUTTON and row[-1] not in ".!?"
        if not (short or after_label or _LABEL.match(row)):
            return False
        after_label = row[-1] in ":："
    return True


def _source_start(lines: list[bytes]) -> int | None:
    """The first line of the first block that holds fields only servers write."""
    first: int | None = None
    names: set[bytes] = set()
    for index, line in enumerate([*lines, b""]):
        found = FIELD.match(line)
        if found:
            name = found[1].lower()
            if first is None or (not names & TRANSPORT and name in TRANSPORT and _breaks(names)):
                first, names = index, set()
            names.add(name)
        elif not line.strip() or (first is not None and line[:1] not in (b" ", b"\t")):
            # A blank line ends a block; so does a stray one, unless the block is real already
            # and has merely lost its folds.
            if first is not None and names & TRANSPORT and is_header(frozenset(names)):
                return first
            if not line.strip() or not names & TRANSPORT:
                first, names = None, set()
    return None


def _breaks(names: set[bytes]) -> bool:
    """Were the fields so far those of a page's table?"""
    return bool(names & {b"spf", b"dkim", b"dmarc"})
