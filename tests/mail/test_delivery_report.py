"""A mail server that could not deliver names the program it is, and no sender."""

from __future__ import annotations

import asyncio
from email.utils import format_datetime

import pytest

from secassist.mail import check
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT, at_gmail

EXCHANGE = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e"
TEXT = (
    "Your message to x@club.example couldn't be delivered. Microsoft 365\r\n"
    "https://learn.microsoft.com/exchange/mail-flow/non-delivery-reports\r\n"
)
STATUS = (
    "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
)


def verdict(sender: str, text: str = TEXT, parts: str = STATUS) -> str:
    domain = sender.rpartition("@")[2].rstrip(">")
    mail = (
        f"From: {sender}\r\nTo: someone@mail.example\r\nSubject: Undeliverable: Offer\r\n"
        f"Date: {format_datetime(RECEIVED_AT)}\r\nMessage-ID: <1@{domain}>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n{parts}--b--\r\n"
    ).encode()
    results = f"dkim=pass header.d={domain}; dmarc=pass header.from={domain}"
    arrived = at_gmail(mail, results=results)
    report = asyncio.run(check(arrived, resolver=ZoneResolver({}), offline=True, at=RECEIVED_AT))
    return report.verdict.value


@pytest.mark.parametrize("local", [EXCHANGE, "postmaster"])
@pytest.mark.parametrize("domain", ["nordbau.onmicrosoft.com", "nordbau.example"])
def test_the_name_of_the_program_is_no_claim(local: str, domain: str) -> None:
    assert verdict(f"Microsoft Outlook <{local}@{domain}>") == "proven-domain"


@pytest.mark.parametrize(
    ("sender", "text", "parts"),
    [
        ("Microsoft Outlook <postmaster@nordbau.example>", TEXT, ""),
        ("Microsoft Outlook <info@nordbau.example>", TEXT, STATUS),
        ("Microsoft Outlook <postmaster@micros0ft.com>", TEXT, STATUS),
        ("Microsoft Outlook <postmaster@nordbau.example>", "https://evil.example/release", STATUS),
        ("Microsoft Outlook <postmaster@nordbau.example>", "Call +1 (888) 555-0123.", STATUS),
        (
            f"Microsoft Outlook <{EXCHANGE}@nordbau.onmicrosoft.com>",
            TEXT,
            STATUS + "--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n",
        ),
    ],
    ids=["no status", "another sender", "look-alike", "link", "number", "attachment"],
)
def test_an_imitation_of_a_report(sender: str, text: str, parts: str) -> None:
    assert verdict(sender, text, parts) in {"fake", "suspicious"}
