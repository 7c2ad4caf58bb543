"""The spare codes of a site: read from a file into their page, and printed from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog

from secassist.ui import a11y
from secassist.ui.pages.setup_spare import SparePage

_MAX_FILE: Final = 64 * 1024
"""Octets that are read of a file; spare codes are a few lines."""


def read_from_file(page: SparePage, show_error: Callable[[Exception], None]) -> None:
    """Let the person choose a file, and show what is in it."""
    chosen, _ = QFileDialog.getOpenFileName(page, page.look.tr("Read a file"))
    if not chosen:
        return
    try:
        with Path(chosen).open("rb") as file:
            page.set_text(file.read(_MAX_FILE).decode("utf-8-sig", "replace"))
    except OSError as error:
        show_error(error)


def print_out(page: SparePage, site_name: str, text: str) -> None:
    """Print the codes below the name of their site."""
    from secassist.ui.printing import print_text  # for few

    if print_text(page, f"{site_name}\n\n{text}\n"):
        a11y.announce(page, page.look.tr("Sent to the printer"))
