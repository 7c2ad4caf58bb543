"""Input that is no mail at all, told by its first bytes, with a way out for each."""

from __future__ import annotations

import re

from secassist.base.errors import UnusableInput

_PICTURE = (
    "This is a picture. A picture of a mail proves nothing: open the mail itself, choose"
    " “Show original” or “Save as”, and use that."
)
_DOCUMENT = (
    "This is a document, not a mail. Open the mail itself, choose “Show original” or “Save as”,"
    " and use that."
)
_ARCHIVE = "This is a packed file. Unpack it, and open the mail that is inside."
_OTHER = "This is not a mail. Open the mail, choose “Show original” or “Save as”, and use that."
EMPTY = "There is nothing here. Paste the mail, or open the file in which you saved it."

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", _DOCUMENT),
    (b"{\\rtf", _DOCUMENT),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"BM", _PICTURE),
    (b"PK\x03\x04", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"\x7fELF", _OTHER),
    (b"MZ", _OTHER),
    (b"!BDN", "This is a whole Outlook mailbox. Drag the one mail out of Outlook and open that."),
    (b"\xd0\xcf\x11\xe0", _OTHER),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PEEK = 4_000


_HEADER_LINE = re.compile(rb"[A-Za-z][!-9;-~]{0,60}:[^\r\n]{0,998}\r?\n")
"""What starts like this is a mail, whatever its body holds."""


def refuse_what_is_no_mail(data: bytes) -> None:
    """Raise UnusableInput, with one sentence, for empty input and for well-known other files."""
    start = data[:_PEEK]
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnusableInput(EMPTY)
    for magic, sentence in _MAGIC:
        if start.startswith(magic) and _is_binary(start, magic):
            raise UnusableInput(sentence)
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        raise UnusableInput(_PICTURE)
    if start[4:8] == b"ftyp":
        heif = start[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc")
        raise UnusableInput(_PICTURE if heif else _OTHER)
    if _looks_random(start) and not _HEADER_LINE.match(start):
        raise UnusableInput(_OTHER)


def _is_binary(start: bytes, magic: bytes) -> bool:
    """Two letters may also start a word: then the rest must look like a file of that kind."""
    return len(magic) > 3 or bool(_CONTROL.search(start[:64])) or magic[:1] == b"\xff"


def _looks_random(start: bytes) -> bool:
    """More control characters than any text has, and not the zeros of UTF-16."""
    controls = len(_CONTROL.findall(start)) - start.count(b"\0")
    return controls * 25 > len(start) or (not start.replace(b"\0", b"").strip() and len(start) > 0)
