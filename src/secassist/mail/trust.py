"""Which hop and which line can be believed: the rule of trust of INTERFACES.md.

Everybody can write Received and Authentication-Results fields into a mail. What stands above the
Received field of the server that took the mail in, the *border*, was put there by the person's
own provider, because each server writes on top. So the fields are walked from the top down, and
only as long as every one of them belongs to one known receiver. The first unknown hop ends trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from secassist.facts.receivers import Position, Receiver
from secassist.mail.auth.received_spf import ReceivedSpf, parse_received_spf
from secassist.mail.auth.results import AuthenticationResults, MethodResult, parse
from secassist.mail.fields import Field, Split
from secassist.mail.trace import ReceivedHop, is_outside

# A sender's address that the server copied into its line may hold quotes and brackets, and so
# break out of its comment and add results of its own.
_BROKEN_OUT = frozenset(
    {"comment-in-word", "half-quote-in-comment", "unclosed-comment", "unclosed-quote"}
)


_DOMAIN_OF = re.compile(
    r"\bdomain of (?:transitioning )?([^\s:;]{3,320}) (?:designates|does not)\b"
)
# A user of this very server, after signing in, wrote what stands below (RFC 3848, RFC 6531).
_HANDED_IN = frozenset({"ESMTPA", "ESMTPSA", "UTF8SMTPA", "UTF8SMTPSA"})
# What Microsoft writes near its line.
_BESIDE_RECEIVED = frozenset({"received-spf", "return-path"})
_MICROSOFTS = ("x-ms-", "x-eop", "x-microsoft-", "x-forefront-", "x-incoming")


@dataclass(frozen=True, slots=True)
class Border:
    """The hop at which the person's provider took the mail in."""

    receiver: Receiver
    hop: ReceivedHop
    hops_above: int

    @property
    def client_ip(self) -> str:
        """The one address that may be used for SPF; empty where the server did not write it."""
        return self.hop.client_ip if is_outside(self.hop.client_ip) else ""


@dataclass(frozen=True, slots=True)
class ReceiverWord:
    """What the trusted receiver wrote about the mail when it came in."""

    authserv_id: str | None
    results: tuple[MethodResult, ...]

    def all(self, method: str) -> tuple[MethodResult, ...]:
        return tuple(r for r in self.results if r.method == method)

    def first(self, method: str) -> str:
        found = self.all(method)
        return found[0].result if found else ""


def find_border(
    hops: Sequence[ReceivedHop], receivers: Sequence[Receiver], provider: str | None = None
) -> Border | None:
    """The border hop, or None where no hop can be trusted.

    ``provider`` is what the person said: a key of the receivers asset, or a host name of their
    own server. Then only that receiver counts.
    """
    for receiver in _candidates(receivers, provider):
        border = _walk(hops, receiver)
        if border is not None:
            return border
    return None


def receiver_word(split: Split, border: Border) -> ReceiverWord | None:
    """The border receiver's own result lines, where they stand where it puts them."""
    if not border.receiver.trusted:
        return None
    lines = _lines(split, border)
    if not lines:
        return None
    # What no semicolon separates may come from an address that the sender chose.
    results = tuple(result for line in lines for result in line.results if result.separated)
    return ReceiverWord(lines[0].authserv_id or None, results)


def word_right_below(split: Split, border: Border) -> ReceiverWord | None:
    """A line without a name right below the border of a receiver that writes such lines.

    Microsoft puts its line above the border's Received, and then this is none of its. Some ways of
    copying turn the two round, so where no such line stands above, ``proof`` may still hear this
    one, if our own look-ups were done and say nothing else.
    """
    receiver = border.receiver
    if not (receiver.trusted and receiver.nameless):
        return None
    if any(f.name == "authentication-results" for f in split.fields[: border.hop.index]):
        return None
    for field in split.fields[border.hop.index + 1 :]:
        if field.name in _BESIDE_RECEIVED or field.name.startswith(_MICROSOFTS):
            continue
        if field.name != "authentication-results":
            return None
        line = parse(_text(field))
        if not receiver.writes(line.authserv_id) or not _is_whole(line):
            return None
        return ReceiverWord(None, tuple(r for r in line.results if r.separated))
    return None


def envelope_sender(split: Split, border: Border, word: ReceiverWord | None) -> str | None:
    """MAIL FROM as the border saw it, or None; an empty string is the null sender ``<>``.

    A Return-Path further down may be the sender's own writing. With an address that the sender
    shares with others (a mail service), it would turn their SPF pass into one for any domain.
    """
    if word:
        for result in word.all("spf"):
            if domain := result.prop("smtp.mailfrom") or result.prop("smtp.mail"):
                return domain if "@" in domain else f"postmaster@{domain}"
    own = split.fields[: border.hop.index]
    if border.receiver.position is Position.BELOW_BORDER:
        own = _zone(split, border)
    for field in own:
        if field.name == "received-spf":
            sender = _sender_in(parse_received_spf(_text(field)))
            if sender:
                return sender
            break  # further ones came with the mail
    for field in split.fields[: border.hop.index]:
        if field.name == "return-path":
            return _text(field).strip().strip("<>").strip()
    return None


