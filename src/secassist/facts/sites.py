"""Which sites offer two-step sign-in, and how: ``assets/sites.json``.

The file is large, so it is read on first use only. Its facts come from 2factorauth/twofactorauth
(MIT) and 2factorauth/passkeys (CC BY 4.0); ``Sites.credits`` must be shown beside them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from secassist.base.errors import CouldNotFinish
from secassist.facts.assets import asset
from secassist.facts.domains import to_ascii
from secassist.facts.entry import Entry

FILE: Final = "sites.json"
_KNOWN: Final = frozenset(
    {
        "name",
        "domain",
        "also",
        "url",
        "methods",
        "how",
        "recovery",
        "notes",
        "categories",
        "passkey",
    }
)


@dataclass(frozen=True, slots=True)
class Site:
    """One site. Empty text: we do not know."""

    name: str
    domain: str
    also: tuple[str, ...]
    """Other domains of the same site."""
    url: str
    methods: tuple[str, ...]
    """``totp``, ``sms``, ``email``, ``call``, ``u2f``, ``custom-software``, ``custom-hardware``;
    empty: it offers none that we know."""
    how: str
    """The site's own page that tells how to switch it on."""
    recovery: str
    notes: str
    categories: tuple[str, ...]
    passkey_as_second_step: bool
    passkey_instead_of_password: bool
    passkey_page: str


@dataclass(frozen=True, slots=True)
class Sites:
    """All sites, and what has to be said about them."""

    by_domain: Mapping[str, Site]
    """A site stands under each of its domains; of two with one domain, whose main one it is."""
    credits: tuple[str, ...]
    as_of: date

    def at(self, host: str) -> Site | None:
        """The site of that host: the longest listed domain that it is or stands below."""
        name = to_ascii(host)
        while name:
            if name in self.by_domain:
                return self.by_domain[name]
            name = name.partition(".")[2]
        return None


@cache
def sites() -> Sites:
    """The shipped sites, read on the first call."""
    try:
        return parse(json.loads(asset(FILE).read_text("utf-8")))
    except ValueError as slip:  # json.JSONDecodeError, UnicodeDecodeError, a day that is none
        raise CouldNotFinish(f"The file {FILE} cannot be read: {slip}.") from slip


def parse(table: Mapping[str, Any]) -> Sites:
    """The sites of such an object; CouldNotFinish names the site that has a slip."""
    whole = Entry(FILE, "(top)", table)
    entries = whole.entries("sites")
    listed = [_site(Entry(FILE, entry.text("domain"), entry.fields)) for entry in entries]
    by_domain = {domain: site for site in reversed(listed) for domain in site.also}
    by_domain.update({site.domain: site for site in listed})
    return Sites(
        by_domain=MappingProxyType(by_domain),
        credits=whole.texts("credits"),
        as_of=date.fromisoformat(whole.text("as_of")),
    )


def _site(entry: Entry) -> Site:
    entry.check_fields(_KNOWN)
    passkey = entry.part("passkey")
    passkey.check_fields(frozenset({"mfa", "passwordless", "documentation"}))
    return Site(
        name=entry.text("name"),
        domain=entry.text("domain"),
        also=entry.texts("also"),
        url=entry.text("url", ""),
        methods=entry.texts("methods"),
        how=entry.text("how", ""),
        recovery=entry.text("recovery", ""),
        notes=entry.text("notes", ""),
        categories=entry.texts("categories"),
        passkey_as_second_step="mfa" in passkey.fields,
        passkey_instead_of_password="passwordless" in passkey.fields,
        passkey_page=passkey.text("documentation", ""),
    )
