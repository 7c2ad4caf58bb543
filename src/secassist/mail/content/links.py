"""Links: what is shown against where they really go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from secassist.base.limits import MAX_LINKS
from secassist.facts.domains import public_suffix, registrable_domain, to_ascii
from secassist.facts.hosts import hosts
from secassist.facts.organisations import Organisation
from secassist.facts.ownership import OwnershipKind, owner_of, site_owner
from secassist.mail.content.link import Link, Side, Source
from secassist.mail.content.urls import Url, read_url, unwrap
from secassist.mail.html_text import Anchor
from secassist.mail.identity.likeness import Lookalike
from secassist.mail.identity.lookalikes import Brands
from secassist.mail.identity.skeleton import hidden_marks, show, strip_invisible

_SHOWN_HOST: Final = re.compile(
    r"(?:(?P<scheme>https?|hxxps?)://|(?P<www>www\.))?"
    r"(?P<host>(?:[\w-]{1,63}\.){1,10}(?:[a-zA-Z]{2,24}|xn--[\w-]{2,59}))(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
# Endings of file names that are also country or other endings, or look like them.
_FILES: Final = frozenset(
    "ai app cab cc csv doc docm docx eml exe gif gz htm html ico ics jpeg jpg js json key log md"
    " mov mp3 mp4 msg pdf pl png ppt pptx ps py rar rs rtf sh so svg tar ts txt vcf wav webp xls"
    " xlsm xlsx xml zip".split()
)

MAX_HOSTS: Final = 200  # different hosts whose links are looked at in one mail
_DOTS: Final = str.maketrans("。．｡", "...")
_WORDS_READ: Final = 300  # characters of the text of a link in which an address is looked for
_SOFT_HYPHEN: Final = "\u00ad"  # long words of honest mail have it, in German above all


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a link is compared with."""

    own: frozenset[str]
    """Registrable domains of the sender."""
    carriers: frozenset[str]
    """Registrable domains of those who carried it: bounce address, signatures, unsubscribe."""
    claimed: Organisation | None
    owner: Organisation | None
    brands: Brands


def read_links(
    anchors: Iterable[Anchor], around: Surroundings, *, base: str = "", source: Source = Source.TEXT
) -> tuple[Link, ...]:
    """Every link that leads somewhere, in order, the same ones once.

    Linear; at most MAX_LINKS, and links to the first 200 hosts.
    """
    found: dict[tuple[str, str], Link] = {}
    seen: set[str] = set()
    for anchor in anchors:
        key = (anchor.shown, anchor.href)
        if key in found:
            continue
        link = _link(anchor, around, base, source)
        if link is not None:
            found[key] = link
            seen.add(link.host)
        if len(found) >= MAX_LINKS or len(seen) >= MAX_HOSTS:
            break
    return tuple(found.values())


def _link(anchor: Anchor, around: Surroundings, base: str, source: Source) -> Link | None:
    url = read_url(anchor.href, base)
    shown = show(anchor.shown or anchor.image_alt)
    if not url.is_web:
        schemes = _codes_of_scheme(url)
        if not schemes:
            return None
        return Link(shown, url.text[:2_000], "", "", source, Side.UNKNOWN, schemes)
    final, through = unwrap(url)
    side, lookalike = _side(final, around)
    codes = [*sorted(url.odd | final.odd)]
    if lookalike is not None and lookalike.strong:
        codes.append("lookalike")
    words = anchor.shown or anchor.image_alt  # shown where pictures are not
    shown_host = shown_as_host(anchor.shown) or organisation_inside(words)
    if shown_host and differs(shown_host, final.host) and not _same_guard(shown_host, url.host):
        codes.append("text-differs")
    if hidden_marks(anchor.shown.replace(_SOFT_HYPHEN, "")):
        codes.append("hidden-characters")
    return Link(
        shown,
        url.text[:2_000],
        final.host,
        registrable(final.host),
        source,
        side,
        tuple(codes),
        lookalike,
        through,
        shown_host,
    )


def _codes_of_scheme(url: Url) -> tuple[str, ...]:
    if url.scheme == "data":
        return ("data",)
    if url.scheme in ("javascript", "vbscript"):
        return ("script",)
    if url.scheme in ("file", "smb", "search-ms", "ms-msdt", "ms-appinstaller"):
        return ("file",)
    return ()


def _side(url: Url, around: Surroundings) -> tuple[Side, Lookalike | None]:
    host, domain = url.host, registrable(url.host)
    if domain in around.own:
        return Side.SENDER, None
    owner = site_owner(host)
    if owner is not None:
        if around.claimed is not None and owner.is_kin_of(around.claimed):
            return Side.CLAIMED, None
        if around.owner is not None and owner.is_kin_of(around.owner):
            return Side.SENDER, None
    shared = host in hosts().bulk_senders or domain in around.carriers
    if hosts().is_redirector(host, url.path) or shared or host in hosts().link_guards:
        return Side.PASSES_ON, None
    if owner is not None:
        return Side.KNOWN, None
    if domain in hosts().user_pages.domains:
        return Side.STRANGERS, None  # a real one (paypal.me), with pages of others
    ownership = owner_of(host)
    lookalike = around.brands.find(host, ownership)
    rented = ownership.kind in (OwnershipKind.HOSTING, OwnershipKind.RELAY)
    if rented or host in hosts().user_pages or host in hosts().free_hosting:
        return Side.STRANGERS, lookalike
    return Side.UNKNOWN, lookalike


@lru_cache(maxsize=2_048)
def registrable(host: str) -> str:
    """The registrable domain, or the host itself where it has none (an IP address)."""
    return registrable_domain(host) or host


def shown_as_host(text: str) -> str:
    """The host, in A-labels, if the whole shown text looks like an address on the web; else ''."""
    bare = _plain_dots(strip_invisible(text)).strip().strip("<>()[]\"'.,;:")
    match = _SHOWN_HOST.fullmatch(bare) if len(bare) <= 2_000 else None
    if match is None:
        return ""
    host = to_ascii(match["host"]) or ""
    ending = host.rpartition(".")[2]
    if not match["scheme"] and not match["www"] and ending in _FILES:
        return ""
    return ("www." if match["www"] else "") + host if public_suffix(host) != host else ""


def organisation_inside(text: str) -> str:
    """The first host among other words that is a known organisation's; else ''. Addresses of mail
    are passed over."""
    for match in _SHOWN_HOST.finditer(_plain_dots(strip_invisible(text[:_WORDS_READ]))):
        before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
        host = to_ascii(match["host"]) or ""
        if before not in ("@", "-") and after != "@" and host and site_owner(host) is not None:
            return host
    return ""


def _plain_dots(text: str) -> str:
    """Full stops of other scripts, which programs read as dots (RFC 3490, 3.1), and ``[.]``."""
    return text.translate(_DOTS).replace("[.]", ".").replace(":// ", "://")


def differs(shown: str, real: str) -> bool:
    """Do two hosts belong to different owners, as far as names tell?"""
    if registrable(shown) == registrable(real):
        return False
    one, other = site_owner(shown), site_owner(real)
    return not (one is not None and other is not None and one.is_kin_of(other))


def _same_guard(shown: str, host: str) -> bool:
    return registrable(shown) == registrable(host)
