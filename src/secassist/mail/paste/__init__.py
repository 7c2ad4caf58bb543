"""Mends what copying and pasting broke.

A repair is made outright where it is certain; where it is not, it becomes one of the
``alternatives`` that count only if a signature verifies over them. ``Message.repairs`` holds the
codes of what was mended; they are listed in ``docs/codes.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from secassist.base.limits import MAX_FIELD, MAX_HEADER_BLOCK
from secassist.mail import oddities
from secassist.mail.paste import (
    angles,
    chatter,
    defanged,
    encoding,
    escaped,
    folds,
    html_page,
    margins,
    marked,
    quoted,
    shape,
)
from secassist.mail.paste.alternatives import Alternative, alternatives

__all__ = ["Alternative", "Mended", "alternatives", "mend"]

_MAX_SIZE = 4 * 1024 * 1024  # nobody pastes more; larger sources are read as they stand


@dataclass(frozen=True, slots=True)
class Mended:
    """A pasted text after the repairs that are certain."""

    source: bytes
    """With LF or CRLF line ends: a message with its header fields on top, or text."""
    is_message: bool
    repairs: tuple[str, ...] = ()
    oddities: tuple[str, ...] = ()
    """What the repairs hide from a later look at the bytes."""
    inside_text: bool = False
    """The message stood below other text, which may be a stranger's."""
    html: str = ""
    """The page, if the text was taken out of one and holds no message."""


def mend(data: bytes) -> Mended:
    """Find the message in what was pasted. Linear in time, never fails."""
    data, repairs = encoding.plain_bytes(data)
    if len(data) > _MAX_SIZE:
        top = data[:MAX_HEADER_BLOCK].replace(b"\r\n", b"\n").lstrip(b"\n")
        is_message = shape.of(top).top is not shape.Top.OTHER
        return Mended(data.lstrip(b"\r\n"), is_message, repairs)
    data = data.replace(b"\r\n", b"\n").lstrip(b"\f\n")
    page = data.decode("utf-8", "replace") if html_page.is_html(data) else ""
    if page:
        data, repairs = html_page.text_of(data), (*repairs, "html")
    found = None
    for code, repair in _REPAIRS:
        mended = repair(data)
        if mended is not None:
            data, repairs = mended.lstrip(b"\n"), (*repairs, code) if code else repairs
            found = _message(data, repairs)
        if found is not None:
            return found
    found = _below_other_text(data, repairs)
    if found is not None:
        return found
    refanged = defanged.refanged(data)
    if refanged is not None:
        data, repairs = refanged, (*repairs, "defanged")
    return Mended(data, is_message=False, repairs=repairs, html=page)


_REPAIRS: tuple[tuple[str, Callable[[bytes], bytes | None]], ...] = (
    ("escaped", escaped.from_json),
    ("escaped", escaped.unescaped_lines),
    ("escaped", escaped.unbackslashed),
    ("ended", margins.without_ends),
    ("marked", margins.without_marks),
    ("padded", marked.unpadded),
    ("starred", marked.unstarred),
    ("one-line", folds.one_line),
    ("indented", quoted.unindented),
    ("double-spaced", folds.single_spaced),
    ("paragraphs", marked.paragraphs),
    ("", lambda data: data),  # as it is
    ("nbsp", encoding.header_blanks),
    ("quoted", quoted.unquoted),
    ("indented", quoted.unindented),
    ("double-spaced", folds.single_spaced),
)
"""One after the other, until what remains starts with the fields of a message."""


def _below_other_text(data: bytes, repairs: tuple[str, ...]) -> Mended | None:
    """A message below a table or other words, or quoted below them."""
    fenced = marked.unfenced(data)
    if fenced is not None:
        found = _message(fenced, (*repairs, "fenced"), inside_text=True)
        if found is not None:
            return found
    below = chatter.without_chatter(data)
    if below is not None:
        source, own_page = below
        code = "source-page" if own_page else "text-above"
        found = _message(source, (*repairs, code), inside_text=not own_page)
        if found is not None:
            return found
    quotation = quoted.quotation(data)
    source_below = quoted.unquoted(quotation) if quotation is not None else None
    if source_below is None:
        return None
    return _message(
        source_below.lstrip(b"\n"), (*repairs, "text-above", "quoted"), inside_text=True
    )


def _message(data: bytes, repairs: tuple[str, ...], *, inside_text: bool = False) -> Mended | None:
    """The text as a message, if it starts with header fields, sound or unfolded."""
    seen = shape.of(data)
    if seen.top is shape.Top.OTHER:
        return None
    odd: tuple[str, ...] = ()
    blanks = encoding.header_blanks(data)
    if blanks is not None:
        data, repairs = blanks, (*repairs, "nbsp")
        seen = shape.of(data)
    closed = marked.colons_closed(data)
    if closed is not None:
        data, repairs = closed, (*repairs, "colons")
    block = data.partition(b"\n\n")[0]
    resolved = html_page.unescaped_source(data, block)
    if resolved is not None:
        data, repairs = resolved, (*repairs, "entities")
        block = data.partition(b"\n\n")[0]
    if defanged.refanged(block) is not None:
        data, repairs = defanged.refanged(data) or data, (*repairs, "defanged")
    if seen.top is shape.Top.LOST_FOLDS:
        if not folds.folds_are_certain(seen.strays_after):
            odd = (oddities.STRAY_LINE,)
        data, repairs = folds.refolded(data), (*repairs, "unfolded")
    data, code = _with_brackets(data)
    if code == oddities.ANGLES_LOST:
        odd = (*odd, code)
    elif code:
        repairs = (*repairs, code)
    return Mended(data, True, repairs, odd, inside_text)


def _with_brackets(data: bytes) -> tuple[bytes, str]:
    """The brackets around addresses as they were, and what was done; or that they are lost."""
    block = data.partition(b"\n\n")[0]
    if len(block) > MAX_FIELD:
        return data, ""
    for code, repair in (("mailto", angles.without_mailto), ("angles", angles.restored)):
        fixed = repair(block)
        if fixed is not None:
            return fixed + data[len(block) :], code
    return data, oddities.ANGLES_LOST if angles.are_lost(block) else ""
