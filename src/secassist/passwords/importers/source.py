"""A file to be imported: its bytes as text, and the plain reasons why it is none."""

from __future__ import annotations

from typing import Final

from secassist.base.errors import OverLimit, UnusableInput

MAX_BYTES: Final = 128 * 1024 * 1024
MAX_ROWS: Final = 200_000
TOO_MANY: Final = f"There are more than {MAX_ROWS:,} accounts in this file: no one has so many."
NOT_A_LIST: Final = (
    "This is no list of passwords that we know. Export it again as CSV or JSON from your browser "
    "or password manager."
)
DAMAGED: Final = "This file is damaged or cut off. Export it again."
_BINARY: Final = "This is no list of passwords: it holds no text."
_EMPTY: Final = "This file is empty."


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a mark, or in an old code page.

    Raises OverLimit, UnusableInput for what is no text.
    """
    if len(data) > MAX_BYTES:
        raise OverLimit("This file is too large to be a list of passwords.")
    if not data.strip():
        raise UnusableInput(_EMPTY)
    text = _decoded(data)
    if "\0" in text:
        raise UnusableInput(_BINARY)
    return text.removeprefix("\ufeff")


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        head = data[:200]
        if head[1::2].count(0) > len(head) // 3:  # no mark, but every second byte of ASCII is zero
            return data.decode("utf-16-le")
        if head[::2].count(0) > len(head) // 3:
            return data.decode("utf-16-be")
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if sum(byte < 32 and byte not in b"\t\r\n" for byte in data[:4096]) or b"," not in data[:4096]:
        raise UnusableInput(_BINARY)
    return data.decode("cp1252", "replace")
