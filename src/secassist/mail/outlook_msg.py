"""Outlook's ``.msg`` files (MS-OXMSG): the transport headers as they came, and the text.

Outlook keeps the headers byte for byte but takes the body apart. What could be put together from
it again is no proof of anything, so the message counts as headers alone, and its text is only
there to be looked at.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from secassist.base.errors import UnusableInput
from secassist.base.limits import (
    MAX_ATTACHED_DEPTH,
    MAX_ATTACHMENT,
    MAX_HEADER_BLOCK,
    MAX_MIME_PARTS,
    MAX_PEEK,
    MAX_TEXT,
)
from secassist.mail import charsets
from secassist.mail.message import Message, Part, Parts, read_message, text_only

if TYPE_CHECKING:
    from olefile import OleFileIO

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTY_STREAM: Final = "__substg1.0_".encode("utf-16-le")
_ATTACHMENT: Final = re.compile(r"__attach_version1\.0_#[0-9A-Fa-f]{8}")
_EMBEDDED: Final = "__substg1.0_3701000D"
_BANNER: Final = re.compile(r"Microsoft Mail Internet Headers[^\r\n]*\r?\n")

# Property tags (MS-OXPROPS)
_SUBJECT, _SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0037, 0x0C1A, 0x0C1F, 0x5D01
_HEADERS, _BODY, _HTML = 0x007D, 0x1000, 0x1013
_DATA, _SHORT_NAME, _LONG_NAME, _MIME_TYPE, _CONTENT_ID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712


def is_msg(data: bytes) -> bool:
    """Is this a compound file with the streams of a message? (Word's are compound files, too.)"""
    return data.startswith(_MAGIC) and _PROPERTY_STREAM in data


def read_msg(data: bytes) -> tuple[Message, tuple[Message, ...]]:
    """The message in a ``.msg`` file, and those embedded in it (``attached``), outermost first.

    ``parts`` is ``HEADERS`` with the text in ``leaves`` while ``split.body`` is None; without
    transport headers (a draft, a sent mail) it is ``TEXT_ONLY``. Raises UnusableInput for a
    damaged file.
    """
    import olefile  # noqa: PLC0415 (slow to import, and seldom needed)

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _read_storage(ole, (), 0)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error) as error:
        raise UnusableInput(_DAMAGED) from error
    except (OverflowError, RecursionError, MemoryError) as error:
        raise UnusableInput(_DAMAGED) from error


_DAMAGED: Final = (
    "This Outlook file is damaged. Save the mail again, or copy its internet headers instead."
)


def _read_storage(
    ole: OleFileIO, at: tuple[str, ...], depth: int
) -> tuple[Message, tuple[Message, ...]]:
    headers = _text(ole, at, _HEADERS, MAX_HEADER_BLOCK)
    body = _text(ole, at, _BODY, MAX_TEXT)
    html = _text(ole, at, _HTML, MAX_TEXT)
    leaves: list[Part] = []
    if body:
        leaves.append(Part("text/plain", "", False, body.encode("utf-8", "replace"), body))
    if html:
        leaves.append(Part("text/html", "", False, html.encode("utf-8", "replace"), html))
    inner: list[Message] = []
    for storage in _attachments(ole, at):
        if ole.exists([*storage, _EMBEDDED]):
            if depth < MAX_ATTACHED_DEPTH:
                first, more = _read_storage(ole, (*storage, _EMBEDDED), depth + 1)
                inner.extend((first, *more))
        else:
            leaves.append(_attachment(ole, storage))
    block = _BANNER.sub("", headers, count=1).lstrip("\r\n").replace("\r\n", "\n")
    block = block.partition("\n\n")[0]
    if block.strip():
        message = read_message(block.encode("utf-8", "replace") + b"\n", attached=depth > 0)
        message = replace(message, parts=Parts.HEADERS, leaves=tuple(leaves))
    else:
        address = _text(ole, at, _SENDER_SMTP, 500) or _text(ole, at, _SENDER_ADDRESS, 500)
        sender = f"{_text(ole, at, _SENDER_NAME, 500)} <{address}>"
        message = replace(
            text_only(body, attached=depth > 0),
            leaves=tuple(leaves),
            subject=_text(ole, at, _SUBJECT, 2_000),
            from_text=sender,
        )
    return message, tuple(inner)


def _attachments(ole: OleFileIO, at: tuple[str, ...]) -> list[tuple[str, ...]]:
    names = {
        entry[len(at)]
        for entry in ole.listdir(streams=True, storages=False)
        if len(entry) > len(at) + 1
        and tuple(entry[: len(at)]) == at
        and _ATTACHMENT.fullmatch(entry[len(at)])
    }
    return [(*at, name) for name in sorted(names)[:MAX_MIME_PARTS]]


def _attachment(ole: OleFileIO, at: tuple[str, ...]) -> Part:
    name = _text(ole, at, _LONG_NAME, 1_000) or _text(ole, at, _SHORT_NAME, 1_000)
    kind = _text(ole, at, _MIME_TYPE, 200).strip().lower() or "application/octet-stream"
    shown = kind.startswith(("image/", "message/")) or name.lower().endswith((".eml", ".msg"))
    payload = _bytes(ole, at, _DATA, "0102", MAX_ATTACHMENT if shown else MAX_PEEK)
    return Part(kind, name, True, payload, "", _text(ole, at, _CONTENT_ID, 500))


def _text(ole: OleFileIO, at: tuple[str, ...], tag: int, limit: int) -> str:
    """A text property in any of the forms it may have: UTF-16, 8-bit, binary (HTML)."""
    wide = _bytes(ole, at, tag, "001F", 2 * limit)
    if wide:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    narrow = _bytes(ole, at, tag, "001E", limit) or _bytes(ole, at, tag, "0102", limit)
    return charsets.decode(narrow)[0].rstrip("\0")


def _bytes(ole: OleFileIO, at: tuple[str, ...], tag: int, kind: str, limit: int) -> bytes:
    path = [*at, f"__substg1.0_{tag:04X}{kind}"]
    if not ole.exists(path) or ole.get_size(path) > MAX_ATTACHMENT * 4:
        return b""
    with ole.openstream(path) as stream:
        data: bytes = stream.read(limit)
    return data
