"""Mails that an attacker can really send, or hand in, and that must not be taken for real.

Each test names the way in. The rules themselves are tested where they stand; here the whole check
runs over the whole mail.
"""

from __future__ import annotations

import asyncio
import html
from datetime import datetime, timedelta

import pytest

from secassist.mail import check
from secassist.mail.report import Report
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT, at_gmail, at_microsoft, at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import DATE, HEADERS, SIGNED_AT, key_record, seal, sign
from support.tricks import OTHER_IP, SENDING_IP, Zone, published, reset

MAIL = reset("en", "PayPal", "no-reply@paypal.com")
ZONE = published("paypal.com") | published("evil.example", spf=f"v=spf1 ip4:{OTHER_IP} -all")
PASSES = said("paypal.com", spf="pass", dkim="pass", dmarc="pass", envelope="b@paypal.com")
FAILS = said("paypal.com", spf="pass", dmarc="fail action=oreject", envelope="b@evil.example")
SIGNED = sign(MAIL, domain="paypal.com", headers=(*HEADERS, "mime-version", "content-type"))
CAUGHT = {"suspicious", "fake"}


def judged(mail: bytes, *, at: datetime = RECEIVED_AT, zone: Zone = ZONE) -> Report:
    return asyncio.run(check(mail, resolver=ZoneResolver(zone), at=at))


def verdict(mail: bytes, *, at: datetime = RECEIVED_AT, zone: Zone = ZONE) -> str:
    return judged(mail, at=at, zone=zone).verdict.value


def test_a_customer_of_the_same_house_hands_in_forged_lines() -> None:
    """What Exchange took from a colleague's computer never passes its border; what he wrote below
    that line is his."""
    forged = arrive(PROVIDERS["microsoft"], MAIL, said=PASSES, ip=SENDING_IP)
    handed_in = (
        b"Received: from am1pr04mb7777.eurprd04.prod.outlook.com (198.51.100.9) by\r\n"
        b" AM9PR04MB1.eurprd04.prod.outlook.com (2603:10a6:20b::1) with Microsoft SMTP Server;\r\n"
        b" Tue, 13 Oct 2026 10:00:20 +0000\r\n"
    )
    assert verdict(handed_in + forged) not in {"genuine", "relayed", "proven-domain"}
    assert verdict(forged) == "genuine"


def test_a_server_name_inside_a_helo_name() -> None:
    top = (
        b"Received: from x by mx.google.com (evil.example [198.51.100.9])\r\n"
        b" by mail.unknown.example with ESMTP id 1; Tue, 13 Oct 2026 10:00:20 +0000\r\n"
        b"Authentication-Results: mx.google.com; dmarc=pass header.from=paypal.com\r\n"
    )
    assert verdict(top + MAIL) == "cannot-tell"


def test_an_address_inside_a_helo_name() -> None:
    mail = at_microsoft(
        MAIL,
        helo=f"evil.example ({SENDING_IP})",
        ip=OTHER_IP,
        results="spf=pass smtp.mailfrom=paypal.com; dmarc=none header.from=paypal.com",
    ).replace(b"spf=pass", b"spf=none")
    assert verdict(mail) != "genuine"


@pytest.mark.parametrize(
    "domain", ["paypal.com(x).evil.example", "paypal.com(.evil.example", 'paypal.com"x".evil.test']
)
@pytest.mark.parametrize("below", [b"", b"dmarc=pass header.from=paypal.com"])
def test_a_domain_that_a_result_line_makes_another_one(domain: str, below: bytes) -> None:
    """Chen, Paxson, Jiang: Composition Kills (USENIX Security 2020), section 5."""
    results = (
        f"dkim=pass header.i=@{domain} header.d={domain} header.s=s; spf=pass (google.com: domain"
        f" of a@evil.example designates {OTHER_IP}) smtp.mailfrom=a@evil.example"
    )
    forged = b"Authentication-Results: mx.google.com; " + below + b"\r\n" if below else b""
    mail = at_gmail(forged + MAIL, ip=OTHER_IP, mail_from="a@evil.example", results=results)
    assert verdict(mail) in CAUGHT


