"""DNS messages as octets (RFC 1035, 4): one question out, one reply in.

Our own, because a check asks a dozen questions and dnspython takes half a millisecond for each and
a tenth of a second to be imported; the tests hold it against dnspython message by message. It reads
no more than a stub resolver needs: the answer section's A, AAAA, CNAME, MX, PTR and TXT records,
and from the authority section how long a "no" may be kept.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from secassist.network.dns.answer import Rdata

TYPES: Final = {"A": 1, "NS": 2, "CNAME": 5, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28}
NAMES: Final = {number: name for name, number in TYPES.items()}
SOA: Final = 6
OPT: Final = 41
IN: Final = 1

PAYLOAD: Final = 1232  # octets over UDP: what DNS Flag Day 2020 settled on, to avoid fragments
MAX_MESSAGE: Final = 65_535
MAX_RECORDS: Final = 1_000  # records of one reply that are read; no honest reply has so many
MAX_JUMPS: Final = 16  # compression pointers in a row

NOERROR: Final = 0
FORMERR: Final = 1
SERVFAIL: Final = 2
NXDOMAIN: Final = 3
REFUSED: Final = 5

_HEADER = struct.Struct("!6H")
_RECORD = struct.Struct("!HHIH")
_OPT = struct.pack("!BHHIH", 0, OPT, PAYLOAD, 0, 0)


class MalformedReply(Exception):
    """The reply is ours by number and question, but cannot be read to its end."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the answer section that this program can use."""

    owner: str
    rdtype: str
    ttl: int
    data: Rdata


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said."""

    rcode: int
    truncated: bool
    records: tuple[Record, ...] = ()
    negative_ttl: int = 0
    """How long "no" may be kept: the SOA's minimum (RFC 2308, 5); 0 without an SOA."""
    referral: bool = False
    """The server points to others instead of answering (RFC 2308, 2.2): no answer at all."""


def encode_query(number: int, name: str, rdtype: str, *, edns: bool = True) -> bytes:
    """A question with recursion desired; ``name`` as ``ascii_name`` gives it."""
    header = _HEADER.pack(number, 0x0100, 1, 0, 0, 1 if edns else 0)
    return header + _question(name, rdtype) + (_OPT if edns else b"")


def decode_reply(data: bytes, number: int, name: str, rdtype: str) -> Reply | None:
    """The reply to this question, or None where ``data`` is something else.

    Octets that match neither number nor question were not asked for and are to be ignored
    (RFC 5452, 9.1). Raises MalformedReply.
    """
    if len(data) < _HEADER.size:
        return None
    answered, flags, questions, answers, authorities, additionals = _HEADER.unpack_from(data)
    if answered != number or not flags & 0x8000 or flags & 0x7800:
        return None
    rcode = flags & 0x000F
    truncated = bool(flags & 0x0200)
    if questions == 0 and rcode == FORMERR:
        return Reply(FORMERR, False)  # an old server that could not even read the question
    asked = _question(name, rdtype)
    end = _HEADER.size + len(asked)
    if questions != 1 or data[_HEADER.size : end].lower() != asked.lower():
        return None
    if truncated:
        return Reply(rcode, True)  # what is left of it must not be used (RFC 2181, 9)
    reader = _Reader(data, end, name)
    records = reader.answers(answers)
    negative_ttl, delegated = reader.authority(authorities)
    rcode |= reader.extended_rcode(additionals)
    recursive = flags & 0x0480  # authoritative answer, or recursion available
    empty = rcode == NOERROR and not records
    referral = empty and not negative_ttl and (delegated or not recursive)
    return Reply(rcode, False, records, negative_ttl, referral)


def _question(name: str, rdtype: str) -> bytes:
    labels = b"".join(bytes((len(label),)) + label.encode("ascii") for label in name.split("."))
    return labels + struct.pack("!BHH", 0, TYPES[rdtype], IN)


