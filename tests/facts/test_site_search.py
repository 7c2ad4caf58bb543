from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.facts import site_search
from secassist.facts.site_search import find, place_at, place_of


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("google.com", "Google"),
        ("Google", "Google"),
        ("https://accounts.google.com/signin", "Google"),
        ("gmail.com", "Gmail"),
        ("microsoft.com", "Microsoft"),
        ("microsoft", "Microsoft"),
        ("apple.com", "Apple"),
        ("steampowered.com", "Steam"),
        ("steam", "Steam"),
        ("github", "GitHub"),
        ("www.github.com", "GitHub"),
        ("anna@github.com", "GitHub"),
        ("PAYPAL", "PayPal"),
        ("instagram.com", "Instagram"),
        ("drive.google.com", "Google Drive"),
        ("谷歌", "Google"),
        ("githu", "GitHub"),
    ],
)
def test_what_people_type(words: str, name: str) -> None:
    assert find(words)[0].name == name


def test_what_is_known_of_a_place() -> None:
    google = find("google.com")[0]
    assert google.how.startswith("https://")
    assert google.codes is True
    assert google.passkey is True
    assert place_at(google.domain) == google
    assert place_at("nowhere.invalid") is None


def test_sites_that_take_no_codes_come_last_of_those_that_fit_alike() -> None:
    found = [place for place in find("inst") if place.name.casefold().startswith("inst")]
    takes = [place.codes is not False for place in found]
    assert takes == sorted(takes, reverse=True)
    assert len(set(takes)) == 2, "both kinds are there, else this says nothing"
    named = find(next(place.name for place in found if place.codes is False))
    assert named[0].codes is False, "what is called exactly so comes first all the same"


def test_nothing() -> None:
    for words in ("", "  ", "...", "qqqqzzzzxxxx", "nowhere.invalid"):
        assert find(words) == ()
    assert len(find("a", limit=5)) == 5


def test_every_place_once_and_found_by_its_own_name() -> None:
    everywhere = site_search.places()
    assert len({place.domain for place in everywhere}) == len(everywhere)
    sample = everywhere[::40]
    assert all(any(p.domain == place.domain for p in find(place.domain)) for place in sample)


@pytest.mark.parametrize(
    ("site", "issuer", "fits"),
    [
        ("github.com", "GitHub", True),
        ("github.com", "github.com", True),
        ("github.com", "GitHub Enterprise", True),
        ("google.com", "Google", True),
        ("google.com", "", True),
        ("amazon.com", "Amazon", True),
        ("github.com", "PayPal", False),
        ("paypal.com", "Coinbase", False),
    ],
)
def test_issuers(site: str, issuer: str, fits: bool) -> None:
    assert find(site)[0].is_called(issuer) is fits


@given(st.text(max_size=60))
def test_anything(words: str) -> None:
    assert len(find(words)) <= 20


def test_the_place_of_a_host() -> None:
    assert place_of("www.instagram.com") == place_at("instagram.com")
    assert place_of("Accounts.Google.com") == place_at("google.com")
    assert place_of("com") is None
    assert place_of("") is None
