"""What proves, what speaks against, and what must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from secassist.facts.receivers import receivers
from secassist.mail.auth.arc import ArcResult, ChainResult
from secassist.mail.auth.dkim import SignatureResult
from secassist.mail.auth.dmarc import DmarcResult
from secassist.mail.auth.reasons import Reason, Result, Scope
from secassist.mail.auth.results import parse
from secassist.mail.auth.spf import SpfResult
from secassist.mail.findings import Strength, Weighs
from secassist.mail.proof import Checks, findings_of
from secassist.mail.trace import ReceivedHop
from secassist.mail.traces import Traces
from secassist.mail.trust import Border, ReceiverWord

FROM = "bank.example"
GMAIL = next(r for r in receivers() if r.id == "gmail")
HOP = ReceivedHop(1, "mx.google.com", "h", "h", "192.0.2.1", "", "ESMTPS", datetime.now(UTC))
BORDER = Border(GMAIL, HOP, 1)
ALL = ("from", "subject", "date", "to", "reply-to")
SEAL = SignatureResult(
    result=Result.PASS,
    scope=Scope.MESSAGE,
    reason=Reason.NONE,
    domain=FROM,
    selector="s",
    identity="@bank.example",
    algorithm="rsa-sha256",
    key_bits=2048,
    signed_headers=ALL,
    body_length=None,
    covered_headers=frozenset(ALL),
    headers_verified=True,
    body_verified=True,
)
NOTHING = Checks(
    from_domain=FROM,
    signatures=(),
    spf=None,
    spf_domain="",
    arc=ArcResult(ChainResult.NONE),
    dmarc=DmarcResult("fail", "reject", FROM),
    aligned=frozenset({FROM}),
    border=None,
    word=None,
    word_below=None,
    traces=Traces(),
    known_organisation=True,
    age=timedelta(hours=1),
    reply_to_given=False,
)
FAILS = replace(NOTHING, border=BORDER, spf=SpfResult("fail", domain=FROM), spf_domain=FROM)


def word(line: str) -> ReceiverWord:
    return ReceiverWord("mx.google.com", parse(f"mx.google.com; {line}").results)


def codes(checks: Checks) -> set[str]:
    return {f.code for f in findings_of(checks)}


def against(checks: Checks) -> set[str]:
    return {f.code for f in findings_of(checks) if f.weighs is Weighs.AGAINST}


def proofs(checks: Checks) -> set[str]:
    return {
        f.code
        for f in findings_of(checks)
        if f.strength is Strength.PROOF and f.weighs is Weighs.FOR
    }


def test_a_seal() -> None:
    assert proofs(replace(NOTHING, signatures=(SEAL,))) == {"auth.dkim-aligned"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"uncovered": 10}, "auth.part-uncovered"),
        ({"covered_headers": frozenset({"from"})}, "auth.subject-unsigned"),
        ({"scope": Scope.HEADERS}, "auth.headers-sealed"),
        ({"result": Result.FAIL, "reason": Reason.BODY_HASH}, "auth.body-changed"),
        (
            {"result": Result.UNKNOWN, "reason": Reason.KEY_ABSENT, "headers_verified": None},
            "auth.seal-unclear",
        ),
        (
            {"result": Result.UNKNOWN, "reason": Reason.DNS_FAILED, "headers_verified": None},
            "auth.dns-failed",
        ),
    ],
)
def test_half_a_seal_is_no_proof(change: dict[str, object], code: str) -> None:
    checks = replace(NOTHING, signatures=(replace(SEAL, **change),))  # type: ignore[arg-type]
    assert not proofs(checks)
    assert code in codes(checks)


def test_a_strangers_seal_is_no_proof() -> None:
    checks = replace(NOTHING, signatures=(replace(SEAL, domain="evil.example"),))
    assert not proofs(checks)
    assert against(checks) == {"auth.only-others-signed"}
    assert not against(replace(checks, known_organisation=False))


def test_a_right_seal_after_a_strangers() -> None:
    stranger = replace(SEAL, domain="evil.example")
    assert proofs(replace(NOTHING, signatures=(stranger, SEAL))) == {"auth.dkim-aligned"}


def test_spf_needs_alignment_and_a_border() -> None:
    good = replace(FAILS, spf=SpfResult("pass", domain=FROM))
    assert proofs(good) == {"auth.spf-aligned"}
    assert not proofs(replace(good, spf_domain="bulk.example"))
    assert not proofs(replace(good, border=None))


@pytest.mark.parametrize(
    ("line", "proved"),
    [
        ("dmarc=pass header.from=bank.example", True),
        ("dmarc=pass (p=REJECT)", False),  # of which domain?
        ("dmarc=pass header.from=evil.example", False),
        ("dmarc=bestguesspass header.from=bank.example", False),
        ("dkim=pass header.d=bank.example", True),
        ("dkim=pass header.i=@bank.example", True),
        ("dkim=pass header.d=evil.example", False),
        ("spf=pass smtp.mailfrom=x@bank.example", True),
        ("spf=pass smtp.helo=bank.example", False),
        ("spf=pass smtp.mailfrom=x@bulk.example; dkim=none; dmarc=none", False),
    ],
)
def test_the_receivers_word(line: str, proved: bool) -> None:
    checks = replace(NOTHING, border=BORDER, word=word(line))
    assert bool(proofs(checks)) is proved


def test_a_strict_policy_and_nothing_that_excuses() -> None:
    assert "auth.policy-fails" in against(FAILS)


@pytest.mark.parametrize(
    "change",
    [
        {"age": timedelta(days=8)},
        {"age": None},
        {"border": None, "spf": None},
        {"spf": SpfResult("softfail", domain=FROM)},
        {"spf": SpfResult("temperror", domain=FROM)},
        {"spf": SpfResult("fail", domain=FROM, reason="timeout")},
        {"dmarc": DmarcResult("fail", "quarantine", FROM)},
        {"dmarc": DmarcResult("unknown")},
        {"dmarc": DmarcResult("none")},
        {"traces": Traces(list_fields=True)},
        {"traces": Traces(forward_fields=True)},
        {"signatures": (replace(SEAL, result=Result.UNKNOWN, reason=Reason.DNS_FAILED),)},
        {"signatures": (replace(SEAL, result=Result.FAIL, reason=Reason.BODY_HASH),)},
    ],
)
def test_what_excuses_from_the_strict_policy(change: dict[str, object]) -> None:
    assert "auth.policy-fails" not in against(replace(FAILS, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", [Reason.KEY_ABSENT, Reason.KEY_REVOKED, Reason.SIGNATURE])
def test_an_invented_seal_excuses_nothing(reason: Reason) -> None:
    seal = replace(SEAL, result=Result.UNKNOWN, reason=reason, headers_verified=None)
    assert "auth.policy-fails" in against(replace(FAILS, signatures=(seal,)))


def test_a_key_that_is_gone_makes_an_old_mail_no_worse() -> None:
    seal = replace(SEAL, result=Result.UNKNOWN, reason=Reason.KEY_ABSENT, headers_verified=None)
    fresh = replace(FAILS, signatures=(seal,), spf=SpfResult("softfail", domain=FROM))
    assert against(fresh) == {"auth.unproved-strict"}
    assert not against(replace(fresh, age=timedelta(days=30)))


def test_the_receiver_says_that_it_fails() -> None:
    reject = word("spf=fail; dkim=none; dmarc=fail (p=REJECT) header.from=bank.example")
    mail = replace(NOTHING, border=BORDER, word=reject, dmarc=DmarcResult("unknown"))
    assert against(mail) == {"auth.policy-fails"}
    lax = word("spf=fail; dkim=none; dmarc=fail (p=NONE) header.from=bank.example")
    assert against(replace(mail, word=lax)) == {"auth.receiver-says-fail"}
    detour = word("dmarc=fail action=oreject header.from=bank.example; compauth=pass reason=130")
    assert "auth.policy-fails" not in against(replace(mail, word=detour))
    assert not against(replace(mail, word=lax, traces=Traces(sealer="google.com")))


def test_a_fault_is_never_evidence() -> None:
    seal = replace(SEAL, result=Result.UNKNOWN, reason=Reason.DNS_FAILED, headers_verified=None)
    mail = replace(
        FAILS,
        signatures=(seal,),
        spf=SpfResult("temperror", domain=FROM),
        dmarc=DmarcResult("unknown"),
    )
    assert not against(mail)


@pytest.mark.parametrize(
    ("traces", "replayed"),
    [
        (Traces(waited_for_a_day=True, for_someone_else=True), True),
        (Traces(waited_for_a_day=True), True),  # nobody whom we know saw where it came from
        (Traces(), False),
        (Traces(for_someone_else=True), False),
    ],
)
def test_replay(traces: Traces, replayed: bool) -> None:
    mail = replace(NOTHING, signatures=(SEAL,), traces=traces)
    assert ("auth.replayed" in codes(mail)) is replayed
    passed = replace(mail, border=BORDER, spf=SpfResult("pass", domain="x.example"))
    assert ("auth.replayed" in codes(replace(passed, spf_domain="x.example"))) is replayed
    excused = replayed and not traces.for_someone_else
    assert ("auth.replayed" in codes(replace(passed, spf_domain=FROM))) is (
        replayed and not excused
    )
