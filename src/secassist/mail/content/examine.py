"""What the body of a mail holds, brought together: links, codes, attachments, wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from secassist.facts.hosts import hosts
from secassist.facts.organisations import Organisation, organisations
from secassist.facts.ownership import OwnershipKind, site_owner
from secassist.mail.body import Body
from secassist.mail.content import attachments, qr
from secassist.mail.content.link import Link, Side, Source
from secassist.mail.content.links import MAX_HOSTS, Surroundings, read_links, registrable
from secassist.mail.content.own_name import says_its_name
from secassist.mail.content.signals import Signals, read_signals
from secassist.mail.content.urls import read_url
from secassist.mail.findings import Finding, Strength, contradicts, notes
from secassist.mail.html_text import Anchor
from secassist.mail.identity.examine import Identity, alias_index, brands, claim_words
from secassist.mail.identity.likeness import Lookalike, LookalikeKind
from secassist.mail.identity.naming import Claim, Place
from secassist.mail.identity.skeleton import show, unaccented
from secassist.mail.kind import Kind
from secassist.mail.message import Message

# Done to an address only to mislead; honest mail has none of it.
_TRICKS: Final = frozenset(
    ("userinfo", "control", "backslash", "escaped-host", "odd-number", "data", "file")
)
_MAX_ATTACHMENTS: Final = 30
_FEW_WORDS: Final = 40  # characters
# "Sign in with Google" leads to whoever lets people sign in so.
_JOIN: Final = re.compile(
    r"\b(?:re)?(?:connect|link|sync|import|integrat|verknupf|verbind|conectar|vincular|associer|relier)"
)
_WITH: Final = re.compile(r"\b(?:with|using|via|mit|über|avec|con|com|met)\s+$", re.IGNORECASE)
_LINKS_READ: Final = 30  # links whose words are searched for names
_LINK_WORDS: Final = 80  # characters
_SHORT_LETTER: Final = 800  # characters; a newsletter is longer
_SPOKEN: Final = 15  # score of a name that is more than a passing mention
_UNMISTAKABLE: Final = (LookalikeKind.SCRIPT, LookalikeKind.DIGIT, LookalikeKind.LETTERS)
_KEEPS_MONEY: Final = (
    "payment",
    "finance",
    "crypto",
    "bank",
    "tax",
    "password manager",
    "security",
)
"""Kinds of organisations whose addresses honest mail of others seldom shows. To the pages of the
rest (a film, a profile, a parcel) it links as a matter of course."""
_SHARED: Final = (OwnershipKind.MAILBOX, OwnershipKind.HOSTING, OwnershipKind.RELAY)


@dataclass(frozen=True, slots=True)
class Content:
    """What the body holds, for the window and for the verdict."""

    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    signals: Signals
    cut: bool
    """A limit was reached; the rest was not read."""


def examine(message: Message, body: Body, identity: Identity, kind: Kind) -> Content:
    """Read the body of a mail whose identity is known. Pure: nothing is opened or looked up."""
    around = _surroundings(message, identity)
    base = body.html.base if body.html else ""
    links = read_links(body.anchors, around, base=base)
    forms = body.html.forms if body.html else ()
    links += read_links((Anchor("", f) for f in forms), around, base=base, source=Source.FORM)
    codes = qr.read_codes(message.leaves)
    links += read_links((Anchor(c, c) for c in codes), around, source=Source.QR)
    signals = read_signals(message.subject, body.text)
    judge = _Judge(message, body, identity, kind, links, signals)
    cut = body.cut or len({link.host for link in links}) >= MAX_HOSTS
    return Content(links, tuple(judge.findings()), signals, cut)


def _surroundings(message: Message, identity: Identity) -> Surroundings:
    sender = message.sender
    own: set[str] = set()
    if sender is not None:
        shared = identity.ownership.kind in _SHARED
        own.add(sender.domain if shared else registrable(sender.domain))
        if identity.ownership.kind is OwnershipKind.MAILBOX:
            own.clear()
    known = organisations()
    claimed = known.get(identity.named.claimed or "")
    writes = identity.ownership.kind is OwnershipKind.ORGANISATION
    return Surroundings(
        own=frozenset(own),
        carriers=frozenset(_carriers(message)) - own,
        claimed=claimed,
        owner=identity.ownership.organisation if writes else None,
        brands=brands(),
    )


def _carriers(message: Message) -> Iterator[str]:
    """Who carried the mail: their domains in links are counters that pass on."""
    if message.return_path is not None and message.return_path.domain:
        yield registrable(message.return_path.domain)
    for field in message.fields("list-unsubscribe")[:2]:
        for piece in field.value.decode("ascii", "replace").split(","):
            url = read_url(piece.strip(" <>\t"))
            if url.is_web:
                yield registrable(url.host)


@dataclass(frozen=True, slots=True)
class _Judge:
    message: Message
    body: Body
    identity: Identity
    kind: Kind
    links: tuple[Link, ...]
    signals: Signals

    @property
    def owned(self) -> bool:
        """The From domain is an organisation's own; whether that is proved is for others.

        If it is, odd content is a matter of taste; if not, the want of proof weighs more.
        """
        return self.identity.ownership.kind is OwnershipKind.ORGANISATION

    @property
    def strong(self) -> Strength:
        return Strength.WEAK if self.owned else Strength.STRONG

    @property
    def rented(self) -> bool:
        """The From name is one that anybody can have below somebody else's domain."""
        ownership, sender = self.identity.ownership, self.message.sender
        if ownership.kind is OwnershipKind.HOSTING:
            return True
        hosted = sender is not None and sender.domain in hosts().free_hosting
        return ownership.kind is OwnershipKind.RELAY and hosted

    @property
    def claimed(self) -> Organisation | None:
        return organisations().get(self.identity.named.claimed or "")

    @property
    def pretends(self) -> bool:
        """It speaks for somebody that the From address does not belong to."""
        sender = self.message.sender
        if sender is not None and hosts().hides_sender(sender.domain, sender.local):
            return False  # such a service keeps the name and changes the address
        claimed = self.claimed
        if claimed is None:
            return self.identity.named.own_provider
        return not self.identity.ownership.belongs_to(claimed)

    def findings(self) -> Iterator[Finding]:
        yield from self._single_links()
        yield from self._names_another()
        yield from self._all_links()
        yield from self._forms()
        for part in self.message.leaves[:_MAX_ATTACHMENTS]:
            yield from attachments.findings_of(part)
        yield from self._wordings()

    def _single_links(self) -> Iterator[Finding]:
        seen: set[tuple[str, str]] = set()
        for link in self.links:
            for finding in self._of_link(link):
                key = (finding.code, link.registrable)
                if key not in seen and len(seen) < 20:
                    seen.add(key)
                    yield finding

    def _names_another(self) -> Iterator[Finding]:
        """ "Log in to PayPal", and the link leads to neither PayPal nor anybody we know."""
        sides = (Side.UNKNOWN, Side.STRANGERS, Side.SENDER)
        away = (link for link in self.links if link.side in sides)
        for link in islice(away, _LINKS_READ):
            text = unaccented(link.shown[:_LINK_WORDS]).lower()
            if self.owned or link.shown_host or not claim_words().link_act.search(text):
                continue
            scan = alias_index().scan(link.shown[:_LINK_WORDS], short=True)
            hits = (h for h in scan.hits if not _WITH.search(scan.text[: h.start]))
            named = next((h.alias for h in hits if h.exact or not h.alias.common), None)
            if named is not None:
                # Programs that work with others' accounts say "connect your … account".
                joins = _JOIN.search(text) is not None
                if joins and link.side is Side.SENDER:
                    continue
                strength = Strength.WEAK if joins else Strength.STRONG
                facts = {"shown": link.shown, "host": link.host}
                who = organisations()[named.organisation].name
                yield contradicts("link.names-another", strength, organisation=who, **facts)
                return

    def _of_link(self, link: Link) -> Iterator[Finding]:
        facts = {"shown": link.shown, "host": link.host, "source": link.source.value}
        for code in link.codes:
            if code in _TRICKS:
                yield contradicts(f"link.{code}", self.strong, **facts)
            elif code == "ip-address":
                yield contradicts("link.ip-address", Strength.WEAK, **facts)
            elif code in ("port", "punycode", "script"):
                yield notes(f"link.{code}", **facts)
        if link.lookalike is not None and link.lookalike.strong:
            yield self._imitation(link, link.lookalike, facts)
        if "text-differs" in link.codes:
            yield self._text_differs(link, facts | {"shown_host": link.shown_host})
        if "hidden-characters" in link.codes:
            yield contradicts("link.hidden-characters", self.strong, **facts)

    def _imitation(self, link: Link, lookalike: Lookalike, facts: dict[str, str]) -> Finding:
        owner, claimed = self.identity.ownership.organisation, self.claimed
        facts = facts | {"real": lookalike.real_domain, "organisation": lookalike.organisation}
        if self.owned and owner is not None and owner.id == lookalike.organisation:
            return notes("link.lookalike", **facts)  # one more domain of theirs, not in our list
        meant = claimed is not None and claimed.id == lookalike.organisation
        strength = self.strong if meant or lookalike.kind in _UNMISTAKABLE else Strength.WEAK
        return contradicts("link.lookalike", strength, **facts)

    def _text_differs(self, link: Link, facts: dict[str, str]) -> Finding:
        """An address is shown, and another is behind it."""
        owner = site_owner(link.shown_host)
        sender = self.message.sender
        own = sender is not None and registrable(link.shown_host) == registrable(sender.domain)
        led_back = link.side in (Side.CLAIMED, Side.KNOWN)
        # Counters of links are the rule in bulk mail: the address shown, the counter behind. But a
        # stranger's own counter behind an address where people log in is how bait is laid.
        counted = link.host in hosts().bulk_senders or link.host in hosts().link_guards
        page = link.shown.rstrip("/").partition("://")[2] or link.shown.rstrip("/")
        lone = " " not in link.shown
        other = owner is not None and owner.kind not in _KEEPS_MONEY
        pages = (
            other and ("/" in page or not lone) and not claim_words().link_act.search(page.lower())
        )
        plain = owner is None or pages
        counter = counted or (plain and link.side in (Side.SENDER, Side.PASSES_ON))
        if led_back or counter or self.owned or own:
            return notes("link.text-differs", **facts)
        if owner is not None and (lone or not other or claim_words().link_act.search(page.lower())):
            return contradicts("link.text-differs", Strength.STRONG, organisation=owner.id, **facts)
        return contradicts("link.text-differs", Strength.WEAK, **facts)

    def _all_links(self) -> Iterator[Finding]:
        web = [link for link in self.links if link.host]
        if not web:
            return
        away = [link for link in web if link.side in (Side.UNKNOWN, Side.STRANGERS)]
        unknown = {link.registrable for link in away}
        if any(link.source is Source.QR for link in web):
            yield from self._codes([link for link in web if link.source is Source.QR])
        if self.pretends and away and not any(link.side is Side.CLAIMED for link in web):
            yield self._none_to_claimed(away[0].host)
        elif self.signals.pressure and not self.owned and len(away) * 2 > len(web):
            strangers = any(link.side is Side.STRANGERS for link in away)
            strength = Strength.STRONG if strangers else Strength.WEAK
            yield contradicts("link.elsewhere-under-pressure", strength, host=sorted(unknown)[0])
        elif self.signals.prize and not self.owned and len(away) * 2 > len(web):
            yield contradicts("link.elsewhere-for-prize", Strength.WEAK, host=sorted(unknown)[0])
        elif self.signals.lure and not self.owned and len(away) * 2 > len(web):
            yield contradicts("link.elsewhere-for-lure", Strength.WEAK, host=sorted(unknown)[0])
        elif any(link.side is Side.STRANGERS for link in web):
            host = next(link.host for link in web if link.side is Side.STRANGERS)
            yield notes("link.free-hosting", host=host)

    def _none_to_claimed(self, host: str) -> Finding:
        """A newsletter *about* somebody may name it and link elsewhere; bait asks for more."""
        named = self.identity.named
        asks = self.kind is not Kind.OTHER or self.signals.pressure or self.signals.prize
        claimed = named.of(named.claimed or "")
        poses = claimed is not None and claimed.where & {Place.BODY_CLAIM, Place.SIGNATURE}
        asks = asks or (bool(poses) and len(self.body.text) < _SHORT_LETTER)
        if named.own_provider or named.strength >= Claim.STRONG or asks:
            return contradicts("link.none-to-claimed", self.strong, host=host)
        return notes("link.none-to-claimed", host=host)

    def _codes(self, links: list[Link]) -> Iterator[Finding]:
        for link in links[:1]:
            facts = {"host": link.host}
            if link.side in (Side.SENDER, Side.CLAIMED):
                yield notes("qr.link", **facts)
            elif self.pretends or self.signals.pressure:
                yield contradicts("qr.link", self.strong, **facts)
            else:
                yield contradicts("qr.link", Strength.WEAK, **facts)

    def _forms(self) -> Iterator[Finding]:
        html = self.body.html
        if html is None:
            return
        if html.asks_password:
            yield contradicts("content.password-form", self.strong)
        elif html.forms:
            yield (
                contradicts("content.form", Strength.WEAK)
                if self.pretends
                else (notes("content.form"))
            )
        active = html.active - {"svg"}
        if active:
            yield notes("content.active", elements=", ".join(sorted(active)))

    def _wordings(self) -> Iterator[Finding]:
        said = self.signals
        if said.seed_phrase:
            yield contradicts("content.seed-phrase", self.strong)
        if said.extortion:
            yield contradicts("content.extortion", self.strong, address=said.coin_address)
        if said.advance_fee:
            yield contradicts("content.advance-fee", self.strong)
        if said.favour and self.identity.ownership.kind is OwnershipKind.MAILBOX:
            yield contradicts("content.favour", Strength.STRONG)
        if said.number:
            yield from self._callback()
        if said.money_waiting and not self.owned:
            bait = self.rented or self.identity.ownership.kind is OwnershipKind.MAILBOX
            strength = Strength.STRONG if bait else Strength.WEAK
            yield contradicts("content.money-waiting", strength)
        elif self.rented and (said.prize or said.pressure):
            yield contradicts("content.bait-from-rented-name", Strength.STRONG)
        yield from self._picture_only()
        yield from self._nobody()
        if said.pressure:
            yield contradicts("content.pressure", Strength.WEAK)
        if said.prize:
            yield notes("content.prize")
        if self.identity.named.strength is Claim.WEAK and said.pressure and not self.owned:
            first = self.identity.named.all[0].organisation
            yield notes("content.names-under-pressure", organisation=first)

    def _callback(self) -> Iterator[Finding]:
        """A bill, a number to call, and talk of cancelling: call-centre fraud."""
        mailbox = self.identity.ownership.kind is OwnershipKind.MAILBOX
        named = any(
            n.claim is not Claim.NONE or n.score >= _SPOKEN for n in self.identity.named.all
        )
        facts = {"number": show(self.signals.number, 30)}
        if (self.signals.callback and (self.pretends or mailbox)) or (mailbox and named):
            yield contradicts("content.call-us", self.strong, **facts)
        elif self.signals.callback:
            yield contradicts("content.call-us", Strength.WEAK, **facts)

    def _nobody(self) -> Iterator[Finding]:
        """It presses the reader, and does not say from whom it comes."""
        sender = self.message.sender
        if sender is None or self.identity.ownership.kind is not OwnershipKind.UNKNOWN:
            return
        said = self.signals  # a prize is what every shop holds out
        presses = said.pressure or said.lure or said.money_waiting or bool(said.number)
        presses = presses or self.identity.named.own_provider
        if presses and not says_its_name(self.message, self.body.text, claim_words().generic):
            yield contradicts("content.nobody-named", Strength.STRONG, domain=sender.domain)

    def _picture_only(self) -> Iterator[Finding]:
        """The whole mail is one picture that can be clicked: nothing for filters to read."""
        away = [link for link in self.links if link.host and link.side is not Side.SENDER]
        if self.owned or not away or len(self.body.text) > _FEW_WORDS or self.body.html is None:
            return
        if not any(anchor.shown for anchor in self.body.anchors):
            mailbox = self.identity.ownership.kind is OwnershipKind.MAILBOX
            strength = Strength.STRONG if mailbox or self.rented else Strength.WEAK
            yield contradicts("content.picture-only", strength, host=away[0].host)


def shown_links(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links worth a line on the screen: odd ones first, the same host and text once."""
    unique: dict[tuple[str, str], Link] = {}
    for link in links:
        unique.setdefault((link.shown, link.host), link)
    return tuple(sorted(unique.values(), key=lambda link: not link.codes))
