"""What left this computer, in the window: the list as it is when it is looked at, to be saved."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from secassist.ui.look import Look
from secassist.ui.pages.ledger import LedgerPage
from secassist.ui.part import Part


class LedgerPart(Part):
    """One page, made anew each time that it is gone to."""

    def make_pages(self, look: Look) -> LedgerPage:
        page = LedgerPage(look, self.usecases.ledger(), datetime.now(UTC))
        page.save_wanted.connect(lambda: self._save(page))
        return page

    def _save(self, page: LedgerPage) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            page, page.look.tr("Save list"), "secassist-questions.txt"
        )
        if not chosen:
            return
        try:
            Path(chosen).write_text(self.usecases.ledger_text(), "utf-8")
        except OSError as error:
            self.jobs.lost.emit(error)
