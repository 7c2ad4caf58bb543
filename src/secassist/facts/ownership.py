"""Whose is the address that a mail comes from?

The most specific entry wins: a whole address before its domain, a domain before the one above it.
Among entries for the same domain, relays, mailboxes and hosting beat senders, because there a
stranger may hold the address. A listed sender owns everything below its domain, but only down to
the next public suffix, private section included: below that, strangers hold the names.

Ownership says nothing about proof. It tells whose domain it *would* be; whether the mail really
comes from there is for ``mail.auth``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from secassist.facts.domains import is_subdomain, public_suffix, registrable_domain, to_ascii
from secassist.facts.hosts import Hosts, hosts
from secassist.facts.organisations import Organisation, Relay, organisations


class OwnershipKind(StrEnum):
    """What kind of hand holds an address."""

    ORGANISATION = "organisation"
    """The organisation itself writes from here."""
    RELAY = "relay"
    """An organisation's users send through here: the words are, or may be, a stranger's."""
    MAILBOX = "mailbox"
    """Anybody can have an address here."""
    HOSTING = "hosting"
    """Anybody can have a name below here."""
    UNKNOWN = "unknown"
    """No entry speaks of it."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose an address is, and by which entry."""

    kind: OwnershipKind
    organisation: Organisation | None = None
    """Whose domain, relay or mailbox it is, where we know; for shared domains the first listed."""
    pattern: str = ""
    """The entry that decided, as it is written in the asset; a public suffix for hosting."""
    what: str = ""
    """For a relay: the kind of words that a stranger can put there."""
    mixed: bool = False
    """For a relay: the organisation also writes its own mail from this very address."""
    slots: bool = False
    """For a relay: strangers choose neither subject nor layout there."""
    strict: bool = False
    """The domain stands below one with mailboxes for anybody (notify.proton.me below proton.me).
    A proof for the domain above would let its users in, so only one for this very domain counts."""

    def belongs_to(self, organisation: Organisation) -> bool:
        """Whether that organisation, or one of its house, writes or lets its users write here."""
        return (
            self.kind in (OwnershipKind.ORGANISATION, OwnershipKind.RELAY)
            and self.organisation is not None
            and self.organisation.is_kin_of(organisation)
        )


_UNKNOWN = Ownership(OwnershipKind.UNKNOWN)
_ORDER = (
    OwnershipKind.RELAY,
    OwnershipKind.MAILBOX,
    OwnershipKind.HOSTING,
    OwnershipKind.ORGANISATION,
)


def _rank(entry: Ownership) -> int:
    """Of two entries for the same name the one with the lower rank wins."""
    return _ORDER.index(entry.kind)


