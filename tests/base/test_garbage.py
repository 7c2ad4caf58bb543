"""The search for cycles rests inside the block, and goes on behind it whatever happens."""

from __future__ import annotations

import gc

import pytest

from secassist.base.garbage import unsearched


def test_it_rests_inside_and_goes_on_after() -> None:
    assert gc.isenabled()
    with unsearched():
        assert not gc.isenabled()
        with unsearched():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), unsearched():
        raise ValueError("x")
    assert gc.isenabled()
