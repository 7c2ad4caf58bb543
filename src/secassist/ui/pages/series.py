"""Picture codes that belong together, shown one after the other to a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.picture_code import PictureCode
from secassist.ui.widgets.strip import Strip

_APP: Final = "Google Authenticator"


class SeriesPage(Page):
    """All codes for Google Authenticator, ten a picture."""

    def __init__(
        self,
        look: Look,
        texts: Sequence[str],
        left_out: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """``texts`` stand in the pictures; ``left_out``: names of what that app cannot take."""
        super().__init__(look, look.tr("To {app}", app=_APP), parent=parent)
        self._texts = texts
        self.place = 0
        self.back_row(look.tr("Save a copy"))
        self.heading(
            look.tr("To {app}", app=_APP),
            look.tr("On the phone choose “Import accounts”. Nobody should watch."),
        )
        self.column.addSpacing(16)
        self._card = Card(look, padding=(28, 24), spacing=12)
        self.count = Label(look, "", Role.HEADING)
        self._card.column.addWidget(self.count)
        self._picture: PictureCode | None = None
        row = FlowRow(look)
        self._before = Button(look, look.tr("Picture before"), Kind.OUTLINED)
        self._before.activated.connect(lambda: self._move(-1))
        self.main = Button(look, look.tr("Next picture"), Kind.FILLED)
        self.main.activated.connect(lambda: self._move(1))
        row.add(self._before)
        row.add(self.main)
        if len(texts) > 1:
            self._card.column.addWidget(row)
        else:
            row.hide()
            self.main = None
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self.first = self.main or self.count
        self._show()
        if left_out:
            names = ", ".join(left_out[:10])
            self.show_strip(
                Strip(
                    look,
                    look.tr("Not all of them can come along."),
                    look.tr("It has no place for: {names}.", names=names),
                    tone="warn",
                )
            )

    def _move(self, step: int) -> None:
        self.place += step
        self._show()
        a11y.announce(self, self.count.text())

    def _show(self) -> None:
        from secassist.twofactor import qr_drawing

        look = self.look
        words = look.tr("Picture {number} of {all}", number=self.place + 1, all=len(self._texts))
        self.count.setText(words)
        if self._picture is not None:
            self._picture.hide()
            self._picture.deleteLater()
        self._picture = PictureCode(qr_drawing.matrix(self._texts[self.place]), words)
        self._card.column.insertWidget(1, self._picture)
        self._before.set_available(self.place > 0, look.tr("This is the first one."))
        if self.main is not None:
            last = self.place == len(self._texts) - 1
            self.main.set_available(not last, look.tr("This is the last one."))
        self.settle()
