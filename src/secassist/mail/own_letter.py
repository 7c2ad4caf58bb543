"""Is it the organisation's own letter, though its users send through the same address?

GitHub's invitations and GitHub's "reset your password" come from one address, and a stranger chose
some of the words in the first. The second is a form letter: it is about the way into the account,
says so in its subject, and holds nothing through which a stranger could reach the reader. Only
where all of that is seen is it the organisation's own; what is left over stays ``relayed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from secassist.facts.ownership import Ownership, OwnershipKind, owner_of, site_owner
from secassist.mail.body import Body
from secassist.mail.content.examine import Content
from secassist.mail.content.link import Link, Side
from secassist.mail.content.signals import phone_numbers
from secassist.mail.findings import Weighs
from secassist.mail.identity import display_name
from secassist.mail.identity.examine import Identity, claim_words
from secassist.mail.kind import kind_of
from secassist.mail.message import Message, Parts

_HOME: Final = frozenset((Side.SENDER, Side.CLAIMED))
# Counters behind their buttons, and the shops and networks whose icons stand at the bottom.
_BESIDES: Final = frozenset((Side.KNOWN, Side.PASSES_ON))
_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,8}[\w-]{2,63})")
# "Visit evil.example" is no link, but some will type it. "here.If" is a missing blank.
_HOST: Final = re.compile(
    r"(?<![\w.@/-])(?:(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}|(?:[A-Z0-9-]{1,63}\.){1,8}[A-Z]{2,24})"
    r"(?![\w@-])"
)
_SCANNED: Final = 20_000  # characters


def is_own_letter(message: Message, body: Body, who: Identity, what: Content) -> bool:
    """Whether nobody but the organisation can have chosen these words. Pure.

    True only for an address that is both its users' and its own, and where users fill in slots of
    its forms (``Ownership.slots``): where they write the whole, they could write this, too. Whether
    the mail comes from there at all is for others to prove.
    """
    ownership = who.ownership
    if ownership.kind is not OwnershipKind.RELAY or not (ownership.mixed and ownership.slots):
        return False
    if message.parts is not Parts.WHOLE or body.cut or not _in_their_name(message, ownership):
        return False
    if not kind_of(message.subject, "").is_about_access or what.signals.from_user:
        return False
    if any(f.weighs is Weighs.AGAINST for f in (*who.findings, *what.findings)):
        return False
    return not what.signals.calls_to_act and not _reaches_out(message, body, ownership, what.links)


def _in_their_name(message: Message, ownership: Ownership) -> bool:
    sender, theirs = message.sender, ownership.organisation
    if sender is None or theirs is None:
        return False
    return display_name.names_only(sender, theirs.names, claim_words().generic)


def _reaches_out(message: Message, body: Body, ownership: Ownership, links: Iterable[Link]) -> bool:
    """A stranger could be reached: by a link, a number, an address, an attachment, an answer."""
    web = [link for link in links if link.host]
    if web and not any(link.side in _HOME for link in web):
        return True
    if not all(link.side in _HOME or _in_the_layout(link) for link in web):
        return True
    if any(part.filename and not part.content_type.startswith("image/") for part in message.leaves):
        return True
    text = body.text[:_SCANNED]
    if len(body.text) > _SCANNED or next(phone_numbers(f"{message.subject}\n{text}"), None):
        return True
    readers = {reader.spec.lower() for reader in message.recipients}
    written = [match[1] for match in _ADDRESS.finditer(text) if match[0].lower() not in readers]
    answers = [a.domain for a in message.reply_to if a.spec.lower() not in readers]
    hosts = [match[0] for match in _HOST.finditer(text) if site_owner(match[0]) is None]
    return not all(_theirs(domain, ownership) for domain in (*written, *answers, *hosts))


def _in_the_layout(link: Link) -> bool:
    """An address in a stranger's note can be clicked, but only under its own name."""
    return link.side in _BESIDES and not link.shown_host


def _theirs(domain: str, ownership: Ownership) -> bool:
    return ownership.organisation is not None and owner_of(domain).belongs_to(
        ownership.organisation
    )
