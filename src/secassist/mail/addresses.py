"""Address fields, read on bytes (RFC 5322, 3.4, with the obsolete forms; RFC 2047; RFC 6532).

Where the syntax leaves room, this follows the mail servers: the last angle address of a mailbox
is the address, whatever stands before it is its name. Structure is found in the bytes first and
encoded words are decoded afterwards, so nothing hidden in one can become an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from secassist.base.limits import MAX_ADDRESSES
from secassist.mail import encoded_words, oddities

_TOKEN = re.compile(rb"[^\"(<>,;:\\]+|\\.|.", re.DOTALL)
# Each alternation below also takes escapes, so that a quote that never ends is tried only once.
_QUOTED = re.compile(rb'"(?>[^"\\]|\\.)*+"|\\.', re.DOTALL)
_ANGLE = re.compile(rb'"(?>[^"\\]|\\.)*+"|\\.|[<>]', re.DOTALL)
_COMMENT = re.compile(rb"\\.|[()]", re.DOTALL)
_COMMENT_START = re.compile(rb'"(?>[^"\\]|\\.)*+"|\\.|\(', re.DOTALL)
_UNESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?", re.UNICODE)
_MAX_NESTING = 20


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of an address field, read on bytes (RFC 5322, 3.4)."""

    display_name: str
    """Decoded (RFC 2047), control and invisible characters still in it."""
    local: str
    domain: str
    """Lower case, A-labels decoded to Unicode only for show: this stays as written, lower-cased."""

    @property
    def spec(self) -> str:
        return f"{self.local}@{self.domain}"


@dataclass(frozen=True, slots=True)
class AddressList:
    """What one address field holds."""

    addresses: tuple[Address, ...]
    oddities: tuple[str, ...] = ()
    """Codes of ``mail.oddities``, all of them ``from-…``; they count only for From."""
    over_limit: bool = False


@dataclass(slots=True)
class _Mailbox:
    """One mailbox while it is being read."""

    text: list[bytes] = field(default_factory=list)  # everything outside angles and comments
    comments: list[bytes] = field(default_factory=list)
    angles: list[bytes] = field(default_factory=list)
    after: bool = False  # text follows the last angle

    def add(self, kind: bytes, piece: bytes) -> None:
        """Take a comment, an angle address, or (any other kind) a piece of text."""
        if kind == b"(":
            self.comments.append(piece[1:-1])
        elif kind == b"<":
            self.angles.append(piece[1:-1])
            self.after = False
        else:
            self.text.append(piece)
            self.after = self.after or (bool(self.angles) and bool(piece.strip()))

    def empty(self) -> bool:
        return not self.angles and not b"".join(self.text).strip()


def parse(value: bytes) -> AddressList:
    """Read the unfolded value of an address field. Linear in time, never fails.

    A piece without ``@`` is no address; it belongs to the name of the one that follows, as in
    ``Doe, Jane <jane@example.org>``.
    """
    odd: list[str] = []
    if _CONTROL.search(value):
        odd.append(oddities.FROM_CONTROL)
    result: list[Address] = []
    over = False
    carried: list[bytes] = []
    for box in _mailboxes(value, odd):
        if box.empty():
            continue
        if len(result) >= MAX_ADDRESSES:
            over = True
            break
        address = _address(box, carried, odd)
        if address is None:
            carried.append(b"".join(box.text).strip())
            continue
        if carried:
            odd.append(oddities.FROM_UNQUOTED)
            carried = []
        result.append(address)
    return AddressList(tuple(result), tuple(dict.fromkeys(odd)), over)


def _mailboxes(value: bytes, odd: list[str]) -> list[_Mailbox]:
    """Cut at commas, semicolons and group colons that stand outside quotes and comments."""
    boxes = [_Mailbox()]
    ends = {b'"': _quoted_end, b"(": _comment_end, b"<": _angle_end}
    last_semicolon = value.rfind(b";")
    position = 0
    while position < len(value):
        char, box = value[position : position + 1], boxes[-1]
        if char in (b'"', b"(", b"<"):
            end = ends[char](value, position) if char in ends else None
            if end is None:
                ends.pop(char, None)  # none of the later ones can end either
            if end is None or end == position:
                odd.append(oddities.FROM_UNBALANCED)
                box.text.append(b" " if char == b"<" else char)
                position += 1
            else:
                box.add(char, value[position:end])
                position = end
            continue
        token = _TOKEN.match(value, position)
        assert token is not None  # the pattern matches any byte
        position = token.end()
        if char in (b",", b";"):
            boxes.append(_Mailbox())
        elif char == b":" and not box.angles and position <= last_semicolon:
            odd.append(oddities.FROM_GROUP)  # RFC 5322, 3.4: a group ends with a semicolon
            boxes[-1] = _Mailbox()
        else:
            if char == b":":
                odd.append(oddities.FROM_UNQUOTED)
            box.add(b"", token[0])
    return boxes


