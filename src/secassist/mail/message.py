"""What a mail says, as facts: nothing looked up, nothing judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from secassist.base.limits import MAX_TEXT
from secassist.facts.domains import registrable_domain
from secassist.mail import addresses, encoded_words, mime, oddities
from secassist.mail.addresses import Address
from secassist.mail.cross_check import disagreements
from secassist.mail.fields import Field, Split, crlf, split
from secassist.mail.mime import Part

__all__ = ["Address", "Message", "Part", "Parts", "read_message", "text_only"]


class Parts(StrEnum):
    """How much of the mail we were given."""

    WHOLE = "whole"
    HEADERS = "headers"
    TEXT_ONLY = "text-only"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: header fields, addresses, parts, and what was odd or mended while reading."""

    source: bytes
    """The message with CRLF line ends, as its signatures are checked."""
    parts: Parts
    split: Split
    from_addresses: tuple[Address, ...]
    """All mailboxes of all From fields; a sound mail has exactly one."""
    reply_to: tuple[Address, ...]
    return_path: Address | None
    recipients: tuple[Address, ...]
    """To and Cc."""
    subject: str
    """Decoded; invisible characters still in it."""
    date: datetime | None
    leaves: tuple[Part, ...]
    oddities: tuple[str, ...] = ()
    """Codes of ``mail.oddities``; one of ``oddities.GRAVE`` rules out ``genuine``."""
    repairs: tuple[str, ...] = ()
    """Codes of what ``paste`` mended, e.g. ``unfolded``, ``quoted``."""
    attached: bool = False
    """It was found inside another message, or below other text (repair ``text-above``), so no
    Received or result line of it can be trusted."""
    unread: tuple[str, ...] = ()
    """Codes of what was not read, because a limit was reached."""
    from_text: str = ""
    """All From fields as a person reads them, decoded; also where they hold no address."""

    @property
    def from_readers_domain(self) -> bool:
        """Is the sender at a reader's own domain, by the names that the mail gives?"""
        sender = self.sender
        if sender is None:
            return False
        domain = registrable_domain(sender.domain) or sender.domain
        return any((registrable_domain(r.domain) or r.domain) == domain for r in self.recipients)

    @property
    def sender(self) -> Address | None:
        """The one From address, or None where there is none or more than one."""
        return self.from_addresses[0] if len(self.from_addresses) == 1 else None

    def fields(self, name: str) -> tuple[Field, ...]:
        return self.split.all(name)

    def without_text(self) -> Message:
        """The same for whoever needs the header fields and ``source`` alone."""
        body = None if self.split.body is None else b""
        return replace(self, split=replace(self.split, body=body), leaves=())


_ONCE = ("date", "to", "cc", "reply-to", "message-id", "in-reply-to", "references", "sender")
_EMPTY_BODY_HASHES = (
    b"frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=",  # SHA-256 of CRLF: simple (RFC 6376, 3.4.3)
    b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",  # SHA-256 of nothing: relaxed
)
_LONGEST_FRAME = 8_000
_FRAME_LINE = re.compile(rb"\s*$|--\S|Content-[A-Za-z-]+:|[ \t]+[\w-]+\*?=")
_HEADER_LINE = re.compile(rb"([!-9;-~]{1,60}):")
_TRANSPORT = frozenset(
    b"received return-path dkim-signature authentication-results message-id mime-version"
    b" content-type content-transfer-encoding arc-seal delivered-to".split()
)
_ADDRESSED = frozenset((b"from", b"to", b"subject", b"date", b"cc", b"sender", b"reply-to"))


