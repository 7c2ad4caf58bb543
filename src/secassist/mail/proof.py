"""Is the From domain proved? Results of SPF, DKIM, ARC, DMARC and of the receiver → findings.

The rules are those of INTERFACES.md: what counts as proved, what a receiver's line is worth, when
a strict policy speaks against a mail. A fault, or a signature that fails, is never evidence
against a mail (RFC 6376, 6.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from secassist.facts.domains import to_ascii
from secassist.facts.receivers import Position
from secassist.mail.auth.arc import ArcResult
from secassist.mail.auth.dkim import SignatureResult
from secassist.mail.auth.dmarc import DmarcResult, Method
from secassist.mail.auth.reasons import Reason
from secassist.mail.auth.results import MethodResult
from secassist.mail.auth.spf import SpfResult
from secassist.mail.findings import Finding, Strength, contradicts, notes, proves, supports
from secassist.mail.traces import Traces
from secassist.mail.trust import Border, ReceiverWord

STRICT = "reject"
_AMONG_OTHERS = frozenset({Position.BELOW_BORDER, Position.REGROUPED})
_SIGNED_ONCE = ("to", "cc", "date")
"""Fields that show for whom and when a mail was written, and that may stand only once."""
FRESH = timedelta(days=7)
"""SPF records change; after this time today's record says little about a mail of then."""


@dataclass(frozen=True, slots=True)
class Checks:
    """Everything that was found out about where a mail comes from."""

    from_domain: str
    signatures: tuple[SignatureResult, ...]
    spf: SpfResult | None
    """None where there is no hop that can be trusted, so nothing to ask SPF about."""
    spf_domain: str
    arc: ArcResult
    dmarc: DmarcResult
    aligned: frozenset[str]
    """The domains among all of these that are aligned with the From domain."""
    border: Border | None
    word: ReceiverWord | None
    word_below: ReceiverWord | None
    """A line where copying may have put it; it can only prove, and only what nothing denies."""
    traces: Traces
    known_organisation: bool
    """The From domain is one from which a known organisation sends."""
    age: timedelta | None
    """From the time of receipt to now, None where the time of receipt is not known."""
    reply_to_given: bool
    spf_claimed: bool = False
    """Only ``word_below`` names the sender that SPF was asked about: no proof by itself."""
    known_mailbox: bool = False
    """The From domain is one at which anybody can have a mailbox."""

    @property
    def known_sender(self) -> bool:
        """Of an organisation or a mailbox provider that we know: their honest mail is signed."""
        return self.known_organisation or self.known_mailbox

    def aligned_signatures(self) -> tuple[SignatureResult, ...]:
        return tuple(s for s in self.signatures if self.is_aligned("dkim", s.domain))

    def is_aligned(self, method: Method, domain: str) -> bool:
        """Whether a proof for ``domain`` is one for the From domain, as its owner wants it."""
        exact = method in self.dmarc.strict
        return domain in self.aligned and (not exact or domain == to_ascii(self.from_domain))

    @property
    def sent_by_itself(self) -> bool:
        """SPF passed for the sender's own domain; for another domain everybody can have that."""
        if _spf_aligned(self):
            return True
        passed = [r for r in self.word.all("spf") if r.result == "pass"] if self.word else []
        return any(self.is_aligned("spf", _domain(result)) for result in passed)

    def without_favour(self) -> Checks:
        """The same, but that no Received and no result line proves anything.

        For a source that was found in an HTML page: the page may be the mail itself, with the
        source written into it in letters that nobody sees. What speaks against the mail stays.
        """
        proved = self.sent_by_itself or (self.word is not None and _passes(self.word, self))
        return replace(self, border=None, word=None, word_below=None, spf=None) if proved else self

    @property
    def readers_sealed(self) -> bool:
        """A right signature of the sender covers To and Cc, so that nobody added a reader."""
        return any(
            s.result == "pass" and s.covers("to") and s.covers("cc")
            for s in self.aligned_signatures()
        )


def findings_of(checks: Checks) -> tuple[Finding, ...]:
    """All findings on where the mail comes from, proof first."""
    found = [*_signatures(checks), *_spf(checks), *_receiver(checks), *_arc(checks)]
    proved = any(f.strength is Strength.PROOF for f in found)
    if not proved:
        found += _without_proof(checks)
    if proved or any(f.code == "auth.headers-sealed" for f in found):
        found += _replay(checks)
    return tuple(found)


