from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.network.dns.names import MAX_LABEL, MAX_NAME, ascii_name


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("a.test", "a.test"),
        ("A.Test.", "A.Test"),
        ("_dmarc.a.test", "_dmarc.a.test"),
        ("Bücher.test", "xn--bcher-kva.test"),
        ("bücher。test", "xn--bcher-kva.test"),
        ("x" * 63 + ".test", "x" * 63 + ".test"),
        ("macro%percent  space.test", "macro%percent  space.test"),
    ],
)
def test_names_that_can_be_asked(written: str, asked: str) -> None:
    assert ascii_name(written) == asked


@pytest.mark.parametrize(
    "written",
    ["", ".", "..", "a..test", ".a.test", "x" * 64 + ".test", "a\tb.test", "\x7f.test",
     "\ud800.test", ".".join(["x" * 60] * 5), "ü" * 10_000],
)  # fmt: skip
def test_names_that_dns_cannot_hold(written: str) -> None:
    assert ascii_name(written) is None


@given(st.text(max_size=300))
def test_what_comes_back_fits_into_dns(written: str) -> None:
    name = ascii_name(written)
    if name is not None:
        assert name.isascii()
        assert len(name) <= MAX_NAME
        assert all(0 < len(label) <= MAX_LABEL for label in name.split("."))
        assert ascii_name(name) == name