def read_message(
    source: bytes,
    *,
    attached: bool = False,
    repairs: tuple[str, ...] = (),
    noticed: tuple[str, ...] = (),
) -> Message:
    """Read one message with its header fields on top: a whole one, or its headers alone.

    ``source`` has CRLF or LF line ends, and no mailbox line above it; ``sources.read`` takes
    everything else that people paste. ``noticed`` are oddities that were seen before. Never raises:
    where a limit is passed, what was not read is named in ``unread``. A body of nothing but blank
    lines, or of the boundaries and headers of parts without their text (as Outlook shows them
    below the headers), counts as no body, unless a signature says that the body was empty. Linear
    in time.
    """
    wire = crlf(source)
    parsed = split(wire, lenient=True)
    if parsed.body is not None and _is_nothing(parsed.body) and not _signed_empty(parsed):
        wire = wire[: len(wire) - len(parsed.body) - 2]
        parsed = Split(parsed.fields, None, parsed.strays, parsed.over_limit)
    if parsed.over_limit:  # so that whoever splits it again gets these fields, within the limits
        top = b"".join(f.raw for f in parsed.fields)
        wire = top if parsed.body is None else b"\r\n".join((top, parsed.body))
    if parsed.body is None and not wire.endswith(b"\r\n"):
        wire += b"\r\n"
    odd: list[str] = [*noticed]
    unread: list[str] = [oddities.OVER_LIMIT] if parsed.over_limit else []
    _look_at_structure(wire, parsed, odd)
    senders, from_text = _read_from(parsed, odd, unread)
    subject = _text(parsed, "subject", odd, unread)
    walked = mime.walk(parsed) if parsed.body is not None else mime.Walk(())
    return_paths = _addresses(parsed, "return-path", unread)
    return Message(
        source=wire,
        parts=Parts.HEADERS if parsed.body is None else Parts.WHOLE,
        split=parsed,
        from_addresses=senders,
        reply_to=_addresses(parsed, "reply-to", unread),
        return_path=return_paths[0] if return_paths else None,
        recipients=_addresses(parsed, "to", unread) + _addresses(parsed, "cc", unread),
        subject=subject,
        date=_date(parsed),
        leaves=walked.leaves,
        oddities=tuple(dict.fromkeys([*odd, *walked.oddities])),
        repairs=repairs,
        attached=attached,
        unread=tuple(dict.fromkeys([*unread, *walked.unread])),
        from_text=from_text,
    )


def text_only(
    text: str,
    *,
    html: str = "",
    attached: bool = False,
    repairs: tuple[str, ...] = (),
    noticed: tuple[str, ...] = (),
) -> Message:
    """A mail of which only the visible text is at hand: no field, no sender, nothing to prove."""
    unread = (oddities.TEXT_CUT,) if len(text) > MAX_TEXT else ()
    text, html = text[:MAX_TEXT], html[:MAX_TEXT]
    data = text.encode("utf-8", "replace")
    leaves = [Part("text/plain", "", False, data, text)]
    if html:
        leaves.append(Part("text/html", "", False, html.encode("utf-8", "replace"), html))
    return Message(
        source=crlf(data),
        parts=Parts.TEXT_ONLY,
        split=Split((), crlf(data)),
        from_addresses=(),
        reply_to=(),
        return_path=None,
        recipients=(),
        subject="",
        date=None,
        leaves=tuple(leaves),
        oddities=noticed,
        repairs=repairs,
        attached=attached,
        unread=unread,
    )


def _is_nothing(body: bytes) -> bool:
    """No text at all: blank lines, and what stands around the parts of a multipart."""
    start = body[:_LONGEST_FRAME].strip()
    if len(body) > _LONGEST_FRAME:
        return not start and not body.strip()
    if not start.startswith(b"--"):
        return not start
    return all(_FRAME_LINE.match(line) for line in start.split(b"\r\n"))


def _signed_empty(parsed: Split) -> bool:
    """Does a DKIM signature carry the hash of an empty body?"""
    signatures = parsed.all("dkim-signature")
    return any(h in b"".join(s.value.split()) for s in signatures for h in _EMPTY_BODY_HASHES)


