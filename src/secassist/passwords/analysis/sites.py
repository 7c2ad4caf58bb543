"""What the address of an account tells: plain http, two-step sign-in that the site offers."""

from __future__ import annotations

from typing import Final

from secassist.facts.sites import Site, Sites
from secassist.passwords.credential import Credential, split
from secassist.passwords.findings import Code, Finding

_GRAVE: Final = frozenset(
    {"email", "banking", "finance", "identity", "cryptocurrencies", "payments"}
)
_AT_HOME: Final = ("10.", "127.", "192.168.", "169.254.")
_LOCAL: Final = ("local", "lan", "home", "internal", "localhost", "home.arpa", "fritz.box")

PLAIN_HTTP: Final = Finding(
    Code.PLAIN_HTTP,
    "The saved address starts with http://, so the password could be read on its way. "
    "Open the site with https:// and save that address.",
)


def plain_http(credential: Credential) -> Finding | None:
    """An address through which the password would travel in the clear; not for devices at home."""
    for url in credential.urls:
        parts = split(url)
        if parts is not None and parts.scheme == "http" and not _is_at_home(credential.site):
            return PLAIN_HTTP
    return None


def without_second_step(credential: Credential, site: Site | None) -> Finding | None:
    """The site offers two-step sign-in, and the list holds no code for it."""
    if site is None or not site.methods or credential.has_code:
        return None
    return Finding(
        Code.NO_2FA,
        f"{site.name} offers two-step sign-in, and this list holds no code for it. "
        "If it is off, switch it on.",
    )


def is_grave(credential: Credential, site: Site | None) -> bool:
    """Mail, bank and the like: whoever has this account gets at others."""
    if site is not None and _GRAVE & set(site.categories):
        return True
    return credential.site.startswith(("mail.", "webmail."))


def site_of(credential: Credential, known: Sites) -> Site | None:
    """What we know about the site of an account."""
    return known.at(credential.site) if credential.site else None


def _is_at_home(site: str) -> bool:
    return site.startswith(_AT_HOME) or any(
        site == name or site.endswith(f".{name}") for name in _LOCAL
    )
