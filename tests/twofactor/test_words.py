from __future__ import annotations

import pytest

from secassist.twofactor import words
from secassist.twofactor.setup import Cause, Remark
from support.reading_level import grade

SENTENCES = [
    *words.REMARKS.values(),
    *(part for said in words.CAUSES.values() for part in (said.headline, said.text)),
]


def test_everything_has_words() -> None:
    assert words.REMARKS.keys() == set(Remark)
    assert words.CAUSES.keys() == set(Cause)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_child_of_ten_can_read_it(sentence: str) -> None:
    assert grade(sentence) <= 6
    assert all(len(said.headline.split()) <= 9 for said in words.CAUSES.values())
