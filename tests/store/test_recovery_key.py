from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import UnusableInput
from secassist.store.recovery_key import (
    ALPHABET,
    GROUP,
    GROUPS,
    SECRET_BYTES,
    RecoveryKey,
    read_file,
    sheet,
)


@given(st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES))
def test_it_is_read_as_it_was_written_and_as_people_type(secret: bytes) -> None:
    key = RecoveryKey(secret)
    assert [len(group) for group in key.groups] == [GROUP] * GROUPS
    typed = key.text.lower().replace("-", " – ").replace("0", "o").replace("1", "l")
    assert RecoveryKey.parse(key.text) == RecoveryKey.parse(typed) == key


def test_it_has_at_least_128_bits_and_no_two_are_alike() -> None:
    assert SECRET_BYTES * 8 >= 128
    assert len({RecoveryKey.new().text for _ in range(100)}) == 100


def test_every_slip_of_one_letter_and_every_swap_is_noticed() -> None:
    text = RecoveryKey(bytes(range(SECRET_BYTES))).text.replace("-", "")
    for at, letter in enumerate(text):
        for other in ALPHABET.replace(letter, ""):
            with pytest.raises(UnusableInput, match="slip"):
                RecoveryKey.parse(text[:at] + other + text[at + 1 :])
        following = text[at + 1 : at + 2]
        if following and following != letter:
            with pytest.raises(UnusableInput, match="slip"):
                RecoveryKey.parse(text[:at] + following + letter + text[at + 2 :])


@pytest.mark.parametrize(
    ("typed", "said"), [("", "eight groups"), ("ABCD", "eight groups"), ("U" * 32, "“U”")]
)
def test_what_is_wrong_is_said(typed: str, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        RecoveryKey.parse(typed)


@given(st.text(max_size=60))
def test_any_text(typed: str) -> None:
    with pytest.raises(UnusableInput):
        RecoveryKey.parse(typed)


def test_one_group_shows_that_the_person_has_it() -> None:
    key = RecoveryKey.new()
    assert key.is_group(3, f" {key.groups[2].lower()} ")
    assert not key.is_group(3, key.groups[3] if key.groups[3] != key.groups[2] else "")
    assert not key.is_group(1, "")


def test_a_sheet_can_be_read_again(tmp_path: Path) -> None:
    key = RecoveryKey.new()
    (tmp_path / "sheet.txt").write_text(sheet(key), encoding="utf-8")
    assert read_file(tmp_path / "sheet.txt") == key
    with pytest.raises(UnusableInput, match="could not be read"):
        read_file(tmp_path / "none.txt")


def test_it_does_not_get_into_a_log() -> None:
    key = RecoveryKey.new()
    assert key.text not in repr(key)
    assert repr(key.secret) not in f"{key!r} {[key]}"