def _signatures(checks: Checks) -> Iterator[Finding]:
    aligned = checks.aligned_signatures()
    sound = [s for s in aligned if s.result == "pass"]
    whole = [s for s in sound if s.scope == "message" and not s.uncovered]
    full = [s for s in whole if s.covers("subject")]
    heads = [s for s in sound if s.scope == "headers" and s.covers("subject")]
    for signature in full[:1]:
        yield proves("auth.dkim-aligned", **_facts(signature))
    if checks.reply_to_given:
        yield from _reply_to_unsigned(full or heads or _undecided_seals(aligned))
    if full:
        yield from _added_later(full, checks)
        return
    for signature in whole[:1]:
        yield notes("auth.subject-unsigned", **_facts(signature))
    for signature in [s for s in sound if s.uncovered][:1]:
        yield contradicts("auth.part-uncovered", **_facts(signature))
    for signature in heads[:1]:
        yield supports("auth.headers-sealed", Strength.STRONG, **_facts(signature))
    if sound:
        return
    yield from _left_open(aligned)
    for signature in [s for s in aligned if s.headers_verified and s.reason in _CHANGED][:1]:
        yield notes("auth.body-changed", **_facts(signature))
        return
    for signature in aligned[:1]:
        code = "auth.dns-failed" if signature.reason == "dns-failed" else "auth.seal-unclear"
        yield notes(code, **_facts(signature))
    if not aligned:
        others = [s for s in checks.signatures if s.result == "pass"]
        for signature in others[:1]:
            yield notes("auth.other-seal", **_facts(signature))
        if not checks.signatures:
            yield notes("auth.no-seal")


def _added_later(seals: Sequence[SignatureResult], checks: Checks) -> Iterator[Finding]:
    """A second To, Cc or Date beside the signed one: whoever sent the mail on put it there."""
    for name in () if checks.sent_by_itself else _SIGNED_ONCE:
        if all(name in s.signed_headers and not s.covers(name) for s in seals):
            yield notes("auth.field-added", field=name.capitalize(), **_facts(seals[0]))
            return


def _reply_to_unsigned(seals: Sequence[SignatureResult]) -> Iterator[Finding]:
    if seals and not any(s.covers("reply-to") for s in seals):
        yield notes("auth.reply-to-unsigned", **_facts(seals[0]))


def _undecided_seals(aligned: Iterable[SignatureResult]) -> list[SignatureResult]:
    return [s for s in aligned if s.result == "unknown" and s.body_verified]


def _left_open(aligned: Iterable[SignatureResult]) -> Iterator[Finding]:
    """What no aligned signature covers, were they right: seen without any key.

    The receiver's word may rest on such a signature, and says nothing of what it leaves open.
    """
    undecided = _undecided_seals(aligned)
    if any(s.covers("subject") and not s.uncovered for s in undecided):
        return
    for signature in undecided[:1]:
        code = "auth.part-uncovered" if signature.uncovered else "auth.subject-unsigned"
        yield notes(code, **_facts(signature))


def _spf(checks: Checks) -> Iterator[Finding]:
    if checks.spf is None or checks.border is None:
        return
    facts = {"domain": checks.spf_domain, "ip": checks.border.client_ip}
    if _spf_aligned(checks) and not _dmarc_failed(checks.word):
        yield proves("auth.spf-aligned", **facts)
    elif checks.spf.result in {"temperror", "unknown"}:
        yield notes("auth.spf-unclear", result=checks.spf.result, **facts)
    else:
        yield notes("auth.spf", result=checks.spf.result, **facts)


def _receiver(checks: Checks) -> Iterator[Finding]:
    word, border = checks.word, checks.border
    if word is None and _nothing_denies(checks):
        word = checks.word_below
    if word is None or border is None:
        return
    facts = {
        "receiver": border.receiver.name,
        "authserv_id": word.authserv_id or "",
        "domain": checks.from_domain,
    }
    passes = _passes(word, checks)
    if passes and _is_borne_out(passes, word, checks):
        yield proves("auth.receiver-aligned", method=passes, **facts)
    elif _receiver_fails(word):
        yield notes("auth.receiver-fails", **facts)
    else:
        yield notes("auth.receiver-no-pass", **facts)


def _nothing_denies(checks: Checks) -> bool:
    """Our own look-ups were done, and neither SPF nor DMARC nor a signature says otherwise.

    A domain that has a policy seals its mail, so there must be a seal of its own that we cannot
    check any more: of a fresh mail we could. A stranger's seal is no reason to believe the line.
    """
    if checks.dmarc.result not in {"none", "pass"}:
        old = checks.age is not None and checks.age >= FRESH
        if checks.dmarc.policy is None or not (old and checks.aligned_signatures()):
            return False
    silent = checks.dmarc.result != "fail" and _spf_result(checks) not in {"fail", "softfail"}
    return silent and not any(s.result == "fail" for s in checks.signatures)


