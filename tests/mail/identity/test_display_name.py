"""Tricks with names and subjects, Reply-To and Return-Path."""

from __future__ import annotations

import pytest

from secassist.mail.findings import Finding, Strength, Weighs
from support.compose import compose, identity


def against(code: str, **mail: object) -> Finding | None:
    """The finding of that code, if it weighs against the mail."""
    found = identity(compose(**mail)).findings  # type: ignore[arg-type]
    return next((f for f in found if f.code == code and f.weighs is Weighs.AGAINST), None)


@pytest.mark.parametrize(
    "name",
    [
        "security@paypal.com",
        "PayPal <service@paypal.com>",
        "Support (no-reply@netflix.com)",
        "info@some-bank.example",
        "service＠paypal。com",
        "service\u200b@paypal.com",
        "device@mail.paypa1.com via Surveys",
    ],
)
def test_an_address_inside_the_name_of_another_owner(name: str) -> None:
    found = against("claim.address-in-name", sender=f"{name} <x@evil.example>")
    assert found is not None
    assert found.strength is Strength.STRONG
    assert found.facts["address"] == "x@evil.example"


@pytest.mark.parametrize(
    "sender",
    [
        "anna@club.example <anna@club.example>",
        "info@club.example <newsletter@mail.club.example>",
        "Anna @ Club <anna@club.example>",
        "Booking.com <noreply@booking.com>",
        "Amsterdam.nl <news@letters.example>",
        "a.b.c <x@letters.example>",
    ],
)
def test_the_own_address_as_a_name_is_ordinary(sender: str) -> None:
    codes = {f.code for f in identity(compose(sender)).findings}
    assert not codes & {"claim.address-in-name", "name.address-inside", "name.domain-inside"}


@pytest.mark.parametrize(
    "sender",
    ["jane@gmail.com via Forms <forms@forms.example>", "bob@club.example <x@shop.zendesk.com>"],
)
def test_a_service_may_name_the_person_for_whom_it_writes(sender: str) -> None:
    found = against("name.address-inside", sender=sender)
    assert found is not None
    assert found.strength is Strength.WEAK


def test_a_mailbox_of_the_organisation_that_is_claimed_is_no_excuse() -> None:
    sender = "Proton Mail notification@proton.me <x@gmail.com>"
    assert against("claim.address-in-name", sender=sender) is not None


def test_the_readers_own_address_as_a_name() -> None:
    found = against("name.is-recipient", sender="reader@home.example <x@evil.example>")
    inside = against("claim.address-in-name", sender="reader@home.example <x@evil.example>")
    assert found is not None or inside is not None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\u202elaPyaP\u202c", "PayPal"),
        ("Ban\u200bk of Example", "Bank of Example"),
        ("Sec\u00adur\u2060ity", "Security"),
    ],
)
def test_characters_that_hide_another_name(name: str, shown: str) -> None:
    found = against("name.hidden-characters", sender=f"{name} <x@evil.example>")
    assert found is not None
    assert found.facts["shown"] == shown


@pytest.mark.parametrize(
    "name", ["👨\u200d👩\u200d👧 Family", "\u200fשלום\u200f", "Zoë Ünal", "Сбербанк"]
)
def test_ordinary_writing_is_no_trick(name: str) -> None:
    codes = {f.code for f in identity(compose(f"{name} <x@club.example>")).findings}
    assert not codes & {"name.hidden-characters", "name.mixed-scripts"}


def test_a_word_of_two_scripts() -> None:
    assert against("name.mixed-scripts", sender="Bаnk <x@evil.example>") is not None
    assert against("subject.mixed-scripts", subject="Yоur account") is not None
    assert against("subject.hidden-characters", subject="Pass\u200bword") is not None
    assert against("subject.mixed-scripts", subject="Ваш аккаунт Google") is None
    assert against("subject.mixed-scripts", subject="Ваша SMSка доставлена") is None
    assert against("subject.mixed-scripts", subject="Ваш Gооgle аккаунт") is not None


def test_answers_that_go_elsewhere() -> None:
    claimed = "Netflix <x@letters.example>"
    headers = (("Reply-To", "help@other.example"),)
    assert against("reply-to.elsewhere", sender=claimed, headers=headers) is not None
    assert against("reply-to.elsewhere", headers=headers) is None
    mailbox = (("Reply-To", "somebody@gmail.com"),)
    assert against("reply-to.mailbox", headers=mailbox) is not None


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("a@club.example", (("Reply-To", "b@mail.club.example"),)),
        (
            "a@club.example",
            (("Reply-To", "list@lists.example"), ("List-Id", "<list.lists.example>")),
        ),
        ("a@gmail.com", (("Reply-To", "a@gmail.com"),)),
        ("x@mail.instagram.com", (("Reply-To", "x@facebookmail.com"),)),
        ("a@club.example", (("Reply-To", "reader@home.example"),)),
    ],
)
def test_answers_that_stay_in_the_house(sender: str, headers: tuple[tuple[str, str], ...]) -> None:
    codes = {f.code for f in identity(compose(sender, headers=headers)).findings}
    assert not any(code.startswith("reply-to") for code in codes)


def test_bounces_to_a_bulk_sender_are_only_noted() -> None:
    headers = (("Return-Path", "<b-1@bounce.sendgrid.net>"),)
    found = [f for f in identity(compose(headers=headers)).findings if f.code.startswith("return")]
    assert [f.weighs for f in found] == [Weighs.NEITHER]
