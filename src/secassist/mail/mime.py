"""The MIME tree (RFC 2045, RFC 2046) as a flat list of decoded leaves, within bounds.

Our own walker, because the standard library's is recursive and slow on hostile input. This one
keeps a list of what is still to do, looks for each boundary only inside its own multipart, and
counts the bytes that it searches: linear in time, no recursion.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote_to_bytes

from secassist.base.limits import (
    MAX_ATTACHMENT,
    MAX_FIELD,
    MAX_MIME_DEPTH,
    MAX_MIME_PARTS,
    MAX_MIME_WORK,
    MAX_PEEK,
    MAX_TEXT,
)
from secassist.mail import charsets, encoded_words, oddities
from secassist.mail.fields import Split, split

_PARAMETER = re.compile(r';\s*+([^\s=;"]{1,100}+)\s*+=\s*+("(?>[^"\\]|\\.)*+"|[^;\s]*+)', re.DOTALL)
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)
_MAX_PARAMETERS = 50
_HIT = 1_000  # finding a boundary costs as much as passing over so many bytes


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the MIME tree (RFC 2045), decoded."""

    content_type: str
    """Lower case, without parameters."""
    filename: str
    """Decoded; empty if none."""
    attachment: bool
    payload: bytes
    """Transfer encoding removed; cut at ``base.limits.MAX_TEXT`` for text, ``MAX_ATTACHMENT`` for
    pictures and messages, ``MAX_PEEK`` for the rest."""
    text: str
    """The payload of text/* in Unicode, undecodable bytes replaced; else empty."""
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """What the walker found."""

    leaves: tuple[Part, ...]
    oddities: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(slots=True)
class _Budget:
    work: int = MAX_MIME_WORK
    parts: int = MAX_MIME_PARTS
    text: int = MAX_TEXT
    attachments: int = MAX_ATTACHMENT
    oddities: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Node:
    """A stretch of the message that is still to be read."""

    headers: Split
    start: int
    end: int
    depth: int
    default_type: str = "text/plain"


def walk(message: Split) -> Walk:
    """Read the parts of a message. Never fails; what passes a limit is named in ``unread``."""
    data = message.body or b""
    budget = _Budget()
    leaves: list[Part] = []
    todo = [_Node(message, 0, len(data), 0)]
    while todo:
        node = todo.pop()
        kind, settings = content_type_of(node.headers, node.default_type)
        if kind.startswith("multipart/"):
            children = _children(data, node, kind, settings.get("boundary", ""), budget)
            if children is not None:
                todo.extend(reversed(children))
                continue
            kind = "text/plain"  # a multipart that cannot be taken apart is shown as text
        leaves.append(_leaf(data, node, kind, settings, budget))
    return Walk(
        tuple(leaves),
        tuple(dict.fromkeys(budget.oddities)),
        tuple(dict.fromkeys(budget.unread)),
    )


def content_type_of(headers: Split, default: str = "text/plain") -> tuple[str, Mapping[str, str]]:
    """The media type in lower case and its parameters (RFC 2045, 5; RFC 2231)."""
    found = headers.first("content-type")
    if found is None:
        return default, {}
    value = found.value.decode("utf-8", "replace")
    kind = value.partition(";")[0].strip().lower()
    return (kind if _TYPE.fullmatch(kind) else default), _parameters(value)


def _parameters(value: str) -> Mapping[str, str]:
    plain: dict[str, str] = {}
    extended: dict[str, list[tuple[int, bool, str]]] = {}
    for match in islice(_PARAMETER.finditer(value), _MAX_PARAMETERS):
        name, text = match[1].lower(), match[2]
        if text.startswith('"') and len(text) > 1:
            text = re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, text)
            continue
        number = rest.removesuffix("*")
        order = int(number) if number.isdecimal() and len(number) < 4 else 0
        extended.setdefault(base, []).append((order, rest.endswith("*") or not rest, text))
    for base, pieces in extended.items():
        plain[base] = _extended(pieces)
    return plain


def _extended(pieces: list[tuple[int, bool, str]]) -> str:
    """Join and decode ``name*0*=utf-8''a%20b`` (RFC 2231, 3 and 4)."""
    charset = ""
    data = b""
    for index, (_, encoded, text) in enumerate(sorted(pieces, key=lambda p: p[0])):
        if encoded and not index and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return charsets.decode(data, charset)[0]


def _children(
    data: bytes, node: _Node, kind: str, boundary: str, budget: _Budget
) -> list[_Node] | None:
    """The parts between the boundaries of one multipart; None if it cannot be taken apart."""
    if node.depth >= MAX_MIME_DEPTH:
        budget.unread.append(oddities.TOO_DEEP)
        return []
    delimiter = b"--" + boundary.rstrip().encode("utf-8", "replace")
    starts = _delimiters(data, node, delimiter, budget) if boundary.strip() else []
    if not starts:
        budget.oddities.append(oddities.BOUNDARY_MISSING)
        return None
    children: list[_Node] = []
    for index, (_, begin, closing) in enumerate(starts):
        if closing:
            break
        if budget.parts <= 0:
            budget.unread.append(oddities.TOO_MANY_PARTS)
            break
        budget.parts -= 1
        end = starts[index + 1][0] if index + 1 < len(starts) else node.end
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        children.append(_child(data, begin, max(begin, end), node.depth + 1, default))
    return children


