from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from secassist.ui.plain import MAX_SHOWN, breakable, holds_address, isolated, showable


@given(st.text())
def test_nothing_that_is_shown_controls_or_reorders(text: str) -> None:
    shown = showable(text)
    for character in shown:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x2000)))
def test_what_is_readable_stays_as_it_is(text: str) -> None:
    if all(unicodedata.category(c) not in {"Cc", "Cs"} for c in text) and len(text) <= MAX_SHOWN:
        assert showable(text) == text


def test_an_override_is_seen_and_does_nothing() -> None:
    assert showable("paypal\u202emoc.") == "paypal\ufffdmoc."


def test_long_text_is_cut_and_says_so() -> None:
    shown = showable("a" * 1_000_000)
    assert len(shown) == MAX_SHOWN + 1
    assert shown.endswith("…")


@given(st.text(max_size=200))
def test_breaking_only_adds_marks_that_are_not_seen(text: str) -> None:
    bare = text.replace("\u200b", "")
    assert breakable(bare, lambda word: len(word) <= 5).replace("\u200b", "") == bare


def test_a_word_that_fits_is_left_alone() -> None:
    assert breakable("mail.example.org is long", lambda word: True) == "mail.example.org is long"


def test_a_long_name_breaks_after_its_dots() -> None:
    broken = breakable("mail.example.org", lambda word: len(word) < 10)
    assert broken.split("\u200b") == ["mail.", "example.", "org"]


def test_addresses_are_told_from_sentences() -> None:
    assert holds_address("The sender is paypa1.com.")
    assert holds_address("a@b")
    assert holds_address("192.0.2.1")
    assert not holds_address("Really sent by Instagram.")


def test_isolated_address_keeps_its_direction() -> None:
    assert isolated("a.example") == "\u2066a.example\u2069"
