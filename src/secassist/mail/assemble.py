"""Findings and facts → the report: the last step, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from secassist.base.language import Translate
from secassist.base.language import mark as _
from secassist.facts.entry import stale
from secassist.facts.incidents import Incident
from secassist.facts.organisations import Organisation
from secassist.facts.ownership import OwnershipKind
from secassist.mail import route
from secassist.mail.claims import Sender
from secassist.mail.content.link import Link
from secassist.mail.findings import Finding, Strength, Weighs
from secassist.mail.identity.likeness import Lookalike, LookalikeKind
from secassist.mail.lookups import Way
from secassist.mail.message import Message, Parts
from secassist.mail.proof import Checks
from secassist.mail.report import (
    Action,
    ArcSummary,
    Authentication,
    Compare,
    DkimSummary,
    DmarcSummary,
    IncidentShown,
    LedgerEntry,
    LinkShown,
    MessageSummary,
    ReceiverSummary,
    Report,
    SpfSummary,
)
from secassist.mail.verdict import PROVED, Row, Verdict
from secassist.mail.words import evidence, verdicts


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that a report is made of."""

    message: Message
    row: Row
    findings: tuple[Finding, ...]
    checks: Checks
    way: Way
    sender: Sender | None
    claimed: Organisation | None
    kind: str
    lookalike: Lookalike | None
    links: tuple[Link, ...]
    text_cut: bool
    """The text was too long to be read whole."""
    today: date
    incident: Incident | None


def report(
    judged: Judged,
    *,
    source: str,
    network: tuple[LedgerEntry, ...],
    seconds: float,
    translate: Translate,
) -> Report:
    """The report of one mail, in the words of one language."""
    subject = _subject(judged)
    words = verdicts.words_for(judged.row, judged.findings, subject, translate)
    return Report(
        source=source,
        verdict=judged.row.verdict,
        row=judged.row.name,
        headline=words.headline,
        reason=words.reason,
        note=words.note,
        question=words.question,
        action=words.buttons[0] if not words.question else Action("ask", words.question),
        buttons=words.buttons,
        site=subject.site,
        report_to=judged.claimed.report_to if judged.claimed else (),
        runbook=None,
        incident=_incident(judged, translate),
        message=_message(judged),
        authentication=_authentication(judged.checks, judged.way),
        evidence=tuple(
            evidence.in_words(finding, translate) for finding in _ordered(judged.findings)
        ),
        route=route.draw(judged.way.hops, judged.way.border, _ends(judged, subject), translate),
        hops=route.in_words(judged.way.hops, translate),
        compare=_compare(judged.lookalike, translate),
        links=tuple(map(_link, judged.links)),
        recipients=tuple(a.spec for a in judged.message.recipients),
        network=network,
        limits=_limits(judged, network, translate),
        seconds=seconds,
    )


def _subject(judged: Judged) -> verdicts.Subject:
    sender, claimed = judged.sender, judged.claimed
    owner = sender.ownership.organisation if sender else None
    named = claimed or (
        owner if sender and sender.ownership.kind is OwnershipKind.ORGANISATION else None
    )
    return verdicts.Subject(
        domain=sender.domain if sender else "",
        address=sender.address if sender else "",
        organisation=named.name if named else "",
        site=named.real_site if named else "",
        service=owner.name if owner else (sender.hides_addresses if sender else ""),
        kind=judged.kind,
        parts=judged.message.parts.value,
        label=sender.label if sender else "",
        mixed=sender.ownership.mixed if sender else False,
        recent_mails_place=named.recent_mails_place if named else "",
    )


def _message(judged: Judged) -> MessageSummary:
    message = judged.message
    sender = message.from_addresses[0] if message.from_addresses else None
    return MessageSummary(
        from_=message.sender.spec if message.sender else message.from_text,
        from_domain=message.sender.domain if message.sender else "",
        display_name=sender.display_name if sender else "",
        subject=message.subject,
        date=message.date.isoformat() if message.date else "",
        kind=judged.kind,
        claimed=judged.claimed.id if judged.claimed else None,
        claimed_name=judged.claimed.name if judged.claimed else "",
        parts=message.parts.value,
    )


def _authentication(checks: Checks, way: Way) -> Authentication:
    word = way.word
    return Authentication(
        spf=SpfSummary(
            checks.spf.result if checks.spf else "unknown",
            checks.spf_domain,
            way.border.client_ip if way.border else "",
        ),
        dkim=tuple(
            DkimSummary(
                s.result.value,
                s.scope.value,
                s.reason.value,
                s.domain,
                s.selector,
                s.algorithm,
                s.signed_headers,
            )
            for s in checks.signatures
        ),
        arc=ArcSummary(checks.arc.result.value, checks.arc.sealers),
        dmarc=DmarcSummary(
            checks.dmarc.result,
            checks.dmarc.policy,
            checks.dmarc.domain or "",
            checks.dmarc.aligned_by,
        ),
        receiver=ReceiverSummary(
            trusted=word is not None,
            authserv_id=word.authserv_id if word else None,
            spf=word.first("spf") if word else "",
            dkim=word.first("dkim") if word else "",
            dmarc=word.first("dmarc") if word else "",
        ),
    )


