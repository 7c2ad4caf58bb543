"""Words that differ by a slip."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.identity.edits import differences
from secassist.mail.identity.near import NearIndex

WORDS = st.lists(st.text("abc", min_size=1, max_size=6), max_size=8, unique=True)


@given(WORDS, st.text("abc", min_size=1, max_size=6))
def test_every_word_one_slip_away_is_among_the_candidates(words: list[str], asked: str) -> None:
    found = list(NearIndex(words).candidates(asked))
    assert len(found) == len(set(found))
    near = {i for i, word in enumerate(words) if len(differences(asked, word)) <= 1}
    assert near <= set(found)
    assert all(len(differences(asked, words[i])) <= 2 for i in found)


def test_an_empty_index_has_no_candidates() -> None:
    assert list(NearIndex([]).candidates("paypal")) == []


def test_the_order_is_that_of_the_words() -> None:
    assert list(NearIndex(["paypal", "paypai", "visa"]).candidates("paypa")) == [0, 1]
