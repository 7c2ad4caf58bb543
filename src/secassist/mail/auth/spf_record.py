"""The text of an SPF record → its terms (RFC 7208, 4.5, 4.6, 5, 6). Nothing is looked up here."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from secassist.mail.auth.spf_macro import (
    MacroError,
    MacroString,
    parse_domain_spec,
    parse_macro_string,
)

QUALIFIERS: Final = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
LOOKS_UP: Final = frozenset({"include", "a", "mx", "ptr", "exists"})
"""The mechanisms that count towards the limit of ten (RFC 7208, 4.6.4)."""

_VERSION = re.compile(rb"v=spf1(?: |\Z)", re.IGNORECASE)
_MODIFIER = re.compile(r"([a-z][a-z0-9_.\-]*)=(.*)", re.IGNORECASE | re.DOTALL)
_MECHANISM = re.compile(
    r"([+\-?~]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::(.*)|(/.*))?", re.IGNORECASE | re.DOTALL
)
_IP4 = re.compile(r"([0-9.]{7,15})(?:/(0|[1-9][0-9]?))?")
_IP6 = re.compile(r"([0-9a-f:.]{2,45})(?:/(0|[1-9][0-9]{0,2}))?", re.IGNORECASE)
_DUAL_CIDR = re.compile(r"(?:/(0|[1-9][0-9]?))?(?://(0|[1-9][0-9]{0,2}))?\Z")


class RecordError(Exception):
    """The record breaks the grammar; the result is permerror."""


@dataclass(frozen=True, slots=True)
class Term:
    """One mechanism with its qualifier.

    ``target`` is None where the current domain is meant; ``network`` belongs to ip4 and ip6, as a
    number; ``prefix4`` and ``prefix6`` are lengths in bits.
    """

    text: str
    result: str
    """What a match means: pass, fail, softfail or neutral."""
    kind: str
    target: MacroString | None = None
    network: int = 0
    prefix4: int = 32
    prefix6: int = 128


@dataclass(frozen=True, slots=True)
class Record:
    """A record that keeps to the grammar from end to end."""

    terms: tuple[Term, ...]
    redirect: MacroString | None = None
    explanation: MacroString | None = None


def select(texts: Iterable[bytes]) -> tuple[bytes, ...]:
    """The TXT records that are SPF records, by their version section (RFC 7208, 4.5)."""
    return tuple(text for text in texts if _VERSION.match(text))


@lru_cache(maxsize=64)  # the mails of one sender share their records
def parse(raw: bytes) -> Record:
    """Read a whole record: errors anywhere in it are found (RFC 7208, 4.6). Raises RecordError."""
    if not raw.isascii():
        raise RecordError("a character beyond ASCII")
    terms: list[Term] = []
    modifiers: dict[str, MacroString] = {}
    seen: dict[str, Term] = {}
    try:
        # Only the space separates terms; other white space is an error inside a term.
        for text in raw.decode("ascii").split(" ")[1:]:
            if not text:
                continue
            modifier = _MODIFIER.fullmatch(text)
            if modifier:
                _modifier(modifier[1].lower(), modifier[2], modifiers)
                continue
            term = seen.get(text)
            if term is None:
                term = seen[text] = _mechanism(text)
            terms.append(term)
    except MacroError as error:
        raise RecordError(f"{error} in {text[:80]!a}") from error
    return Record(tuple(terms), modifiers.get("redirect"), modifiers.get("exp"))


def _modifier(name: str, value: str, found: dict[str, MacroString]) -> None:
    if name not in {"redirect", "exp"}:
        parse_macro_string(value)  # unknown ones are ignored, but not their syntax
        return
    if name in found:
        raise RecordError(f"{name}= appears twice")
    found[name] = parse_domain_spec(value)


def _mechanism(text: str) -> Term:
    match = _MECHANISM.fullmatch(text)
    if not match:
        raise RecordError(f"no mechanism of this name: {text[:80]!a}")
    result = QUALIFIERS[match[1] or "+"]
    kind = match[2].lower()
    argument: str | None = match[3]
    lengths: str | None = match[4]
    if kind in {"a", "mx"}:
        return _address_term(text, result, kind, argument, lengths)
    if lengths is not None:
        raise RecordError(f"a prefix length has no place here: {text[:80]!a}")
    if kind == "ip4":
        return _ip4_term(text, result, argument or "")
    if kind == "ip6":
        return _ip6_term(text, result, argument or "")
    if kind == "all":
        if argument is not None:
            raise RecordError(f"'all' takes nothing: {text[:80]!a}")
        return Term(text, result, kind)
    if argument is None:
        if kind != "ptr":
            raise RecordError(f"a domain is missing: {text[:80]!a}")
        return Term(text, result, kind)
    return Term(text, result, kind, parse_domain_spec(argument))


def _address_term(
    text: str, result: str, kind: str, argument: str | None, lengths: str | None
) -> Term:
    written = lengths or argument or ""
    # A slash may also stand inside the domain; only the lengths at the very end count. They take
    # at most eight characters, so looking further back would only cost time.
    cidr = next(
        m
        for i in range(max(0, len(written) - 8), len(written) + 1)
        if (m := _DUAL_CIDR.match(written, i))
    )
    if lengths is not None and cidr.start() > 0:
        raise RecordError(f"not a prefix length: {text[:80]!a}")
    prefix4 = int(cidr[1]) if cidr[1] else 32
    prefix6 = int(cidr[2]) if cidr[2] else 128
    if prefix4 > 32 or prefix6 > 128:
        raise RecordError(f"a prefix longer than an address: {text[:80]!a}")
    target = None
    if argument is not None:
        target = parse_domain_spec(argument[: cidr.start()])
    return Term(text, result, kind, target, 0, prefix4, prefix6)


def _ip4_term(text: str, result: str, argument: str) -> Term:
    match = _IP4.fullmatch(argument)
    prefix = int(match[2] or 32) if match else 0
    if not match or prefix > 32:
        raise RecordError(f"not an IPv4 network: {text[:80]!a}")
    try:
        network = int(ipaddress.IPv4Address(match[1]))  # refuses leading zeros, as we must
    except ValueError as error:
        raise RecordError(f"not an IPv4 network: {text[:80]!a}") from error
    return Term(text, result, "ip4", None, network, prefix)


def _ip6_term(text: str, result: str, argument: str) -> Term:
    match = _IP6.fullmatch(argument)
    prefix = int(match[2] or 128) if match else 0
    if not match or prefix > 128:
        raise RecordError(f"not an IPv6 network: {text[:80]!a}")
    try:
        network = int(ipaddress.IPv6Address(match[1]))
    except ValueError as error:
        raise RecordError(f"not an IPv6 network: {text[:80]!a}") from error
    return Term(text, result, "ip6", None, network, 32, prefix)
