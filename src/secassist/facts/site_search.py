"""The sites that a person may mean by a few letters: name, domain, or a domain above or below.

The list of sites knows ``drive.google.com`` but not ``google.com``; what people type for such
accounts stands among the organisations, so both are searched and told as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlsplit

from secassist.facts.domains import to_ascii
from secassist.facts.organisations import Organisation, organisations
from secassist.facts.sites import Site, sites

_HOST: Final = re.compile(r"^(?:[a-z]+://)?(?:[^/@\s]*@)?(?:www\.)?([^/:?#\s]+\.[^/:?#\s]{2,})")
_MAX_WORDS: Final = 200
_SHORT: Final = 3
"""Parts of names shorter than this say nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """A site at which two-step sign-in can be set up. Empty text: we do not know."""

    name: str
    domain: str
    domains: tuple[str, ...]
    """All domains that are its own."""
    names: tuple[str, ...]
    """All names by which it goes, ``name`` among them."""
    codes: bool | None
    """Does it take codes of an authenticator? None: we do not know."""
    how: str
    """Its own page that tells how to switch it on."""
    recovery: str
    """Its own page on getting back in."""
    passkey: bool
    notes: str = ""

    def is_called(self, issuer: str) -> bool:
        """May a code that names this issuer belong here? Generous: sites write it as they like."""
        wanted = _plain(issuer)
        if not wanted:
            return True
        known = {_plain(name) for name in self.names}
        known |= {_plain(label) for domain in self.domains for label in domain.split(".")[:-1]}
        return any(_alike(wanted, one) for one in known if one)


def find(words: str, *, limit: int = 20) -> tuple[Place, ...]:
    """The places that fit best, the best first. Empty words find nothing. About 5 ms.

    Of those that fit alike, the ones that are known to take no codes come last.
    """
    text = unicodedata.normalize("NFKC", words[:_MAX_WORDS]).strip().casefold()
    match = _HOST.match(text)
    host = to_ascii(match.group(1)) if match else ""
    plain = _plain(text)
    if not plain:
        return ()
    ranked = [
        (rank, place.codes is False, place.name.casefold(), number)
        for number, place in enumerate(places())
        if (rank := _rank(place, plain, host or "")) is not None
    ]
    return tuple(places()[number] for *_, number in sorted(ranked)[:limit])


def place_at(domain: str) -> Place | None:
    """The place with exactly this domain as its main one, or else among its own."""
    everywhere = places()
    main = next((place for place in everywhere if place.domain == domain), None)
    return main or next((place for place in everywhere if domain in place.domains), None)


def place_of(host: str) -> Place | None:
    """The place of a host: at the longest domain that it is or stands below."""
    name = to_ascii(host) or ""
    while "." in name:
        found = place_at(name)
        if found is not None:
            return found
        name = name.partition(".")[2]
    return None


@cache
def places() -> tuple[Place, ...]:
    """All places, each once: an organisation's facts fill what the list of sites leaves open."""
    listed = {site.domain: _of_site(site) for site in sites().by_domain.values()}
    by_name = {_plain(place.name): domain for domain, place in listed.items()}
    for organisation in organisations().values():
        found = _of_organisation(organisation)
        if found is None:
            continue
        domain = by_name.get(_plain(organisation.name))
        if domain is None:
            listed.setdefault(found.domain, found)
        else:
            listed[domain] = _joined(listed[domain], found)
    return tuple(listed.values())


def _of_site(site: Site) -> Place:
    return Place(
        name=site.name,
        domain=site.domain,
        domains=(site.domain, *site.also),
        names=(site.name,),
        codes="totp" in site.methods,
        how=site.how,
        recovery=site.recovery,
        passkey=site.passkey_as_second_step or site.passkey_instead_of_password,
        notes=site.notes,
    )


def _of_organisation(organisation: Organisation) -> Place | None:
    """None for one at which nobody has an account with a second step."""
    if not organisation.two_factor_page and organisation.totp is None:
        return None
    domains = tuple(
        domain for domain in (*organisation.senders, *organisation.sites) if "@" not in domain
    )
    home = urlsplit(organisation.real_site).hostname or ""
    main = next((domain for domain in domains if f".{home}".endswith(f".{domain}")), home)
    if not main:
        return None
    return Place(
        name=organisation.name,
        domain=main,
        domains=tuple(dict.fromkeys((main, *domains, *organisation.mailboxes))),
        names=organisation.names,
        codes=organisation.totp,
        how=organisation.two_factor_page,
        recovery=organisation.hacked_help,
        passkey=organisation.passkey is True,
    )


def _joined(site: Place, organisation: Place) -> Place:
    return replace(
        site,
        domains=_all(site.domains, organisation.domains),
        names=_all(site.names, organisation.names),
        codes=site.codes or organisation.codes,
        how=site.how or organisation.how,
        recovery=site.recovery or organisation.recovery,
        passkey=site.passkey or organisation.passkey,
    )


def _all(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _rank(place: Place, plain: str, host: str) -> int | None:
    """0 is best; None: does not fit."""
    names = [_plain(name) for name in place.names]
    if host and host in place.domains:
        return 0 if host == place.domain else 1
    if plain in names:
        return 0 if names[0] == plain else 1
    if host and any(host.endswith(f".{domain}") for domain in place.domains):
        return 2
    if host and any(domain.endswith(f".{host}") for domain in place.domains):
        return 3
    if host:
        return None
    if any(name.startswith(plain) for name in names):
        return 4
    if any(domain.startswith(plain) for domain in place.domains):
        return 5
    if len(plain) >= _SHORT and any(plain in name for name in names):
        return 6
    return None


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORT:
        return one == other
    return one in other or other in one


@lru_cache(maxsize=16_384)
def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
