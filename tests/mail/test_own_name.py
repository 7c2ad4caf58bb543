"""Senders who show their own name, that of their domain, and write about an organisation."""

from __future__ import annotations

import asyncio

import pytest

from secassist.mail import check
from secassist.mail.identity import display_name
from secassist.mail.identity.examine import claim_words
from secassist.mail.message import Address
from secassist.mail.report import Report
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT
from support.sign import sign
from support.tricks import published, reset

NEWS = (
    ("TV Digest", "tv-digest.example", "Netflix: the ten best shows", "New on Netflix. Netflix."),
    (
        "Web-Agentur Süd",
        "web-agentur-sued.de",
        "Ihr Google Ads Bericht",
        "Anbei der Bericht zu Ihrem Google Ads Konto.",
    ),
    ("Kaffee Kontor", "kaffee-kontor.de", "Ihre Bestellung bei Amazon", "Sind Sie zufrieden?"),
    ("CI Tool", "citool.example", "Your GitHub account is connected", "Build 12 passed."),
)


def judged(name: str, domain: str, subject: str, text: str) -> Report:
    mail = reset("en", name, f"news@{domain}", subject=subject, text=text)
    signed = sign(mail, domain=domain)
    return asyncio.run(check(signed, resolver=ZoneResolver(published(domain)), at=RECEIVED_AT))


@pytest.mark.parametrize(("name", "domain", "subject", "text"), NEWS)
def test_news_and_offers_are_no_claim(name: str, domain: str, subject: str, text: str) -> None:
    report = judged(name, domain, subject, text)
    assert (report.verdict.value, report.message.claimed) == ("proven-domain", None)


@pytest.mark.parametrize(("name", "domain", "subject", "text"), NEWS)
def test_under_another_name_it_is_one(name: str, domain: str, subject: str, text: str) -> None:
    assert judged("Service Team", domain, subject, text).verdict.value == "suspicious"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Reset your Netflix password", "Somebody asked for it."),
        ("Your Netflix account", "Your account will be closed within 24 hours. Confirm now."),
        ("Your Netflix account", "Best regards,\r\n\r\nThe Netflix Team\r\n"),
    ],
)
def test_a_taken_over_firm_that_asks_for_something(subject: str, text: str) -> None:
    report = judged("TV Digest", "tv-digest.example", subject, text)
    assert report.verdict.value in {"suspicious", "fake"}


@pytest.mark.parametrize(
    ("name", "domain", "fits"),
    [
        ("Bäckerei Kraus", "baeckerei-kraus.de", True),
        ("Kraus", "kraus-brot.de", True),
        ("Service", "service-desk.example", False),
        ("Account Team", "accountteam.example", False),
        ("Anna", "club.example", False),
        ("TSV", "tsv.example", False),
    ],
)
def test_the_name_of_the_domain(name: str, domain: str, fits: bool) -> None:
    assert display_name.fits_domain(Address(name, "a", domain), claim_words().generic) is fits


def written(sender: str, subject: str, text: str, domain: str) -> str:
    mail = reset("en", "", "", sender=sender, subject=subject, text=text)
    signed = sign(mail, domain=domain)
    zone = ZoneResolver(published(domain))
    return asyncio.run(check(signed, resolver=zone, at=RECEIVED_AT)).verdict.value


FRIEND = "Tom Becker <tom.becker@web.de>"
SHOP = "Mode Eck <shop@mode-eck.de>"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "expected"),
    [
        (FRIEND, "PayPal", "Did you send me the money by PayPal?", "proven-domain"),
        (FRIEND, "PayPal", "Sign in: https://pay.evil.example/", "suspicious"),
        (FRIEND, "PayPal", "Your order. Call us at +1 (800) 555-0199 to cancel.", "suspicious"),
        ("Service <x9@web.de>", "PayPal", "Did you send me the money?", "suspicious"),
        (SHOP, "Ihre Klarna Rechnung", "Zahlen: https://app.klarna.com/", "proven-domain"),
        (SHOP, "Ihre Klarna Rechnung", "Zahlen: https://pay.evil.example/", "suspicious"),
    ],
)
def test_words_among_friends_and_bills(sender: str, subject: str, text: str, expected: str) -> None:
    assert written(sender, subject, text, sender[:-1].partition("@")[2]) == expected
