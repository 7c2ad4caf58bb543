"""Tricks with the name that stands before the From address, and with the subject.

Mail programs on phones show the name alone. So an address inside the name, characters that turn it
round, or the reader's own address there are meant to be taken for the sender.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Final

from secassist.facts.domains import is_domain, registrable_domain
from secassist.facts.hosts import hosts
from secassist.facts.ownership import Ownership, OwnershipKind, owner_of
from secassist.mail.findings import Finding, Strength, contradicts, notes
from secassist.mail.identity.skeleton import (
    as_read,
    hidden_marks,
    latinised,
    mixes_scripts,
    script_changes,
    show,
    strip_invisible,
    unaccented,
)
from secassist.mail.message import Address, Message

_ADDRESS: Final = re.compile(
    r"([\w.+'&=/%-]{1,64})\s?[@＠﹫]\s?((?:[\w-]{1,63}[.。．｡])+[\w-]{2,63})"
)
_DOMAIN: Final = re.compile(r"(?<![@\w.-])((?:[\w-]{1,63}\.)+[a-z]{2,24})(?![\w@-])", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")
_LIMIT: Final = 400
_NAME: Final = 3  # letters of a person's name
_TELLING: Final = 5  # letters of a word that is no chance in a domain


@dataclass(frozen=True, slots=True)
class Inside:
    """An address or a domain that stands inside the display name."""

    text: str
    """The address, or the domain alone."""
    domain: str
    ownership: Ownership

    @property
    def organisation(self) -> str | None:
        """Id of the organisation that writes from there, if it is one."""
        owner = self.ownership.organisation
        return owner.id if owner and self.ownership.kind is OwnershipKind.ORGANISATION else None


def inside_name(address: Address) -> Inside | None:
    """The first address, else the first domain, inside the display name; its own excepted.

    A local part in quotes may hold one as well: ``"security@bank.example"@evil.example``.
    """
    shown = f"{address.display_name[:_LIMIT]} {address.local[:_LIMIT]} "
    name = unaccented(strip_invisible(as_read(shown)))
    for match in _ADDRESS.finditer(name):
        local, domain = match[1], match[2].replace("。", ".").lower()
        if not _same_house(domain, address.domain) and is_domain(domain):
            return Inside(f"{local}@{domain}", domain, owner_of(domain, local))
    for match in _DOMAIN.finditer(name):
        domain = match[1].lower()
        ownership = owner_of(domain)
        # A domain that nobody we know owns may just be a name ("Amsterdam.nl").
        if ownership.kind is OwnershipKind.ORGANISATION and not _same_house(domain, address.domain):
            return Inside(domain, domain, ownership)
    return None


def findings_of(
    message: Message, inside: Inside | None, *, claims_inside: bool = False
) -> tuple[Finding, ...]:
    """All findings on display name and subject. Pure, linear.

    ``claims_inside``: the address inside the name is, or imitates, that of an organisation.
    """
    found: list[Finding] = []
    address = message.from_addresses[0] if message.from_addresses else None
    if address is not None:
        found.extend(_in_name(address, message, inside, claims_inside))
    marks = hidden_marks(message.subject[:_LIMIT])
    if marks:
        found.append(
            contradicts(
                "subject.hidden-characters",
                marks=", ".join(sorted(marks)),
                shown=show(message.subject),
            )
        )
    disguised = _disguised_words(message.subject)
    if disguised:
        found.append(contradicts("subject.mixed-scripts", word=disguised[0]))
    return tuple(found)


def fits_domain(address: Address, generic: Container[str]) -> bool:
    """Does the display name give the name that the domain has: Kaffee Kontor, kaffee-kontor.de?

    A word that anybody may put there (``generic``: team, service) shows nothing.
    """
    label = (registrable_domain(address.domain) or "").partition(".")[0].replace("-", "")
    words = _WORD.findall(unaccented(address.display_name[:_LIMIT]).lower())
    whole = "".join(words)
    if all(word in generic for word in words) or len(label) < _TELLING:
        return False
    telling = (w for w in words if len(w) >= _TELLING and w not in generic)
    return (
        label in whole
        or (len(whole) >= _TELLING and whole in label)
        or any(word in label for word in telling)
    )


def names_only(address: Address, names: Iterable[str], generic: Container[str]) -> bool:
    """Does the display name give one of these names, or the address, and nobody else's?

    Services put the name of their user here: "Ann Lee (via Drive)", "IT Support". A word that
    anybody may put there (``generic``) does no harm beside such a name, and shows nothing alone.
    """
    shown = address.display_name[:_LIMIT]
    if not shown or shown.lower() == address.spec.lower():
        return True
    theirs = {word for name in names for word in _WORD.findall(unaccented(name).lower())}
    words = set(_WORD.findall(unaccented(shown).lower()))
    return bool(words & theirs - {"via"}) and words <= theirs.union(
        w for w in words if w in generic
    )


def fits_local_part(address: Address) -> bool:
    """Is the display name that of a person whose mailbox it is: Tom Becker, tom.becker?"""
    words = _WORD.findall(unaccented(address.display_name[:_LIMIT]).lower())
    return any(len(word) >= _NAME and word in address.local.lower() for word in words)


def _in_name(
    address: Address, message: Message, inside: Inside | None, claims: bool
) -> list[Finding]:
    found: list[Finding] = []
    name = address.display_name[:_LIMIT]
    marks = hidden_marks(name)
    if marks:
        shown = show(as_read(name))
        found.append(
            contradicts("name.hidden-characters", marks=", ".join(sorted(marks)), shown=shown)
        )
    disguised = _disguised_words(name)
    if disguised:
        found.append(contradicts("name.mixed-scripts", word=disguised[0], shown=latinised(name)))
    if inside is not None:
        found.append(_address_inside(address, message, inside, claims))
    elif _is_recipient(name, address, message):
        found.append(contradicts("name.is-recipient", Strength.WEAK, shown=show(name)))
    return found


def _address_inside(address: Address, message: Message, inside: Inside, claims: bool) -> Finding:
    facts = {"inside": inside.text, "address": address.spec}
    if "@" not in inside.text:
        return notes("name.domain-inside", **facts)
    if hosts().hides_sender(address.domain, address.local):
        return notes("name.address-inside", **facts)  # that is what such a service is for
    if claims:
        return contradicts("claim.address-in-name", Strength.STRONG, **facts)
    if _speaks_for_a_user(address, message, inside):
        return contradicts("name.address-inside", Strength.WEAK, **facts)
    return contradicts("claim.address-in-name", Strength.STRONG, **facts)


def _speaks_for_a_user(address: Address, message: Message, inside: Inside) -> bool:
    """Services and lists name the person for whom they write: "jane@example.org via Forms"."""
    return (
        inside.ownership.kind is OwnershipKind.MAILBOX
        or owner_of(address.domain, address.local).kind is OwnershipKind.RELAY
        or inside.text.lower() in {r.spec.lower() for r in message.reply_to}
        or bool(message.fields("list-id"))
    )


def _is_recipient(name: str, address: Address, message: Message) -> bool:
    """The sender calls itself by the reader's own address, from elsewhere."""
    plain = name.strip().lower()
    return any(
        plain in (r.spec.lower(), r.domain) and r.domain != address.domain
        for r in message.recipients
        if r.domain and r.local
    )


def _disguised_words(text: str) -> list[str]:
    """Words that mix Latin letters with look-alikes of other scripts, and so read as Latin ones.

    In a text that is written in such a script, a word of both may be an honest compound
    (``SMSка``); there the scripts must take turns within the word.
    """
    if text.isascii():
        return []
    words = _WORD.findall(text[:_LIMIT])
    foreign = any(len(w) >= 3 and not mixes_scripts(w) and _is_foreign(w) for w in words)
    least = 2 if foreign else 1
    return [
        w for w in words if len(w) >= 3 and script_changes(w) >= least and latinised(w).isascii()
    ]


def _is_foreign(word: str) -> bool:
    """Is it a word of another script that could not pass for a Latin one?"""
    return not word.isascii() and not latinised(word).isascii()


def _same_house(one: str, other: str) -> bool:
    return one == other or (registrable_domain(one) or one) == (registrable_domain(other) or other)
