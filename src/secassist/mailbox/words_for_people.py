"""Floods and buried mails → sentences."""

from __future__ import annotations

from typing import Final

from secassist.base.language import Translate, english
from secassist.base.language import mark as _
from secassist.mailbox.buried import Buried
from secassist.mailbox.flood import Flood

KINDS: Final = {
    "changed": _("A password, an e-mail address, a telephone number or a second step was changed."),
    "new-sign-in": _("Somebody may have signed in."),
    "forwarding": _("Mail may be forwarded or filtered now."),
    "sim": _("A SIM card or telephone number may be moving."),
    "domain-transfer": _("A domain may be moving."),
    "transfer": _("Money may have been sent."),
    "payee": _("Somebody may get money from now on: a new payee or card."),
    "fraud": _("A bank or shop may have seen fraud."),
    "order": _("Something was ordered."),
    "payment": _("Something was paid."),
    "account": _("An account may have been changed or closed."),
    "data-export": _("Data may have been copied."),
    "reset-requested": _("Somebody asked for a new password."),
    "code": _("Somebody asked for a code."),
    "about-password": _("It is about a password."),
    "possible-purchase": _("It may be about an order or a payment."),
}
REASONS: Final = {
    "before": _("It came before the flood."),
    "during": _("It came during the flood."),
    "after": _("It came after the flood."),
    "known-sender": _("This sender wrote to you before."),
    "known-organisation": _("The address is one of a known organisation."),
    "sign-up-words": _("It has words of sign-up mails, as the flood has."),
    "advertising-words": _("It has words of advertising."),
    "routine": _("This sender writes such mails every day."),
    "like-the-flood": _("Many strangers say the same in this flood."),
    "uncertain-split": _("It is not certain that this mail begins where it seems to."),
}
SIGNALS: Final = {
    "high-rate": _("far more mail than ever before"),
    "many-senders": _("many different senders"),
    "new-senders": _("most of them never wrote before"),
    "sign-up-words": _("they ask you to confirm, or welcome you"),
    "list-fields": _("they come from mailing lists"),
    "automatic-replies": _("they are automatic replies"),
    "web-forms": _("they say that a web form caused them"),
    "many-scripts": _("they are in many languages"),
}


def why(mail: Buried, translate: Translate = english) -> str:
    """Why this mail is worth a look."""
    codes = [mail.kind, *mail.reasons]
    return " ".join(translate({**KINDS, **REASONS}[code]) for code in codes)


def signs(flood: Flood, translate: Translate = english) -> str:
    """What speaks for a flood, as an enumeration."""
    return ", ".join(translate(SIGNALS[code]) for code in flood.signals)
