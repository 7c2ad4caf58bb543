from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.identity.skeleton import (
    as_read,
    hidden_marks,
    latinised,
    mixes_scripts,
    show,
    skeleton,
    strip_invisible,
)


@pytest.mark.parametrize(
    "disguised",
    [
        "PayPaI",  # capital i
        "paypa1",
        "p@ypal",
        "рауpal",  # Cyrillic р, а, у
        "РАYРАL",
        "ραypal",  # Greek rho, alpha
        "ＰａｙＰａｌ",
        "𝐏𝐚𝐲𝐏𝐚𝐥",
        "Pay\u200bPal",
        "P\u00aday\u2060pal",
        "\u202elapyaP\u202c",
        "pàypál",
        "🅿🅰🆈🅿🅰🅻",
    ],
)
def test_what_looks_like_a_name_has_its_skeleton(disguised: str) -> None:
    assert skeleton(disguised) == skeleton("paypal")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rnicrosoft", "microsoft"),
        ("vvalmart", "walmart"),
        ("faceb00k", "facebook"),
        ("аррӏе", "apple"),
    ],
)
def test_groups_and_digits_pass_for_letters(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize("other", ["paypol", "papal", "pay", "payapl"])
def test_other_words_keep_their_own(other: str) -> None:
    assert skeleton(other) != skeleton("paypal")


def test_one_script_alone_is_no_mixture() -> None:
    assert not mixes_scripts("Сбербанк")
    assert not mixes_scripts("Zürich")
    assert not mixes_scripts("Ελλάδα")
    assert mixes_scripts("Bаnk")


def test_marks_of_ordinary_writing_hide_nothing() -> None:
    assert hidden_marks("👨\u200d👩\u200d👧 family") == frozenset()
    assert hidden_marks("می\u200cخواهم") == frozenset()
    assert hidden_marks("\u200fשלום\u200f") == frozenset()
    assert hidden_marks("Pay\u200bPal") == {"zero-width"}
    assert hidden_marks("invoice\u202efdp.exe") == {"bidi"}


def test_an_override_is_read_in_the_order_of_the_eye() -> None:
    assert as_read("\u202elaPyaP\u202c Support") == "PayPal Support"


def test_shown_text_is_one_plain_line() -> None:
    assert show("a\u202e\u200bb\r\nc\x00d") == "ab c d"
    assert len(show("x" * 1_000)) == 200


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(skeleton(text), str)
    assert strip_invisible(strip_invisible(text)) == strip_invisible(text)
    assert latinised(text.encode("ascii", "ignore").decode()).isascii()
    assert "\n" not in show(text)
