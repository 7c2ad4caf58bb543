"""Addresses that were made to be taken for an organisation's.

What counts is intent that can be seen: letters that look alike, a name with one slip, a name with
bait beside it, a name in front of somebody else's domain. A name that merely contains another
(metallica.com, orangecounty.gov) is nobody's look-alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from secassist.facts.domains import public_suffix, registrable_domain, to_ascii, to_unicode
from secassist.facts.organisations import Organisation
from secassist.facts.ownership import Ownership, OwnershipKind, site_owner
from secassist.mail.identity.edits import differences, shape
from secassist.mail.identity.likeness import Lookalike, LookalikeKind, Odd
from secassist.mail.identity.near import NearIndex
from secassist.mail.identity.skeleton import mixes_scripts, unaccented
from secassist.mail.identity.words import ClaimWords


@dataclass(frozen=True, slots=True)
class _Brand:
    organisation: str
    label: str
    domain: str
    common: bool
    """Also an ordinary word."""
    branches: bool
    """Its branches have domains of their own with the name in them."""
    listed: bool
    """The label of one of its domains; else one of its names, written together."""


_PIECES: Final = re.compile(r"[^\W\d_]+|\d+")
_SHORTEST: Final = 4  # letters of a name that is looked for at all
_GLUED: Final = 5  # letters of a name that is looked for without a hyphen beside it
_LONG: Final = 8  # letters of a name that no other word contains by chance
# Country endings that are sold to everybody, everywhere.
_OPEN_ENDINGS: Final = frozenset(
    ("co", "cc", "tv", "io", "me", "ws", "to", "ly", "ai", "tk", "ml", "ga", "cf", "gq", "pw", "su")
)
_VERY_LONG: Final = 9  # letters of a name in which two slips are still no chance
_MAX_LABELS: Final = 12
_MAX_PIECES: Final = 8


class Brands:
    """The names of organisations as they stand in addresses, ready to be compared with."""

    def __init__(self, organisations: Iterable[Organisation], words: ClaimWords) -> None:
        self._words = words
        self._labels: dict[str, _Brand] = {}
        self._domains: dict[str, str] = {}
        self._short: dict[str, _Brand] = {}
        self._shapes: dict[str, _Brand] = {}
        self._short_shapes: dict[str, _Brand] = {}
        self._slipped: list[_Brand] = []  # those of which a slip is no chance
        self._by_organisation: dict[str, tuple[str, ...]] = {}
        common = frozenset(_joined(word) for word in words.common | words.generic)
        too_plain = words.bait | words.bait_soft | words.generic
        for organisation in organisations:
            if not organisation.is_platform:
                self._add(organisation, common, too_plain)
        self._near = NearIndex([brand.label for brand in self._slipped])

    def _add(
        self, organisation: Organisation, common: frozenset[str], too_plain: frozenset[str]
    ) -> None:
        senders = [s.rpartition("@")[2] for s in organisation.senders]
        domains = tuple(dict.fromkeys(d for s in senders if (d := registrable_domain(s))))
        if not domains:
            return
        self._by_organisation[organisation.id] = domains
        commons = common.union(map(_joined, organisation.common_words))
        labels = {domain.split(".")[0]: domain for domain in reversed(domains)}
        for domain in domains:
            self._domains.setdefault(domain, organisation.id)
        listed = frozenset(labels)
        for name in organisation.names:
            joined = _joined(name)
            if joined.isascii():
                labels.setdefault(joined, domains[0])
        for label, domain in labels.items():
            if label in too_plain:
                continue
            brand = _Brand(
                organisation.id,
                label,
                domain,
                common=label in commons,
                branches=organisation.branches,
                listed=label in listed,
            )
            if len(label) == _SHORTEST - 1 and brand.listed:
                self._short.setdefault(label, brand)
            if _SHORTEST - 1 <= len(label) < _GLUED and brand.listed:
                self._short_shapes.setdefault(shape(label), brand)
            if len(label) < _SHORTEST:
                continue
            self._labels.setdefault(label, brand)
            if len(label) < _GLUED:
                continue
            self._shapes.setdefault(shape(label), brand)
            if not brand.common:
                self._slipped.append(brand)

    def find(self, host: str, ownership: Ownership) -> Lookalike | None:
        """Whom the host imitates, or None. ``ownership`` is that of the host.

        The host may be in any writing, also no domain name at all. Pure; never raises.
        """
        if ownership.kind not in (OwnershipKind.UNKNOWN, OwnershipKind.HOSTING):
            return None
        if site_owner(host) is not None:
            return None
        name = to_unicode(host[:300]).strip(".")
        ascii_name = to_ascii(host) or ""
        if "." in ascii_name and public_suffix(ascii_name) == ascii_name:
            return None  # nobody's own: names are given out below it
        own = (registrable_domain(host) or name).count(".") + 1
        labels = name.split(".")[-_MAX_LABELS:]
        first = max(0, len(labels) - own)
        label, suffix, below = labels[first], ".".join(labels[first + 1 :]), labels[:first]
        hosted = ownership.kind is OwnershipKind.HOSTING
        found = self._of_label(label, suffix, hosted) or self._of_subdomain(below, hosted)
        if found is None and hosted:
            found = next((f for b in below if (f := self._of_label(b, suffix, True))), None)
        if found is None:
            return None
        brand, kind, strong = found
        real = self._closest(brand, suffix)
        odd: tuple[Odd, ...] = ()
        if kind not in (LookalikeKind.SUBDOMAIN, LookalikeKind.HOSTING):
            before = sum(len(part) + 1 for part in below)
            odd = _positions(label, suffix, real, before)
        return Lookalike(brand.organisation, real, kind, name, ascii_name, strong, odd)

    def may_be_branch(self, host: str, organisation: str) -> bool:
        """May the host be a local branch's own domain, which no list could name?

        Only of organisations that have such branches, under the ending of a country, and with
        nothing but a place beside the name: sparkasse-musterstadt.de, not sparkasse-online.de.
        """
        own = registrable_domain(host)
        label, _, suffix = (own or "").partition(".")
        if not _is_country(suffix):
            return False
        baits = self._words.bait | self._words.bait_soft
        for piece in _PIECES.findall(label)[:_MAX_PIECES]:
            inside = list(self._inside(piece))
            whole = self._labels.get(piece)
            if whole is not None:
                inside.append((whole, ("", "")))
            for brand, beside in inside:
                if brand.branches and brand.organisation == organisation:
                    rest = label.replace(brand.label, " ", 1) + " " + " ".join(beside)
                    return not any(bait in rest for bait in baits if len(bait) >= _SHORTEST)
        return False

    def _closest(self, brand: _Brand, suffix: str) -> str:
        domains = self._by_organisation[brand.organisation]
        wanted = f"{brand.label}.{suffix}"
        return wanted if wanted in domains else brand.domain

    def _of_label(
        self, label: str, suffix: str, hosted: bool
    ) -> tuple[_Brand, LookalikeKind, bool] | None:
        brand = self._labels.get(label)
        if brand is not None:
            if hosted:
                return brand, LookalikeKind.HOSTING, not brand.common
            if not brand.listed and len(label) < _LONG:
                return brand, LookalikeKind.ENDING, False
            abroad = len(suffix.rsplit(".", maxsplit=1)[-1]) == 2 and suffix not in _OPEN_ENDINGS
            return brand, LookalikeKind.ENDING, not (brand.common or abroad)
        shaped = self._shapes.get(shape(label))
        if shaped is not None:
            return shaped, _kind_of_disguise(label), True
        short = self._of_short_shape(label)
        if short is not None:
            return short
        return self._with_words(label, hosted) or self._slip(label)

    def _of_short_shape(self, label: str) -> tuple[_Brand, LookalikeKind, bool] | None:
        """Short names look alike by chance, but not in letters of another script (еbay, uрs)."""
        brand = self._short_shapes.get(shape(label)) if label not in self._short else None
        if brand is None or (label.isascii() and len(label) < _SHORTEST):
            return None
        return brand, _kind_of_disguise(label), mixes_scripts(label)

    def _with_words(self, label: str, hosted: bool) -> tuple[_Brand, LookalikeKind, bool] | None:
        pieces = _PIECES.findall(label)[:_MAX_PIECES]
        kind = LookalikeKind.HOSTING if hosted else LookalikeKind.ADDED
        best: tuple[_Brand, LookalikeKind, bool] | None = None
        for start in range(len(pieces)):
            for end in range(start + 1, len(pieces) + 1):
                if start == 0 and end == len(pieces) and len(pieces) == 1:
                    continue
                brand, exact = self._piece("".join(pieces[start:end]))
                if brand is None:
                    continue
                rest = pieces[:start] + pieces[end:]
                if not rest:
                    return brand, LookalikeKind.LETTERS, not brand.common
                strong = self._baits(rest, brand)
                if strong is not None and (exact or strong):
                    best = (brand, kind, strong) if best is None or strong else best
        return best or self._glued(pieces, kind)

    def _piece(self, piece: str) -> tuple[_Brand | None, bool]:
        brand = self._labels.get(piece) or self._short.get(piece)
        if brand is not None:
            return brand, True
        shaped = self._shapes.get(shape(piece)) if len(piece) >= _GLUED else None
        if shaped is not None:
            return shaped, False
        slip = self._slip(piece) if len(piece) > _GLUED else None
        return (slip[0], False) if slip else (None, False)

    def _baits(self, rest: list[str], brand: _Brand) -> bool | None:
        """Do the words beside the name show intent? None: they say nothing at all."""
        words = self._words
        letters = [piece for piece in rest if not piece.isdigit()]
        baited = any(piece in words.bait for piece in letters)
        all_bait = all(piece in words.bait or piece in words.bait_soft for piece in letters)
        if len(brand.label) < _SHORTEST:
            return False if baited and all_bait else None
        if brand.branches and not baited:
            return None
        if brand.common:
            return baited if all_bait else None
        return baited or all_bait

    def _glued(
        self, pieces: list[str], kind: LookalikeKind
    ) -> tuple[_Brand, LookalikeKind, bool] | None:
        for piece in pieces:
            for brand, rest in self._inside(piece):
                words = [r for r in rest if r]
                if all(self._is_bait(word, brand) for word in words):
                    return brand, kind, True
                if len(brand.label) >= _LONG and not (brand.common or brand.branches):
                    return brand, kind, False
        return None

    def _inside(self, piece: str) -> Iterator[tuple[_Brand, tuple[str, str]]]:
        """Every name of an organisation that stands in one run of letters, with what is beside."""
        for start in range(len(piece) - _GLUED + 1):
            for end in range(len(piece), start + _GLUED - 1, -1):
                brand = self._labels.get(piece[start:end])
                if brand is not None and end - start < len(piece):
                    yield brand, (piece[:start], piece[end:])

    def _is_bait(self, word: str, brand: _Brand) -> bool:
        words = self._words
        allowed = words.bait if brand.common else words.bait | words.bait_soft
        if word in allowed:
            return True
        return any(word[:i] in allowed and word[i:] in allowed for i in range(1, len(word)))

    def _slip(self, label: str) -> tuple[_Brand, LookalikeKind, bool] | None:
        if len(label) < _GLUED - 1 or label in self._words.ordinary or label in self._words.generic:
            return None
        best: tuple[int, _Brand] | None = None
        for brand in (self._slipped[i] for i in self._near.candidates(label)):
            distance = len(differences(label, brand.label))
            allowed = 2 if len(brand.label) >= _VERY_LONG else 1
            if 0 < distance <= allowed and (best is None or distance < best[0]):
                best = distance, brand
        if best is None:
            return None
        distance, brand = best
        return brand, LookalikeKind.TYPO, distance == 1 and len(brand.label) > _GLUED

    def _of_subdomain(
        self, below: list[str], hosted: bool
    ) -> tuple[_Brand, LookalikeKind, bool] | None:
        for start in range(len(below)):
            for end in range(start + 2, len(below) + 1):
                domain = ".".join(below[start:end])
                organisation = self._domains.get(domain)
                if organisation is not None:
                    brand = _Brand(
                        organisation,
                        below[start],
                        domain,
                        common=False,
                        branches=False,
                        listed=True,
                    )
                    return brand, LookalikeKind.SUBDOMAIN, True
        if hosted:
            return None
        for label in below:
            brand_here = self._labels.get(label)
            if brand_here is not None and not brand_here.common:
                return brand_here, LookalikeKind.SUBDOMAIN, False
            if brand_here is None:
                worded = self._with_words(label, False)
                if worded is not None and worded[2]:
                    return worded[0], LookalikeKind.SUBDOMAIN, True
        return None


def _positions(label: str, suffix: str, real: str, before: int) -> tuple[Odd, ...]:
    """Where ``label.suffix``, ``before`` characters into the host, differs from the real domain."""
    name, _, ending = real.partition(".")
    at = label.find(name)
    if at >= 0:
        end = at + len(name)
        changes = [Odd(0, label[:at], "", 0), Odd(end, label[end:], "", len(name))]
    else:
        changes = list(differences(label, name))
    if suffix != ending:
        changes.append(Odd(len(label) + 1, suffix, ending, len(name) + 1))
    return tuple(
        Odd(odd.index + before, odd.given, odd.expected, odd.real_index)
        for odd in changes
        if odd.given != odd.expected
    )


def _is_country(suffix: str) -> bool:
    """Is it the ending of one country, and one that is not sold to everybody?"""
    last = suffix.rpartition(".")[2]
    return len(last) == 2 and last not in _OPEN_ENDINGS


def _joined(name: str) -> str:
    return "".join(c for c in unaccented(name).lower() if c.isalnum())


def _kind_of_disguise(label: str) -> LookalikeKind:
    if not label.isascii():
        return LookalikeKind.SCRIPT
    return LookalikeKind.DIGIT if any(c.isdigit() for c in label) else LookalikeKind.LETTERS
