"""The six verdict marks: a shape each, like road signs, so that colour is not needed."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from secassist.mail.verdict import Verdict
from secassist.ui.look import Look
from secassist.ui.widgets.card import Picture

TONES: Final = {
    Verdict.GENUINE: "good",
    Verdict.RELAYED: "plum",
    Verdict.PROVEN_DOMAIN: "info",
    Verdict.CANNOT_TELL: "slate",
    Verdict.SUSPICIOUS: "warn",
    Verdict.FAKE: "bad",
}
"""The tone of the theme in which a verdict is shown."""


class Mark(Picture):
    """The mark of a verdict. It has no name of its own: the headline says the same."""

    def __init__(
        self, look: Look, verdict: Verdict, size: int = 64, parent: QWidget | None = None
    ) -> None:
        tone = TONES[verdict]
        colour = "warn_mark" if tone == "warn" else tone
        super().__init__(look, f"mark-{verdict.value}", size, colour, parent=parent)
