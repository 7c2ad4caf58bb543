from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.auth import tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"v=1; a=b", {"v": "1", "a": "b"}),
        (b" v = 1 ;\r\n\ta=b c ; ", {"v": "1", "a": "b c"}),
        (b"v=1;", {"v": "1"}),
        (b"a=", {"a": ""}),
        (b"a=b=c=", {"a": "b=c="}),
        (b"", {}),
        ("n=Schlüssel".encode(), {"n": "Schlüssel"}),
        (b"V=1; v=2", {"V": "1", "v": "2"}),
    ],
)
def test_lists(text: bytes, expected: dict[str, str]) -> None:
    assert tags.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        b";",
        b"a=1;;",
        b"a=1;;b=2",
        b"a",
        b"=1",
        b"a=1; a=2",
        b"9=1",
        b"a b=1",
        b"a-b=1",
        b"a=\x00",
        b"a=\xff",
        b"_=1",
    ],
)
def test_malformed_lists(text: bytes) -> None:
    assert tags.parse(text) is None


def test_colon_lists() -> None:
    assert tags.colon_list(" a :b:\tc d: :") == ("a", "b", "c d")
    assert tags.colon_list("") == ()


@given(st.binary(max_size=60))
def test_anything_is_a_list_or_malformed(text: bytes) -> None:
    found = tags.parse(text)
    assert found is None or all(name and "=" not in name for name in found)


names = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True)
values = st.text("abcXYZ019=:/+ ", max_size=10).map(str.strip)


@given(st.dictionaries(names, values, max_size=6), st.sampled_from(["; ", ";", " ;\r\n\t"]))
def test_what_was_written_is_read(expected: dict[str, str], between: str) -> None:
    text = between.join(f"{name}={value}" for name, value in expected.items())
    assert tags.parse(text.encode()) == expected
