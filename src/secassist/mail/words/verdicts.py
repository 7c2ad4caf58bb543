"""Headline, reason, note and buttons of a verdict. Words and order follow the table of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secassist.base.language import Translate
from secassist.base.language import mark as _
from secassist.mail.findings import Finding, Strength, Weighs
from secassist.mail.report import Action
from secassist.mail.verdict import Row, Verdict
from secassist.mail.words.evidence import SENTENCES, fill


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """What stands on the card."""

    headline: str
    reason: str
    note: str
    question: str
    buttons: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the sentences are about."""

    domain: str
    """The From domain, or empty."""
    address: str
    """The whole From address, or empty."""
    organisation: str = ""
    """The name of the organisation that owns the domain, or that the mail names."""
    site: str = ""
    """The organisation's own address to open, or empty."""
    service: str = ""
    """The service through which a stranger wrote."""
    kind: str = "other"
    parts: str = "whole"
    label: str = ""
    """What the person calls this sender, for this exact proved domain."""
    recent_mails_place: str = ""
    """Where the organisation's own app lists the mails that it sent."""
    mixed: bool = False
    """The service also writes its own mail from this very address."""


HEADLINES: Mapping[Verdict, str] = {
    Verdict.GENUINE: _("Really sent by {organisation}."),
    Verdict.RELAYED: _("Sent through {service}, written by a stranger."),
    Verdict.PROVEN_DOMAIN: _("Really sent by {domain}. Do you know them?"),
    Verdict.CANNOT_TELL: _("We can't prove this one."),
    Verdict.SUSPICIOUS: _("Be careful with this one."),
    Verdict.FAKE: _("Fake. This is not from {organisation}."),
}

# Reasons by row, and by the code that stands for the proof or the gap in it.
REASONS: Mapping[str, str] = {
    "auth.dkim-aligned": _(
        "It has {organisation}'s own seal, and nothing in it was changed on the way."
    ),
    "auth.spf-aligned": _("It came straight from a computer of {organisation}."),
    "auth.receiver-aligned": _("Your mail provider checked {organisation}'s seal when it came in."),
    "relayed": _("{service} did send this mail. But the words come from someone else."),
    "relayed-mixed": _("{service} did send this mail. But others can put their words into it."),
    "proven-domain": _(
        "The address is true. But we do not know who owns it, "
        "and a true address can still belong to a crook."
    ),
    "proven-mine": _("This is the sender that you call “{label}”. Its address is true."),
    "proven-mailbox": _("The address {address} is true. But anyone can open one like it."),
    "forwarded-as-text": _(
        "Somebody sent it on as text, and that takes the seal off. Ask for it as an attachment."
    ),
    "weakened-proof": _("Its seal is right, but it does not cover all of this mail."),
    "auth.replayed": _("Its seal is right, but the mail is old and was sent on again."),
    "auth.part-uncovered": _("Text was put under the sealed part of this mail."),
    "hidden-address": _(
        "It came through a service that hides addresses. The real sender's seal is gone."
    ),
    "headers-only": _("The top part really is {organisation}'s. The text was not checked."),
    "changed-text": _("The top part really is {organisation}'s. The text is not as it was sealed."),
    "mailing-list": _(
        "It passed through a mailing list that changed it, so the seal no longer fits. "
        "That happens to real mail too."
    ),
    "fault": _("We could not ask {domain}."),
    "seal-unclear": _("It has a seal, but we can't check it."),
    "text-only": _("We only have the text. The seal is in the part that mail programs hide."),
    "no-seal": _("It has no seal that we can check."),
    "policy-fails": _("{domain} says that mail like this must be refused."),
    "partly-read": _("It is built in a strange way. We could read only a part of it."),
}

NOTES: Mapping[str, str] = {
    "asked": _(
        "Someone typing your address is enough to trigger this mail. "
        "It does not mean that they got in."
    ),
    "recent-mails": _("{organisation} lists the mails that it sent. Look there: {place}."),
    "changed": _("Something was changed in your account. If it was not you, act now."),
    "new-sign-in": _("If it was not you, someone may be in your account."),
    Verdict.RELAYED: _(
        "Ask in a way you already know, such as by phone. Do not reply to this mail."
    ),
    Verdict.PROVEN_DOMAIN: "",
    Verdict.CANNOT_TELL: _("Treat it as fake until you have looked in your account."),
    Verdict.SUSPICIOUS: _("Do not click in it, and do not call a number in it."),
    Verdict.FAKE: _("You need not change your password."),
}

ASK = _("Did you ask for it?")
WAS_IT_YOU = _("Was it you?")
KNOW_THEM = _("Do you know them?")

LABELS: Mapping[str, str] = {
    "asked-yes": _("Yes, I asked"),
    "asked-no": _("No, I did not"),
    "asked-unsure": _("Not sure"),
    "was-me": _("Yes, it was me"),
    "was-not-me": _("No, it was not me"),
    "ask-sender": _("Ask the person first"),
    "know-yes": _("Yes, I know them"),
    "know-no": _("No, I don't"),
    "open-site": _("Open {organisation} myself"),
    "open-real-site": _("Open the real {organisation}"),
    "try-original": _("Try with the original"),
    "check-another-way": _("Check it another way"),
    "know-sender": _("I know the sender"),
    "report-and-delete": _("Report and delete it"),
    "as-attachment": _("Ask for it as an attachment"),
}


