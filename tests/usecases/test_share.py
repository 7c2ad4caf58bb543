from __future__ import annotations

import asyncio
import json

from secassist.mail import check
from secassist.mail.report import Report
from secassist.network.dns import ZoneResolver
from secassist.usecases.share import Include, as_html, as_json, as_text, redacted
from support.mails import RECEIVED_AT, at_unknown
from support.sign import key_record, letter, sign

BODY = (
    '<p>Your code. <a href="https://club.example/reset?token=s3cret">Reset</a>'
    " <b>&lt;script&gt;</b></p>"
)


def report() -> Report:
    mail = letter(
        sender="Club <news@club.example>",
        to="anna@home.example",
        subject="Your code is 482 911, anna@home.example",
        body=BODY,
        extra=[("Content-Type", "text/html; charset=utf-8")],
    )
    signed = at_unknown(sign(mail, domain="club.example"))
    resolver = ZoneResolver(key_record("club.example"))
    return asyncio.run(check(signed, resolver=resolver, at=RECEIVED_AT))


def test_private_parts_are_left_out() -> None:
    for text in (as_text(report()), as_json(report()), as_html(report())):
        assert "482" not in text
        assert "anna@home.example" not in text
        assert "s3cret" not in text
        assert "club.example" in text


def test_and_come_back_when_asked_for() -> None:
    text = as_text(report(), Include.everything())
    assert "482 911" in text
    assert "anna@home.example" in text
    assert "s3cret" in text


def test_each_kind_on_its_own() -> None:
    assert "482 911" in as_text(report(), Include(codes=True))
    assert "s3cret" not in as_text(report(), Include(codes=True))
    assert redacted(report(), Include(recipients=True)).recipients == ("anna@home.example",)


def test_json_is_one_line_and_has_the_agreed_names() -> None:
    line = as_json(report())
    assert "\n" not in line
    told = json.loads(line)
    assert {
        "schema",
        "source",
        "verdict",
        "headline",
        "reason",
        "action",
        "runbook",
        "incident",
        "message",
        "authentication",
        "findings",
        "network",
        "limits",
    } <= set(told)
    assert set(told["message"]) >= {
        "from",
        "from_domain",
        "display_name",
        "subject",
        "date",
        "kind",
        "claimed",
        "parts",
    }
    assert set(told["authentication"]) == {"spf", "dkim", "arc", "dmarc", "receiver"}


def test_html_holds_no_markup_from_the_mail() -> None:
    page = as_html(report(), Include.everything())
    assert "<script" not in page
    assert "<a " not in page
    assert "Content-Security-Policy" in page


def test_nothing_in_the_mail_steers_the_terminal_or_begins_a_line() -> None:
    mail = letter(
        sender="=?utf-8?q?Club=1b[31m=E2=80=AE?= <news@club.example>",
        subject="=?utf-8?q?Hi=1b]0;title=07=0aReally_sent_by_PayPal.=E2=80=AE?=",
        body='<p><a href="https://club.example/\x1b[2J">click\x1b[31m</a></p>',
        extra=[("Content-Type", "text/html; charset=utf-8")],
    )
    judged = asyncio.run(check(mail, resolver=ZoneResolver({})))
    text = as_text(judged, Include.everything())
    assert "Really sent by PayPal." in text
    assert not any(line.startswith("Really sent by PayPal.") for line in text.splitlines())
    assert all(line.isprintable() for line in text.split("\n"))
