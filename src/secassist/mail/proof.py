"""Is the From domain proved? Results of SPF, DKIM, ARC, DMARC and of the receiver → findings.

The rules are those of INTERFACES.md: what counts as proved, what a receiver's line is worth. When
a strict policy speaks against a mail stands in ``policy``. A fault, or a signature that fails, is
never evidence against a mail (RFC 6376, 6.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from secassist.facts.receivers import Position
from secassist.mail.auth.dkim import SignatureResult
from secassist.mail.auth.reasons import Reason
from secassist.mail.checks import (
    FRESH,
    Checks,
    dmarc_failed,
    passes,
    proved_domain,
    receiver_fails,
    result_domains,
    spf_aligned,
    spf_result,
)
from secassist.mail.findings import Finding, Strength, contradicts, notes, proves, supports
from secassist.mail.policy import without_proof
from secassist.mail.trust import ReceiverWord

__all__ = ["Checks", "findings_of", "result_domains"]

_AMONG_OTHERS = frozenset({Position.BELOW_BORDER, Position.REGROUPED})
_SIGNED_ONCE = ("to", "cc", "date")
"""Fields that show for whom and when a mail was written, and that may stand only once."""


def findings_of(checks: Checks) -> tuple[Finding, ...]:
    """All findings on where the mail comes from, proof first."""
    found = [*_signatures(checks), *_spf(checks), *_receiver(checks), *_arc(checks)]
    proved = any(f.strength is Strength.PROOF for f in found)
    if not proved:
        found += without_proof(checks)
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
    if spf_aligned(checks) and not dmarc_failed(checks.word):
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
    method = passes(word, checks)
    if method and _is_borne_out(method, word, checks):
        yield proves("auth.receiver-aligned", method=method, **facts)
    elif receiver_fails(word):
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
    silent = checks.dmarc.result != "fail" and spf_result(checks) not in {"fail", "softfail"}
    return silent and not any(s.result == "fail" for s in checks.signatures)


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
    sent = any(checks.is_aligned("spf", proved_domain(result)) for result in passed)
    return sent and method != "dkim"


def _arc(checks: Checks) -> Iterator[Finding]:
    if checks.arc.result == "pass" and checks.traces.vouching_sealer:
        yield notes("auth.arc-vouched", sealer=checks.traces.vouching_sealer)


_CHANGED = frozenset({Reason.BODY_HASH, Reason.BODY_LENGTH_SHORT})


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
