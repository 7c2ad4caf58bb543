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


def test_fastmail_of_today() -> None:
    """Its servers have names of another form since 2023: site, role, number."""
    mail = (
        b"Received: from ams-compute-02.internal (ams-compute-02.internal [10.64.2.62])\r\n"
        b"\t by slotai03m05 (Cyrus 3.13.7) with LMTPA; Tue, 13 Oct 2026 10:00:24 +0000\r\n"
        b"X-Delivered-to: someone@mail.example\r\n"
        b"Received: from phl-mx-04 ([10.202.2.203])\r\n"
        b"  by ams-compute-02.internal (LMTPProxy); Tue, 13 Oct 2026 10:00:24 +0000\r\n"
        b"Received: from phl-mx-04.messagingengine.com (localhost [127.0.0.1])\r\n"
        b"\tby mailmx.phl.internal (Postfix) with ESMTP id A7; Tue, 13 Oct 2026 10:00:21 +0000\r\n"
        b"Received: from mailmx.phl.internal (localhost [127.0.0.1])\r\n"
        b"    by phl-mx-04.messagingengine.com (Authentication Milter) with ESMTP\r\n"
        b"    id 35022C; Tue, 13 Oct 2026 10:00:21 +0000\r\n"
        b"Authentication-Results: phl-mx-04.messagingengine.com;\r\n"
        b"    dkim=pass (2048-bit rsa key sha256) header.d=paypal.com header.a=rsa-sha256;\r\n"
        b"    dmarc=pass policy.published-domain-policy=reject\r\n"
        b"      (p=reject,d=none,d.eval=none) policy.policy-from=p header.from=paypal.com;\r\n"
        b"    spf=pass smtp.mailfrom=b@paypal.com smtp.helo=mx.paypal.com\r\n"
        b"Received: from mx.paypal.com (mx.paypal.com [192.0.2.1])\r\n"
        b"\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n"
        b"\t server-signature RSA-PSS (2048 bits)) (No client certificate requested)\r\n"
        b"\tby phl-mx-04.messagingengine.com (Postfix) with ESMTPS id 281071EA00F1\r\n"
        b"\tfor <someone@mail.example>; Tue, 13 Oct 2026 10:00:20 +0000 (UTC)\r\n"
    ) + reset("en", "PayPal", "no-reply@paypal.com")
    report = asyncio.run(check(mail, resolver=ZoneResolver({}), at=RECEIVED_AT, offline=True))
    assert report.verdict.value == "genuine"
