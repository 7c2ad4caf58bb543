"""The Received fields → hops with times and delays: what each says, believed or not.

RFC 5321, 4.4. The topmost field was written last, by the server nearest to the person. Which of
them can be believed is decided in ``trust``; here they are only read.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from secassist.base.limits import MAX_RECEIVED
from secassist.mail.fields import Split

CLOCK_TOLERANCE = timedelta(minutes=2)
"""Clocks of honest servers differ by this much without being worth a word."""

_COMMENT = re.compile(r"\(([^()]*)\)")
_CLAUSE = re.compile(r"(?:^|\s)(by|with|for|via|id)\s", re.IGNORECASE)
_IP = re.compile(r"(?:IPv6:)?([0-9a-fA-F:.]{3,45})(?:%[\w.]+)?(?::\d{1,5})?\Z")
_ADDRESS = re.compile(r"<?([^\s<>;]{1,254}@[^\s<>;]{1,253})>?")
_LITERAL = re.compile(r"\[([^\[\]\s]{2,60})\]")
_INSIDE = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 "
        "192.168.0.0/16 ::/127 fc00::/7 fe80::/10"
    ).split()
)
"""Private, shared, local and loopback networks (RFC 1918, 6598, 3927, 4193, 4291)."""
_READ_AT_MOST = 4_096


@dataclass(frozen=True, slots=True)
class ReceivedHop:
    """One Received field.

    ``index`` is its place among all header fields, from the top. ``helo`` is what the client
    called itself, which it may choose freely; ``client_ip`` is what the server saw.
    """

    index: int
    by: str
    helo: str
    client_name: str
    client_ip: str
    for_: str
    protocol: str
    time: datetime | None


def read_hops(split: Split) -> tuple[ReceivedHop, ...]:
    """Every Received field from top to bottom, at most ``limits.MAX_RECEIVED`` of them."""
    found: list[ReceivedHop] = []
    for index, field in enumerate(split.fields):
        if field.name == "received":
            found.append(read_hop(index, field.value))
            if len(found) == MAX_RECEIVED:
                break
    return tuple(found)


def read_hop(index: int, value: bytes) -> ReceivedHop:
    """Read one Received value. Never raises; what is not understood stays empty."""
    text = value[:_READ_AT_MOST].decode("utf-8", "replace").replace("\r\n", "")
    head, _, stamp = text.rpartition(";")
    if not head:
        head, stamp = text, ""
    from_clause, clauses = _clauses(head)
    helo, name, ip = _client(from_clause)
    recipient = _ADDRESS.search(clauses.get("for", ""))
    return ReceivedHop(
        index=index,
        by=_first_word(clauses.get("by", "")).rstrip(".").lower(),
        helo=helo.rstrip(".").lower(),
        client_name=name.rstrip(".").lower(),
        client_ip=ip,
        for_=recipient.group(1) if recipient else "",
        protocol=_first_word(clauses.get("with", "")).upper(),
        time=read_time(stamp or text),
    )


def read_time(text: str) -> datetime | None:
    """An RFC 5322 date in UTC, or None. Bounded; never raises."""
    try:
        parsed = parsedate_to_datetime(_COMMENT.sub("", text[-120:]).strip())
        aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def delay(hop: ReceivedHop, before: ReceivedHop | None) -> timedelta | None:
    """Time since the hop before it; negative when the two clocks disagree."""
    if before is None or hop.time is None or before.time is None:
        return None
    return hop.time - before.time


def is_outside(ip: str) -> bool:
    """Whether a mail can come from the address over the internet: it is of no private network."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    return not any(address in net for net in _INSIDE if net.version == address.version)


def _clauses(head: str) -> tuple[str, dict[str, str]]:
    """``from`` clause, and the others by their word: split outside of comments only."""
    blanked = _blank_comments(head)
    starts = [(m.start(1), m.group(1).lower()) for m in _CLAUSE.finditer(blanked)]
    first = starts[0][0] if starts else len(head)
    from_clause = " ".join(head[:first].split())
    clauses: dict[str, str] = {}
    for number, (start, word) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(head)
        # Of two servers one came with the HELO name, and nobody can tell which.
        clauses[word] = "" if word in clauses else head[start + len(word) : end].strip()
    return re.sub(r"(?i)^from\s+", "", from_clause, count=1), clauses


def _blank_comments(text: str) -> str:
    """The text with everything inside parentheses replaced by dots, lengths kept."""
    depth = 0
    out: list[str] = []
    for char in text:
        if char == ")" and depth:
            depth -= 1
            out.append(".")
        elif char == "(":
            depth += 1
            out.append(".")
        else:
            out.append("." if depth else char)
    return "".join(out)


def _client(from_clause: str) -> tuple[str, str, str]:
    """HELO name, name by reverse DNS, address: ``mail.x (host.y [192.0.2.1])`` and its variants.

    The client chooses its HELO freely, brackets included, and the name in its TLS certificate,
    which some servers write into a later comment. So the address is read from the one comment
    that directly follows the HELO. Without it, or with a second address literal in it or behind
    it, there is no address that can be believed.
    """
    helo, _, rest = from_clause.partition(" ")
    flat = _flatten(rest.lstrip())
    comment = _COMMENT.match(flat)
    if comment is None or _holds_address(flat, comment.end()):
        return helo, "", ""
    inside = comment.group(1).strip()
    if len(_LITERAL.findall(inside)) > 1:
        return helo, "", ""
    literal = _LITERAL.search(inside)
    ip = _ip(literal.group(1) if literal else inside)
    name = _first_word(inside) if literal and not inside.startswith("[") else ""
    return helo, name if "=" not in name else "", ip


def _holds_address(flat: str, start: int) -> bool:
    """Whether an address stands in brackets or in a comment of its own, after ``start``."""
    if _LITERAL.search(flat, start):
        return True
    return any(_ip(comment[1].strip()) for comment in _COMMENT.finditer(flat, start))


def _flatten(text: str) -> str:
    """Only the outermost pair of nested parentheses is kept, so that a comment stays whole."""
    depth = 0
    out: list[str] = []
    for char in text:
        if char == "(":
            depth += 1
            out.append(char if depth == 1 else " ")
        elif char == ")" and depth:
            depth -= 1
            out.append(char if depth == 0 else " ")
        else:
            out.append(char)
    return "".join(out)


def _ip(word: str) -> str:
    match = _IP.match(word.strip(",;"))
    if not match:
        return ""
    for candidate in (match.group(1), match.group(1).rpartition(":")[0]):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return ""


def _first_word(text: str) -> str:
    words = text.split(None, 1)
    return words[0] if words else ""