class Owners:
    """All entries, indexed by name; a question costs one look per label."""

    def __init__(self, known: Iterable[Organisation], shared: Hosts) -> None:
        self._addresses: dict[str, Ownership] = {}
        self._domains: dict[str, Ownership] = {}
        self._below: dict[str, Ownership] = {}
        self._mailboxes: set[str] = set()
        self._sites: dict[str, Organisation] = {}
        self._shared = shared
        for domain in shared.free_mail.domains:
            self._add_mailbox(domain, None)
        for domain in shared.free_hosting.domains:
            self._add(f"*.{domain}", Ownership(OwnershipKind.HOSTING, None, domain))
        for organisation in known:
            self._add_organisation(organisation)

    def owner_of(self, domain: str, local: str = "") -> Ownership:
        """Whose the address ``local@domain`` is. The domain may be in any writing.

        Never raises: what is no domain name is ``UNKNOWN``.
        """
        name = to_ascii(domain)
        if name is None:
            return _UNKNOWN
        found = self._address(name, local.lower()) or self._domain(name)
        if found is None:
            return self._rented(name)
        if found.kind is OwnershipKind.ORGANISATION and "@" not in found.pattern:
            return self._bounded(name, found)
        return found

    def site_owner(self, host: str) -> Organisation | None:
        """Whose pages a link to that host shows; None for strangers' pages and unknown hosts.

        Other than mail, the pages of a mailbox domain are its owner's. Names below the next
        public suffix, and hosts that show what users made, are strangers'.
        """
        name = to_ascii(host)
        if name is None or name in self._shared.user_pages:
            return None
        if name.partition(".")[2] in self._shared.free_hosting:
            return None
        suffix = public_suffix(name)
        listed = name
        while "." in listed and listed not in self._sites:
            listed = listed.partition(".")[2]
        if suffix and suffix != name and is_subdomain(suffix, listed):
            return None
        return self._sites.get(listed)

    def _address(self, name: str, local: str) -> Ownership | None:
        exact = self._addresses.get(f"{local}@{name}")
        if exact is not None or "+" not in local:
            return exact
        # x+anything@ reaches the mailbox x@ (RFC 5233), so a relay's tagged addresses are relays.
        untagged = self._addresses.get(f"{local.split('+', 1)[0]}@{name}")
        return untagged if untagged and untagged.kind is OwnershipKind.RELAY else None

    def _domain(self, name: str) -> Ownership | None:
        found = self._domains.get(name)
        while found is None and "." in name:
            name = name.split(".", 1)[1]
            both = (self._below.get(name), _seen_from_below(self._domains.get(name)))
            found = min((entry for entry in both if entry), key=_rank, default=None)
        return found

    def _bounded(self, name: str, found: Ownership) -> Ownership:
        suffix = public_suffix(name)
        if suffix and suffix != name and is_subdomain(suffix, found.pattern):
            return Ownership(OwnershipKind.HOSTING, None, suffix)
        above = name.partition(".")[2]
        while above and above not in self._mailboxes:
            above = above.partition(".")[2]
        return replace(found, strict=bool(above))

    @staticmethod
    def _rented(name: str) -> Ownership:
        suffix = public_suffix(name)
        if suffix and suffix not in (name, public_suffix(name, private=False)):
            return Ownership(OwnershipKind.HOSTING, None, suffix)
        return _UNKNOWN

    def _add_organisation(self, organisation: Organisation) -> None:
        for site in (*organisation.senders, *organisation.mailboxes, *organisation.sites):
            if "@" not in site:
                self._sites.setdefault(site.removeprefix("*."), organisation)
        for domain in organisation.mailboxes:
            self._add_mailbox(domain, organisation)
        for relay in organisation.relays:
            for pattern in _expanded(relay, organisation):
                self._add(
                    pattern,
                    Ownership(
                        OwnershipKind.RELAY,
                        organisation,
                        relay.pattern,
                        relay.what,
                        mixed=relay.mixed,
                        slots=relay.slots,
                    ),
                )
        for sender in organisation.senders:
            self._add(sender, Ownership(OwnershipKind.ORGANISATION, organisation, sender))

    def _add_mailbox(self, domain: str, organisation: Organisation | None) -> None:
        self._mailboxes.add(domain)
        self._add(domain, Ownership(OwnershipKind.MAILBOX, organisation, domain))

    def _add(self, pattern: str, ownership: Ownership) -> None:
        if "@" in pattern:
            index, key = self._addresses, pattern.lower()
        elif pattern.startswith("*."):
            index, key = self._below, pattern[2:]
        else:
            index, key = self._domains, pattern
        there = index.get(key)
        # A mailbox domain of an organisation also stands in the list of free mail: keep the owner.
        if (
            there is None
            or _rank(ownership) < _rank(there)
            or (ownership.kind is there.kind and there.organisation is None)
        ):
            index[key] = ownership


def _seen_from_below(entry: Ownership | None) -> Ownership | None:
    """What the entry of a domain says of a name below it.

    Users have addresses at a mailbox domain, but only the provider can make names below it.
    """
    if entry is None or entry.kind is not OwnershipKind.MAILBOX:
        return entry
    if entry.organisation is None:
        return None
    return replace(entry, kind=OwnershipKind.ORGANISATION)


def _expanded(relay: Relay, organisation: Organisation) -> tuple[str, ...]:
    """``service@paypal.*`` for each sender called paypal; other patterns as they are.

    Never for endings that the organisation does not list: somebody else may hold paypal.example.
    """
    if not relay.pattern.endswith(".*"):
        return (relay.pattern,)
    stem = relay.pattern.removesuffix(".*")  # service@paypal, marketplace.amazon
    head, dot, label = stem.rpartition("@") if "@" in stem else stem.rpartition(".")
    return tuple(
        f"{head}{dot}{sender}"
        for sender in organisation.senders
        if registrable_domain(sender) == sender and sender.split(".", 1)[0] == label
    )


@cache
def owners() -> Owners:
    """The index over the shipped assets, built once."""
    return Owners(organisations().values(), hosts())


def owner_of(domain: str, local: str = "") -> Ownership:
    """Whose the address ``local@domain`` is, by the shipped assets."""
    return owners().owner_of(domain, local)


def site_owner(host: str) -> Organisation | None:
    """Whose pages a link to that host shows, by the shipped assets; see ``Owners.site_owner``."""
    return owners().site_owner(host)