def _quoted_end(value: bytes, start: int) -> int | None:
    found = _QUOTED.match(value, start)
    return found.end() if found else None


def _masked(value: bytes) -> bytes:
    """The value with each quoted string as one letter, to look for what stands outside them."""
    return _QUOTED.sub(b"q", value)


def _comment_end(value: bytes, start: int) -> int | None:
    """Comments nest (RFC 5322, 3.2.2); so deep that programs give up, they count as endless."""
    depth = 0
    for mark in _COMMENT.finditer(value, start):
        if mark[0] == b"(":
            depth += 1
            if depth > _MAX_NESTING:
                return None
        elif mark[0] == b")":
            depth -= 1
            if not depth:
                return mark.end()
    return None


def _angle_end(value: bytes, start: int) -> int | None:
    """The end of an angle address; ``start`` where another one opens first, None if none closes."""
    for mark in _ANGLE.finditer(value, start + 1):
        if mark[0] == b">":
            return mark.end()
        if mark[0] == b"<":
            return start
    return None


def _address(box: _Mailbox, carried: list[bytes], odd: list[str]) -> Address | None:
    text = b"".join(box.text).strip()
    if box.angles:
        spec = box.angles[-1]
        own = b" ".join((text, *_in_brackets(box.comments))) if text else b" ".join(box.comments)
        name = b", ".join(piece for piece in (*carried, own) if piece)
        if sum(b"@" in angle for angle in box.angles) > 1:
            odd.append(oddities.FROM_TWO_ANGLES)
        if box.after:
            odd.append(oddities.FROM_TEXT_AROUND_ADDRESS)
    else:
        spec, name = text, b" ".join(box.comments)
        if b"@" not in _masked(spec):
            return None
        words = _masked(re.sub(rb"\s*([@.])\s*", rb"\1", spec)).split()
        if len(words) > 1:
            odd.append(oddities.FROM_TEXT_AROUND_ADDRESS)
            spec = next(word for word in reversed(words) if b"@" in word)
    return _read_spec(spec, _name(name), odd)


def _in_brackets(comments: Iterable[bytes]) -> Iterator[bytes]:
    """Comments beside a name, as mail programs show them: ``Ann (Example Bank) <a@b.example>``."""
    return (b"(" + comment + b")" for comment in comments)


def _read_spec(spec: bytes, name: str, odd: list[str]) -> Address | None:
    """``local@domain``, with the obsolete forms taken away and recorded."""
    bare = _without_comments(spec, odd).strip()
    if bare.startswith(b"@") and b":" in bare:
        odd.append(oddities.FROM_ROUTE)
        bare = bare.rpartition(b":")[2]
    local, at, domain = bare.rpartition(b"@")
    if not at:
        return None
    if b"@" in _masked(local):
        odd.append(oddities.FROM_TWO_AT)
    if b"=?" in bare and b"?=" in bare:
        odd.append(oddities.FROM_ENCODED_ADDRESS)
    if re.search(rb"\s", _masked(local) + b"@" + domain):
        odd.append(oddities.FROM_BLANK_IN_ADDRESS)
        local, domain = local.strip(), re.sub(rb"\s+", b"", domain)
    if not local or not domain:
        return None
    if len(local) > 1 and local.startswith(b'"') and local.endswith(b'"'):
        local = _UNESCAPE.sub(rb"\1", local[1:-1])
    host = domain.decode("utf-8", "replace").lower().removesuffix(".")
    if not _is_host(host):
        odd.append(oddities.FROM_ODD_DOMAIN)
    return Address(name, local.decode("utf-8", "replace"), host)


def _without_comments(spec: bytes, odd: list[str]) -> bytes:
    if b"(" not in spec:
        return spec
    kept: list[bytes] = []
    position = 0
    for start in _COMMENT_START.finditer(spec):
        if start[0] != b"(" or start.start() < position:
            continue
        end = _comment_end(spec, start.start())
        if end is None:
            break
        odd.append(oddities.FROM_COMMENT_IN_ADDRESS)
        kept.append(spec[position : start.start()])
        position = end
    kept.append(spec[position:])
    return b"".join(kept)


def _name(phrase: bytes) -> str:
    """A display name as it is shown: quotes away, escapes resolved, encoded words decoded."""
    unquoted = _QUOTED.sub(
        lambda m: _UNESCAPE.sub(rb"\1", m[0][1:-1] if m[0][:1] == b'"' else m[0]), phrase
    )
    return encoded_words.decode(b" ".join(unquoted.split())).text.strip()


def _is_host(domain: str) -> bool:
    """Could this be a host name, internationalised names included?"""
    labels = domain.split(".")
    return len(domain) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
