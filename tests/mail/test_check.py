"""From a mail to its verdict, with real signatures over a test zone."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from secassist.mail import check
from secassist.mail.report import Report
from secassist.mail.verdict import Verdict
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT, at_gmail, at_microsoft, at_unknown
from support.sign import key_record, letter, sign

INSTAGRAM = "mail.instagram.com"
RESET = letter(
    sender="Instagram <security@mail.instagram.com>",
    subject="Reset your Instagram password",
    body="Hi,\r\n\r\nWe got a message that you forgot your password.\r\n",
)
ZONE = {
    **key_record(INSTAGRAM),
    **key_record("evil.example"),
    **key_record("club.example"),
    "_dmarc.mail.instagram.com": {"TXT": ["v=DMARC1; p=reject"]},
    "mail.instagram.com": {"TXT": ["v=spf1 ip4:192.0.2.1 -all"]},
}


def judge(message: bytes, zone: dict[str, object] | None = None, **options: object) -> Report:
    resolver = ZoneResolver(ZONE if zone is None else zone)  # type: ignore[arg-type]
    return asyncio.run(check(message, resolver=resolver, at=RECEIVED_AT, **options))  # type: ignore[arg-type]


def test_a_sealed_reset_mail_is_genuine() -> None:
    report = judge(at_unknown(sign(RESET, domain=INSTAGRAM)))
    assert report.verdict is Verdict.GENUINE
    assert report.headline == "Really sent by Instagram."
    assert report.question == "Did you ask for it?"
    assert report.message.claimed == "instagram"
    assert report.message.kind == "reset-requested"


def test_one_changed_letter_takes_the_proof_away() -> None:
    changed = sign(RESET, domain=INSTAGRAM).replace(b"forgot your", b"forgot our")
    assert judge(at_unknown(changed)).verdict is Verdict.CANNOT_TELL


def test_headers_alone_need_the_receiver_too() -> None:
    signed = sign(RESET, domain=INSTAGRAM)
    head = signed.partition(b"\r\n\r\n")[0] + b"\r\n"
    alone = judge(at_unknown(head))
    assert (alone.verdict, alone.row) == (Verdict.CANNOT_TELL, "headers-only")
    seen = judge(at_gmail(head, results="dmarc=pass (p=REJECT) header.from=mail.instagram.com"))
    assert seen.verdict is Verdict.GENUINE


@pytest.mark.parametrize("build", [at_gmail, at_microsoft])
def test_a_trusted_receivers_line_proves(build: object) -> None:
    mail = build(RESET, results="spf=none; dmarc=pass action=none header.from=mail.instagram.com")  # type: ignore[operator]
    assert judge(mail, zone={}, offline=True).verdict is Verdict.GENUINE


def test_the_same_line_below_the_receivers_own_proves_nothing() -> None:
    forged = b"Authentication-Results: mx.google.com; dmarc=pass header.from=mail.instagram.com\r\n"
    mail = at_gmail(
        forged + RESET, results="spf=softfail; dmarc=fail header.from=mail.instagram.com"
    )
    assert judge(mail).verdict in {Verdict.FAKE, Verdict.SUSPICIOUS}


def test_the_same_line_in_a_paste_of_no_known_receiver_proves_nothing() -> None:
    forged = b"Authentication-Results: mx.google.com; dmarc=pass header.from=mail.instagram.com\r\n"
    assert judge(forged + at_unknown(RESET)).verdict is Verdict.CANNOT_TELL
    assert judge(at_unknown(at_gmail(RESET, results="dmarc=pass"))).verdict is Verdict.CANNOT_TELL


def test_a_shared_bounce_address_in_the_mail_itself_is_not_the_envelope() -> None:
    """The sender's own Return-Path must not choose the domain that SPF is asked for."""
    mail = at_gmail(
        b"Return-Path: <x@mail.instagram.com>\r\n" + RESET, mail_from="bounce@bulk.example"
    )
    report = judge(mail)
    assert report.authentication.spf.domain == "bulk.example"
    assert report.verdict is not Verdict.GENUINE


def test_aligned_spf_at_a_trusted_border_proves() -> None:
    mail = at_gmail(RESET, mail_from="bounce@mail.instagram.com", ip="192.0.2.1")
    assert judge(mail).verdict is Verdict.GENUINE
    elsewhere = at_gmail(RESET, mail_from="bounce@mail.instagram.com", ip="198.51.100.9")
    assert judge(elsewhere).verdict is Verdict.FAKE


def test_an_old_mail_that_fails_todays_record_is_no_fake_by_that_alone() -> None:
    mail = at_gmail(RESET, mail_from="b@mail.instagram.com", ip="198.51.100.9")
    resolver = ZoneResolver(ZONE)
    late = RECEIVED_AT + timedelta(days=30)
    report = asyncio.run(check(mail, resolver=resolver))
    assert late
    assert report.verdict is not Verdict.FAKE


