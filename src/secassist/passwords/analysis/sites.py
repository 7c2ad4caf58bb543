"""What the address of an account tells: plain http, two-step sign-in that the site offers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from secassist.facts.breached_sites import BreachedSites
from secassist.facts.sites import Site, Sites
from secassist.passwords.credential import Credential, split
from secassist.passwords.findings import Code, Finding

_GRAVE: Final = frozenset(
    {"email", "banking", "finance", "identity", "cryptocurrencies", "payments"}
)
_AT_HOME: Final = ("10.", "127.", "192.168.", "169.254.")
_LOCAL: Final = ("local", "lan", "home", "internal", "localhost", "home.arpa", "fritz.box")

Codes = frozenset[tuple[str, str]]
"""Accounts that our own store makes codes for: the site or its name, and the account's name."""

PLAIN_HTTP: Final = Finding(
    Code.PLAIN_HTTP,
    "The saved address starts with http://, so the password could be read on its way. "
    "Open the site with https:// and save that address.",
)


def plain_http(credential: Credential) -> Finding | None:
    """An address through which the password would travel in the clear; not for devices at home."""
    for url in credential.urls:
        parts = split(url) if url.lstrip()[:5].lower() == "http:" else None
        if parts is not None and parts.scheme == "http" and not _is_at_home(credential.site):
            return PLAIN_HTTP
    return None


def without_second_step(site: Site | None, *, has_code: bool) -> Finding | None:
    """The site offers two-step sign-in, and there is no code for it, here or in the list."""
    if site is None or not site.methods or has_code:
        return None
    return Finding(
        Code.NO_2FA,
        f"{site.name} offers two-step sign-in, and there is no code for it here. "
        "If it is off, switch it on.",
    )


def has_code(site: Site | None, username: str, codes: Codes) -> bool:
    """Do we make the codes of this account? Another mail address means another account."""
    if site is None:
        return False
    names = {site.domain, *site.also, site.name.casefold()}
    return any(
        place.casefold() in names and not _are_others(username, account) for place, account in codes
    )


def _are_others(one: str, other: str) -> bool:
    return "@" in one and "@" in other and one.casefold() != other.casefold()


def site_breached(host: str, changed_at: int, known: BreachedSites) -> Finding | None:
    """The site lost passwords after this one was last changed; ``changed_at``: 0 is not known."""
    site = known.at(host) if host and changed_at else None
    if site is None or datetime.fromtimestamp(changed_at, UTC).date() > site.on:
        return None
    return Finding(
        Code.SITE_BREACHED,
        f"{site.name} lost passwords in {site.on.year}, and this one was not changed since. "
        "Change it.",
        checked_at=known.as_of.isoformat(),
    )


def is_grave(credential: Credential, site: Site | None) -> bool:
    """Mail, bank and the like: whoever has this account gets at others."""
    if site is not None and _GRAVE & set(site.categories):
        return True
    return credential.site.startswith(("mail.", "webmail."))


def site_at(host: str, known: Sites) -> Site | None:
    """What we know about the site of an account."""
    return known.at(host) if host else None


def _is_at_home(site: str) -> bool:
    return site.startswith(_AT_HOME) or any(
        site == name or site.endswith(f".{name}") for name in _LOCAL
    )
