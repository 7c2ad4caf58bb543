"""Sites that lost passwords, and when: ``assets/breached_sites.json``, or a newer list beside it.

The shipped list names the largest; the service's own is fetched when the person asks for it, and
kept in the same form in the folder of the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from secassist.base.errors import CouldNotFinish
from secassist.facts.assets import asset
from secassist.facts.domains import registrable_domain, to_ascii
from secassist.facts.entry import Entry

FILE: Final = "breached_sites.json"
MAX_SIZE: Final = 8 * 1024 * 1024  # bytes
_PASSWORDS: Final = "Passwords"
_UNSURE: Final = ("IsFabricated", "IsSpamList", "IsRetired", "IsStealerLog", "IsMalware")
_NO_LIST: Final = "The service sent no list of breached sites. Try again later."


@dataclass(frozen=True, slots=True)
class BreachedSite:
    """A site that lost passwords. ``on``: the day of the theft, the latest one."""

    domain: str
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class BreachedSites:
    """All of them, by registrable domain, and when the list was true."""

    by_domain: Mapping[str, BreachedSite] = field(default_factory=dict)
    as_of: date = date.min
    credits: tuple[str, ...] = ()

    def at(self, host: str) -> BreachedSite | None:
        """The site of a host, if it lost passwords."""
        name = to_ascii(host) or ""
        return self.by_domain.get(registrable_domain(name) or name)


@cache
def shipped() -> BreachedSites:
    """The list that came with this program."""
    return parse(json.loads(asset(FILE).read_text("utf-8")))


def known(folder: Path) -> BreachedSites:
    """The newer one of the shipped list and the one kept in that folder; a broken one is none."""
    try:
        data = (folder / FILE).read_bytes()[: MAX_SIZE + 1]
        kept = parse(json.loads(data))
    except (OSError, ValueError, RecursionError, CouldNotFinish):
        return shipped()
    return kept if kept.as_of >= shipped().as_of else shipped()


def parse(table: Mapping[str, Any]) -> BreachedSites:
    """The list of such an object; CouldNotFinish names the entry that has a slip."""
    if not isinstance(table, dict):
        raise CouldNotFinish(f"{FILE}: there is no list in it.")
    whole = Entry(FILE, "(top)", table)
    sites = [
        BreachedSite(one.text("domain"), one.text("name"), date.fromisoformat(one.text("date")))
        for one in whole.entries("sites")
    ]
    as_of = date.fromisoformat(whole.text("as_of"))
    return BreachedSites(_latest(sites), as_of, whole.texts("credits"))


def from_service(data: bytes, today: date) -> BreachedSites:
    """The list as Have I Been Pwned writes it (API v3, ``breaches``). Raises CouldNotFinish.

    Only what is verified and has passwords in it; nothing that is collected from many places.
    """
    try:
        listed = json.loads(data)
    except (ValueError, RecursionError):
        raise CouldNotFinish(_NO_LIST) from None
    if not isinstance(listed, list):
        raise CouldNotFinish(_NO_LIST)
    sites = [site for one in listed if (site := _of_service(one)) is not None]
    if not sites:
        raise CouldNotFinish(_NO_LIST)
    return BreachedSites(_latest(sites), today, ("Have I Been Pwned, CC BY 4.0",))


def to_data(sites: BreachedSites) -> bytes:
    """The form in which a list is kept."""
    listed = [
        {"domain": one.domain, "name": one.name, "date": one.on.isoformat()}
        for one in sites.by_domain.values()
    ]
    whole = {"credits": list(sites.credits), "as_of": sites.as_of.isoformat(), "sites": listed}
    return json.dumps(whole, ensure_ascii=False, indent=0).encode()


def _of_service(one: Any) -> BreachedSite | None:
    if not isinstance(one, dict) or one.get("IsVerified") is not True:
        return None
    if any(one.get(name) is True for name in _UNSURE):
        return None
    classes, domain = one.get("DataClasses"), to_ascii(str(one.get("Domain", "")))
    if not isinstance(classes, list) or _PASSWORDS not in classes or not domain:
        return None
    try:
        on = date.fromisoformat(str(one.get("BreachDate")))
    except ValueError:
        return None
    name = "".join(char for char in str(one.get("Title") or domain) if char.isprintable())
    return BreachedSite(registrable_domain(domain) or domain, name[:100], on)


def _latest(sites: Iterable[BreachedSite]) -> dict[str, BreachedSite]:
    return {one.domain: one for one in sorted(sites, key=lambda one: (one.domain, one.on))}
