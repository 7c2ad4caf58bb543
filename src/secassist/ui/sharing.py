"""Handing a report on, without its private parts unless they are added back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from secassist.mail.report import Report
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.verdict import VerdictPage
from secassist.ui.pages.verdict_strips import say_not_saved
from secassist.usecases.share import Include, as_html, as_json, as_text


def copy_shared(page: VerdictPage, private: frozenset[str]) -> None:
    """Copy the report as text.

    ``private`` holds ``recipients``, ``codes``, ``links`` or nothing.
    """
    QGuiApplication.clipboard().setText(as_text(page.report, _include(private)))
    page.copied()


def save_shared(page: VerdictPage, private: frozenset[str]) -> None:
    """Ask for a file and write the report into it, in the form of the file's ending."""
    try:
        saved = _save(page.window(), page.look, page.report, private)
    except OSError as error:
        say_not_saved(page, error)
        return
    if saved:
        a11y.announce(page, page.look.tr("Saved"))


def _save(parent: QWidget, look: Look, report: Report, private: frozenset[str]) -> bool:
    """False where the person chose no file; OSError where it cannot be written."""
    forms = {
        ".txt": (look.tr("Text"), as_text),
        ".html": (look.tr("Web page"), as_html),
        ".json": (look.tr("JSON"), as_json),
    }
    filters = ";;".join(f"{words} (*{ending})" for ending, (words, _) in forms.items())
    chosen, used = QFileDialog.getSaveFileName(
        parent, look.tr("Save report"), "secassist-report.txt", filters
    )
    if not chosen:
        return False
    path = Path(chosen)
    if path.suffix not in forms:
        path = path.with_suffix(
            next(ending for ending in forms if f"*{ending}" in used or not used)
        )
    path.write_text(forms[path.suffix][1](report, _include(private)), "utf-8")
    return True


def _include(private: frozenset[str]) -> Include:
    return Include(
        codes="codes" in private,
        recipients="recipients" in private,
        link_paths="links" in private,
    )
