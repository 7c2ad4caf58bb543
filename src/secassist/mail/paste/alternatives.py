"""Other forms that a signed message may have had before it was copied.

Each is worth keeping only if a signature of the message verifies over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from secassist.mail import mime, oddities
from secassist.mail.fields import Split, crlf
from secassist.mail.paste import defanged, folds, shape
from secassist.mail.paste.subject_tags import subject_untagged

MAX_ALTERNATIVES = 6
_MAX_SIZE = 2 * 1024 * 1024  # a paste is small; copies of a large mail would cost memory
_FOLD_BLANKS = re.compile(rb"\r\n +(?=\S)")
_SIGNED_NAMES = re.compile(rb"(?:^|;)\s*h\s*=([^;]*)")
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_SMART_BYTES = re.compile(b"\xe2\x80[\x93\x98\x99\x9c-\x9e\xa6]")
_SMART = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "…": "..."})


@dataclass(frozen=True, slots=True)
class Alternative:
    """One other form of a message."""

    code: str
    """What was mended in it, as in ``Message.repairs``."""
    source: bytes
    """The message with CRLF line ends."""
    oddities: tuple[str, ...] = ()
    """What is odd about the message still, though a signature confirms this form of it."""


def alternatives(message: bytes, parsed: Split) -> tuple[Alternative, ...]:
    """At most ``MAX_ALTERNATIVES`` other forms of a message (CRLF), the likeliest first.

    ``parsed`` is the message as ``fields.split`` has it.
    Empty for a message without a signature: nothing could confirm them.
    """
    if len(message) > _MAX_SIZE or not parsed.first("dkim-signature"):
        return ()
    found: list[Alternative] = []
    seen = {message}
    for code, version in _versions(message, parsed):
        if version not in seen:
            seen.add(version)
            odd = _stray(message, parsed) if code == "unfolded" else ()
            found.append(Alternative(code, version, odd))
        if len(found) == MAX_ALTERNATIVES:
            break
    return tuple(found)


def _versions(message: bytes, parsed: Split) -> Iterator[tuple[str, bytes]]:
    yield from subject_untagged(message, parsed)
    repairs: tuple[tuple[str, Callable[[bytes, Split], bytes | None]], ...] = (
        ("unfolded", _refolded),
        ("defanged", _refanged),
        ("nbsp", _plain_blanks),
        ("charset", _own_charset),
        ("trailing-text", _without_trailing_text),
        ("mailbox-quoting", _from_unquoted),
        ("smart-quotes", _straight_quotes),
        ("tabs", _tabs),
    )
    for code, repair in repairs:
        version = repair(message, parsed)
        if version is not None:
            yield code, version


def _refolded(message: bytes, parsed: Split) -> bytes | None:
    if not parsed.strays:
        return None
    return crlf(folds.refolded(message.replace(b"\r\n", b"\n")))


def _stray(message: bytes, parsed: Split) -> tuple[str, ...]:
    """A signature confirms the folds of what it covers; another lone line may be anything."""
    covered = {b"dkim-signature"}
    for signature in parsed.all("dkim-signature"):
        for names in _SIGNED_NAMES.findall(signature.value):
            covered |= {b"".join(name.split()).lower() for name in names.split(b":")}
    seen = shape.of(message.replace(b"\r\n", b"\n"))
    # Folds are lost everywhere or nowhere. One that is lost alone may end the header for the mail
    # program of the reader, who then sees unsigned fields as the text.
    lost = seen.top is shape.Top.LOST_FOLDS and covered.issuperset(seen.strays_after)
    return () if lost else (oddities.STRAY_LINE,)


def _refanged(message: bytes, parsed: Split) -> bytes | None:
    return defanged.refanged(message)


def _tabs(message: bytes, parsed: Split) -> bytes | None:
    """Folds with a tab where copying made blanks of it: matters to simple canonicalisation only."""
    signatures = parsed.all("dkim-signature")
    if all(re.search(rb"\bc\s*=\s*relaxed", s.value) for s in signatures):
        return None
    end = message.find(b"\r\n\r\n")
    block = message if end < 0 else message[:end]
    return _FOLD_BLANKS.sub(b"\r\n\t", block) + message[len(block) :]


def _plain_blanks(message: bytes, parsed: Split) -> bytes | None:
    return message.replace(b"\xc2\xa0", b" ") if b"\xc2\xa0" in message else None


def _own_charset(message: bytes, parsed: Split) -> bytes | None:
    """The body in the charset that the mail names: pasted text arrives as UTF-8."""
    _, settings = mime.content_type_of(parsed)
    charset = settings.get("charset", "").lower()
    if not parsed.body or not re.fullmatch(r"iso-8859-\d{1,2}|windows-125\d|koi8-[ru]", charset):
        return None
    try:
        body = parsed.body.decode("utf-8").encode(charset)
    except (UnicodeError, LookupError):
        return None
    return message[: len(message) - len(parsed.body)] + body


def _without_trailing_text(message: bytes, parsed: Split) -> bytes | None:
    """Nothing below the last boundary of a multipart message."""
    kind, settings = mime.content_type_of(parsed)
    boundary = settings.get("boundary", "")
    if not kind.startswith("multipart/") or not boundary:
        return None
    closing = b"\r\n--" + boundary.encode("utf-8", "replace") + b"--"
    at = message.rfind(closing)
    return None if at < 0 else message[: at + len(closing)] + b"\r\n"


def _from_unquoted(message: bytes, parsed: Split) -> bytes | None:
    return _ESCAPED_FROM.sub(rb"\1", message) if b"\n>From " in message else None


def _straight_quotes(message: bytes, parsed: Split) -> bytes | None:
    if not _SMART_BYTES.search(message):
        return None
    try:
        text = message.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text.translate(_SMART).encode("utf-8")