def _delimiters(
    data: bytes, node: _Node, delimiter: bytes, budget: _Budget
) -> list[tuple[int, int, bool]]:
    """Where the delimiter lines of one multipart stand: (start of line, end of line, closing)."""
    found: list[tuple[int, int, bool]] = []
    position = node.start
    while len(found) <= MAX_MIME_PARTS:
        if budget.work <= 0:
            budget.unread.append(oddities.TOO_DEEP)
            break
        at = data.find(delimiter, position, node.end)
        budget.work -= (node.end if at < 0 else at) - position + _HIT
        if at < 0:
            break
        position = at + len(delimiter)
        if at > node.start and data[at - 1 : at] != b"\n":
            continue
        line_end = data.find(b"\n", position, min(node.end, position + 1000))
        line_end = node.end if line_end < 0 else line_end + 1
        rest = data[position : min(line_end, position + 1000)].strip()
        if rest in (b"", b"--"):
            # The line end before a delimiter belongs to the delimiter (RFC 2046, 5.1.1).
            found.append((max(node.start, at - 2), line_end, rest == b"--"))
            if rest:
                break
    return found


def _child(data: bytes, begin: int, end: int, depth: int, default: str) -> _Node:
    """Split one part into its header fields and the stretch of its body."""
    if data[begin : begin + 2] == b"\r\n":
        return _Node(Split((), None), begin + 2, end, depth, default)
    blank = data.find(b"\r\n\r\n", begin, min(end, begin + MAX_FIELD))
    if blank < 0:
        # No blank line: either fields alone, or text alone, as lenient programs have it.
        headers = split(data[begin : min(end, begin + MAX_FIELD)], lenient=True)
        body = end if headers.fields and not headers.strays else begin
        return _Node(headers if body == end else Split((), None), body, end, depth, default)
    return _Node(split(data[begin : blank + 2], lenient=True), blank + 4, end, depth, default)


def _leaf(
    data: bytes, node: _Node, kind: str, settings: Mapping[str, str], budget: _Budget
) -> Part:
    headers = node.headers
    disposition = headers.first("content-disposition")
    placed, place_settings = "", settings
    if disposition is not None:
        value = disposition.value.decode("utf-8", "replace")
        placed = value.partition(";")[0].strip().lower()
        place_settings = _parameters(value)
    name = place_settings.get("filename") or settings.get("name", "")
    filename = encoded_words.decode(name.encode("utf-8", "replace")).text
    attachment = placed == "attachment" or kind.startswith("message/")
    readable = kind.startswith("text/") and not attachment
    if readable:
        allowed, cut = budget.text, oddities.TEXT_CUT
    elif kind.startswith(("image/", "message/")) or filename.lower().endswith((".eml", ".msg")):
        allowed, cut = budget.attachments, oddities.ATTACHMENT_CUT
    else:
        allowed, cut = MAX_PEEK, ""
    payload, whole = _payload(data, node, allowed)
    if not whole and cut:
        budget.unread.append(cut)
    if readable:
        budget.text -= len(payload)
    elif cut:
        budget.attachments -= len(payload)
    text = ""
    if kind.startswith("text/"):
        text = charsets.decode(payload, settings.get("charset", ""))[0].replace("\r\n", "\n")
    identity = headers.first("content-id")
    content_id = identity.value.strip(b"<> ").decode("utf-8", "replace") if identity else ""
    return Part(kind, filename, attachment, payload, text, content_id)


def _payload(data: bytes, node: _Node, allowed: int) -> tuple[bytes, bool]:
    """The body of a leaf without its transfer encoding, and whether that is all of it."""
    found = node.headers.first("content-transfer-encoding")
    coding = found.value.partition(b";")[0].strip().lower() if found else b""
    # Quoted-printable is at most three times its payload plus soft breaks, the others far less.
    times = 1 if coding in (b"", b"7bit", b"8bit", b"binary") else 1.5
    if coding == b"quoted-printable":
        times = 3.2
    end = min(node.end, node.start + int(times * allowed) + 1024)
    raw = data[node.start : end]
    if coding == b"base64":
        payload = encoded_words.base64_tolerant(raw)
    elif coding == b"quoted-printable":
        payload = quopri.decodestring(raw)
    elif coding in (b"x-uuencode", b"uuencode", b"x-uue", b"uue"):
        payload = _uudecode(raw, allowed)
    else:
        payload = raw
    return payload[:allowed], end == node.end and len(payload) <= allowed


def _uudecode(raw: bytes, allowed: int) -> bytes:
    begin = _UU_BEGIN.search(raw)
    if begin is None:
        return raw
    out = bytearray()
    for line in raw[begin.end() :].splitlines():
        if len(out) > allowed:
            break
        if line.strip() in (b"", b"`", b"end"):
            break
        length = (((line[0] - 32) & 63) * 4 + 5) // 3  # what the first byte announces
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            try:
                out += binascii.a2b_uu(line[:length])
            except binascii.Error:
                break
    return bytes(out)