def _sender_in(line: ReceivedSpf) -> str:
    """MAIL FROM in a Received-SPF field; Gmail and Microsoft name it in the comment alone."""
    if line.envelope_from or line.oddities:
        return line.envelope_from
    named = _DOMAIN_OF.search(line.comment)
    if named is None:
        return ""
    return named[1] if "@" in named[1] else f"postmaster@{named[1]}"


def _candidates(receivers: Sequence[Receiver], provider: str | None) -> Sequence[Receiver]:
    if not provider:
        return [r for r in receivers if not r.gateway]
    named = [r for r in receivers if r.is_called(provider)]
    return named or [Receiver.own_server(provider)]


def _walk(hops: Sequence[ReceivedHop], receiver: Receiver) -> Border | None:
    for number, hop in enumerate(hops):
        if "." not in hop.by and ":" not in hop.by and not receiver.is_internal(hop.by):
            return None
        if receiver.is_border(hop.by) and not _from_inside(hop, receiver):
            return None if hop.protocol in _HANDED_IN else Border(receiver, hop, number)
        if not (receiver.is_internal(hop.by) or receiver.is_border(hop.by)):
            return None
        if not _inside_address(hop, receiver):
            return None  # its own customer handed it in here, with what stands below
        if _is_address(hop.by) and hop.helo:
            return None  # big providers name a bare address only when a mail moves inside
    return None


def _from_inside(hop: ReceivedHop, receiver: Receiver) -> bool:
    """The same receiver handed the mail to itself: over a private address, by its own hosts."""
    if not hop.client_ip or is_outside(hop.client_ip):
        return False
    name = hop.client_name or hop.helo
    return not name or receiver.is_border(name) or receiver.is_internal(name) or "." not in name


def _inside_address(hop: ReceivedHop, receiver: Receiver) -> bool:
    ip = hop.client_ip
    return not is_outside(ip) or receiver.is_internal_address(ip)


def _is_address(by: str) -> bool:
    return ":" in by or by.replace(".", "").isdigit()


def _lines(split: Split, border: Border) -> list[AuthenticationResults]:
    """The receiver's own result lines, in its form and at its place."""
    receiver = border.receiver
    lines = _written_by(receiver, _zone(split, border))
    if receiver.position is Position.REGROUPED:
        # One group of fields of a name stands at one place: what stands lower came with the mail.
        lines = _written_by(receiver, split.fields[: border.hop.index]) or lines
    match receiver.position:
        case Position.BELOW_BORDER if not receiver.several_fields:
            lines = lines[:1]  # further ones may have come with the mail
        case Position.BELOW_BORDER | Position.REGROUPED:
            # What stands below a broken line may be a forged one for what that line lost.
            return _first_of_each_method(list(takewhile(_is_whole, lines)))
    return list(filter(_is_whole, lines))


def _written_by(receiver: Receiver, fields: Sequence[Field]) -> list[AuthenticationResults]:
    """The result lines that are in this receiver's form."""
    return [
        parsed
        for field in fields
        if field.name == "authentication-results"
        and receiver.writes((parsed := parse(_text(field))).authserv_id)
    ]


def _is_whole(line: AuthenticationResults) -> bool:
    return not _BROKEN_OUT.intersection(line.oddities)


def _first_of_each_method(lines: Sequence[AuthenticationResults]) -> list[AuthenticationResults]:
    """The lines up to the one that repeats a method: that one, and what follows, came with it."""
    seen: set[str] = set()
    own: list[AuthenticationResults] = []
    for line in lines:
        methods = {result.method for result in line.results}
        if methods & seen:
            break
        own.append(line)
        seen |= methods
    return own


def _zone(split: Split, border: Border) -> tuple[Field, ...]:
    """The fields among which the receiver puts its result lines."""
    at = border.hop.index
    match border.receiver.position:
        case Position.ABOVE_BORDER:
            return split.fields[:at]
        case Position.BELOW_BORDER:
            return tuple(_right_below(split.fields[at + 1 :], border.receiver))
        case Position.REGROUPED:
            last = max(i for i, field in enumerate(split.fields) if field.name == "received")
            return (*split.fields[:at], *split.fields[last + 1 :])
    return ()


def _right_below(fields: Sequence[Field], receiver: Receiver) -> Iterator[Field]:
    for field in fields:
        if field.name == "authentication-results":
            if not receiver.writes(parse(_text(field)).authserv_id):
                return  # another's line: here begins what came with the mail
        elif not receiver.puts_between(field.name):
            return
        yield field


def _text(field: Field) -> str:
    return field.value.decode("utf-8", "replace")
