"""The picture code is read from a real screen."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from support.screen import on_screen, require_screen_reader_parts

SCRIPT = Path(__file__).with_name("read_screen.py")


@pytest.mark.timeout(90)
def test_a_picture_code_on_the_screen_is_read_and_its_code_taken(tmp_path: Path) -> None:
    require_screen_reader_parts()
    script = f'"$WINDOW_PYTHON" {shlex.quote(str(SCRIPT))} {shlex.quote(str(tmp_path / "store"))}'
    said = on_screen(script, environment={}, seconds=80)
    assert "TAKEN" in said, said
