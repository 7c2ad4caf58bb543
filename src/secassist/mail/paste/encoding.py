"""Byte order marks, UTF-16, and line ends other than CRLF and LF."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PEEK = 4_000


def plain_bytes(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The text in the bytes of the mail, with LF or CRLF line ends, and the repairs made."""
    repairs: list[str] = []
    codec = ""
    for mark, name in _MARKS:
        if data.startswith(mark):
            data, codec = data[len(mark) :], name
            break
    if not codec:
        codec = _utf16_without_mark(data)
    if codec.startswith(("utf-16", "utf-32")):
        data = data.decode(codec, "replace").encode("utf-8")
        repairs.append("utf-16")
    if b"\r\r\n" in data[:_PEEK]:
        data = data.replace(b"\r\r\n", b"\n")
        repairs.append("line-ends")
    elif b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
        repairs.append("line-ends")
    return data, tuple(repairs)


def _utf16_without_mark(data: bytes) -> str:
    """ASCII in UTF-16 has a zero in every second byte."""
    start = data[: _PEEK - _PEEK % 2]
    pairs = len(start) // 2
    if pairs < 8:
        return ""
    for codec, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        if zeros.count(0) > 0.9 * pairs and start.count(0) < 1.1 * pairs:
            return codec
    return ""


_SPACE_AT_START = re.compile(
    rb"^(?:\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf)"
    rb"(?:\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf|[ \t])*+",
    re.MULTILINE,
)
_NBSP = b"\xc2\xa0"


def header_blanks(data: bytes) -> bytes | None:
    """Non-breaking and zero-width blanks at the start of header lines as plain ones; None if none.

    Elsewhere they may belong to the mail; see ``alternatives``.
    """
    end = data.find(b"\n\n")
    block = data if end < 0 else data[:end]
    fixed = _SPACE_AT_START.sub(_plain, block)
    return None if fixed == block else fixed + data[len(block) :]


def _plain(match: re.Match[bytes]) -> bytes:
    return match[0].replace(_NBSP, b" ").replace(b"\xe2\x80\x8b", b"").replace(b"\xef\xbb\xbf", b"")
