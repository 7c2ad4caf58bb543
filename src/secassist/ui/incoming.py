"""What comes into the window from outside: pasted, chosen as a file, or dropped on it.

The page that is shown is asked first; what it does not wait for is a mail to check, or a list of
passwords.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from secassist.ui.look import Look
from secassist.ui.pages.check import CheckPage
from secassist.ui.pages.stack import PageStack
from secassist.ui.part import Errand

_PASSWORD_LISTS: Final = frozenset({".csv", ".1pux"})
"""Files that are no mail, wherever they are dropped."""


class Receiver(Protocol):
    """What the window does with what came."""

    look: Look

    @property
    def check(self) -> CheckPage: ...

    def shown(self) -> QWidget | None: ...

    def go(self, name: str, *, enter: bool = True) -> None: ...

    def check_text(self, text: str) -> None: ...

    def check_file(self, path: Path) -> None: ...

    def run_errand(self, errand: Errand) -> None: ...


def paste(window: Receiver) -> None:
    """Take what was copied, and check it if it is there (Ctrl+V)."""
    shown = window.shown()
    if isinstance(shown, PageStack) and shown.paste():
        return
    copied = QGuiApplication.clipboard().text()
    window.go("check")
    if copied.strip():
        window.check.input.set_text(copied)
        window.check.check_text(copied)
    else:
        window.check.show_input()
        window.check.input.paste()


def choose_file(window: Receiver) -> None:
    """Let the person choose a file, and check it (Ctrl+O)."""
    shown = window.shown()
    if isinstance(shown, PageStack) and shown.choose_file():
        return
    tr = window.look.tr
    chosen, _ = QFileDialog.getOpenFileName(
        window if isinstance(window, QWidget) else None,
        tr("Open an e-mail"),
        "",
        f"{tr('E-mails')} (*.eml *.msg *.mbox *.mbx *.txt);;{tr('All files')} (*)",
    )
    if chosen:
        window.check_file(Path(chosen))


def is_welcome(data: QMimeData) -> bool:
    """Whether something can be done with what is dragged over the window."""
    return bool(_files(data)) or data.hasText()


def welcome(pages: Iterable[QWidget | None], welcoming: bool) -> None:
    """Have those of ``pages`` that wait for something say that it can be let go there."""
    for page in pages:
        set_welcoming = getattr(page, "set_welcoming", None)
        if set_welcoming is not None:
            set_welcoming(welcoming)


def drop(window: Receiver, data: QMimeData) -> None:
    """Take what was dropped."""
    files, shown = _files(data), window.shown()
    if files and isinstance(shown, PageStack) and shown.drop(files):
        return
    if files and all(file.suffix.lower() in _PASSWORD_LISTS for file in files):
        window.run_errand(Errand("passwords", "import", tuple(files)))
    elif files:
        window.check_file(files[0])
    elif data.hasText():
        window.check_text(data.text())


def _files(data: QMimeData) -> list[Path]:
    """The files of this computer in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
