"""A page that shows the source, copied as HTML: tags away, entities resolved."""

from __future__ import annotations

import re

_START = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*|<\?xml[^>]{0,200}>\s*)?<(?:!doctype|html|head|body|meta|pre|div|"
    rb"table|span|p|font|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(
    rb"(?:<br\b[^<>]*>\s*+(?=</(?:p|div|li)\b))?<(?:br|/p|/div|/tr|/li|/h\d|/pre|hr)\b[^<>]*>\n?",
    re.IGNORECASE,
)
_CELL = re.compile(rb"</t[dh]\s*>", re.IGNORECASE)
_TAG = re.compile(rb"<(?:/?[A-Za-z][A-Za-z0-9:-]*(?=[\s/>])|!)[^<>]*>")
_ESCAPED_ANGLE = re.compile(rb"&(?:lt|#60|#x3c);[^&\s<>]{1,300}&(?:gt|#62|#x3e);", re.IGNORECASE)
_ESCAPED_TWICE = re.compile(rb"&amp;(?:lt|#60|#x3c);", re.IGNORECASE)
_MAX = 4 * 1024 * 1024


def is_html(data: bytes) -> bool:
    """Does the text start as an HTML page or a piece of one?"""
    return len(data) <= _MAX and bool(_START.match(data[:2000]))


def text_of(data: bytes) -> bytes:
    """The text of the page, a line for each line that it shows."""
    bare = data
    for hidden in (b"script", b"style", b"head", b"title"):
        bare = _without_element(bare, hidden)
    bare = _BREAK.sub(b"\n", bare)
    bare = _TAG.sub(b"", _CELL.sub(b"\t", bare))
    return unescaped(bare).strip(b"\r\n")


def unescaped(data: bytes) -> bytes:
    """Entities resolved once."""
    import html  # noqa: PLC0415 (its table is large; the window imports this module, too)

    return html.unescape(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def unescaped_source(data: bytes, block: bytes) -> bytes | None:
    """The source with its entities resolved; None unless its header ``block`` is written so.

    Then all its angles are entities. A text below that has angles of its own was not escaped.
    """
    if b"<" in block:
        return None
    if _ESCAPED_TWICE.search(block):
        data, block = unescaped(data), unescaped(block)
    if not _ESCAPED_ANGLE.search(block):
        return None
    body = data[len(block) :]
    return unescaped(block) + (body if b"<" in body else unescaped(body))


def _without_element(data: bytes, name: bytes) -> bytes:
    """Cut an element with all that is in it. Searches forward only, so it is linear."""
    lower = data.lower()
    kept: list[bytes] = []
    position = 0
    while True:
        start = lower.find(b"<" + name, position)
        end = lower.find(b"</" + name, start) if start >= 0 else -1
        if end < 0:
            break
        kept.append(data[position:start])
        close = lower.find(b">", end)
        position = close + 1 if close >= 0 else len(data)
    kept.append(data[position:])
    return b"".join(kept)
