"""Who is claimed, and who is only mentioned."""

from __future__ import annotations

import pytest

from secassist.mail.identity.naming import Claim, Place
from support.compose import compose, identity

ELSEWHERE = "x@letters.example"


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("PayPal", "paypal"),
        ("PayPal Support", "paypal"),
        ("PayPal-Kundenservice", "paypal"),
        ("Équipe Netflix", "netflix"),
        ("Atendimento Bradesco", "bradesco"),
        ("Soporte de Microsoft", "microsoft"),
        ("The Instagram Team", "instagram"),
        ("NETFLIX", "netflix"),
        ("Apple", "apple"),
        ("APPLE SUPPORT", "apple"),
        ("X", "x"),
        ("DHL", "dhl"),
        ("DHL Paket", "dhl"),
        ("Norton Antivirus", "norton"),
        ("Katie from Ledger", "ledger"),
        ("Trust Wallet App", "trustwallet"),
        ("TrustWallet", "trustwallet"),
        ("McAfee™", "mcafee"),
        ("谷歌", "google"),
        ("Amazon.co.jp", "amazon"),
        ("Metamask.io", "metamask"),
        ("アマゾン株式会社", "amazon"),
        ("Amazonカスタマーサービス", "amazon"),
        ("アマゾン", "amazon"),
        ("Яндекс", "yandex"),
        ("Сбербанк", "sber"),
        ("Crédit Agricole", "creditagricole"),
        ("Credit Agricole", "creditagricole"),
        ("AT&T", "att"),
        ("Booking.com", "booking"),
        ("U.S. Bank Alerts", "usbank"),
    ],
)
def test_a_display_name_that_is_the_organisation_claims_it(name: str, organisation: str) -> None:
    named = identity(compose(f"{name} <{ELSEWHERE}>")).named
    assert (named.claimed, named.strength) == (organisation, Claim.STRONG)
    naming = named.of(organisation)
    assert naming is not None
    assert Place.DISPLAY_NAME in naming.where
    assert not naming.disguised


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("PayPaI", "paypal"),
        ("Pаypаl Support", "paypal"),
        ("Ｐａｙｐａｌ", "paypal"),
        ("P a y P a l", "paypal"),
        ("Micr0soft", "microsoft"),
        ("Pay\u200bPal", "paypal"),
        ("\u202elapyaP\u202c", "paypal"),
        ("Νetflix", "netflix"),
        ("lnstagram", "instagram"),
        ("Lеԁgеr", "ledger"),
        ("Αmazon", "amazon"),
        ("Binаnсе", "binance"),
    ],
)
def test_a_disguised_name_is_known_as_such(name: str, organisation: str) -> None:
    found = identity(compose(f"{name} <{ELSEWHERE}>"))
    naming = found.named.of(organisation)
    assert found.named.claimed == organisation
    assert naming is not None
    assert naming.disguised
    assert "name.disguised" in {f.code for f in found.findings}


@pytest.mark.parametrize(
    "name",
    [
        "Jim Norton",
        "Orange County News",
        "Chase Miller",
        "Uberto",
        "Apple Valley School",
        "Box Office",
        "zoom lens weekly",
        "The Signal and the Noise",
        "Über uns",
        "Anna X",
        "Square Dance Club",
        "steam railway society",
    ],
)
def test_ordinary_words_and_surnames_claim_nothing(name: str) -> None:
    named = identity(compose(f"{name} <{ELSEWHERE}>")).named
    assert named.claimed is None


def test_the_one_through_whom_it_came_is_not_the_one_who_speaks() -> None:
    named = identity(compose("PayPal via DocuSign <x@letters.example>")).named
    assert named.claimed == "paypal"


@pytest.mark.parametrize(
    ("subject", "organisation"),
    [
        ("[PayPal] Your account", "paypal"),
        ("Your PayPal account is limited", "paypal"),
        ("Ihr PayPal-Konto wurde eingeschränkt", "paypal"),
        ("Votre compte PayPal est limité", "paypal"),
        ("Tu cuenta de PayPal ha sido limitada", "paypal"),
        ("Sua conta PayPal foi limitada", "paypal"),
        ("Netflix: payment declined", "netflix"),
        ("Your Apple ID was used", "apple"),
        ("Trust Wallet", "trustwallet"),
    ],
)
def test_a_subject_can_claim(subject: str, organisation: str) -> None:
    named = identity(compose(subject=subject)).named
    assert (named.claimed, named.strength) == (organisation, Claim.MEDIUM)


