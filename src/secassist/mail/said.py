"""What a mail itself says: whom it names, what it is about, what its text and pictures hold.

All of this is read from what strangers wrote, pictures included, so a check has it done in the
parser process, where the tables for it are then, too. Nobody is asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from secassist.facts.organisations import Organisation, organisations
from secassist.facts.ownership import Ownership, OwnershipKind
from secassist.mail.content.link import Link, Side
from secassist.mail.findings import Finding
from secassist.mail.identity.likeness import Lookalike
from secassist.mail.identity.naming import Named
from secassist.mail.kind import Kind
from secassist.mail.message import Message
from secassist.mail.reading import Reading

if TYPE_CHECKING:  # their tables are large: see ``examine``
    from secassist.mail.body import Body
    from secassist.mail.content.examine import Content
    from secassist.mail.identity.examine import Identity


@dataclass(frozen=True, slots=True)
class Said:
    """What one mail says."""

    named: Named
    claimed: Organisation | None
    """The organisation that ``named`` says it comes from, if we know it."""
    ownership: Ownership
    """Whose the one From address is; nobody's where there is none or more than one. An address
    that an organisation shares with its users is its own for its own letters: ``own_letter``."""
    lookalike: Lookalike | None
    kind: Kind
    for_itself: bool
    """The sender shows its own name, that of its address, and asks for nothing: then what it says
    of an organisation is news, an offer, a bill for work on it, a word among friends."""
    on_identity: tuple[Finding, ...]
    on_content: tuple[Finding, ...]
    links: tuple[Link, ...]
    """Those worth a line on the screen."""
    forwarded_as_text: bool
    """Somebody forwarded a mail in it as text; see ``forwarded``."""
    text_cut: bool
    """The text was too long to be read whole."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One message of a source, and what it says if that was read along."""

    reading: Reading
    said: Said | None


Examine = Callable[[Message], Awaitable[Said]]
"""Has ``examine`` done, here or in another process."""


async def examine_here(message: Message) -> Said:
    """Read what a mail says in this process."""
    return examine(message)


def examine(message: Message) -> Said:
    """Read what a mail says. Pure over the shipped facts; bounded; never raises."""
    # Only where it is done: the tables are large.
    from secassist.mail.body import read_body  # noqa: PLC0415 (as said)
    from secassist.mail.content.examine import examine as content_of  # noqa: PLC0415
    from secassist.mail.content.examine import shown_links  # noqa: PLC0415
    from secassist.mail.delivery_report import is_delivery_report  # noqa: PLC0415
    from secassist.mail.forwarded import forwarded_as_text  # noqa: PLC0415
    from secassist.mail.identity.examine import examine as identity_of  # noqa: PLC0415
    from secassist.mail.kind import kind_of  # noqa: PLC0415

    body = read_body(message)
    kind = kind_of(message.subject, body.text)
    who = identity_of(message, body, about_access=kind.is_about_access)
    what = content_of(message, body, who, kind)
    if is_delivery_report(message, body, who, what):
        who = who.naming_nobody()
    ownership = who.ownership
    if ownership.slots and _is_own_letter(message, body, who, what):
        ownership = replace(ownership, kind=OwnershipKind.ORGANISATION)
    return Said(
        named=who.named,
        claimed=organisations().get(who.named.claimed or ""),
        ownership=ownership,
        lookalike=who.lookalike,
        kind=kind,
        for_itself=_for_itself(message, who, what, kind),
        on_identity=who.findings,
        on_content=what.findings,
        links=shown_links(what.links),
        forwarded_as_text=forwarded_as_text(message) is not None,
        text_cut=what.cut,
    )


def _is_own_letter(message: Message, body: Body, who: Identity, what: Content) -> bool:
    from secassist.mail.own_letter import is_own_letter  # noqa: PLC0415 (seldom needed)

    return is_own_letter(message, body, who, what)


def _for_itself(message: Message, who: Identity, what: Content, kind: Kind) -> bool:
    """Under its own name, and harmless: see ``Said.for_itself``.

    At a mailbox provider only what a friend would write is: words, and nothing to open or to call.
    A bill may speak of the organisation through which it is paid, if all its links lead there.
    """
    if not who.in_own_name or what.signals.calls_to_act:
        return False
    sides = {link.side for link in what.links if link.host}
    if kind is Kind.INVOICE:
        return bool(sides) and sides <= {Side.CLAIMED, Side.KNOWN}
    if kind is not Kind.OTHER:
        return False
    bare = not sides and not any(part.filename for part in message.leaves)
    return bare or who.ownership.kind is not OwnershipKind.MAILBOX


def read_and_examine(source: bytes, *, noticed: tuple[str, ...] = ()) -> tuple[Examined, ...]:
    """``sources.read``, and ``examine`` where there is one message: nearly always.

    Of many, each is examined by a call of its own, so that one call does not take too long. What
    was examined comes without its text, of which a large mail would hold three copies more.
    """
    from secassist.mail import sources  # noqa: PLC0415 (as in ``examine``)

    readings = sources.read(source, noticed=noticed)
    if len(readings) > 1:
        return tuple(Examined(reading, None) for reading in readings)
    (reading,) = readings
    said = examine(reading.message)
    return (Examined(replace(reading, message=reading.message.without_text()), said),)