@pytest.mark.parametrize("server", ["proton", "icloud"])
def test_a_forged_line_for_a_method_of_which_the_receiver_said_nothing(server: str) -> None:
    forged = {
        "proton": b"mail.protonmail.ch; dkim=pass header.d=paypal.com",
        "icloud": b"dkim-verifier.icloud.com; dkim=pass header.d=paypal.com",
    }[server]
    own = said("paypal.com", spf="pass", dmarc="fail", envelope="b@evil.example")
    own.pop("dkim", None)
    mail = b"Authentication-Results: " + forged + b"\r\n" + MAIL
    assert verdict(arrive(PROVIDERS[server], mail, said=own, ip=OTHER_IP)) in CAUGHT


BOGUS_SEAL = (
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=paypal.com; s=s;\r\n"
    b" h=from:to:subject; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=aGVsbG8=\r\n"
)


@pytest.mark.parametrize("damage", [b"X-Mailer : mail\r\n", b"a line of its own\r\n"])
def test_damage_that_the_sender_made_excuses_nothing(damage: bytes) -> None:
    mail = arrive(PROVIDERS["microsoft"], BOGUS_SEAL + damage + MAIL, said=FAILS, ip=OTHER_IP)
    assert verdict(mail) in CAUGHT


@pytest.mark.parametrize("server", ["microsoft", "gmail", "fastmail"])
def test_another_text_below_real_header_fields(server: str) -> None:
    top = SIGNED.partition(b"\r\n\r\n")[0]
    mail = top + b"\r\n\r\nYour account is limited. Go to https://evil.example/login\r\n"
    assert verdict(arrive(PROVIDERS[server], mail, said=FAILS, ip=OTHER_IP)) in CAUGHT


def test_a_stolen_mail_sent_on_days_later_from_a_server_with_spf_of_its_own() -> None:
    late = RECEIVED_AT + timedelta(days=3)
    mail = at_microsoft(
        SIGNED,
        ip=OTHER_IP,
        when=late,
        results="spf=pass (sender IP is 198.51.100.9) smtp.mailfrom=evil.example; dkim=pass"
        " header.d=paypal.com; dmarc=pass action=none header.from=paypal.com",
    )
    assert verdict(mail, at=late) == "cannot-tell"


@pytest.mark.parametrize(
    "more",
    [
        b"",
        b"Cc: help@evil.example\r\n",
        b"List-Id: <news.evil.example>\r\n",
        b"List-Post: <mailto:x@evil.example>\r\n",
    ],
)
@pytest.mark.parametrize("known_key", [True, False])
def test_an_answer_address_added_to_a_stolen_mail(more: bytes, known_key: bool) -> None:
    mail = at_gmail(
        b"Reply-To: help@evil.example\r\n" + more + SIGNED,
        ip=OTHER_IP,
        mail_from="a@evil.example",
        results="dkim=pass header.d=paypal.com; spf=pass smtp.mailfrom=a@evil.example;"
        " dmarc=pass header.from=paypal.com",
    )
    zone: Zone = ZONE if known_key else {"s._domainkey.paypal.com": {"TXT": "TIMEOUT"}}
    assert verdict(mail, zone=zone) != "genuine"


def test_a_user_of_a_mailbox_provider_with_a_name_of_his_own_below_it() -> None:
    mail = reset("en", "Fastmail", "team@security.fastmail.de")
    results = "spf=pass smtp.mailfrom=team@security.fastmail.de; dmarc=pass header.from={}"
    here = at_gmail(mail, results=results.format("security.fastmail.de"))
    assert verdict(here) in CAUGHT