def test_a_stranger_who_calls_himself_instagram() -> None:
    mail = sign(letter(sender="Instagram <security@evil.example>"), domain="evil.example")
    assert judge(at_unknown(mail)).verdict in {Verdict.SUSPICIOUS, Verdict.FAKE}


def test_an_unknown_club_is_a_proven_domain() -> None:
    mail = sign(letter(sender="Our Club <news@club.example>"), domain="club.example")
    report = judge(at_unknown(mail))
    assert report.verdict is Verdict.PROVEN_DOMAIN
    assert report.headline == "Really sent by club.example. Do you know them?"


def test_a_fault_is_never_evidence() -> None:
    zone = {**ZONE, "s._domainkey.mail.instagram.com": "SERVFAIL"}
    report = judge(at_unknown(sign(RESET, domain=INSTAGRAM)), zone=zone)
    assert report.verdict is Verdict.CANNOT_TELL
    assert any(entry.outcome == "failed" for entry in report.network)


def test_offline_asks_nothing() -> None:
    report = judge(at_unknown(sign(RESET, domain=INSTAGRAM)), offline=True)
    assert report.verdict is Verdict.CANNOT_TELL
    assert all(entry.outcome == "failed" for entry in report.network)


def test_text_alone_says_where_to_look() -> None:
    report = judge(b"Hi, reset your Instagram password within 24 hours or lose your account.")
    assert report.verdict is Verdict.CANNOT_TELL
    assert report.message.parts == "text-only"


def test_a_reply_address_added_after_sealing_takes_the_proof_away() -> None:
    """Reply-To is often left unsigned; then anyone can hang one on a real mail and pass it on."""
    signed = sign(RESET, domain=INSTAGRAM)
    added = signed.replace(b"Subject:", b"Reply-To: help <x1@gmail.com>\r\nSubject:", 1)
    assert judge(at_unknown(added)).verdict is not Verdict.GENUINE
    own = signed.replace(b"Subject:", b"Reply-To: <noreply@mail.instagram.com>\r\nSubject:", 1)
    assert judge(at_unknown(own)).verdict is Verdict.GENUINE


def test_a_real_mail_that_is_sent_on_again_to_somebody_else() -> None:
    signed = sign(RESET, domain=INSTAGRAM)
    late = RECEIVED_AT + timedelta(days=3)
    other = at_unknown(signed, to="victim@else.example", when=late)
    assert judge(b"Delivered-To: victim@else.example\r\n" + other).verdict is Verdict.CANNOT_TELL
    assert judge(at_gmail(signed, to="victim@else.example", when=late)).row == "weakened-proof"
    assert judge(at_gmail(signed, to="victim@else.example")).verdict is Verdict.GENUINE


@pytest.mark.parametrize(
    ("tag", "verdict"),
    [
        (b"[EXTERN] ", Verdict.GENUINE),
        (b"***SPAM*** ", Verdict.GENUINE),
        (b"[Call 555 0199 to cancel] ", Verdict.CANNOT_TELL),
        (b"[You were hacked] ", Verdict.CANNOT_TELL),
    ],
)
def test_a_tag_that_receivers_write_into_the_subject(tag: bytes, verdict: Verdict) -> None:
    tagged = sign(RESET, domain=INSTAGRAM).replace(b"Subject: ", b"Subject: " + tag, 1)
    assert judge(at_unknown(tagged)).verdict is verdict


def at_microsoft_turned_round(mail: bytes, line: str) -> bytes:
    """The line right below the border's Received, as some ways of copying leave it."""
    field = f"Authentication-Results: {line}\r\n".encode()
    return at_microsoft(field + mail)


SAYS_PASS = f"spf=none; dkim=none; dmarc=pass action=none header.from={INSTAGRAM}"


def test_a_nameless_line_right_below_the_border_counts_only_if_nothing_denies_it() -> None:
    mail = at_microsoft_turned_round(RESET, SAYS_PASS)
    assert judge(mail, zone={}).verdict is Verdict.GENUINE
    assert judge(mail, zone={}, offline=True).verdict is not Verdict.GENUINE
    # Microsoft's own line stands above: then the one below came with the mail.
    own = at_microsoft(
        f"Authentication-Results: {SAYS_PASS}\r\n".encode() + RESET,
        results=f"spf=fail; dmarc=fail header.from={INSTAGRAM}",
    )
    assert judge(own, zone={}).verdict is not Verdict.GENUINE
    # Our own look-up says that such mail fails.
    spoofed = at_microsoft(
        f"Authentication-Results: {SAYS_PASS}\r\n".encode() + RESET, ip="198.51.100.9"
    )
    return_path = b"Return-Path: <b@mail.instagram.com>\r\n"
    assert judge(return_path + spoofed).verdict is not Verdict.GENUINE
