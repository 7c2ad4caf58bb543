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
_OTHER_ENDS = (b"\r", "\u2028".encode(), "\x85".encode(), b"\v")  # Apple, notes, hosts, Word


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
    elif b"\n" not in data.rstrip():
        ends = next((end for end in _OTHER_ENDS if end in data[:_PEEK]), b"")
        if ends:
            data = data.replace(ends, b"\n")
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


_SHOWN_BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_AT_START = re.compile(f"^[{_SHOWN_BLANKS}{_UNSEEN}][ \\t{_SHOWN_BLANKS}{_UNSEEN}]*+", re.MULTILINE)
_NOT_SEEN = re.compile(f"[{_UNSEEN}]")
_AS_BLANK = re.compile(f"[{_SHOWN_BLANKS}]")


def header_blanks(data: bytes) -> bytes | None:
    """Blanks of every kind at the start of header lines as plain ones, unseen ones gone; else None.

    Elsewhere they may belong to the mail; see ``alternatives``.
    """
    end = data.find(b"\n\n")
    block = data if end < 0 else data[:end]
    if block.isascii():
        return None
    text = block.decode("utf-8", "surrogateescape")
    fixed = _AT_START.sub(_plain, text)
    if fixed == text:
        return None
    return fixed.encode("utf-8", "surrogateescape") + data[len(block) :]


def _plain(match: re.Match[str]) -> str:
    return _AS_BLANK.sub(" ", _NOT_SEEN.sub("", match[0]))
