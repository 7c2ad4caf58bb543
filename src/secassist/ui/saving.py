"""Saving files that hold secrets, where the person says; readable by that person alone."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def save_new(parent: QWidget, title: str, name: str, data: bytes) -> Path | None:
    """Ask where, and write it there; None where the person gave it up. Raises OSError."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name)
    if not chosen:
        return None
    path = Path(chosen)
    write_private(path, data)
    return path


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only this person can read; it is on the disk on return."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
