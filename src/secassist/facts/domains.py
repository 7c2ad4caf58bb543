"""Domain names: how they are written, and where one owner's names end and another's begin.

Every function takes a name in any writing (upper case, U-labels, a final dot) and answers in one:
A-labels, lower case, no final dot (RFC 5890, 2.3.2.1). What is no domain name gives ``None`` or
``False``, never an error: an address in brackets, an IP address, a leading dot, an empty label.

Where owners change is told by the public suffix list (its form: ``checkPublicSuffix`` of the
list's own tests). Its second, "private" section holds the suffixes under which a company lets
strangers have names, ``github.io`` for example; to tell owners apart it always counts, so it is
on unless the caller asks for registries alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pkgutil import get_data
from typing import Final

MAX_NAME: Final = 253  # characters, RFC 1035, 2.3.4, without the final dot
MAX_WRITTEN: Final = 1_024  # characters of a name before it is turned into A-labels
_CACHED: Final = 512

# Letters, digits, hyphens, and underscores: the DNS carries them and senders use them.
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_RULE = re.compile(rb"^[^\s/]\S*", re.MULTILINE)
_PRIVATE_SECTION: Final = b"// ===BEGIN PRIVATE DOMAINS==="


@lru_cache(maxsize=_CACHED)
def to_ascii(name: str) -> str | None:
    """The name in A-labels, lower case, without a final dot; ``None`` if it is no domain name.

    Unicode is mapped as web browsers and mail programs do (UTS 46, non-transitional), then checked
    by IDNA 2008. A-labels given as such are kept even where they stand for nothing: the DNS does
    not care. A name whose last label is a number is an IP address (or nothing), never a domain.
    """
    if not 0 < len(name) <= MAX_WRITTEN:
        return None
    written = name
    if not name.isascii():
        import idna  # noqa: PLC0415 (large, and seldom needed)

        try:
            written = idna.uts46_remap(name, std3_rules=False, transitional=False)
        except idna.IDNAError:
            return None
    labels = written.lower().removesuffix(".").split(".")
    encoded = [_to_a_label(label) for label in labels]
    if not all(encoded) or labels[-1].isdecimal():
        return None
    ascii_name = ".".join(label for label in encoded if label)
    return ascii_name if len(ascii_name) <= MAX_NAME else None


def to_unicode(name: str) -> str:
    """The name for people: A-labels decoded where they stand for something (IDNA 2008), else kept.

    What is no domain name comes back as it was, in lower case. The result is for the screen only:
    two names that look the same there need not be the same.
    """
    ascii_name = to_ascii(name)
    if ascii_name is None:
        return name.lower()
    return ".".join(_to_u_label(label) for label in ascii_name.split("."))


def is_domain(name: str) -> bool:
    """Whether mail can come from such a name: a valid domain name of at least two labels."""
    ascii_name = to_ascii(name)
    return ascii_name is not None and "." in ascii_name


def is_subdomain(name: str, of: str) -> bool:
    """Whether ``name`` is ``of`` or stands below it, label by label."""
    child, parent = to_ascii(name), to_ascii(of)
    if child is None or parent is None:
        return False
    return child == parent or child.endswith("." + parent)


def public_suffix(name: str, *, private: bool = True) -> str | None:
    """The longest suffix of ``name`` under which strangers can have names; ``None`` if no domain.

    ``private=False`` leaves out the list's private section (``github.io`` and the like). A last
    label that the list does not know is a suffix too (the list's rule ``*``), and so is the parent
    of a wildcard rule (``kobe.jp`` by ``*.kobe.jp``). A name that is a suffix is its own answer.
    """
    labels = _labels(name)
    return ".".join(labels[-_suffix_length(labels, private) :]) if labels else None


def registrable_domain(name: str, *, private: bool = True) -> str | None:
    """The public suffix and one label more: the name that one owner has, with all below it.

    ``None`` for what is no domain, and for a name that is itself a public suffix: it has no single
    owner. This is the organizational domain of RFC 7489, 3.2.
    """
    labels = _labels(name)
    length = _suffix_length(labels, private) + 1 if labels else 1
    return ".".join(labels[-length:]) if 1 < length <= len(labels) else None


def is_public_suffix(name: str, *, private: bool = True) -> bool:
    """Whether strangers can have names right below ``name``."""
    labels = _labels(name)
    return bool(labels) and _suffix_length(labels, private) == len(labels)


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the two sections of the list. Names without ``!`` and ``*.``."""

    plain: Mapping[str, str]
    """For each last label its rules in one text, each with a blank before and behind it.

    Ten thousand small texts would take seven times the memory, for the whole life of the window.
    """
    wildcards: frozenset[str]
    exceptions: frozenset[str]

    def holds(self, name: str) -> bool:
        return f" {name} " in self.plain.get(name.rpartition(".")[2], "")


@dataclass(frozen=True, slots=True)
class _Rules:
    registries: _Section
    private: _Section
    deepest: int


@cache
def _rules() -> _Rules:
    """Read the list that ``publicsuffixlist`` ships: A-labels, ``*.`` and ``!`` kept.

    Its own class encodes all ten thousand rules by the old IDNA codec, ten times the work.
    """
    text = get_data("publicsuffixlist", "public_suffix_list.dat") or b""
    border = text.index(_PRIVATE_SECTION)
    return _Rules(
        _section(text, 0, border),
        _section(text, border, len(text)),
        max(match[0].count(b".") for match in _RULE.finditer(text)) + 1,
    )


def _section(text: bytes, start: int, end: int) -> _Section:
    # One rule at a time: what ten thousand at once would take, the process keeps.
    plain: dict[str, bytearray] = defaultdict(lambda: bytearray(b" "))
    wildcards, exceptions = set(), set()
    for match in _RULE.finditer(text, start, end):
        rule = _encoded_rule(match[0].decode("utf-8"))
        if rule.startswith("*."):
            wildcards.add(rule[2:])
        elif rule.startswith("!"):
            exceptions.add(rule[1:])
        else:
            plain[rule.rpartition(".")[2]] += rule.encode("ascii") + b" "
    return _Section(
        {label: rules.decode("ascii") for label, rules in plain.items()},
        frozenset(wildcards),
        frozenset(exceptions),
    )


def _encoded_rule(rule: str) -> str:
    if rule.isascii():
        return rule
    # The list keeps its rules normalised and in lower case, so Punycode (RFC 3492) is all it takes.
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in rule.split(".")
    )


