"""Whose addresses the mail carries besides From: where answers go, and where bounces go."""

from __future__ import annotations

from secassist.facts.domains import registrable_domain
from secassist.facts.hosts import hosts
from secassist.facts.ownership import Ownership, OwnershipKind, owner_of
from secassist.mail.findings import Finding, Strength, contradicts, notes
from secassist.mail.message import Address, Message


def same_owner(one: Address, other: Address) -> bool:
    """Do two addresses belong to one owner: one registrable domain, or one house by our facts?

    At mailbox providers and on free hosting the domain says nothing: there the addresses, or the
    rented names, must be the same.
    """
    mine, theirs = owner_of(one.domain, one.local), owner_of(other.domain, other.local)
    if OwnershipKind.MAILBOX in (mine.kind, theirs.kind):
        return one.spec.lower() == other.spec.lower()
    if (registrable_domain(one.domain) or one.domain) == (
        registrable_domain(other.domain) or other.domain
    ):
        return True
    return bool(
        mine.organisation
        and theirs.organisation
        and mine.organisation.is_kin_of(theirs.organisation)
    )


def findings_of(message: Message, ownership: Ownership, *, claims: bool) -> tuple[Finding, ...]:
    """Findings on Reply-To and Return-Path, seen from the one From address. Pure.

    ``claims``: the mail says to come from an organisation that we know.
    """
    sender = message.sender
    if sender is None:
        return ()
    if message.fields("list-id") or message.fields("list-post"):
        return ()  # mailing lists put themselves there
    readers = {r.spec.lower() for r in message.recipients}
    found = [
        finding
        for answer in message.reply_to[:3]
        if answer.spec.lower() not in readers
        and (finding := _reply_to(sender, answer, ownership, claims))
    ]
    bounces = message.return_path
    if bounces and bounces.domain and not same_owner(sender, bounces):
        # Bulk senders collect bounces under their own names; that is the rule, not a sign.
        bulk = hosts().bulk_senders.match(bounces.domain)
        found.append(notes("return-path.elsewhere", address=bounces.spec, service=bulk or ""))
    return tuple(found[:2])


def answers_elsewhere(message: Message, *, readers_sealed: bool) -> bool:
    """Whether a Reply-To address is neither the sender's nor that of a reader.

    ``readers_sealed``: nobody but the sender can have written To and Cc. Else a stranger could name
    himself there as well.
    """
    sender = message.sender
    if sender is None:
        return False
    readers = {r.spec.lower() for r in message.recipients} if readers_sealed else set()
    return any(
        a.domain and a.spec.lower() not in readers and not same_owner(sender, a)
        for a in message.reply_to
    )


def _reply_to(
    sender: Address, answer: Address, ownership: Ownership, claims: bool
) -> Finding | None:
    if not answer.domain or same_owner(sender, answer):
        return None
    facts = {"address": answer.spec, "from": sender.spec}
    theirs = owner_of(answer.domain, answer.local)
    if theirs.kind is OwnershipKind.MAILBOX:
        if ownership.kind in (OwnershipKind.ORGANISATION, OwnershipKind.UNKNOWN):
            return contradicts("reply-to.mailbox", Strength.WEAK, **facts)
        return notes("reply-to.mailbox", **facts)
    if not claims or ownership.kind in (OwnershipKind.RELAY, OwnershipKind.HOSTING):
        # Small senders have answers sent elsewhere; services put their user's address here.
        return notes("reply-to.elsewhere", **facts)
    return contradicts("reply-to.elsewhere", Strength.WEAK, **facts)
