"""Addresses made to deceive, and addresses that only share letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.facts.ownership import owner_of
from secassist.mail.identity.edits import differences
from secassist.mail.identity.examine import brands
from secassist.mail.identity.likeness import Lookalike, LookalikeKind, Odd

K = LookalikeKind


def find(host: str) -> Lookalike | None:
    return brands().find(host, owner_of(host))


@pytest.mark.parametrize(
    ("host", "organisation", "kind"),
    [
        ("paypai.com", "paypal", K.LETTERS),  # paypaI, as it stands in lower case
        ("rnicrosoft.com", "microsoft", K.LETTERS),
        ("arnazon.com", "amazon", K.LETTERS),
        ("linkedln.com", "linkedin", K.LETTERS),
        ("pay-pal.com", "paypal", K.LETTERS),
        ("trust-wallet.com", "trustwallet", K.LETTERS),
        ("bank-of-america.com", "bofa", K.LETTERS),
        ("paypa1.com", "paypal", K.DIGIT),
        ("micros0ft.com", "microsoft", K.DIGIT),
        ("g00gle.com", "google", K.DIGIT),
        ("pаypal.com", "paypal", K.SCRIPT),
        ("xn--pypal-4ve.com", "paypal", K.SCRIPT),
        ("robínhood.com", "robinhood", K.SCRIPT),
        ("netflíx.com", "netflix", K.SCRIPT),
        ("fаcebооk.com", "facebook", K.SCRIPT),
        ("paypal-security.com", "paypal", K.ADDED),
        ("secure-paypal.com", "paypal", K.ADDED),
        ("mypaypal.com", "paypal", K.ADDED),
        ("paypalverify.com", "paypal", K.ADDED),
        ("apple-id-verify.com", "apple", K.ADDED),
        ("chase-secure.com", "chase", K.ADDED),
        ("support-exodus.com", "exodus", K.ADDED),
        ("correios-taxa.com.br", "correios", K.ADDED),
        ("mcafeesecurity217.com", "mcafee", K.ADDED),
        ("sparkasse-sicherheit.de", "sparkasse", K.ADDED),
        ("paypal.co", "paypal", K.ENDING),
        ("paypal.support", "paypal", K.ENDING),
        ("netflix.info", "netflix", K.ENDING),
        ("bradesco.net", "bradesco", K.ENDING),
        ("paypal.com.evil.example", "paypal", K.SUBDOMAIN),
        ("accounts.google.com.verify.example", "google", K.SUBDOMAIN),
        ("netflix-login.evil.example", "netflix", K.SUBDOMAIN),
        ("paypal.pages.dev", "paypal", K.HOSTING),
        ("paypal-login.web.app", "paypal", K.HOSTING),
        ("coinbase-wallet.github.io", "coinbase", K.HOSTING),
        ("faceboook.com", "facebook", K.TYPO),
        ("netflx.com", "netflix", K.TYPO),
        ("gooogle.com", "google", K.TYPO),
        ("commerzbnak.de", "commerzbank", K.TYPO),
        ("americanexpres.com", "amex", K.TYPO),
    ],
)
def test_what_is_made_to_deceive_is_found(
    host: str, organisation: str, kind: LookalikeKind
) -> None:
    found = find(host)
    assert found is not None
    assert (found.organisation, found.kind, found.strong) == (organisation, kind, True)


@pytest.mark.parametrize(
    "host",
    [
        "applebees.com",
        "pineapple.com",
        "chasefamily.org",
        "metallica.com",
        "orangecounty.gov",
        "zoominfo.com",
        "boxing.com",
        "signalhire.com",
        "slackware.com",
        "uberall.com",
        "dropboxer.com",
        "finance.com",
        "revolt.com",
        "interest.com",
        "photon.com",
        "canvas.net",
        "goggle.com",
        "booking-hotel.com",
        "gov.uk-news.com",
        "squaresoft.com",
        "steamtrains.example",
        "wisely.com",
        "linkage.org",
        "club.example",
        "sparkasse-musterstadt.de",
        "volksbank-musterstadt.de",
        "github.io",
        "com",
        "",
        "192.0.2.1",
    ],
)
def test_what_only_shares_letters_is_not(host: str) -> None:
    assert find(host) is None


@pytest.mark.parametrize(
    "host",
    [
        "paypal.com",
        "mail.paypal.com",
        "paypal.de",
        "accounts.google.com",
        "amazon.co.jp",
        "facebookmail.com",
        "mail.instagram.com",
        "gmail.com",
        "outlook.com",
        "microsoftonline.com",
        "x.com",
        "dhl.de",
    ],
)
def test_what_belongs_to_the_organisation_never_imitates_it(host: str) -> None:
    assert find(host) is None


@pytest.mark.parametrize(
    "host", ["wise.org", "paypal-fans.org", "ups-delivery.info", "hermes.org", "paypal.esp.example"]
)
def test_what_may_have_honest_reasons_is_weak(host: str) -> None:
    found = find(host)
    assert found is not None
    assert not found.strong


def test_the_window_gets_the_odd_characters() -> None:
    found = find("www.paypa1-security.co")
    assert found is not None
    assert found.given == "www.paypa1-security.co"
    assert found.real_domain == "paypal.com"
    digit = find("paypa1.com")
    assert digit is not None
    assert digit.positions == (Odd(5, "1", "l", 5),)
    assert digit.distance == 1
    added = find("paypal-security.com")
    assert added is not None
    assert added.positions == (Odd(6, "-security", "", 6),)
    ending = find("login.paypal.co")
    assert ending is not None
    assert ending.positions == (Odd(13, "co", "com", 7),)


def test_the_punycode_is_shown() -> None:
    found = find("pаypal.com")
    assert found is not None
    assert found.given == "pаypal.com"
    assert found.ascii == "xn--pypal-4ve.com"


def test_the_real_domain_has_the_same_ending_where_there_is_one() -> None:
    found = find("amaz0n.de")
    assert found is not None
    assert found.real_domain == "amazon.de"


@pytest.mark.parametrize(
    ("host", "organisation", "may_be"),
    [
        ("sparkasse-musterstadt.de", "sparkasse", True),
        ("kreissparkasse-musterstadt.de", "sparkasse", True),
        ("sparkasse-sicherheit.de", "sparkasse", False),
        ("sparkasse-kundencenter.de", "sparkasse", False),
        ("sparkasse-musterstadt.info", "sparkasse", False),
        ("sparkasseonline.de", "sparkasse", False),
        ("netflix.pt", "netflix", False),
        ("netflix.co", "netflix", False),
        ("netflix.support", "netflix", False),
        ("metflix.pt", "netflix", False),
    ],
)
def test_a_branch_is_not_taken_for_a_stranger(host: str, organisation: str, may_be: bool) -> None:
    assert brands().may_be_branch(host, organisation) is may_be


@pytest.mark.parametrize(
    ("given_name", "real", "places"),
    [
        ("paypal", "paypal", ()),
        ("papyal", "paypal", (Odd(2, "py", "yp", 2),)),
        ("paypall", "paypal", (Odd(5, "l", "", 5),)),
        ("payal", "paypal", (Odd(3, "", "p", 3),)),
        ("rnicrosoft", "microsoft", (Odd(0, "rn", "m", 0),)),
    ],
)
def test_differences_tell_what_was_done(
    given_name: str, real: str, places: tuple[Odd, ...]
) -> None:
    found = differences(given_name, real)
    assert len(found) == len(places)
    if given_name != "paypall":  # either l may be called the odd one
        assert found == places


@given(st.text("abcl1rn", max_size=12), st.text("abcl1rn", max_size=12))
def test_differences_are_symmetric_in_number_or_nearly(one: str, other: str) -> None:
    assert differences(one, one) == ()
    assert bool(differences(one, other)) == (one != other)
    assert len(differences(one, other)) <= max(len(one), len(other))


@given(st.text(max_size=80))
def test_any_host_is_taken(host: str) -> None:
    find(host)


def test_a_long_host_is_taken_in_no_time() -> None:
    import time

    started = time.process_time()
    find("-".join(["paypal", "x"] * 2_000) + ".example")
    find(".".join(["paypal"] * 2_000))
    assert time.process_time() - started < 0.5
