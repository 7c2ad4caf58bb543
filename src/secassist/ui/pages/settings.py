"""Settings: looks, language, what is asked on the internet, the person's own facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSystemTrayIcon, QWidget

from secassist.ui import a11y
from secassist.ui.i18n import PSEUDO, PSEUDO_RTL
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.ports import Provider, Settings
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card
from secassist.ui.widgets.choice import Segments, Switch
from secassist.ui.widgets.combo import Combo
from secassist.ui.widgets.control_row import ControlRow
from secassist.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from secassist.usecases.incidents import Known


class SettingsPage(Page):
    """Every change counts at once; there is nothing to save."""

    changed = Signal(str, object)
    """Name of the setting, and its new value."""
    refresh_wanted = Signal()
    """Fetch a newer list of known waves of real mail."""

    def __init__(
        self,
        look: Look,
        settings: Settings,
        providers: Sequence[Provider],
        waves: Known,
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        """``waves``: what is known of waves of real mail, with the age of that list."""
        super().__init__(look, look.tr("Settings"), parent=parent)
        self._settings = settings
        self._rows: list[ControlRow] = []
        title = self.heading(look.tr("Settings"))
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = title
        self._looks(settings)
        self._internet(settings)
        self._mail(settings, providers)
        self._codes(settings)
        self._passwords(settings)
        self._waves(settings, waves, now)
        self.column.addStretch(1)

    def _looks(self, settings: Settings) -> None:
        look = self.look
        card = self._group(look.tr("Looks"), 14)
        self._segments(
            card,
            look.tr("Colours"),
            "theme",
            settings.theme,
            (
                ("system", look.tr("Like the system")),
                ("light", look.tr("Light")),
                ("dark", look.tr("Dark")),
                ("contrast", look.tr("High contrast")),
            ),
        )
        self._segments(
            card,
            look.tr("Text size"),
            "text_percent",
            str(settings.text_percent),
            (
                ("100", look.tr("Like the system")),
                ("125", look.tr("Large")),
                ("150", look.tr("Very large")),
                ("200", look.tr("Double")),
            ),
        )
        self._segments(
            card,
            look.tr("Language"),
            "language",
            settings.language,
            (
                ("en", "English"),
                (PSEUDO, look.tr("Test: longer words")),
                (PSEUDO_RTL, look.tr("Test: right to left")),
            ),
        )

    def _internet(self, settings: Settings) -> None:
        look = self.look
        card = self._group(look.tr("Internet"))
        self.dns = QLineEdit(settings.dns)
        self.dns.setFont(look.font(Role.BODY, address=True))
        self.dns.setPlaceholderText(look.tr("The system's"))
        self.dns.setMinimumHeight(look.px(44))
        self.dns.setMinimumWidth(look.px(200))
        self.dns.editingFinished.connect(self._dns_edited)
        name = look.tr("Ask which name server?")
        a11y.name(self.dns, name, look.tr("An address such as 9.9.9.9, or one with https://"))
        self._row(card, name, look.tr("An address such as 9.9.9.9, or one with https://"), self.dns)
        self._switch(
            card,
            look.tr("Stay offline"),
            look.tr("Checks become less sure. Nothing is asked."),
            "offline",
            settings.offline,
        )
        self._switch(
            card,
            look.tr("Ask for known organisations only"),
            look.tr("A sender could see that a name was asked. Then strangers cannot."),
            "known_only",
            settings.known_only,
        )

    def _mail(self, settings: Settings, providers: Sequence[Provider]) -> None:
        look = self.look
        card = self._group(look.tr("Your mail"))
        options = [("", look.tr("Not said")), *((p.id, p.name) for p in providers)]
        if settings.provider and settings.provider not in {value for value, _ in options}:
            options.append((settings.provider, settings.provider))
        name = look.tr("Who is your mail provider?")
        combo = Combo(look, name, options, settings.provider)
        combo.chosen.connect(lambda value: self.changed.emit("provider", value))
        self._row(card, name, look.tr("Then we know whose stamp on a mail to trust."), combo)
        if settings.my_senders:
            for sender in settings.my_senders:
                remove = Button(look, look.tr("Remove"), Kind.OUTLINED)
                a11y.name(remove, look.tr("Remove {sender}", sender=sender))
                remove.activated.connect(lambda sender=sender: self._remove(sender))
                row = FlowRow(look)
                row.add(remove)
                row.setMinimumWidth(remove.sizeHint().width())
                self._row(card, sender, look.tr("You said that you know this sender."), row)
        else:
            self._row(
                card,
                look.tr("Senders that you know"),
                look.tr("None yet. You can add one when you check its mail."),
                None,
            )

    def _codes(self, settings: Settings) -> None:
        look = self.look
        card = self._group(look.tr("Sign-in codes"))
        name = look.tr("Lock them when nobody is there")
        minutes = sorted({1, 5, 15, 60, settings.lock_minutes} - {0})
        options = [
            *(
                (str(count), look.plural("After {count} minute", "After {count} minutes", count))
                for count in minutes
            ),
            ("0", look.tr("Never")),
        ]
        combo = Combo(look, name, options, str(settings.lock_minutes))
        combo.chosen.connect(lambda value: self.changed.emit("lock_minutes", int(value)))
        note = look.tr("With a passphrase you need it to open them again.")
        self._row(card, name, note, combo)
        self._switch(
            card,
            look.tr("Lock them with the screen"),
            look.tr("Also when the computer goes to sleep."),
            "lock_with_screen",
            settings.lock_with_screen,
        )
        if settings.clock_offset:
            back = Button(look, look.tr("Use the computer's clock"), Kind.OUTLINED, "clock")
            back.activated.connect(lambda: self.changed.emit("clock_offset", 0))
            row = FlowRow(look)
            row.add(back)
            row.setMinimumWidth(back.sizeHint().width())
            self._row(
                card,
                look.tr("Clock of the codes"),
                look.plural(
                    "Put right by {count} second",
                    "Put right by {count} seconds",
                    settings.clock_offset,
                ),
                row,
            )

    def _passwords(self, settings: Settings) -> None:
        look = self.look
        card = self._group(look.tr("Passwords"))
        leaks = [
            ("", look.tr("Ask me when it is needed")),
            ("online", look.tr("Ask on the internet")),
            ("off", look.tr("Do not look")),
        ]
        if settings.leaks not in {value for value, _ in leaks}:
            name = Path(settings.leaks).name
            leaks.append((settings.leaks, look.tr("Look into {file}", file=name)))
        name = look.tr("Leaks of passwords")
        combo = Combo(look, name, leaks, settings.leaks)
        combo.chosen.connect(lambda value: self.changed.emit("leaks", value))
        note = look.tr("Five letters of a scrambled form leave, never a password.")
        self._row(card, name, note, combo)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._switch(
                card,
                look.tr("Stay in the tray"),
                look.tr("Closing the window then leaves a small icon beside the clock."),
                "tray",
                settings.tray,
            )

    def _waves(self, settings: Settings, waves: Known, now: datetime) -> None:
        look = self.look
        card = self._group(look.tr("Known waves of real mail"))
        days = waves.days_old(now.date())
        age = look.plural("Our list is {count} day old.", "Our list is {count} days old.", days)
        from_where = (
            look.tr("It was fetched.") if waves.fetched else look.tr("It came with this program.")
        )
        self.refresh = Button(look, look.tr("Look for a newer one"), Kind.OUTLINED, "refresh")
        self.refresh.activated.connect(self.refresh_wanted)
        row = FlowRow(look)
        row.add(self.refresh)
        row.setMinimumWidth(self.refresh.sizeHint().width())
        self._row(card, age, from_where, row)
        name = look.tr("Where is a newer list?")
        note = look.tr("An address with https://, from a help desk that keeps one for you.")
        self.waves_url = self._field(card, name, note, "incidents_url", settings.incidents_url)
        name = look.tr("Key of that list")
        note = look.tr("44 letters and digits. Only a list that fits it is used.")
        self.waves_key = self._field(card, name, note, "incidents_key", settings.incidents_key)
        self._show_refresh(settings)

    def _show_refresh(self, settings: Settings) -> None:
        there = bool(settings.incidents_url and settings.incidents_key)
        self.refresh.set_available(
            there and not settings.offline,
            self.look.tr("You chose to stay offline.")
            if there
            else self.look.tr("First say where the list is, and its key."),
        )

    # Parts

    def _field(self, card: Card, name: str, note: str, setting: str, value: str) -> QLineEdit:
        look = self.look
        box = QLineEdit(value)
        box.setFont(look.font(Role.BODY, address=True))
        box.setMinimumHeight(look.px(44))
        box.setMinimumWidth(look.px(200))
        a11y.name(box, name, note)

        def edited() -> None:
            if box.text().strip() != getattr(self._settings, setting):
                self.changed.emit(setting, box.text().strip())

        box.editingFinished.connect(edited)
        self._row(card, name, note, box)
        return box

    def _group(self, title: str, above: int = 18) -> Card:
        self.group(title, above)
        card = Card(self.look, padding=(20, 4))
        self.column.addWidget(card)
        return card

    def _row(self, card: Card, title: str, note: str, control: QWidget | None) -> None:
        row = ControlRow(self.look, title, note, control)
        self._rows.append(row)
        card.add_row(row)

    def _segments(
        self,
        card: Card,
        title: str,
        setting: str,
        current: str,
        options: Sequence[tuple[str, str]],
    ) -> None:
        segments = Segments(self.look, title, options, current)
        value_of = int if setting == "text_percent" else str
        segments.chosen.connect(lambda value: self.changed.emit(setting, value_of(value)))
        segments.setMinimumWidth(min(segments.sizeHint().width(), self.look.px(200)))
        self._row(card, title, "", segments)

    def _switch(self, card: Card, title: str, note: str, setting: str, on: bool) -> None:
        switch = Switch(self.look, title, on)
        switch.setAccessibleDescription(note)
        switch.toggled.connect(lambda value: self.changed.emit(setting, value))
        self._row(card, title, note, switch)

    # Changes

    def _dns_edited(self) -> None:
        value = self.dns.text().strip()
        if value != self._settings.dns:
            self.changed.emit("dns", value)

    def show_settings(self, settings: Settings) -> None:
        """The settings as they are after a change."""
        self._settings = settings
        self._show_refresh(settings)

    def _remove(self, sender: str) -> None:
        left = {name: own for name, own in self._settings.my_senders.items() if name != sender}
        self.changed.emit("my_senders", left)

    def arrange(self, narrow: bool) -> None:
        """Controls under their words."""
        for row in self._rows:
            row.set_narrow(narrow)
