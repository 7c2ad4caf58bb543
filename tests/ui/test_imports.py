"""Once the window was made, imports cost no more than without Qt."""

from __future__ import annotations

import linecache
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from secassist.ui.app import make


@pytest.fixture
def fresh_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that can be imported as ``never_imported_before``; it imports one more."""
    (tmp_path / "nor_this_one.py").write_text("here = True\n", "utf-8")
    file = tmp_path / "never_imported_before.py"
    file.write_text("from nor_this_one import here\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return file


def test_no_source_is_kept(qapp: QApplication, tmp_path: Path, fresh_module: Path) -> None:
    _, window = make(data=tmp_path / "data")
    try:
        assert import_module("never_imported_before").here
        kept = [name for name in linecache.cache if name.startswith(str(fresh_module.parent))]
        assert not kept
    finally:
        window.close_down()


def test_types_of_qt_still_come_when_first_named(qapp: QApplication, tmp_path: Path) -> None:
    _, window = make(data=tmp_path / "data")
    window.close_down()
    from PySide6.QtWidgets import QDial

    assert QDial().maximum() == 99
