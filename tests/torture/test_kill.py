"""kill -9 at random moments: every acknowledged change is there, and nothing else is left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.torture import killed, rounds


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs to be killed are forked")
@pytest.mark.timeout(1800)
def test_every_acknowledged_change_survives(tmp_path: Path) -> None:
    number = rounds(2000)
    found = killed("kill.py", tmp_path / "store", number)
    assert found["rounds"] == number
    assert found["lost"] == []
    assert found["strays"] == []
    assert found["acknowledged"] > number / 2  # or else nothing was tried
    assert found["under_way"] > number / 4
