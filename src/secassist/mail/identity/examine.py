"""The parts of identity, brought together over the shipped facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from secassist.facts.assets import read_table
from secassist.facts.domains import is_subdomain, registrable_domain, to_unicode
from secassist.facts.organisations import organisations
from secassist.facts.ownership import Ownership, OwnershipKind, owner_of
from secassist.mail.body import Body
from secassist.mail.findings import Finding, Strength, contradicts, notes
from secassist.mail.identity import display_name, owner, words
from secassist.mail.identity.aliases import AliasIndex
from secassist.mail.identity.edits import differences, shape
from secassist.mail.identity.likeness import Lookalike, LookalikeKind
from secassist.mail.identity.lookalikes import Brands
from secassist.mail.identity.named import find_named
from secassist.mail.identity.naming import Claim, Named, Place
from secassist.mail.identity.words import ClaimWords
from secassist.mail.message import Address, Message

WORDS_FILE: Final = "claims.toml"
# A slip of one letter, another ending and an added word may have honest reasons.
_OWN_NAME: Final = 5  # letters from which a name of the reader's own can be imitated
_DOUBTFUL: Final = frozenset((LookalikeKind.TYPO, LookalikeKind.ENDING))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the mail says to be, and whose address it shows."""

    named: Named
    ownership: Ownership
    """Of the one From address; of nobody where there is none or more than one."""
    lookalike: Lookalike | None
    may_be_branch: bool
    """It claims to come from an organisation, and the From domain, which is not in our list, may
    still be that of a local branch. Then ``named`` claims nobody."""
    in_own_name: bool
    """The From name is that of the From domain, or of the person whose mailbox it is, and neither
    is or imitates an organisation's."""
    findings: tuple[Finding, ...]
    """On look-alikes, names, Reply-To and Return-Path; ``claims`` adds who is named."""

    def naming_nobody(self) -> Identity:
        """The same, where the names in it turned out to be no claim."""
        likeness = frozenset(("claim.lookalike", "claim.other-ending", "lookalike.possible"))
        return replace(
            self,
            named=replace(self.named, claimed=None, strength=Claim.WEAK),
            lookalike=None,
            findings=tuple(f for f in self.findings if f.code not in likeness),
        )


def examine(message: Message, body: Body, *, about_access: bool = False) -> Identity:
    """Everything about identity that the mail itself tells. Pure over the shipped facts.

    ``about_access``: it speaks of a password, a sign-in or a code, which fans and shops never do in
    the name of another.
    """
    sender = message.sender
    ownership = (
        owner_of(sender.domain, sender.local) if sender else Ownership(OwnershipKind.UNKNOWN)
    )
    lookalike = brands().find(sender.domain, ownership) if sender else None
    inside = display_name.inside_name(message.from_addresses[0]) if message.from_addresses else None
    meant = _meant_inside(inside)
    named = find_named(
        message,
        body,
        alias_index(),
        claim_words(),
        owner=_named_by_address(ownership, sender.domain if sender else ""),
        look_alike=lookalike.organisation if lookalike and _plain(lookalike) else None,
        inside_name=meant,
    )
    branch = sender is not None and _may_be_branch(sender.domain, ownership, named)
    if branch:
        # Neither theirs by our list nor plainly a stranger's: we can't say that it lies.
        named = replace(named, claimed=None, strength=Claim.WEAK)
    if sender is not None and lookalike is None and _is_program(sender, ownership, named):
        named = replace(named, claimed=None, strength=Claim.WEAK)
    mailbox_of = inside.ownership.organisation if inside else None
    findings = [
        *display_name.findings_of(
            message,
            inside,
            claims_inside=meant is not None
            or (mailbox_of is not None and mailbox_of.id == named.claimed),
        ),
        *owner.findings_of(message, ownership, claims=named.claimed is not None),
    ]
    if lookalike is not None:
        findings.insert(0, _on_lookalike(lookalike, named, branch, about_access))
    findings.extend(_near_the_readers(message, ownership))
    if named.claimed and (naming := named.of(named.claimed)) and naming.disguised:
        findings.append(contradicts("name.disguised", organisation=named.claimed))
    own_name = sender is not None and lookalike is None and _in_own_name(sender, ownership, named)
    return Identity(named, ownership, lookalike, branch, own_name, tuple(findings))


@cache
def claim_words() -> ClaimWords:
    """The words of the asset, read once."""
    return words.parse(read_table(WORDS_FILE))


@cache
def alias_index() -> AliasIndex:
    """The names of all organisations, built once."""
    return AliasIndex(organisations().values(), claim_words().common)


@cache
def brands() -> Brands:
    """The names of all organisations as they stand in addresses, built once."""
    return Brands(organisations().values(), claim_words())


