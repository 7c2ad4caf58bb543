"""Who is your mail provider? Asked once, where the answer would matter; can be skipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from secassist.mail.report import Report
from secassist.mail.verdict import Verdict
from secassist.ui.look import Look
from secassist.ui.pages.verdict import VerdictPage
from secassist.ui.ports import Provider, Settings, UseCases
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Dot
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label


def would_help(report: Report, settings: Settings) -> bool:
    """Whether knowing the provider could change what we can say about this mail."""
    return (
        report.verdict is Verdict.CANNOT_TELL
        and not settings.provider
        and not settings.provider_asked
        and bool(report.hops)
        and not report.authentication.receiver.trusted
    )


def ask_provider(page: VerdictPage, usecases: UseCases, changed: Callable[[], None]) -> None:
    """Ask below the verdict where the answer could change it; ``changed``: it was answered."""
    if not would_help(page.report, usecases.settings()):
        return

    def use(provider: str) -> None:
        usecases.change_settings(provider=provider, provider_asked=True)
        changed()

    def skip() -> None:
        usecases.change_settings(provider_asked=True)
        card.hide()

    card = ProviderCard(page.look, usecases.providers())
    card.answered.connect(use)
    card.skipped.connect(skip)
    page.put_after_card(card)


class ProviderCard(Card):
    """The question, with a list of providers."""

    answered = Signal(str)
    """Id of the provider."""
    skipped = Signal()

    def __init__(
        self, look: Look, providers: Sequence[Provider], parent: QWidget | None = None
    ) -> None:
        from secassist.ui.widgets.combo import Combo  # few checks come to ask this

        super().__init__(look, padding=(20, 16), parent=parent)
        title = look.tr("Who is your mail provider?")
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Label(look, title, Role.STRONG))
        words.addWidget(
            Label(
                look,
                look.tr("Then we know whose stamp on a mail to trust. We ask only once."),
                Role.SMALL,
                "text2",
            )
        )
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Dot(look, "inbox", "info", 40), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.column.addLayout(head)
        self.column.addSpacing(12)
        options = [("", look.tr("Choose…")), *((p.id, p.name) for p in providers)]
        self.combo = Combo(look, title, options, "")
        self.use = Button(look, look.tr("Check again with it"), Kind.OUTLINED, "refresh")
        self.use.activated.connect(lambda: self.answered.emit(self.combo.value()))
        skip = Button(look, look.tr("Skip"), Kind.QUIET)
        skip.activated.connect(self.skipped)
        self.combo.currentIndexChanged.connect(self._chosen)
        row = FlowRow(look)
        for part in (self.combo, self.use, skip):
            row.add(part)
        self.column.addWidget(row)
        self._chosen()

    def _chosen(self) -> None:
        self.use.set_available(
            bool(self.combo.value()), self._look.tr("Choose your provider first.")
        )
