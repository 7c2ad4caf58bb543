"""What a question to the internet asks, in plain words."""

from __future__ import annotations

from secassist.ui.look import Look


def whom(kind: str, question: str) -> str:
    """The name that a question of the ledger was about, or that was asked for the time."""
    first, _, rest = question.partition(" ")
    return rest.split(" ")[0] if kind == "time" and rest else first


def plain_question(look: Look, kind: str, question: str) -> str:
    """The meaning of a question of the ledger, such as ``k1._domainkey.example.com TXT``."""
    name, _, rdtype = question.lower().partition(" ")
    if kind == "time":
        return look.tr("What time is it?")
    if kind == "imap":
        return look.tr("What mail is in your mailbox?")
    if kind == "breaches":
        return look.tr("Is a password that begins so in a leak?")
    if kind == "breached-sites":
        return look.tr("Is there a newer list of sites that lost data?")
    if kind == "incidents":
        return look.tr("Is there a newer list of known waves?")
    if kind != "dns":
        return look.tr("Another question")
    if "._domainkey." in name:
        return look.tr("Is the key for the seal there?")
    if name.startswith("_dmarc."):
        return look.tr("Is there a rule against fakes?")
    if rdtype == "txt":
        return look.tr("Which servers may send?")
    if rdtype == "mx":
        return look.tr("Which servers take its mail?")
    if rdtype == "ptr":
        return look.tr("What is the server called?")
    return look.tr("Where is this server?")


def plain_outcome(look: Look, outcome: str) -> str:
    """``found``, ``absent`` or ``failed`` in plain words."""
    return {
        "found": look.tr("Answer"),
        "absent": look.tr("None there"),
    }.get(outcome, look.tr("No reply"))


OUTCOME_TONE = {"found": "good", "absent": "slate"}
"""Tones of the outcomes; every other is ``warn``."""
