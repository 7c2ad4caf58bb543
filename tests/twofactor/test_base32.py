from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import SecassistError, UnusableInput
from secassist.twofactor import base32


@given(st.binary(min_size=1, max_size=200))
def test_round_trip(secret: bytes) -> None:
    assert base32.decode(base32.encode(secret)) == secret
    assert base32.decode(base32.grouped(secret).lower()) == secret
    assert base32.decode(base64.b32encode(secret).decode()) == secret


@given(st.text())
def test_anything(text: str) -> None:
    with suppress(SecassistError):
        assert base32.decode(text)


def test_what_creeps_in() -> None:
    plain = base32.decode("JBSWY3DPEHPK3PXP")
    for written in (
        "jbsw y3dp ehpk 3pxp",
        "JBSW-Y3DP-EHPK-3PXP",
        "JBSW\u2013Y3DP\u00a0EHPK_3PXP====",
        "\ufeffJBSWY3DPEHPK3PXP\n",
    ):
        assert base32.decode(written) == plain
    assert base32.decode("ABCDEFG") == base32.decode(
        "ABCDEFA"
    )  # 35 bits: the last three fill no byte


@pytest.mark.parametrize("text", ["", "  ", "==", "A", "ABC0", "ABC1", "ABC!", "ÄBC", "A" * 9_000])
def test_what_is_no_secret(text: str) -> None:
    with pytest.raises(UnusableInput):
        base32.decode(text)
