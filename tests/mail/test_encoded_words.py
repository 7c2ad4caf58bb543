"""RFC 2047, with what real senders get wrong, and what hostile ones try."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail import charsets
from secassist.mail.encoded_words import base64_tolerant, decode

# RFC 2047, 8, and the usual
GOOD = {
    b"=?ISO-8859-1?Q?a?=": "a",
    b"=?ISO-8859-1?Q?a?= b": "a b",
    b"=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=": "ab",
    b"=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=": "ab",
    b"=?ISO-8859-1?Q?a_b?=": "a b",
    b"=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=": "a b",
    b"=?utf-8?B?w6Q=?=": "ä",
    b"=?utf-8?b?w6Q?=": "ä",
    b"=?utf-8?q?=C3?= =?utf-8?q?=A4?=": "ä",
    b"=?utf-8*de?q?=C3=A4?=": "ä",
    b"x =?utf-8?q?y?= z": "x y z",
    "ä =?utf-8?q?=C3=A4?=".encode(): "ä ä",
    b"=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=": "日本",
    b"=?gb2312?b?xOO6ww==?=": "你好",
    b"=?koi8-r?b?8NLJ18XU?=": "Привет",
    b"=?utf-8?q?with blanks?=": "with blanks",
    b"=?utf-8?x?no?=": "=?utf-8?x?no?=",
    b"=?utf-8?q?unfinished": "=?utf-8?q?unfinished",
    b"no words": "no words",
}


@pytest.mark.parametrize("value", GOOD)
def test_words_are_decoded(value: bytes) -> None:
    found = decode(value)
    assert found.text == GOOD[value]
    assert not found.wrong_charset
    assert not found.control


@pytest.mark.parametrize(
    "value",
    [
        b"=?utf-8?q?a=0D=0ABcc:_x?=",
        b"=?utf-8?q?a=00b?=",
        b"=?utf-8?b?YQ1i?=",
        b"=?utf-16-be?b?AGEACgBi?=",
    ],
)
def test_hidden_line_ends_are_noticed(value: bytes) -> None:
    assert decode(value).control


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"=?unknown?q?=E4?=", "ä"),
        (b"=?utf-8?q?=E4?=", "ä"),
        (b"=?us-ascii?q?=81?=", "\ufffd"),
        (b"\xe4", "ä"),
    ],
)
def test_a_wrong_charset_is_noticed_and_read_anyway(value: bytes, text: str) -> None:
    assert (decode(value).text, decode(value).wrong_charset) == (text, True)


def test_words_beyond_the_limit_stay_as_they_are() -> None:
    found = decode(b" ".join([b"=?utf-8?q?a?="] * 20_000))
    assert found.over_limit
    assert found.words == 100
    assert found.text.startswith("a" * 100 + " =?utf-8")


NO_CHARSETS = "zlib bz2 hex rot13 idna punycode base64 unicode_escape undefined mbcs \0".split(" ")


@pytest.mark.parametrize("name", [*NO_CHARSETS, "x" * 99])
def test_codecs_that_are_no_character_set_cannot_be_chosen(name: str) -> None:
    assert charsets.decode(b"abc", name) == ("abc", False)


@given(st.binary(), st.text(max_size=20))
def test_decoding_never_fails(data: bytes, charset: str) -> None:
    charsets.decode(data, charset)
    decode(data)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_what_was_encoded_comes_back(text: str) -> None:
    word = b"=?utf-8?b?" + base64.b64encode(text.encode()) + b"?="
    assert decode(word).text == text


@given(st.binary(max_size=100), st.integers(0, 3))
def test_base64_without_padding_and_with_foreign_bytes(data: bytes, drop: int) -> None:
    coded = base64.encodebytes(data)
    assert base64_tolerant(coded) == data
    assert base64_tolerant(coded.replace(b"=", b"").replace(b"\n", b" * ")) == data


def test_base64_goes_on_after_padding() -> None:
    assert base64_tolerant(b"YQ==\r\nYg==") == b"ab"
