"""Is it the report of a mail server that could not deliver?

Exchange reports under its maker's name, from the domain of whoever runs it: ``Microsoft Outlook
<MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@club.onmicrosoft.com>``. That is no claim to come
from Microsoft. Imitations of such reports are common; they want something opened or called.
"""

from __future__ import annotations

from typing import Final

from secassist.facts.ownership import OwnershipKind
from secassist.mail.body import Body
from secassist.mail.content.examine import Content
from secassist.mail.content.link import Side
from secassist.mail.content.signals import phone_numbers
from secassist.mail.identity.examine import Identity
from secassist.mail.message import Message, Parts

# RFC 5321, 6.1, and the mailbox that has this name in every Exchange organisation.
_REPORTERS: Final = frozenset(
    ("postmaster", "mailer-daemon", "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e")
)
_RUNS_IT: Final = frozenset((OwnershipKind.UNKNOWN, OwnershipKind.HOSTING))
_MACHINE: Final = "message/delivery-status"
_REPORT: Final = frozenset(
    (_MACHINE, "text/plain", "text/html", "message/rfc822", "text/rfc822-headers")
)


def is_delivery_report(message: Message, body: Body, who: Identity, what: Content) -> bool:
    """Whether it has the form of such a report, and nothing more that a reader could act on. Pure.

    Who sent it is for others to prove; here only the name of the program stops being a claim.
    """
    sender = message.sender
    if sender is None or sender.local.lower() not in _REPORTERS:
        return False
    if message.parts is not Parts.WHOLE or who.ownership.kind not in _RUNS_IT or body.cut:
        return False
    if who.lookalike is not None and who.ownership.kind is not OwnershipKind.HOSTING:
        return False  # onmicrosoft.com itself sounds like Microsoft; others are made to
    kinds = {part.content_type for part in message.leaves}
    if _MACHINE not in kinds or not kinds <= _REPORT:
        return False
    if any(link.host and link.side is not Side.CLAIMED for link in what.links):
        return False
    return not what.signals.calls_to_act and next(phone_numbers(body.text[:20_000]), None) is None
