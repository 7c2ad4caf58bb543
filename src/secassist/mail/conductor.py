"""The conductor: message → facts → look-ups side by side → findings → verdict → report.

No step reaches back. Everything that needs the internet goes out at once; what came back is then
judged by pure functions.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from secassist.base.language import Translate, english
from secassist.base.language import mark as _
from secassist.base.progress import Tell, untold
from secassist.base.times import aware
from secassist.facts.hosts import hosts
from secassist.facts.incidents import Incident, incident_of
from secassist.facts.ownership import Ownership, OwnershipKind, owner_of
from secassist.facts.receivers import receivers
from secassist.mail import assemble, claims, filters, oddities, proof, verdict
from secassist.mail.assemble import Judged
from secassist.mail.auth.proving import Prove, prove_here
from secassist.mail.auth.results import parse as parse_results
from secassist.mail.claims import Sender
from secassist.mail.findings import Finding, Strength, Weighs, contradicts, notes
from secassist.mail.identity.owner import answers_elsewhere
from secassist.mail.lookups import Way, look_up, nothing_to_look_up
from secassist.mail.message import Message, Parts
from secassist.mail.privacy import KnownOnlyResolver
from secassist.mail.proof import Checks
from secassist.mail.reading import Reading
from secassist.mail.report import LedgerEntry, Report
from secassist.mail.said import Examine, Said, examine_here
from secassist.mail.steps import Steps
from secassist.mail.trace import read_hops
from secassist.mail.trust import find_border, receiver_word, word_right_below
from secassist.network.dns import Resolver
from secassist.network.dns.live import OfflineResolver
from secassist.network.dns.once import OnceResolver
from secassist.network.ledger import Entry, RecordingResolver


@dataclass(frozen=True, slots=True)
class Options:
    """What the person told us, and how a check is to be done."""

    at: datetime | None = None
    """Judge as of this time instead of the time of receipt or now."""
    offline: bool = False
    provider: str | None = None
    known_only: bool = False
    """Ask only about domains of known organisations."""
    my_senders: Mapping[str, str] = field(default_factory=dict)
    """Exact domain → what the person calls it."""
    incidents: tuple[Incident, ...] | None = None
    """Known waves of real mail; None: those that ship."""
    translate: Translate = english
    tell: Tell = untold
    """Where news of the running check go; called in the thread of the check."""


async def check(
    source: bytes | str,
    *,
    resolver: Resolver,
    at: datetime | None = None,
    offline: bool = False,
    provider: str | None = None,
) -> Report:
    """Judge the (first) mail of ``source``. Raises UnusableInput where there is none.

    ``at``: judge as of this time (without a zone: UTC) instead of the time of receipt or now.
    ``offline``: nothing is asked. ``provider``: the reader's, by name (``gmail``) or host name.
    """
    from secassist.mail import sources  # noqa: PLC0415 (else read in the parser process)

    options = Options(at=aware(at) if at else None, offline=offline, provider=provider)
    return await check_reading(sources.read(source)[0], resolver=resolver, options=options)


async def check_reading(
    reading: Reading,
    *,
    resolver: Resolver,
    options: Options,
    source: str = "-",
    said: Said | None = None,
    examine: Examine = examine_here,
    prove: Prove = prove_here,
) -> Report:
    """Judge one mail that was read already.

    ``said`` is what it says, if that is known; else, and for other forms that it may have had,
    ``examine`` finds that out. ``prove`` does the cryptography.
    """
    started = time.monotonic()
    steps = Steps(options.tell, options.translate)
    recorder = RecordingResolver(OfflineResolver() if options.offline else resolver)
    once = OnceResolver(KnownOnlyResolver(recorder) if options.known_only else recorder)
    try:
        said = said or await examine(reading.message)
        _tell(reading.message, said, steps)
        asking = _Asking(once, options, steps, prove, aware(options.at))
        message, way, checks = await _looked_up(reading, said.ownership, asking)
    finally:
        await once.close()
    if message is not reading.message:
        said = await examine(message)
        _tell(message, said, steps)
    judged = judge(message, said, way, checks, options)
    steps.done("links")
    return assemble.report(
        judged,
        source=source,
        network=tuple(map(_shown, recorder.ledger.entries)),
        seconds=time.monotonic() - started,
        translate=options.translate,
    )


def _shown(entry: Entry) -> LedgerEntry:
    return LedgerEntry(entry.kind, entry.question, entry.outcome.value, entry.cached, entry.ms)


def _tell(message: Message, said: Said, steps: Steps) -> None:
    sender = message.sender
    steps.done("read", _("From {address}") if sender else "", address=sender.spec if sender else "")
    claimed = said.claimed
    steps.done("claim", _("{name}") if claimed else "", name=claimed.name if claimed else "")
    steps.done(
        "name",
        _("It looks like {real}") if said.lookalike else "",
        real=said.lookalike.real_domain if said.lookalike else "",
    )


@dataclass(frozen=True, slots=True)
class _Asking:
    """By what means the facts from DNS are found out."""

    resolver: Resolver
    options: Options
    steps: Steps
    prove: Prove
    now: datetime


async def _looked_up(
    reading: Reading, ownership: Ownership, asking: _Asking
) -> tuple[Message, Way, Checks]:
    """The facts from DNS, for the form of the message that a signature confirms."""
    message = reading.message
    if message.parts is Parts.TEXT_ONLY:
        return message, Way((), None, None, None, None), nothing_to_look_up(asking.now)
    way, checks = await _facts(message, ownership, asking)
    if not _confirmed(checks):
        for alternative in reading.alternatives:
            mended = reading.mended(alternative)
            other_way, other = await _facts(mended, _ownership(mended), asking)
            if _confirmed(other):
                return mended, other_way, other
    return message, way, checks


def _confirmed(checks: Checks) -> bool:
    return any(s.result == "pass" and s.domain in checks.aligned for s in checks.signatures)


async def _facts(message: Message, ownership: Ownership, asking: _Asking) -> tuple[Way, Checks]:
    way = _way(message, asking.options)
    checks = await look_up(
        message,
        way,
        ownership,
        asking.resolver,
        asking.steps,
        at=asking.options.at,
        now=asking.now,
        prove=asking.prove,
    )
    return way, checks.without_favour() if "html" in message.repairs else checks


def _way(message: Message, options: Options) -> Way:
    hops = read_hops(message.split)
    border = None
    if not message.attached:
        border = find_border(hops, receivers(), options.provider)
    top = next((hop.time for hop in hops if hop.time), None)
    return Way(
        hops=hops,
        border=border,
        word=receiver_word(message.split, border) if border else None,
        word_below=word_right_below(message.split, border) if border else None,
        received_at=(border.hop.time if border else None) or top,
    )


def _ownership(message: Message) -> Ownership:
    sender = message.sender
    if sender is None:
        return Ownership(OwnershipKind.UNKNOWN)
    return owner_of(sender.domain, sender.local)


def judge(message: Message, said: Said, way: Way, checks: Checks, options: Options) -> Judged:
    """All that was found out → findings → the verdict. Pure."""
    known = {said.claimed.id: said.claimed} if said.claimed else {}
    sender = _sender(message, said.ownership, options.my_senders)
    proofs = proof.findings_of(checks)
    owned = _is_own_mail(sender, proofs)
    findings = (
        *_reading(message, said, checks),
        *proofs,
        *claims.findings_of(
            said.named,
            sender,
            known,
            seen=_proved(proofs) or checks.word is not None,
            for_itself=said.for_itself,
            from_own_house=_proved(proofs) and message.from_readers_domain,
        ),
        *_weighed(said.on_identity, owned=False),
        *_weighed(said.on_content, owned=owned),
        *_weighed(tuple(filters.findings_of(message)), owned=owned),
    )
    findings = (*findings, *_together(findings, message, checks))
    claimed = None
    if not said.for_itself:
        claimed = claims.claimed_organisation(said.named, sender, known)
    row = verdict.decide(findings)
    incident = None
    if row.verdict is verdict.Verdict.GENUINE and claimed:
        sent = way.received_at or message.date
        waves = options.incidents
        incident = incident_of(claimed.id, said.kind, sent.date(), waves) if sent else None
    return Judged(
        message=message,
        row=row,
        findings=findings,
        checks=checks,
        way=way,
        sender=sender,
        claimed=claimed,
        kind=said.kind,
        lookalike=said.lookalike,
        links=said.links,
        text_cut=said.text_cut,
        today=datetime.now(UTC).date(),
        incident=incident,
    )


def _sender(message: Message, ownership: Ownership, my_senders: Mapping[str, str]) -> Sender | None:
    address = message.sender
    if address is None:
        return None
    return Sender(
        address=address.spec,
        domain=address.domain,
        ownership=ownership,
        hides_addresses=hosts().hides_sender(address.domain, address.local),
        label=my_senders.get(address.domain, ""),
    )


def _proved(proofs: tuple[Finding, ...]) -> bool:
    return any(f.code in verdict.PROVED for f in proofs)


def _is_own_mail(sender: Sender | None, proofs: tuple[Finding, ...]) -> bool:
    """The organisation itself is proved to have written it: then its odd links are its own."""
    return (
        _proved(proofs)
        and sender is not None
        and sender.ownership.kind is OwnershipKind.ORGANISATION
    )


def _weighed(findings: tuple[Finding, ...], *, owned: bool) -> Iterator[Finding]:
    """What the sender's own, sealed text looks like says nothing against the sender."""
    for finding in findings:
        if owned and finding.weighs is Weighs.AGAINST:
            yield Finding(finding.code, Weighs.NEITHER, Strength.WEAK, finding.facts)
        else:
            yield finding