def _look_at_structure(wire: bytes, parsed: Split, odd: list[str]) -> None:
    """What makes two programs read the same bytes as two different messages."""
    size = len(wire) - len(parsed.body or b"")
    if wire.find(b"\0", 0, size) >= 0:
        odd.append(oddities.NUL_IN_HEADERS)
    if wire.find(b"\0", size) >= 0:
        odd.append(oddities.NUL_IN_BODY)
    if wire.count(b"\r", 0, size) > wire.count(b"\r\n", 0, size):
        odd.append(oddities.BARE_CR_IN_HEADERS)
    if wire.count(b"\r", size) > wire.count(b"\r\n", size):
        odd.append(oddities.BARE_CR_IN_BODY)
    for stray in parsed.strays:
        left_by_mailbox = stray.startswith((b">From ", b"From "))
        odd.append(oddities.MAILBOX_LINE if left_by_mailbox else oddities.STRAY_LINE)
    if parsed.body is not None and _starts_like_headers(parsed, parsed.body):
        odd.append(oddities.EARLY_BLANK_LINE)
    if len(parsed.all("subject")) > 1:
        odd.append(oddities.TWO_SUBJECT)
    if len(parsed.all("content-type")) > 1:
        odd.append(oddities.TWO_CONTENT_TYPE)
    if any(len(parsed.all(name)) > 1 for name in _ONCE):
        odd.append(oddities.DUPLICATE_FIELD)


def _starts_like_headers(parsed: Split, body: bytes) -> bool:
    """Two fields in a row on top of the body that are missing above, or that only servers write.

    Others may be part of a text that somebody forwarded.
    """
    lines = [line for line in body[:2000].split(b"\r\n") if line.strip()][:2]
    names = {m[1].lower() if (m := _HEADER_LINE.match(line)) else b"" for line in lines}
    if len(names) < 2 or not names <= _TRANSPORT | _ADDRESSED:
        return False
    return bool(names & _TRANSPORT) or not all(parsed.first(n.decode()) for n in names)


def _read_from(parsed: Split, odd: list[str], unread: list[str]) -> tuple[tuple[Address, ...], str]:
    fields = parsed.all("from")
    found: list[Address] = []
    texts: list[str] = []
    if len(fields) > 1:
        odd.append(oddities.TWO_FROM)
    if not any(f.value for f in fields):
        odd.append(oddities.NO_FROM)
    for from_field in fields:
        value = from_field.value
        if from_field.blank_before_colon:
            odd.append(oddities.FROM_BLANK_BEFORE_COLON)
        read = addresses.parse(value)
        odd.extend(read.oddities)
        if read.over_limit:
            unread.append(oddities.TOO_MANY_ADDRESSES)
        if value and not read.addresses:
            # Lost in copying, the address was there: then nobody tried to hide it.
            lost = oddities.ANGLES_LOST in odd
            odd.append(oddities.NO_FROM if lost else oddities.FROM_WITHOUT_ADDRESS)
        if len(read.addresses) > 1:
            odd.append(oddities.SEVERAL_FROM_ADDRESSES)
        if len(read.addresses) == 1:
            odd.extend(disagreements(value, read.addresses[0]))
        found.extend(read.addresses)
        texts.append(_decoded(value, odd, unread))
    return tuple(found), ", ".join(texts)


def _addresses(parsed: Split, name: str, unread: list[str]) -> tuple[Address, ...]:
    found: list[Address] = []
    for each in parsed.all(name)[:2]:
        read = addresses.parse(each.value)
        found.extend(read.addresses)
        if read.over_limit:
            unread.append(oddities.MORE_RECIPIENTS)
    return tuple(found)


def _text(parsed: Split, name: str, odd: list[str], unread: list[str]) -> str:
    found = parsed.first(name)
    return _decoded(found.value, odd, unread) if found else ""


def _decoded(value: bytes, odd: list[str], unread: list[str]) -> str:
    decoded = encoded_words.decode(value)
    if decoded.wrong_charset:
        odd.append(oddities.RAW_8BIT)
    if decoded.control:
        odd.append(oddities.ENCODED_CONTROL)
    if decoded.over_limit:
        unread.append(oddities.TOO_MANY_WORDS)
    return decoded.text


def _date(parsed: Split) -> datetime | None:
    found = parsed.first("date")
    if found is None:
        return None
    try:
        date = parsedate_to_datetime(found.value[:200].decode("ascii", "replace"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