def _passes(word: ReceiverWord, checks: Checks) -> str:
    """The method by which the receiver's line proves the From domain, or an empty string.

    Where the receiver says dmarc=fail, a pass beside it that seems aligned is a contradiction: a
    forged line, or a name that it reads in another way than we do.
    """
    if _dmarc_failed(word):
        return ""
    for result in word.all("dmarc"):
        # Without the domain it may be a piece of an address that the sender chose.
        if result.result == "pass" and result.domain == checks.from_domain:
            return "dmarc"
    methods: tuple[Method, ...] = ("dkim", "spf")
    for method in methods:
        for result in word.all(method):
            if result.result == "pass" and checks.is_aligned(method, _domain(result)):
                return method
    return ""


def _is_borne_out(method: str, word: ReceiverWord, checks: Checks) -> bool:
    """Does the mail hold what the line says to have passed?

    Asked where a receiver writes one line for each method below its border: the sender's own fields
    follow there, and one of them may stand for a method of which the receiver wrote nothing.
    """
    receiver = checks.border.receiver if checks.border else None
    if receiver is None or not receiver.several_fields or receiver.position not in _AMONG_OTHERS:
        return True
    if checks.aligned_signatures():
        return True
    passed = [r for r in word.all("spf") if r.result == "pass"]
    sent = any(checks.is_aligned("spf", _domain(result)) for result in passed)
    return sent and method != "dkim"


def result_domains(results: Iterable[MethodResult]) -> frozenset[str]:
    """All domains that results speak of, so that their alignment can be worked out beforehand."""
    return frozenset(filter(None, map(_domain, results)))


def _domain(result: MethodResult) -> str:
    """The domain that a result proves; an SPF result for the HELO name proves none."""
    if result.method == "spf" and not (result.prop("smtp.mailfrom") or result.prop("smtp.mail")):
        return ""
    return result.domain or ""


def _arc(checks: Checks) -> Iterator[Finding]:
    if checks.arc.result == "pass" and checks.traces.vouching_sealer:
        yield notes("auth.arc-vouched", sealer=checks.traces.vouching_sealer)


def _without_proof(checks: Checks) -> Iterator[Finding]:
    """What the domain's own policy says about a mail for which there is no proof."""
    if checks.dmarc.result == "unknown":
        yield notes("auth.policy-unknown", domain=checks.from_domain)
    facts = {"domain": checks.from_domain, "policy": checks.dmarc.policy or ""}
    receiver_fails = _receiver_fails(checks.word)
    strict = checks.dmarc.policy == STRICT or _receiver_saw_reject(checks.word)
    excused = checks.traces.forwarded or _undecided(checks)
    if strict and not excused and (receiver_fails or _spf_definitely_fails(checks)):
        yield contradicts("auth.policy-fails", Strength.PROOF, **facts)
        return
    if checks.traces.credible or _signed_after_all(checks) or _said_below(checks):
        return
    if receiver_fails and (checks.known_sender or _asks_for_action(checks)):
        yield contradicts("auth.receiver-says-fail", **facts)
    elif checks.dmarc.result == "fail" and checks.border is not None and strict:
        yield contradicts("auth.unproved-strict", **facts)
    elif checks.known_organisation and _seen_to_fail(checks):
        yield contradicts("auth.unproved-organisation", **facts)
    elif checks.known_organisation and strict and _only_others_signed(checks):
        yield contradicts("auth.only-others-signed", **facts)


def _said_below(checks: Checks) -> bool:
    """A line that copying may have moved says pass, and SPF does not say otherwise."""
    word = checks.word_below if checks.word is None else None
    if word is None or _spf_result(checks) in {"fail", "softfail"}:
        return False
    return bool(_passes(word, checks))


def _seen_to_fail(checks: Checks) -> bool:
    """The receiver looked and found no proof, or SPF did not pass at a hop that can be trusted.

    Organisations that we know seal their mail, so the want of any seal of theirs is telling. Of
    other senders this would be unfair: many honest ones neither seal nor publish anything.
    """
    if checks.word is not None and checks.word.results:
        return True
    return _spf_result(checks) in {"fail", "softfail"}


def _dmarc_failed(word: ReceiverWord | None) -> bool:
    return word is not None and any(result.result == "fail" for result in word.all("dmarc"))


