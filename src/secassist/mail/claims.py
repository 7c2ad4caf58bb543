"""Whom the mail names against whose domain it comes from: the findings on identity.

Pure. ``Named`` says how plainly the mail claims to come from an organisation, ``Ownership`` whose
the From address is, ``aligned`` nothing here: proof is for ``proof``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from secassist.facts.organisations import Organisation
from secassist.facts.ownership import Ownership, OwnershipKind
from secassist.mail.findings import Finding, Strength, contradicts, notes
from secassist.mail.identity.naming import Claim, Named

_WRITES = OwnershipKind.ORGANISATION
# Names that providers keep for themselves (RFC 2142, and what their own notices are sent from).
_ROLES = frozenset(
    "abuse account accounts admin administrator billing contact help info mailer-daemon mailings"
    " newsletter no-reply no_reply noreply notification notifications postmaster security service"
    " support".split()
)
_SHARED = {OwnershipKind.MAILBOX: "claim.from-mailbox", OwnershipKind.HOSTING: "claim.from-hosting"}


@dataclass(frozen=True, slots=True)
class Sender:
    """The one From address, and what our facts know of it."""

    address: str
    domain: str
    ownership: Ownership
    hides_addresses: str = ""
    """The service that hides addresses, where the From domain is one."""
    label: str = ""
    """What the person calls this sender ("my club"), for this exact domain."""


def claimed_organisation(
    named: Named, sender: Sender | None, known: Mapping[str, Organisation]
) -> Organisation | None:
    """The organisation that the mail says to come from.

    The owner of the From domain, unless the mail plainly names another one.
    """
    owner = sender.ownership.organisation if sender and _writes(sender) else None
    claimed = known.get(named.claimed) if named.claimed else None
    if claimed is None:
        return owner
    if owner is None:
        return claimed if named.strength >= Claim.MEDIUM else None
    return claimed if named.strength >= Claim.STRONG and not owner.is_kin_of(claimed) else owner


def findings_of(
    named: Named,
    sender: Sender | None,
    known: Mapping[str, Organisation],
    *,
    seen: bool,
    for_itself: bool = False,
    from_own_house: bool = False,
) -> tuple[Finding, ...]:
    """All findings on who the sender is and whom the mail names.

    ``seen``: the From domain was proved, or a trusted receiver looked and could not confirm it.
    Then a likely claim to be somebody else weighs more than in a mail of which nothing is known;
    but not where the sender speaks ``for_itself``. ``from_own_house``: it is proved to come from
    the reader's own domain, so who speaks as the reader's own mail service may well be it.
    """
    if sender is None:
        return ()
    spoken = (_as_own_service(sender),) if named.own_provider and not from_own_house else ()
    claims = (*spoken, *_claim(named, sender, known, seen=seen, for_itself=for_itself))
    # A service that hides addresses keeps the name and changes the address; that is its purpose.
    return (*_owner(sender), *(() if sender.hides_addresses else claims))


def _writes(sender: Sender) -> bool:
    return sender.ownership.kind is _WRITES


def _owner(sender: Sender) -> Iterator[Finding]:
    ownership = sender.ownership
    name = ownership.organisation.name if ownership.organisation else ""
    facts = {"domain": sender.domain, "address": sender.address, "organisation": name}
    if sender.hides_addresses:
        yield notes("owner.address-hiding", **facts)
        return
    if ownership.kind is OwnershipKind.HOSTING:
        yield contradicts("owner.hosting", Strength.WEAK, **facts)
    else:
        yield notes(f"owner.{ownership.kind.value}", what=ownership.what, **facts)
    if sender.label:
        yield notes("owner.mine", label=sender.label, **facts)


def _as_own_service(sender: Sender) -> Finding:
    return contradicts("claim.own-provider", Strength.WEAK, domain=sender.domain)


def _claim(
    named: Named,
    sender: Sender,
    known: Mapping[str, Organisation],
    *,
    seen: bool,
    for_itself: bool,
) -> Iterator[Finding]:
    claimed = known.get(named.claimed) if named.claimed else None
    if claimed is None or sender.ownership.belongs_to(claimed):
        return
    facts = {
        "organisation": claimed.name,
        "domain": sender.domain,
        "address": sender.address,
        "real": claimed.senders[0] if claimed.senders else "",
    }
    if _is_provider(sender, claimed) and named.strength >= Claim.MEDIUM:
        role = sender.address.rpartition("@")[0].lower() in _ROLES
        if role and sender.domain in claimed.notices_from:
            yield contradicts("claim.provider-role", Strength.WEAK, **facts)
            return
        if named.strength >= Claim.STRONG:
            yield contradicts("claim.provider-mailbox", **facts)
            yield contradicts("claim.from-mailbox", **facts)
            return
    shared = _SHARED.get(sender.ownership.kind)
    if named.strength >= Claim.STRONG:
        yield contradicts("claim.elsewhere", **facts)
        if shared:
            yield contradicts(shared, **facts)
    elif named.strength >= Claim.MEDIUM and sender.ownership.kind is not _WRITES:
        strong = (shared or seen) and not for_itself
        strength = Strength.STRONG if strong else Strength.WEAK
        yield contradicts("claim.probably-elsewhere", strength, **facts)


def _is_provider(sender: Sender, claimed: Organisation) -> bool:
    """It claims to be the provider at whose domain the address is: GMX, of gmx.net.

    Anybody can have an address there, but hardly one that the provider keeps for itself.
    """
    ownership = sender.ownership
    return (
        ownership.kind is OwnershipKind.MAILBOX
        and ownership.organisation is not None
        and ownership.organisation.is_kin_of(claimed)
    )
