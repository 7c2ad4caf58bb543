"""Mails of honest senders whose way was odd, and that must not be called fake or suspicious."""

from __future__ import annotations

import asyncio

import pytest

from secassist.mail import check
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT, at_microsoft
from support.sign import sign
from support.tricks import chat, published, reset

GATEWAY = "us-smtp-delivery-1.mimecast.com"


@pytest.mark.parametrize(
    ("mail", "domain"),
    [
        (reset("en", "PayPal", "no-reply@paypal.com"), "paypal.com"),
        (chat("de", "Chor <chor@verein.example>"), "verein.example"),
    ],
)
@pytest.mark.parametrize("warning", [b"", b"[EXTERNAL] Be careful with links.\r\n"])
def test_a_gateway_in_front_of_the_company(mail: bytes, domain: str, warning: bytes) -> None:
    """Exchange judges the gateway; a banner that the gateway put in broke the seal."""
    signed = sign(mail, domain=domain)
    passed_on = (
        b"Received: from mail.sender.example (mail.sender.example [192.0.2.1]) by\r\n"
        b" relay.mimecast.com with ESMTP id us-mta-1; Tue, 13 Oct 2026 10:00:05 +0000\r\n"
    ) + signed.replace(b"\r\n\r\n", b"\r\n\r\n" + warning, 1)
    seal = "fail (body hash did not verify)" if warning else "pass"
    policy = "fail action=oreject" if warning else "pass action=none"
    arrived = at_microsoft(
        passed_on,
        helo=GATEWAY,
        ip="203.0.113.7",
        results=f"spf=fail smtp.mailfrom={domain}; dkim={seal} header.d={domain};"
        f" dmarc={policy} header.from={domain}; compauth=none reason=451",
    )
    resolver = ZoneResolver(published(domain))
    report = asyncio.run(check(arrived, resolver=resolver, at=RECEIVED_AT))
    expected = {"cannot-tell"} if warning else {"genuine", "proven-domain"}
    assert report.verdict.value in expected


@pytest.mark.parametrize(
    ("name", "subject"),
    [("WordPress", "[Garden Club] Password Reset"), ("GitLab", "Reset password instructions")],
)
def test_a_program_on_a_server_of_the_senders_own(name: str, subject: str) -> None:
    address = f"{name.lower()}@garden-club.example"
    text = "Someone has requested a password reset:\r\nhttps://garden-club.example/reset?key=1"
    mail = reset("en", name, address, subject=subject, text=text)
    signed = sign(mail, domain="garden-club.example")
    resolver = ZoneResolver(published("garden-club.example"))
    report = asyncio.run(check(signed, resolver=resolver, at=RECEIVED_AT))
    assert report.verdict.value == "proven-domain"
    bare = asyncio.run(check(mail, resolver=ZoneResolver({}), at=RECEIVED_AT))
    assert bare.verdict.value == "cannot-tell"
    elsewhere = reset("en", name, "security@garden-club.example", subject=subject)
    other = asyncio.run(check(elsewhere, resolver=ZoneResolver({}), at=RECEIVED_AT))
    assert other.verdict.value in {"suspicious", "fake"}
