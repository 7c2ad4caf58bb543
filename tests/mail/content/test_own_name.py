"""Mails that press the reader: do they say from whom they come?"""

from __future__ import annotations

import asyncio

import pytest

from secassist.mail import check
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT, at_gmail
from support.tricks import chat

LOCKED = "Your account has been suspended. Verify your account within 24 hours: "
CALL = "Your card was debited USD 449.00 for three years of protection. Not you? "


def codes(sender: str, text: str, to: str = "someone@mail.example") -> tuple[str, set[str]]:
    domain = sender.rpartition("@")[2].rstrip(">")
    results = f"dkim=pass header.d={domain}; dmarc=pass header.from={domain}"
    arrived = at_gmail(chat("en", sender, to=to, text=text), results=results)
    report = asyncio.run(check(arrived, resolver=ZoneResolver({}), offline=True, at=RECEIVED_AT))
    return report.verdict.value, {finding.code for finding in report.evidence}


@pytest.mark.parametrize(
    "sender",
    [
        "Account Support <support@rtyhfg.example>",
        "Security Team <security@blue-fjord.example>",
        "support@rtyhfg.example",
        "Account Support <account.support@rtyhfg.example>",
    ],
)
def test_it_presses_and_nobody_is_named(sender: str) -> None:
    domain = sender.rpartition("@")[2].rstrip(">")
    verdict, found = codes(sender, LOCKED + f"https://{domain}/login")
    assert verdict == "suspicious"
    assert "content.nobody-named" in found


@pytest.mark.parametrize(
    ("sender", "text", "to"),
    [
        ("Rtyhfg <support@rtyhfg.example>", LOCKED, "someone@mail.example"),
        ("Support <support@blue-fjord.example>", LOCKED + "Your Blue Fjord", "a@mail.example"),
        ("Verein <a@tierheim-sued.example>", LOCKED + "Tierheim Süd", "someone@mail.example"),
        ("Support <support@bücher.example>", LOCKED + "BÜCHER!", "someone@mail.example"),
        ("bluefjord@mails.example", LOCKED + "Blue Fjord", "someone@mail.example"),
        ("Tom Becker <tom.becker@rtyhfg.example>", LOCKED, "someone@mail.example"),
        ("Helpdesk <help@uni-nord.example>", LOCKED, "someone@stud.uni-nord.example"),
        ("Team <team@rtyhfg.example>", "A new password was requested.", "someone@mail.example"),
        ("Team <team@rtyhfg.example>", "We meet on Friday.", "someone@mail.example"),
    ],
)
def test_somebody_is_named_or_nothing_is_wanted(sender: str, text: str, to: str) -> None:
    _verdict, found = codes(sender, text, to)
    assert "content.nobody-named" not in found


@pytest.mark.parametrize(
    "call",
    [
        "Ring our help desk: 1-877-555-0133",
        "To cancel call +1 (805) 555-0199.",
        "Zum Stornieren wählen Sie +49 30 555 01 22",
        "Per annullare chiama +39 06 555 0122",
    ],
)
def test_a_number_right_behind_the_word_call(call: str) -> None:
    verdict, found = codes("Order Desk <order.desk.2291@outlook.com>", CALL + call)
    assert verdict == "suspicious"
    assert "content.call-us" in found


def test_a_number_that_nobody_is_to_call() -> None:
    text = CALL + "See you soon! Tom\r\nTel. at work: +1 (805) 555-0199"
    assert "content.call-us" not in codes("Tom <tom.2291@outlook.com>", text)[1]
