"""Sentences about who the sender is and whom the mail names."""

from __future__ import annotations

from collections.abc import Mapping

from secassist.base.language import mark as _

IDENTITY: Mapping[str, tuple[str, str]] = {
    "owner.organisation": (
        _("The address {address} belongs to {organisation}."),
        _("Owner of {domain}: {organisation} (our list of organisations)."),
    ),
    "owner.relay": (
        _("{organisation} lets its users write from this address."),
        _("{address} is a relay of {organisation}: {what}."),
    ),
    "owner.mailbox": (
        _("Anyone can open an address at {domain}."),
        _("{domain} gives mailboxes to everybody."),
    ),
    "owner.hosting": (
        _("Anyone can get an address that ends like {domain}."),
        _("{domain} stands below a domain that is rented to everybody."),
    ),
    "owner.unknown": (
        _("We do not know who owns {domain}."),
        _("{domain} is not in our list of organisations."),
    ),
    "owner.address-hiding": (
        _("{domain} hides the real sender's address."),
        _("{domain} rewrites From and takes signatures away, on the reader's own wish."),
    ),
    "owner.mine": (
        _("You call this sender “{label}”."),
        _("{domain} is in your own list of senders."),
    ),
    "claim.elsewhere": (
        _("It calls itself {organisation}, but {domain} is not {organisation}'s."),
        _("Claimed: {organisation} (for example {real}); From domain: {domain}."),
    ),
    "claim.probably-elsewhere": (
        _("It seems to be from {organisation}, but {domain} is not {organisation}'s."),
        _("Probably claimed: {organisation} (for example {real}); From domain: {domain}."),
    ),
    "claim.from-mailbox": (
        _("{organisation} does not write from addresses that anyone can open."),
        _("{address} is an address at a provider of mailboxes."),
    ),
    "claim.provider-mailbox": (
        _("It calls itself {organisation}, but anyone can have an address at {domain}."),
        _("{address} is an address at a provider of mailboxes."),
    ),
    "claim.provider-role": (
        _("Anyone can have an address at {domain}. {organisation} seldom writes from there."),
        _("{address} has a name that providers mostly keep for themselves."),
    ),
    "claim.from-hosting": (
        _("{organisation} does not write from addresses that anyone can rent."),
        _("{domain} stands below a domain that is rented to everybody."),
    ),
    "claim.own-provider": (
        _("It speaks as if it came from your own mail service."),
        _("Claims to be the reader's mail system; From domain: {domain}."),
    ),
    "claim.lookalike": (
        _("The sender is {given}, made to look like {real}."),
        _("Look-alike ({kind}) of {organisation}'s {real}: {given} ({ascii})."),
    ),
    "claim.other-ending": (
        _("{given} is not {real}, the address that we know of {organisation}."),
        _("The name of {organisation}'s {real} under another ending: {given} ({ascii})."),
    ),
    "lookalike.possible": (
        _("The sender's name {given} is near to {real}."),
        _("Possible look-alike ({kind}) of {organisation}'s {real}: {given} ({ascii})."),
    ),
    "lookalike.own-domain": (
        _("The sender's name {given} looks like your own {real}, but is not."),
        _("Look-alike of the recipient's domain {real}: {given}."),
    ),
    "claim.address-in-name": (
        _("The name shows {inside}, but the mail comes from {address}."),
        _("An address inside the display name differs from the From address {address}."),
    ),
    "name.address-inside": (
        _("The name shows {inside}. The mail comes from {address}."),
        _("An address inside the display name differs from the From address {address}."),
    ),
    "name.domain-inside": (
        _("The name shows {inside}. The mail comes from {address}."),
        _("A domain inside the display name differs from that of {address}."),
    ),
    "name.hidden-characters": (
        _("The sender's name has hidden signs in it. Without them it reads: {shown}"),
        _("Invisible or direction-changing characters in the display name: {marks}."),
    ),
    "name.mixed-scripts": (
        _("The sender's name mixes letters of two alphabets. It is meant to read: {shown}"),
        _("Mixed scripts in the display name: {word}."),
    ),
    "name.is-recipient": (
        _("It shows your own name as the sender."),
        _("The display name is that of the recipient: {shown}."),
    ),
    "name.disguised": (
        _("It writes the name {organisation} in a way that fools programs."),
        _("Disguised name of {organisation}."),
    ),
    "subject.hidden-characters": (
        _("The subject has hidden signs in it. Without them it reads: {shown}"),
        _("Invisible or direction-changing characters in the subject: {marks}."),
    ),
    "subject.mixed-scripts": (
        _("The subject mixes letters of two alphabets."),
        _("Mixed scripts in the subject: {word}."),
    ),
    "reply-to.elsewhere": (
        _("An answer would go to somebody else: {address}."),
        _("Reply-To {address} belongs to another owner than From {from}."),
    ),
    "reply-to.mailbox": (
        _("An answer would go to an address that anyone can open: {address}."),
        _("Reply-To {address} is at a provider of mailboxes; From is {from}."),
    ),
    "reply-to.may-be-added": (
        _("Where an answer goes may have been put in by a stranger."),
        _("Reply-To leads elsewhere and is covered by no signature."),
    ),
    "return-path.elsewhere": (
        _("Returned mail would go to {address}."),
        _("Return-Path {address} {service}: usual with mail services."),
    ),
}