def _named_by_address(ownership: Ownership, domain: str) -> str | None:
    """The organisation that the reader sees in the From address.

    A relay under the organisation's own domain shows it; one under another name (a customer's
    help desk, an application's host) does not.
    """
    organisation = ownership.organisation
    if organisation is None:
        return None
    if ownership.kind is OwnershipKind.ORGANISATION:
        return organisation.id
    if ownership.kind is not OwnershipKind.RELAY or organisation.is_platform:
        return None
    senders = (s.rpartition("@")[2] for s in organisation.senders)
    return organisation.id if any(is_subdomain(domain, s) for s in senders) else None


def _meant_inside(inside: display_name.Inside | None) -> str | None:
    """The organisation whose address, or an imitation of it, stands inside the display name."""
    if inside is None or inside.organisation is not None:
        return inside.organisation if inside else None
    imitated = brands().find(inside.domain, inside.ownership)
    return imitated.organisation if imitated and imitated.strong else None


def _may_be_branch(domain: str, ownership: Ownership, named: Named) -> bool:
    claimed = organisations().get(named.claimed or "")
    if claimed is None:
        return False
    return ownership.kind is OwnershipKind.UNKNOWN and brands().may_be_branch(domain, claimed.id)


def _is_program(sender: Address, ownership: Ownership, named: Named) -> bool:
    """A program on a server of the sender's own writes under its name: ``wordpress@…``."""
    claimed = organisations().get(named.claimed or "")
    if claimed is None or ownership.kind is not OwnershipKind.UNKNOWN:
        return False
    return sender.local.lower() in {name.lower() for name in claimed.programs}


def _in_own_name(sender: Address, ownership: Ownership, named: Named) -> bool:
    shown = (Place.DISPLAY_NAME, Place.FROM_ADDRESS, Place.SIGNATURE)
    if any(place in naming.where for naming in named.all for place in shown):
        return False
    if ownership.kind is OwnershipKind.MAILBOX:
        return display_name.fits_local_part(sender)
    own = ownership.kind is OwnershipKind.UNKNOWN
    return own and display_name.fits_domain(sender, claim_words().generic)


def _plain(lookalike: Lookalike) -> bool:
    return lookalike.strong and lookalike.kind not in _DOUBTFUL


def _near_the_readers(message: Message, ownership: Ownership) -> Iterator[Finding]:
    """Does the From domain imitate the reader's own? So bills of a "colleague" are forged."""
    sender = message.sender
    if sender is None or ownership.kind is not OwnershipKind.UNKNOWN:
        return
    given = registrable_domain(sender.domain)
    for own in sorted({r.domain for r in message.recipients})[:10]:
        real = registrable_domain(own)
        if not given or not real or given == real:
            continue
        if owner_of(own).kind is not OwnershipKind.UNKNOWN:
            continue
        one, other = given.partition(".")[0], real.partition(".")[0]
        if one == other or min(len(one), len(other)) < _OWN_NAME:
            continue
        facts = {"given": to_unicode(given), "real": to_unicode(real)}
        if shape(to_unicode(one)) == shape(to_unicode(other)):
            yield contradicts("lookalike.own-domain", Strength.STRONG, **facts)
        elif len(other) > _OWN_NAME + 1 and len(differences(one, other)) == 1:
            yield contradicts("lookalike.own-domain", Strength.WEAK, **facts)


def _on_lookalike(lookalike: Lookalike, named: Named, branch: bool, about_access: bool) -> Finding:
    organisation = organisations()[lookalike.organisation]
    claimed = organisations().get(named.claimed or "")
    naming = named.of(lookalike.organisation)
    spoken = naming is not None and len(naming.where) > (1 if _plain(lookalike) else 0)
    facts = {
        "kind": lookalike.kind.value,
        "given": lookalike.given,
        "ascii": lookalike.ascii,
        "real": lookalike.real_domain,
        "organisation": organisation.name,
    }
    if branch:
        return notes("lookalike.possible", **facts)
    if lookalike.kind is LookalikeKind.ENDING and claimed is not None:
        # Our list of an organisation's country domains may have gaps: suspicious, never fake.
        if claimed.is_kin_of(organisation):
            return contradicts("claim.other-ending", Strength.STRONG, **facts)
    elif _plain(lookalike) or (claimed is not None and claimed.is_kin_of(organisation)):
        return contradicts("claim.lookalike", Strength.STRONG, **facts)
    if spoken and (lookalike.strong or about_access):
        return contradicts("claim.lookalike", Strength.STRONG, **facts)
    if lookalike.strong or spoken:
        return contradicts("lookalike.possible", Strength.WEAK, **facts)
    return notes("lookalike.possible", **facts)
