"""Hosts that belong to nobody in particular, or pass on other people's words: ``hosts.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Final

from secassist.base.errors import CouldNotFinish
from secassist.facts.assets import read_table
from secassist.facts.domains import to_ascii
from secassist.facts.entry import Entry, read_entries

FILE: Final = "hosts.toml"


@dataclass(frozen=True, slots=True)
class HostList:
    """Domains in A-labels and lower case, and the day on which somebody last went through them."""

    as_of: date
    domains: frozenset[str]

    def match(self, host: str) -> str | None:
        """The longest listed domain that ``host`` is or stands below; else ``None``."""
        name = to_ascii(host)
        while name:
            if name in self.domains:
                return name
            name = name.partition(".")[2]
        return None

    def __contains__(self, host: str) -> bool:
        return self.match(host) is not None


# Apple's Hide My Email writes the sender into a mailbox name that is longer than those that people
# may choose (20 characters): no-reply_at_mail_example_com_7kxq5b2mzs_f0ab12cd@icloud.com
_HIDE_MY_EMAIL: Final = re.compile(r"(?=.{21})[\w.+-]{1,64}_at_[\w-]{1,80}_[a-z0-9]{6,16}")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The lists of the asset; its comments say what belongs in each."""

    free_mail: HostList
    """Anybody can have an address at these very domains."""
    free_hosting: HostList
    """Anybody can have a page or a name below these."""
    user_pages: HostList
    """There an organisation shows what its users made."""
    redirectors: HostList
    """Links there lead anywhere. A few entries have a path: ``google.com/url``."""
    link_guards: HostList
    """Put by mail security in front of links; the real target stands inside."""
    bulk_senders: HostList
    """They send for very many customers; their name proves nothing about whom a mail names."""
    address_hiding: HostList
    """They rewrite From and may take signatures away."""
    list_hosts: HostList
    """Mailing lists: they change subject and text."""
    arc_sealers: HostList
    """Their ARC seals are believed."""

    def hides_sender(self, domain: str, local: str) -> str:
        """The service that hides addresses and wrote this one; empty where there is none."""
        at_apple = domain == "icloud.com" and _HIDE_MY_EMAIL.fullmatch(local.lower())
        return "icloud.com" if at_apple else self.address_hiding.match(domain) or ""

    def is_redirector(self, host: str, path: str = "/") -> bool:
        """Whether a link to that host and path leads somewhere else."""
        return host in self.redirectors or any(
            to_ascii(host) == entry.partition("/")[0] and path.startswith(entry[entry.find("/") :])
            for entry in self.redirectors.domains
            if "/" in entry
        )


@cache
def hosts() -> Hosts:
    """The shipped lists, read once."""
    return parse(read_table(FILE))


def parse(table: Mapping[str, Any]) -> Hosts:
    """The lists of such a table; CouldNotFinish where one is missing or has a slip."""
    lists = {entry.id: _list(entry) for entry in read_entries(FILE, table)}
    wanted = {field.name for field in fields(Hosts)}
    if lists.keys() != wanted:
        wrong = ", ".join(sorted(lists.keys() ^ wanted))
        raise CouldNotFinish(f"{FILE}: these lists are missing or unknown: {wrong}.")
    return Hosts(**lists)


def _list(entry: Entry) -> HostList:
    entry.check_fields(frozenset({"as_of", "domains"}))
    return HostList(entry.day("as_of"), frozenset(entry.texts("domains")))