_STRENGTHS = (Strength.PROOF, Strength.STRONG, Strength.WEAK)
_WEIGHTS = (Weighs.AGAINST, Weighs.FOR, Weighs.NEITHER)


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    """What speaks against it first, then what speaks for it, the strongest first."""
    unique = {(f.code, tuple(sorted(f.facts.items()))): f for f in findings}
    return sorted(
        unique.values(),
        key=lambda f: (_WEIGHTS.index(f.weighs), _STRENGTHS.index(f.strength)),
    )


def _ends(judged: Judged, subject: verdicts.Subject) -> route.Ends:
    verdict = judged.row.verdict
    proved = any(f.code in PROVED for f in judged.findings)
    theirs = verdict is Verdict.GENUINE
    elsewhere = verdict in {Verdict.FAKE, Verdict.SUSPICIOUS} and not theirs
    claimed = judged.claimed
    owns = bool(claimed and judged.sender and judged.sender.ownership.belongs_to(claimed))
    return route.Ends(
        verdict=verdict,
        sender=subject.organisation if theirs else subject.domain or "?",
        sender_caption=_("the sender") if proved else _("says it is the sender"),
        proved=proved and verdict is not Verdict.CANNOT_TELL,
        claimed=claimed.name if claimed and elsewhere and not owns else "",
    )


_KIND_NOTES = {
    LookalikeKind.SCRIPT: _("“{given}” is a letter of another alphabet"),
    LookalikeKind.DIGIT: _("“{given}” instead of the letter “{expected}”"),
    LookalikeKind.LETTERS: _("“{given}” looks like “{expected}”"),
    LookalikeKind.TYPO: _("“{given}” instead of “{expected}”"),
    LookalikeKind.ENDING: _("another ending"),
    LookalikeKind.ADDED: _("words were added"),
    LookalikeKind.SUBDOMAIN: _("the name is only put in front"),
    LookalikeKind.HOSTING: _("anyone can rent such a name"),
}


def _compare(lookalike: Lookalike | None, translate: Translate) -> Compare | None:
    if lookalike is None:
        return None
    odd = lookalike.positions
    swapped = next((o for o in odd if o.given and o.expected), None)
    facts = {"given": swapped.given, "expected": swapped.expected} if swapped else {}
    kind = lookalike.kind
    if swapped and swapped.given.isdigit():
        kind = LookalikeKind.DIGIT
    template = _KIND_NOTES[kind] if swapped or "{" not in _KIND_NOTES[kind] else ""
    return Compare(
        given=lookalike.given,
        real=lookalike.real_domain,
        odd_in_given=_places((o.index, o.given) for o in odd),
        odd_in_real=_places((o.real_index, o.expected) for o in odd),
        note=evidence.fill(translate(template), facts) if template else "",
        ascii_form=lookalike.ascii if lookalike.ascii != lookalike.given else "",
    )


def _places(spans: Iterable[tuple[int, str]]) -> tuple[int, ...]:
    return tuple(place for start, text in spans for place in range(start, start + len(text)))


def _incident(judged: Judged, translate: Translate) -> IncidentShown | None:
    incident = judged.incident
    if incident is None:
        return None
    title = translate(_("Many people got this mail from {organisation} in those days."))
    name = judged.claimed.name if judged.claimed else incident.organisation
    return IncidentShown(
        id=incident.id,
        title=evidence.fill(title, {"organisation": name}),
        statement=incident.statement,
        said_by=incident.said_by,
        said_on=incident.said_on.isoformat(),
        said_where=incident.said_where,
        as_of=incident.as_of.isoformat(),
    )


def _link(link: Link) -> LinkShown:
    """A link as plain text. Hosts through which it goes are named; it is never opened."""
    return LinkShown(link.shown, link.host, link.target, " → ".join(link.through))


def _limits(
    judged: Judged, network: Sequence[LedgerEntry], translate: Translate
) -> tuple[str, ...]:
    """What was not checked, and why."""
    limits: list[str] = []
    message = judged.message
    if message.parts is Parts.HEADERS:
        limits.append(translate(_("The text of the mail was not given, so it was not checked.")))
    if message.parts is Parts.TEXT_ONLY:
        limits.append(translate(_("Only the text was given, so the sender was not checked.")))
    if message.attached:
        limits.append(translate(_("It was inside another mail: how it came in was not checked.")))
    if judged.way.border is None and message.parts is not Parts.TEXT_ONLY:
        limits.append(translate(_("We do not know your mail provider's lines in this mail.")))
    failed = [entry.question for entry in network if entry.outcome == "failed"]
    if failed:
        template = translate(_("No answer from the internet for: {names}."))
        limits.append(evidence.fill(template, {"names": ", ".join(failed[:5])}))
    if message.unread or judged.text_cut:
        limits.append(translate(_("The mail is too large or too deep. A part was not read.")))
    if judged.claimed and stale(judged.claimed.as_of, judged.today):
        template = translate(_("What we know about {organisation} is older than half a year."))
        limits.append(evidence.fill(template, {"organisation": judged.claimed.name}))
    return tuple(limits)