@lru_cache(maxsize=_CACHED)
def _suffix_length(labels: tuple[str, ...], private: bool) -> int:
    """How many labels the public suffix of a name has: at least one, at most all."""
    rules = _rules()
    sections = (rules.registries, rules.private) if private else (rules.registries,)
    length = 1
    wildcard = False  # does "*.PARENT" stand in the list?
    for depth in range(1, min(len(labels), rules.deepest) + 1):
        name = ".".join(labels[-depth:])
        if any(name in section.exceptions for section in sections):
            return depth - 1
        if wildcard or any(section.holds(name) for section in sections):
            length = depth
        wildcard = any(name in section.wildcards for section in sections)
        if wildcard:
            length = depth
    return length


def _labels(name: str) -> tuple[str, ...]:
    ascii_name = to_ascii(name)
    return tuple(ascii_name.split(".")) if ascii_name else ()


def _to_a_label(label: str) -> str | None:
    if label.isascii():
        return label if _LABEL.fullmatch(label) else None
    import idna  # noqa: PLC0415 (as above)

    try:
        return idna.alabel(label).decode("ascii")
    except idna.IDNAError:
        return None


def _to_u_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    import idna  # noqa: PLC0415 (as above)

    try:
        return idna.ulabel(label)
    except idna.IDNAError:
        return label
