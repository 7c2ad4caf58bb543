"""Handing a report on, without its private parts unless they are added back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from secassist.mail.report import Report
from secassist.ui.look import Look
from secassist.usecases.share import Include, as_html, as_json, as_text


def shared_text(report: Report, private: frozenset[str]) -> str:
    """The report as text; ``private`` holds ``recipients``, ``codes``, ``links`` or nothing."""
    return as_text(report, _include(private))


def save_report(parent: QWidget, look: Look, report: Report, private: frozenset[str]) -> bool:
    """Ask for a file and write the report into it, in the form of the file's ending.

    False where the person chose none; OSError where it cannot be written.
    """
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
