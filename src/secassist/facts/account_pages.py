"""An organisation's own page about the safety of an account, by the host that one signs in at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from urllib.parse import urlsplit

from secassist.facts.domains import registrable_domain, to_ascii
from secassist.facts.organisations import organisations


def security_page(host: str) -> str:
    """The page for a host or one below a known domain; empty: we know none.

    A name that a stranger may hold (``shop17.myshopify.com``) is nobody's but theirs.
    """
    name = to_ascii(host) or ""
    top = registrable_domain(name) or name
    while name:
        if name in _pages():
            return _pages()[name]
        if name == top:
            return ""
        name = name.partition(".")[2]
    return ""


@cache
def _pages() -> Mapping[str, str]:
    pages: dict[str, str] = {}
    for one in organisations().values():
        home = urlsplit(one.real_site).hostname or ""
        if one.security_page.startswith("https://"):
            for domain in (home.removeprefix("www."), *one.sites, *one.senders, *one.mailboxes):
                if domain and "@" not in domain and "*" not in domain:
                    pages.setdefault(domain, one.security_page)
    return MappingProxyType(pages)
