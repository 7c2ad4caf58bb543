"""Printing a page of text, by the system's own dialog."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

_POINTS = 13


def print_text(parent: QWidget, text: str) -> bool:
    """Print plain ``text``; False where the person gave it up."""
    printer = QPrinter()
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    document = QTextDocument()
    document.setDefaultFont(QFont("monospace", _POINTS))
    document.setPlainText(text)
    document.print_(printer)
    return True
