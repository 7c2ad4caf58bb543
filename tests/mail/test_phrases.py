from __future__ import annotations

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.facts.assets import asset
from secassist.mail.phrases import Phrases, openings, plain


def fits(phrase: str, text: str) -> bool:
    return bool(Phrases({"group": [phrase]}).find(plain(text)))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("(reset|change) (your|my)? *password", "Please reset password"),
        ("(reset|change) (your|my)? *password", "You can change your old PayPal password now"),
        ("code:? (is)? #", "Your code: 123 456"),
        ("# is your", "482913 is your code"),
        ("mot de passe oublie", "Mot de passe oublié ?"),
        ("invoice$", "Your invoice"),
        ("^(invoice|receipt)", "Receipt no. 5"),
        ("(wurde|ist) *geandert", "Das Passwort wurde heute geändert"),
        ("account is locked", "Your ассount is locked"),
        ("don't share", "Don’t share"),
        ("((a|b)c|d) e", "bc e"),
    ],
)
def test_phrases_that_fit(phrase: str, text: str) -> None:
    assert fits(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("reset password", "preset password"),
        ("reset password", "reset passwords"),
        ("reset *password", "reset. Another password"),
        ("reset *password", "reset one two three four five password"),
        ("^invoice", "the invoice"),
        ("invoice$", "invoice no. 5"),
        ("code #", "code 12"),
    ],
)
def test_phrases_that_do_not_fit(phrase: str, text: str) -> None:
    assert not fits(phrase, text)


def test_the_groups_that_speak_and_where() -> None:
    phrases = Phrases({"one": ["alpha"], "two": ["beta gamma"], "three": ["delta"]})
    assert phrases.find("x beta gamma alpha beta gamma") == {"two": 2, "one": 13}
    assert phrases.find("alpha", leave_out={"one"}) == {}


@pytest.mark.parametrize("file", ["kinds.toml", "signals.toml"])
def test_the_phrases_of_the_assets_are_well_formed(file: str) -> None:
    table = tomllib.loads(asset(file).read_text("utf-8"))
    assert table["checked"]
    for entry in (e for e in table.values() if isinstance(e, dict)):
        for phrases in entry.values():
            assert len(phrases) == len(set(phrases))
            for phrase in phrases:
                assert phrase == phrase.lower(), phrase
                assert ")? ?" not in phrase, phrase
                assert all(openings(phrase)), phrase
                assert not re.match(r"\^?\([^()]*\)\?", phrase), phrase
                assert re.search(r"[^\s*]", phrase), phrase
                Phrases({"x": [phrase]}).find(phrase)


@given(st.text(max_size=200))
def test_any_text_is_searched(text: str) -> None:
    phrases = Phrases({"x": ["(a|b) *c", "# d", "^e", "f$"]})
    phrases.find(plain(text))