def words_for(
    row: Row, findings: Sequence[Finding], subject: Subject, translate: Translate
) -> VerdictWords:
    """The card of a verdict: one headline, the strongest reason, one thing to do."""
    facts = _facts(subject, translate)

    def say(template: str) -> str:
        return fill(translate(template), facts) if template else ""

    headline = _headline(row, subject)
    question, codes = _buttons(row, subject)
    return VerdictWords(
        headline=say(headline),
        reason=_reason(row, findings, subject, translate, facts),
        note=say(_note(row, subject)),
        question=translate(question) if question else "",
        buttons=tuple(
            Action(
                code,
                say(_label(code, question)),
                subject.site or None if code in _OPENS else None,
            )
            for code in codes
        ),
    )


def _label(code: str, question: str) -> str:
    was_it = {"asked-yes": "was-me", "asked-no": "was-not-me"} if question == WAS_IT_YOU else {}
    return LABELS[was_it.get(code, code)]


_OPENS = frozenset({"open-site", "open-real-site"})


def _facts(subject: Subject, translate: Translate) -> dict[str, str]:
    return {
        "domain": subject.domain,
        "address": subject.address or subject.domain,
        "organisation": subject.organisation or subject.domain or translate(_("the sender")),
        "service": subject.service or subject.domain,
        "label": subject.label,
        "place": subject.recent_mails_place,
    }


def _headline(row: Row, subject: Subject) -> str:
    if row.verdict is Verdict.RELAYED and subject.mixed:
        return _("Sent through {service}, maybe written by a stranger.")
    if row.verdict is Verdict.PROVEN_DOMAIN and subject.label:
        return _("Really sent by {label}.")
    if row.verdict is Verdict.FAKE and not (subject.organisation or subject.domain):
        return _("Fake. This is not from who it says.")
    return HEADLINES[row.verdict]


def _reason(
    row: Row,
    findings: Sequence[Finding],
    subject: Subject,
    translate: Translate,
    facts: Mapping[str, str],
) -> str:
    if row.verdict in {Verdict.SUSPICIOUS, Verdict.FAKE} and row.name not in REASONS:
        strongest = _strongest_against(findings)
        if strongest is not None:
            return fill(
                translate(SENTENCES.get(strongest.code, (strongest.code,))[0]), strongest.facts
            )
    codes = {f.code for f in findings}
    if row.verdict is Verdict.GENUINE:
        proofs = ("auth.dkim-aligned", "auth.receiver-aligned", "auth.spf-aligned")
        key = next(code for code in proofs if code in codes)
    elif row.name == "relayed" and subject.mixed:
        key = "relayed-mixed"
    elif row.name == "weakened-proof":
        weak = ("auth.replayed", "auth.part-uncovered")
        key = next((code for code in weak if code in codes), row.name)
    elif row.name == "proven-domain" and "owner.mine" in codes:
        key = "proven-mine"
    elif row.name == "proven-domain" and "owner.mailbox" in codes:
        key = "proven-mailbox"
    elif row.name == "no-seal" and "reading.partly" in codes:
        key = "partly-read"
    else:
        key = row.name
    return fill(translate(REASONS[key]), facts)


# What people grasp at once comes first among findings of the same strength.
_TELLING = (
    "claim.lookalike",
    "claim.address-in-name",
    "claim.elsewhere",
    "claim.provider-mailbox",
    "link.text-differs",
)


def _strongest_against(findings: Sequence[Finding]) -> Finding | None:
    order = (Strength.PROOF, Strength.STRONG, Strength.WEAK)
    against = [f for f in findings if f.weighs is Weighs.AGAINST]
    return min(against, key=lambda f: (order.index(f.strength), _telling(f.code)), default=None)


def _telling(code: str) -> int:
    return _TELLING.index(code) if code in _TELLING else len(_TELLING)


def _note(row: Row, subject: Subject) -> str:
    if row.verdict is Verdict.CANNOT_TELL and subject.recent_mails_place:
        return NOTES["recent-mails"]
    if row.verdict is Verdict.GENUINE:
        if subject.kind in {"changed", "new-sign-in"}:
            return NOTES[subject.kind]
        return NOTES["asked"] if subject.kind in _ASKABLE else ""
    return NOTES[row.verdict]


_ASKABLE = frozenset({"reset-requested", "code"})


def _buttons(row: Row, subject: Subject) -> tuple[str, tuple[str, ...]]:
    """The question, if any, and the codes of the buttons; the first is the filled one."""
    site = ("open-site",) if subject.site else ()
    match row.verdict:
        case Verdict.GENUINE if subject.kind in {"changed", "new-sign-in"}:
            return WAS_IT_YOU, ("asked-yes", "asked-no", "asked-unsure")
        case Verdict.GENUINE if subject.kind in _ASKABLE:
            return ASK, ("asked-yes", "asked-no", "asked-unsure")
        case Verdict.GENUINE:
            return "", site or ("check-another-way",)
        case Verdict.RELAYED:
            return "", ("ask-sender",)
        case Verdict.PROVEN_DOMAIN:
            return KNOW_THEM, ("know-yes", "know-no")
        case Verdict.CANNOT_TELL if row.name == "forwarded-as-text":
            return "", ("as-attachment", *site)
        case Verdict.CANNOT_TELL:
            return "", (*site, "try-original")
        case Verdict.SUSPICIOUS:
            return "", ("check-another-way", "know-sender")
        case _:
            real = ("open-real-site",) if subject.site else ()
            return "", ("report-and-delete", *real)