def _reading(message: Message, said: Said, checks: Checks) -> Iterator[Finding]:
    if message.parts is Parts.TEXT_ONLY:
        yield notes("reading.text-only")
    elif said.forwarded_as_text:
        yield notes("reading.forwarded-as-text")
    if message.attached:
        yield notes("reading.attached")
    if message.repairs:
        yield notes("reading.repaired", repairs=", ".join(message.repairs))
    if oddities.SUBJECT_TAG_UNUSUAL in message.repairs:
        yield notes("reading.subject-changed")
    if message.unread:
        unusual = set(message.unread) & oddities.UNUSUAL
        code = "reading.unusual" if unusual else "reading.partly"
        yield notes(code, unread=", ".join(message.unread))
    if message.parts is not Parts.TEXT_ONLY:
        yield from _malformed(message)
    lines = message.fields("authentication-results")
    if lines and checks.word is None:
        written = parse_results(lines[0].value.decode("utf-8", "replace"))
        yield notes("auth.untrusted-line", authserv_id=written.authserv_id or "")
    traces = checks.traces
    if traces.forwarded:
        named = {
            "list": traces.list_fields,
            "forwarder": traces.forward_fields,
            traces.sealer: bool(traces.sealer),
        }
        yield notes("route.list", traces=", ".join(k for k, v in named.items() if v))


def _together(findings: tuple[Finding, ...], message: Message, checks: Checks) -> Iterator[Finding]:
    """What only findings of different rooms show together."""
    unsigned = any(f.code == "auth.reply-to-unsigned" for f in findings)
    may_be_added = unsigned and not checks.sent_by_itself
    if may_be_added and answers_elsewhere(message, readers_sealed=checks.readers_sealed):
        yield notes("reply-to.may-be-added")


def _malformed(message: Message) -> Iterator[Finding]:
    """What makes programs read the mail in different ways."""
    unclear = [code for code in message.oddities if code in oddities.FROM_UNCLEAR]
    if unclear:
        yield contradicts("reading.from-unclear", oddities=", ".join(unclear))
    others = [code for code in message.oddities if code in oddities.GRAVE and code not in unclear]
    if others:
        yield notes("reading.malformed", oddities=", ".join(others))