class _Reader:
    """Walks through a message once; every step is checked against its end."""

    def __init__(self, data: bytes, position: int, asked: str) -> None:
        self._data = data
        self._position = position
        self._names = {_HEADER.size: asked}  # most owners point at the question

    def answers(self, count: int) -> tuple[Record, ...]:
        if count > MAX_RECORDS:
            raise MalformedReply
        records = []
        for _ in range(count):
            owner, rdtype, ttl, start, end = self._record()
            if rdtype in NAMES:
                data = self._rdata(rdtype, start, end)
                records.append(Record(owner, NAMES[rdtype], _lifetime(ttl), data))
        return tuple(records)

    def authority(self, count: int) -> tuple[int, bool]:
        """The TTL of a negative answer, and whether name servers are named."""
        if count > MAX_RECORDS:
            raise MalformedReply
        negative_ttl, delegated = 0, False
        for _ in range(count):
            _, rdtype, ttl, start, end = self._record()
            if rdtype == SOA and end - start >= 22:  # two names and five numbers
                minimum = int.from_bytes(self._data[end - 4 : end], "big")
                negative_ttl = max(1, min(_lifetime(ttl), _lifetime(minimum)))
            delegated = delegated or rdtype == TYPES["NS"]
        return negative_ttl, delegated

    def extended_rcode(self, count: int) -> int:
        """The upper bits of the response code, from EDNS (RFC 6891, 6.1.3)."""
        if count > MAX_RECORDS:
            raise MalformedReply
        for _ in range(count):
            _, rdtype, ttl, _, _ = self._record(any_class=True)
            if rdtype == OPT:
                return ttl >> 24 << 4
        return 0

    def _record(self, *, any_class: bool = False) -> tuple[str, int, int, int, int]:
        owner = self._name()
        start = self._position + _RECORD.size
        if start > len(self._data):
            raise MalformedReply
        rdtype, rdclass, ttl, length = _RECORD.unpack_from(self._data, self._position)
        end = self._position = start + length
        if end > len(self._data):
            raise MalformedReply
        return owner, rdtype if any_class or rdclass == IN else 0, ttl, start, end

    def _rdata(self, rdtype: int, start: int, end: int) -> Rdata:
        data = self._data[start:end]
        match NAMES[rdtype]:
            case "A" if len(data) == 4:
                return str(IPv4Address(data))
            case "AAAA" if len(data) == 16:
                return str(IPv6Address(data))
            case "TXT":
                return _strings(data)
            case "MX" if len(data) > 2:
                return int.from_bytes(data[:2], "big"), self._name_within(start + 2, end)
            case "CNAME" | "PTR" | "NS":
                return self._name_within(start, end)
            case _:
                raise MalformedReply

    def _name_within(self, start: int, end: int) -> str:
        """A name that fills the octets from ``start`` to ``end``."""
        after, self._position = self._position, start
        name = self._name()
        if self._position != end:
            raise MalformedReply
        self._position = after
        return name

    def _name(self) -> str:
        """The name at the position, which moves behind it (RFC 1035, 4.1.4)."""
        begin = position = self._position
        labels: list[str] = []
        after = jumps = octets = 0
        while True:
            known = self._names.get(position)
            if known is not None and jumps:
                labels.extend([known] if known else [])
                break
            if position >= len(self._data):
                raise MalformedReply
            length = self._data[position]
            if length == 0:
                position += 1
                break
            if length < 64:
                label = self._data[position + 1 : position + 1 + length]
                octets += length + 1
                if len(label) != length or octets > 254:
                    raise MalformedReply
                labels.append(_label(label))
                position += 1 + length
                continue
            if length < 192 or position + 1 >= len(self._data):
                raise MalformedReply
            target = (length & 63) << 8 | self._data[position + 1]
            jumps += 1
            if target >= position or jumps > MAX_JUMPS:  # only back, so that it ends
                raise MalformedReply
            after = after or position + 2
            position = target
        self._position = after or position
        name = self._names[begin] = ".".join(labels)
        if len(name) > 4 * 254:
            raise MalformedReply
        return name


def _lifetime(ttl: int) -> int:
    """A TTL with the highest bit set is zero (RFC 2181, 8)."""
    return ttl if ttl < 1 << 31 else 0


def _strings(data: bytes) -> bytes:
    """The character-strings of a TXT record, joined."""
    pieces = []
    position = 0
    while position < len(data):
        end = position + 1 + data[position]
        if end > len(data):
            raise MalformedReply
        pieces.append(data[position + 1 : end])
        position = end
    return b"".join(pieces)


def _label(octets: bytes) -> str:
    """Printable ASCII as it is; a dot, a backslash and all else as ``\\DDD`` (RFC 4343, 2.1)."""
    text = octets.decode("latin-1")
    if text.isascii() and text.isprintable() and "." not in text and "\\" not in text:
        return text
    return "".join(c if " " <= c <= "~" and c not in ".\\" else f"\\{ord(c):03d}" for c in text)
