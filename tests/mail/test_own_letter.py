"""Addresses that an organisation shares with its users: whose words are in this mail?"""

from __future__ import annotations

import asyncio

import pytest

from secassist.mail import check
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT, at_gmail
from support.tricks import reset


def verdict(sender: str, subject: str, text: str, **more: str) -> str:
    domain = sender.rpartition("@")[2].rstrip(">")
    extra = [(name.replace("_", "-"), value) for name, value in more.items()]
    mail = reset("en", "", "", sender=sender, subject=subject, text=text, extra=extra)
    results = f"dkim=pass header.d={domain}; dmarc=pass header.from={domain}"
    arrived = at_gmail(mail, results=results)
    report = asyncio.run(check(arrived, resolver=ZoneResolver({}), offline=True, at=RECEIVED_AT))
    return report.verdict.value


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        (
            "GitHub <noreply@github.com>",
            "[GitHub] Please reset your password",
            "We heard that you lost your password. https://github.com/password_reset/abc",
        ),
        (
            "service@paypal.com",
            "Reset your password",
            "Go to paypal.com or www.paypal.com/authflow/reset.If it was not you, ignore this.",
        ),
        (
            "Slack <no-reply@slack.com>",
            "Slack confirmation code: ABC-123",
            "Enter this code: ABC-123. If this was not you: https://slack.com/help",
        ),
        (
            "Reddit <noreply@redditmail.com>",
            "Réinitialisez votre mot de passe",
            "Quelqu'un a demandé un nouveau mot de passe : https://www.reddit.com/reset",
        ),
    ],
)
def test_a_form_letter_about_the_account(sender: str, subject: str, text: str) -> None:
    assert verdict(sender, subject, text) == "genuine"


def test_the_icons_at_the_bottom_are_part_of_the_form() -> None:
    page = (
        '<p>Someone asked for a new password.</p><a href="https://www.airbnb.com/reset">Reset</a>'
        '<a href="https://www.facebook.com/airbnb"><img src="f.png"></a>'
        '<a href="https://bit.ly/app">Get the app</a>'
    )
    sender = "Airbnb <automated@airbnb.com>"
    mail = reset("en", "", "", sender=sender, subject=SUBJECT, text=page, html=True)
    results = "dkim=pass header.d=airbnb.com; dmarc=pass header.from=airbnb.com"
    arrived = at_gmail(mail, results=results)
    report = asyncio.run(check(arrived, resolver=ZoneResolver({}), offline=True, at=RECEIVED_AT))
    assert report.verdict.value == "genuine"


ASKED = "Someone asked for a new password. https://www.paypal.com/authflow/reset\r\n"
SUBJECT = "Reset your password"
PRESSURE = "Your account will be suspended within 24 hours unless you verify it."


@pytest.mark.parametrize(
    ("sender", "subject", "text", "more"),
    [
        ("IT Support <service@paypal.com>", SUBJECT, ASKED, {}),  # the user's name
        ("Support <service@paypal.com>", SUBJECT, ASKED, {}),
        ("Ann Lee via PayPal <service@paypal.com>", SUBJECT, ASKED, {}),
        ("PayPal <service@paypal.com>", "Ann Lee sent you a money request", ASKED, {}),
        ("PayPal <service@paypal.com>", "Your password was changed - invoice", ASKED, {}),
        ("PayPal <service@paypal.com>", "Ann shared your new password.pdf with you", ASKED, {}),
        ("PayPal <service@paypal.com>", "Ihr Passwort wurde geändert: Rechnung von A", ASKED, {}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + "Note from Ann: hello", {}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + "Or call +1 (805) 555-0199", {}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + "Or write to paypal@evil.example", {}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + "Or see https://evil.example/x", {}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + "Or visit evil.example", {}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + "Or visit EVIL.EXAMPLE.", {}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + "https://wa.me/18055550199", {}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + "https://bit.ly/3xyz", {}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + "https://docs.google.com/forms/x", {}),
        ("PayPal <service@paypal.com>", SUBJECT, "https://www.google.com", {}),  # none to them
        ("PayPal <service@paypal.com>", SUBJECT, ASKED, {"Reply_To": "ann@evil.example"}),
        ("PayPal <service@paypal.com>", SUBJECT, ASKED + PRESSURE, {}),
        ("PayPal <service@paypal.com>", "Hello", ASKED, {}),  # what it is about is not said
        ("PayPal <service@paypal.com>", f"{SUBJECT}: +1 (805) 555-0199", ASKED, {}),
        # Where users write the whole of it, they may write this, too.
        ("Okta <noreply@okta.com>", SUBJECT, "https://evil.okta.com/reset", {}),
        ("Zoom <no-reply@zoom.us>", SUBJECT, "https://zoom.us/reset", {}),
        ("Groups.io <x@groups.io>", SUBJECT, "https://groups.io/reset", {}),
        ("GitHub <notifications@github.com>", SUBJECT, "https://github.com/reset", {}),
    ],
)
def test_where_a_strangers_words_may_be(
    sender: str, subject: str, text: str, more: dict[str, str]
) -> None:
    assert verdict(sender, subject, text, **more) in {"relayed", "suspicious"}


def test_headers_alone_do_not_show_whose_words_they_are() -> None:
    mail = reset("en", "", "", sender="PayPal <service@paypal.com>", subject=SUBJECT, text=ASKED)
    results = "dkim=pass header.d=paypal.com; dmarc=pass header.from=paypal.com"
    headers = at_gmail(mail, results=results).partition(b"\r\n\r\n")[0]
    report = asyncio.run(check(headers, resolver=ZoneResolver({}), offline=True, at=RECEIVED_AT))
    assert report.verdict.value == "relayed"