def _receiver_fails(word: ReceiverWord | None) -> bool:
    """Microsoft overrules dmarc=fail where it knows the detour (compauth=pass, reason 130)."""
    return word is not None and word.first("dmarc") == "fail" and word.first("compauth") != "pass"


def _spf_definitely_fails(checks: Checks) -> bool:
    fresh = checks.age is not None and checks.age < FRESH
    # With a reason, a question on the way to the fail had no answer.
    certain = checks.spf is not None and not checks.spf.reason
    return fresh and certain and _spf_result(checks) == "fail" and checks.dmarc.result == "fail"


def _spf_aligned(checks: Checks) -> bool:
    """SPF passed for a sender that the border saw, and that is aligned with From."""
    passed = _spf_result(checks) == "pass" and not checks.spf_claimed
    return passed and checks.is_aligned("spf", checks.spf_domain)


def _spf_result(checks: Checks) -> str:
    return checks.spf.result if checks.spf else ""


# For want of DNS, or by damage on the way, such a signature might yet be right. A key that is
# proved absent or withdrawn excuses nothing: else an invented selector would excuse everything.
_OPEN = frozenset({Reason.DNS_FAILED, Reason.MALFORMED_MESSAGE, Reason.BODY_LENGTH_SHORT})
_CHANGED = frozenset({Reason.BODY_HASH, Reason.BODY_LENGTH_SHORT})


def _undecided(checks: Checks) -> bool:
    """An aligned signature might yet be right.

    Damage by copying excuses nothing where the receiver, who saw the mail before, says that it
    fails: else a blank before some colon would excuse everything.
    """
    reasons = _OPEN - {Reason.MALFORMED_MESSAGE} if _receiver_fails(checks.word) else _OPEN
    return any(
        s.reason in reasons or (s.reason is Reason.BODY_HASH and s.headers_verified)
        for s in checks.aligned_signatures()
    )


def _signed_after_all(checks: Checks) -> bool:
    """The sender's seal is there, though we cannot check it (any more): no reason for suspicion.

    Keys are exchanged, so for an old mail the key may be gone; for a fresh one it must be there.
    And a wrong signature tells of damage only as long as nothing shows the mail to be as it was
    sent: another signature that is right, or a receiver that saw it fail as well. Lists change
    what people write to them; an organisation in need of that excuse needs a credible trace. Where
    there is no trace of a detour, the receiver saw it as it was sent, and its fail stands (but for
    want of DNS we cannot see what may be right after all).
    """
    receiver_fails = _receiver_fails(checks.word)
    if receiver_fails and not checks.traces.forwarded:
        return any(s.reason is Reason.DNS_FAILED for s in checks.aligned_signatures())
    fresh = checks.age is not None and checks.age < FRESH
    as_sent = receiver_fails or any(
        s.result == "pass" and s.scope == "message" for s in checks.signatures
    )
    empty = {Reason.KEY_ABSENT} if fresh else set()
    if as_sent and (checks.known_organisation or not checks.traces.forwarded):
        empty |= {Reason.SIGNATURE, Reason.MALFORMED_MESSAGE}
    return any(s.reason not in empty for s in checks.aligned_signatures())


def _asks_for_action(checks: Checks) -> bool:
    """The domain asks receivers to do something about mail that fails; with p=none it does not."""
    return checks.dmarc.policy in {"quarantine", STRICT} or _receiver_saw_reject(checks.word)


def _only_others_signed(checks: Checks) -> bool:
    return any(s.result == "pass" for s in checks.signatures)


def _receiver_saw_reject(word: ReceiverWord | None) -> bool:
    if word is None:
        return False
    for result in word.all("dmarc"):
        said = f"{result.comment} p={result.prop('policy.dmarc')}".lower().replace(" ", "")
        if "p=reject" in said or (result.prop("action") or "").lower() in {"reject", "oreject"}:
            return True
    return False


def _replay(checks: Checks) -> Iterator[Finding]:
    """A real mail, sent on to somebody else (draft-chuang-dkim-replay-problem).

    Forwarding also breaks SPF and keeps the old recipient, but it is quick; a mail that waits for
    days is seldom; both together are how stolen mails are sent on.
    """
    stale = checks.traces.waited_for_a_day
    if stale and (checks.traces.for_someone_else or not checks.sent_by_itself):
        yield notes("auth.replayed", hours=str(checks.traces.hours_on_the_way))


def _facts(signature: SignatureResult) -> dict[str, str]:
    return {
        "domain": signature.domain,
        "selector": signature.selector,
        "reason": str(signature.reason),
        "algorithm": signature.algorithm,
    }
