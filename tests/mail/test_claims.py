"""Whom the mail names against whose address it comes from."""

from __future__ import annotations

import asyncio

import pytest

from secassist.mail import check
from secassist.mail.report import Report
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT, at_gmail
from support.tricks import reset


def judged(name: str, address: str) -> Report:
    domain = address.rpartition("@")[2]
    results = f"dkim=pass header.d={domain}; dmarc=pass header.from={domain}"
    arrived = at_gmail(reset("en", name, address), results=results)
    return asyncio.run(check(arrived, resolver=ZoneResolver({}), offline=True, at=RECEIVED_AT))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("GMX", "gmx.security.team@gmx.net"),
        ("Proton", "proton-support7@proton.me"),
        ("Google", "account.recovery22@gmail.com"),
        ("Google", "no-reply@gmail.com"),  # from where Google never writes
    ],
)
def test_a_mailbox_at_the_provider_that_it_claims_to_be(name: str, address: str) -> None:
    report = judged(name, address)
    domain = address.rpartition("@")[2]
    assert report.verdict.value == "fake"
    assert report.reason == f"It calls itself {name}, but anyone can have an address at {domain}."


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("GMX", "noreply@gmx.net"),
        ("Fastmail", "noreply@fastmail.com"),
        ("Orange", "info@orange.fr"),
        ("Yandex", "security@yandex.ru"),
    ],
)
def test_an_address_that_the_provider_keeps_for_itself(name: str, address: str) -> None:
    """Perhaps the provider's own, perhaps not: neither is shown."""
    assert judged(name, address).verdict.value == "proven-domain"


def test_a_public_suffix_that_is_the_organisations_own() -> None:
    """Google has withgoogle.com, strangers have what stands below it."""
    assert judged("Google", "noreply@withgoogle.com").verdict.value == "genuine"
    assert judged("Google", "noreply@any.withgoogle.com").verdict.value in {"fake", "suspicious"}
