"""What the policy of the From domain says about a mail for which there is no proof.

When a strict policy speaks against a mail stands in INTERFACES.md. A fault, or a signature that
fails, is never evidence against a mail (RFC 6376, 6.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from secassist.mail.auth.reasons import Reason
from secassist.mail.checks import FRESH, Checks, passes, receiver_fails, spf_result
from secassist.mail.findings import Finding, Strength, contradicts, notes
from secassist.mail.trust import ReceiverWord

STRICT = "reject"
# For want of DNS, or by damage on the way, such a signature might yet be right. A key that is
# proved absent or withdrawn excuses nothing: else an invented selector would excuse everything.
_OPEN = frozenset({Reason.DNS_FAILED, Reason.MALFORMED_MESSAGE, Reason.BODY_LENGTH_SHORT})


def without_proof(checks: Checks) -> Iterator[Finding]:
    """What the domain's own policy says about a mail for which there is no proof."""
    if checks.dmarc.result == "unknown":
        yield notes("auth.policy-unknown", domain=checks.from_domain)
    facts = {"domain": checks.from_domain, "policy": checks.dmarc.policy or ""}
    fails = receiver_fails(checks.word)
    strict = checks.dmarc.policy == STRICT or _receiver_saw_reject(checks.word)
    excused = checks.traces.forwarded or _undecided(checks)
    if strict and not excused and (fails or _spf_definitely_fails(checks)):
        yield contradicts("auth.policy-fails", Strength.PROOF, **facts)
        return
    if checks.traces.credible or _signed_after_all(checks) or _said_below(checks):
        return
    if fails and (checks.known_sender or _asks_for_action(checks)):
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
    if word is None or spf_result(checks) in {"fail", "softfail"}:
        return False
    return bool(passes(word, checks))


def _seen_to_fail(checks: Checks) -> bool:
    """The receiver looked and found no proof, or SPF did not pass at a hop that can be trusted.

    Organisations that we know seal their mail, so the want of any seal of theirs is telling. Of
    other senders this would be unfair: many honest ones neither seal nor publish anything.
    """
    if checks.word is not None and checks.word.results:
        return True
    return spf_result(checks) in {"fail", "softfail"}


def _spf_definitely_fails(checks: Checks) -> bool:
    fresh = checks.age is not None and checks.age < FRESH
    # With a reason, a question on the way to the fail had no answer.
    certain = checks.spf is not None and not checks.spf.reason
    return fresh and certain and spf_result(checks) == "fail" and checks.dmarc.result == "fail"


def _undecided(checks: Checks) -> bool:
    """An aligned signature might yet be right.

    Damage by copying excuses nothing where the receiver, who saw the mail before, says that it
    fails: else a blank before some colon would excuse everything.
    """
    reasons = _OPEN - {Reason.MALFORMED_MESSAGE} if receiver_fails(checks.word) else _OPEN
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
    fails = receiver_fails(checks.word)
    if fails and not checks.traces.forwarded:
        return any(s.reason is Reason.DNS_FAILED for s in checks.aligned_signatures())
    fresh = checks.age is not None and checks.age < FRESH
    as_sent = fails or any(s.result == "pass" and s.scope == "message" for s in checks.signatures)
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