def test_a_strangers_seal_on_top_of_a_good_one() -> None:
    """The known forwarder saw the real mail; whoever sealed after it could exchange the text."""
    good = seal(
        SIGNED,
        domain="google.com",
        results="mx.google.com; dkim=pass header.d=paypal.com; dmarc=pass header.from=paypal.com",
    )
    top = good.partition(b"\r\n\r\n")[0]
    other = seal(top + b"\r\n\r\nCall 0800 555 0199 at once.\r\n", domain="evil.example")
    mail = arrive(PROVIDERS["microsoft"], other, said=FAILS, ip=OTHER_IP)
    zone = ZONE | key_record("google.com", "arc") | key_record("evil.example", "arc")
    assert verdict(mail, zone=zone) in CAUGHT


REAL = arrive(PROVIDERS["gmail"], MAIL, said=PASSES, ip=SENDING_IP)


@pytest.mark.parametrize("table", [b"", b"From: x\r\nSent: today\r\nTo: y\r\nSubject: z\r\n\r\n"])
@pytest.mark.parametrize("page", [False, True])
def test_a_forged_source_in_letters_that_nobody_sees(table: bytes, page: bool) -> None:
    """The mail's own text is a source with the provider's lines; somebody copies or saves it."""
    shown = table + REAL
    if page:
        shown = (
            b'<html><body><div style="font-size:1px"><pre>'
            + html.escape(shown.decode()).encode()
            + b'</pre></div><p><a href="https://evil.example">Sign in</a></p></body></html>'
        )
    elif not table:
        return  # that is how a real source is pasted
    assert verdict(shown, zone={}) == "cannot-tell"


def test_one_lost_fold_may_end_the_header_for_the_reader() -> None:
    folded = b"DKIM-Signature: v=1;\r\n\ta="
    assert SIGNED.startswith(folded)
    mail = SIGNED.replace(folded, b"X-Note: call 0800 555 0199\r\n" + folded).replace(
        folded, folded.replace(b"\t", b"")
    )
    assert verdict(mail) == "cannot-tell"


@pytest.mark.parametrize(
    "address",
    [
        "noreply-application-integration@google.com",
        "16505550199.18005550199.x1@txt.voice.google.com",
        "noreply@emeaemail.teams.microsoft.com",
        "invoice+statements+acct_1A2b@stripe.com",
    ],
)
def test_words_of_strangers_from_an_organisations_own_address(address: str) -> None:
    domain = address.partition("@")[2]
    mail = reset("en", "Support", address)
    results = f"dkim=pass header.d={domain}; dmarc=pass header.from={domain}"
    assert verdict(at_gmail(mail, results=results)) == "relayed"


def test_an_expired_seal_on_an_attached_mail_with_a_forged_time_of_receipt() -> None:
    signed = sign(MAIL, domain="paypal.com", expires=SIGNED_AT + 3600)
    top = (
        "From: Friend <friend@evil.example>\r\nTo: someone@mail.example\r\n"
        f"Subject: Fwd: Reset your PayPal password\r\nDate: {DATE}\r\n"
        "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    forwarded = top.encode() + at_unknown(signed)
    late = RECEIVED_AT + timedelta(days=30)
    assert verdict(forwarded, at=late) == "cannot-tell"
    assert verdict(forwarded, at=RECEIVED_AT) == "genuine"


@pytest.mark.parametrize("policy", ["reject", "none"])
def test_a_nameless_line_below_microsofts_border_beside_a_strangers_seal(policy: str) -> None:
    """His seal leaves DMARC open, for the envelope is not known; that denies nothing."""
    line = b"Authentication-Results: spf=pass smtp.mailfrom=paypal.com; dkim=pass"
    line += b" header.d=paypal.com; dmarc=pass action=none header.from=paypal.com\r\n"
    mail = at_microsoft(line + sign(MAIL, domain="evil.example"), ip=OTHER_IP)
    zone = published("paypal.com", policy=policy) | published("evil.example")
    assert verdict(mail, zone=zone) not in {"genuine", "proven-domain"}
