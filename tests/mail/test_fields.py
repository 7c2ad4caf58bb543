"""Header fields on bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import OverLimit
from secassist.base.limits import MAX_FIELD, MAX_FIELDS, MAX_HEADER_BLOCK
from secassist.mail.fields import crlf, split


def test_fields_keep_their_bytes() -> None:
    top = b"A: 1\r\nB :\t2\r\n\t3\r\nc:\r\n"
    found = split(top + b"\r\nbody")
    assert b"".join(f.raw for f in found.fields) == top
    assert [(f.name, f.value, f.blank_before_colon) for f in found.fields] == [
        ("a", b"1", False),
        ("b", b"2\t3", True),
        ("c", b"", False),
    ]
    assert found.body == b"body"


@pytest.mark.parametrize(
    ("message", "names", "body", "strays"),
    [
        (b"A: 1", ["a"], None, ()),
        (b"A: 1\r\n", ["a"], None, ()),
        (b"A: 1\r\n\r\n", ["a"], b"", ()),
        (b"\r\nA: 1", [], b"A: 1", ()),
        (b" x\r\nA: 1\r\n", ["a"], None, (b" x",)),
        (b"A: 1\r\nstray\r\n more\r\nB: 2\r\n", ["a", "b"], None, (b"stray", b" more")),
        (b"A: 1\r\n : x\r\n", ["a"], None, ()),
        (b": x\r\nA: 1\r\n", ["a"], None, (b": x",)),
        (b"\xe4: x\r\nA: 1\r\n", ["a"], None, (b"\xe4: x",)),
        (b"A: 1\r\n \r\nB: 2\r\n", ["a", "b"], None, ()),
        (b"", [], None, ()),
    ],
)
def test_the_split(
    message: bytes, names: list[str], body: bytes | None, strays: tuple[bytes, ...]
) -> None:
    found = split(message)
    assert ([f.name for f in found.fields], found.body, found.strays) == (names, body, strays)


TOO_MUCH = {
    "long field": b"A: " + b"x" * MAX_FIELD + b"\r\nB: 1\r\n\r\nbody",
    "long folded field": b"A: x\r\n" + b" y\r\n" * MAX_FIELD + b"B: 1\r\n\r\nbody",
    "many fields": b"A: x\r\n" * (MAX_FIELDS + 1) + b"\r\nbody",
    "large block": b"A: x\r\n" + b"B: 12345\r\n" * (MAX_HEADER_BLOCK // 10 + 1) + b"\r\nbody",
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_passes_a_limit_is_refused_or_cut(name: str) -> None:
    with pytest.raises(OverLimit):
        split(TOO_MUCH[name])
    found = split(TOO_MUCH[name], lenient=True)
    assert found.over_limit
    assert found.body == b"body"
    assert len(found.fields) <= MAX_FIELDS
    assert all(len(f.raw) <= MAX_FIELD for f in found.fields)


def test_within_the_limits_nothing_is_cut() -> None:
    message = b"A: " + b"x" * (MAX_FIELD - 5) + b"\r\n" + b"B: 1\r\n" * (MAX_FIELDS - 1)
    assert split(message) == split(message, lenient=True)
    assert not split(message).over_limit


@given(st.binary(max_size=300))
def test_any_bytes_are_split_without_loss(data: bytes) -> None:
    wire = crlf(data)
    found = split(wire)
    assert crlf(wire) == wire
    assert wire.endswith(found.body or b"")
    for field in found.fields:
        assert field.raw in wire + b"\r\n"


@given(st.text("ab: \t\r\n", max_size=80))
def test_only_crlf_and_lf_end_lines(text: str) -> None:
    wire = crlf(text.encode())
    assert wire.count(b"\n") == wire.count(b"\r\n") == text.count("\n")