@pytest.mark.parametrize(
    "subject",
    [
        "Google announces a new phone",
        "What PayPal's results mean for investors",
        "Re: Amazon prices",
        "apple pie recipes",
        "Zoom in on nature",
        "Why I left Facebook",
        "The orange harvest",
        "Re: your Netflix account",
        "AW: Ihr PayPal-Konto",
    ],
)
def test_a_subject_that_speaks_about_somebody_claims_nothing(subject: str) -> None:
    assert identity(compose(subject=subject)).named.claimed is None


BODIES = {
    "logo and copyright": (
        '<img src="x" alt="Netflix"><p>Please pay.</p><p>© 2025 Netflix, Inc.</p>',
        "netflix",
    ),
    "sign-off and account": (
        "<p>We limited your PayPal account.</p><p>Sincerely,<br>The PayPal Team</p>",
        "paypal",
    ),
    "dear customer and copyright": (
        "<p>Dear Bradesco customer</p><p>Copyright 2024 Bradesco</p>",
        "bradesco",
    ),
    "reader of a bank": ("<p>Estimado cliente de BBVA:</p><p>BBVA Seguridad</p>", "bbva"),
    "reader and title": ("<p>Prezado cliente Nubank,</p><p>Olá</p><p>Nubank</p>", "nubank"),
    "logo and account": ('<img alt="DHL logo"><p>Ihr DHL Paket wartet.</p>', "dhl"),
}


@pytest.mark.parametrize("case", BODIES)
def test_the_text_claims_when_two_signs_meet(case: str) -> None:
    html, organisation = BODIES[case]
    named = identity(compose(html=html)).named
    assert named.claimed == organisation
    assert named.strength >= Claim.MEDIUM


@pytest.mark.parametrize(
    "html",
    [
        "<p>You can pay with PayPal or Klarna.</p>",
        "<p>Sign in with Apple or your Google account.</p>",
        "<p>Netflix, Disney+ and Amazon Prime raise prices. Netflix said … Netflix is …</p>",
        '<p>News</p><a href="https://x.example"><img alt="Facebook"> <img alt="Instagram"></a>',
        "<p>Find our app on Google Play and in the App Store.</p>",
        "<p>The Google team announced a new model. Microsoft and Apple followed.</p>",
    ],
)
def test_mentions_claim_nothing(html: str) -> None:
    assert identity(compose(html=html)).named.claimed is None


def test_the_owner_of_the_address_is_named_by_it() -> None:
    named = identity(compose("service@paypal.com", text="About Google and Netflix.")).named
    assert named.claimed == "paypal"
    naming = named.of("paypal")
    assert naming is not None
    assert naming.where == {Place.FROM_ADDRESS}


def test_a_customer_of_a_help_desk_is_not_the_help_desk() -> None:
    named = identity(compose("support@shop.zendesk.com")).named
    assert named.claimed is None


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("Mail Administrator <a@b.example>", "Your mailbox is full", "Quota exceeded."),
        ("IT Helpdesk <a@b.example>", "Password expires today", "Keep current password"),
        ("home.example Support <a@b.example>", "Notice", "3 pending messages were held."),
        ("Webmail <a@b.example>", "Postfach", "Ihr Speicherplatz ist voll."),
        ("Messagerie <a@b.example>", "Alerte", "Votre espace de stockage expire."),
    ],
)
def test_a_mail_that_speaks_as_the_readers_own_provider(
    sender: str, subject: str, text: str
) -> None:
    named = identity(compose(sender, subject, text)).named
    assert named.own_provider
    assert named.claimed is None


def test_a_colleague_who_writes_about_storage_is_no_provider() -> None:
    mail = compose("Anna <anna@club.example>", "Boxes", "The storage room is full.")
    assert not identity(mail).named.own_provider


def test_nothing_is_claimed_by_an_empty_mail() -> None:
    assert identity(compose("a@b.example", "")).named.all == ()


def test_a_long_text_is_searched_in_time_that_grows_with_it() -> None:
    import time

    words = "PayPal your account the Google team says us bank of link " * 30_000
    mail = compose(text=words)
    started = time.process_time()
    assert identity(mail).named.of("paypal") is not None
    assert time.process_time() - started < 1.0
