from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail import fields
from secassist.mail.auth import canonical
from secassist.mail.auth.canonical import Style

# The example of RFC 6376, 3.4.5
A, B = b"A: X\r\n", b"B : Y\t\r\n\tZ  \r\n"
TEXT = b" C \r\nD \t E\r\n\r\n\r\n"


def test_the_example_of_the_rfc() -> None:
    assert canonical.header(A, Style.RELAXED) == b"a:X\r\n"
    assert canonical.header(B, Style.RELAXED) == b"b:Y Z\r\n"
    assert canonical.body(TEXT, Style.RELAXED) == b" C\r\nD E\r\n"
    assert canonical.header(B, Style.SIMPLE) == B
    assert canonical.body(TEXT, Style.SIMPLE) == b" C \r\nD \t E\r\n"


@pytest.mark.parametrize(
    ("text", "simple", "relaxed"),
    [
        (b"", b"\r\n", b""),
        (b"\r\n", b"\r\n", b""),
        (b"\r\n\r\n", b"\r\n", b""),
        (b" \r\n\t\r\n", b" \r\n\t\r\n", b""),
        (b"x", b"x\r\n", b"x\r\n"),
        (b"x \t", b"x \t\r\n", b"x\r\n"),
        (b"x\r", b"x\r\r\n", b"x\r\r\n"),
        (b"x\r\r\n\r\n", b"x\r\r\n", b"x\r\r\n"),
        (b"\r\r\n\r\r\n\r\n", b"\r\r\n\r\r\n", b"\r\r\n\r\r\n"),
        (b"\r\n\r\nx\r\n", b"\r\n\r\nx\r\n", b"\r\n\r\nx\r\n"),
        (b"\t  x\t y", b"\t  x\t y\r\n", b" x y\r\n"),
    ],
)
def test_bodies(text: bytes, simple: bytes, relaxed: bytes) -> None:
    assert canonical.body(text, Style.SIMPLE) == simple
    assert canonical.body(text, Style.RELAXED) == relaxed


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (b"D: v=1; b=abc\r\n", b"D: v=1; b="),
        (b"D: b=abc; v=1\r\n", b"D: b=; v=1"),
        (b"D: v=1; b =\r\n a=b=\r\n c= ;\r\n x=1\r\n", b"D: v=1; b =;\r\n x=1"),
        (b"D: bb=1;B=2; \r\n b=3 \r\n", b"D: bb=1;B=2; \r\n b="),
        (b"D: v=1\r\n", b"D: v=1"),
    ],
)
def test_the_signature_is_taken_out(field: bytes, expected: bytes) -> None:
    assert canonical.without_signature(field) == expected


bodies = st.lists(st.sampled_from([b"a", b"b ", b" ", b"\t", b"\r", b"\n", b"\r\n"]), max_size=30)


@given(bodies)
def test_bodies_as_the_rfc_words_it(pieces: list[bytes]) -> None:
    text = fields.crlf(b"".join(pieces))
    relaxed = re.sub(rb"[ \t]+(?=\r\n|\Z)", b"", text)
    relaxed = re.sub(rb"[ \t]+", b" ", relaxed)
    relaxed = re.sub(rb"(?:\r\n)+\Z", b"", relaxed)
    assert canonical.body(text, Style.RELAXED) == (relaxed + b"\r\n" if relaxed else b"")
    simple = re.sub(rb"(?:\r\n)+\Z", b"", text) + b"\r\n"
    assert canonical.body(text, Style.SIMPLE) == simple


@given(bodies)
def test_a_canonical_body_stays_as_it_is(pieces: list[bytes]) -> None:
    for style in Style:
        once = canonical.body(fields.crlf(b"".join(pieces)), style)
        assert canonical.body(once, style) == once
