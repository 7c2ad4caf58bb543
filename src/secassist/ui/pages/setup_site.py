"""Set-up, first screens: which site, and where to click there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.pages.setup_parts import SetupPage
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Tile
from secassist.ui.widgets.disclosure import RowButton
from secassist.ui.widgets.field import Field
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.facts.site_search import Place

_MOST: Final = 6
_APP: Final = "“Authenticator app”, “Authentication app”"
"""As it stands on the sites."""


class SitePage(SetupPage):
    """Which account?"""

    chosen = Signal(object)
    """A Place, or the name (str) of a site that is not listed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            0,
            look.tr("Which account?"),
            look.tr("Type the name of the site, or its address."),
            can_go_back=False,
            parent=parent,
        )
        self._find: Callable[[str], Sequence[Place]] | None = None
        self._found: Sequence[Place] = ()
        self.field = Field(look, look.tr("Site"), note=look.tr("Start with your e-mail account."))
        self.field.changed.connect(self._search)
        self.field.entered.connect(self._enter)
        self.body.addWidget(self.field)
        self._list = Card(look, padding=(20, 2))
        self._list.hide()
        self.body.addWidget(self._list)
        self.unlisted = self.button(look.tr("My site is not here"), self._choose_name)
        self._credits = QVBoxLayout()
        self.column.insertLayout(self.column.count() - 1, self._credits)
        self.first = self.field.box
        self._search()

    def set_search(self, find: Callable[[str], Sequence[Place]], thanks: Sequence[str]) -> None:
        """The list of sites was read."""
        self._find = find
        self._credits.addSpacing(12)
        for line in thanks:
            self._credits.addWidget(Label(self.look, line, Role.SMALL, "text2"))
        self._search()

    def _search(self) -> None:
        words = self.field.text()
        self._found = self._find(words)[:_MOST] if self._find is not None else ()
        while (item := self._list.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place in self._found:
            self._list.add_row(self._row(place))
        self._list.setVisible(bool(self._found))
        self.unlisted.set_available(
            bool(words.strip()), self.look.tr("Type the name of the site first.")
        )
        self.settle()

    def _row(self, place: Place) -> RowButton:
        look = self.look
        if place.codes:
            takes = look.tr("Takes codes from an app")
        elif place.codes is None:
            takes = look.tr("We do not know if it takes codes")
        else:
            takes = look.tr("No codes from an app, as far as we know")
        title = f"{place.name} · {place.domain}"
        row = RowButton(look, title, takes, before=Tile(look, place.name), below=True)
        row.clicked.connect(partial(self.chosen.emit, place))
        return row

    def _enter(self) -> None:
        """Enter takes the first site of the list."""
        if self._found:
            self.chosen.emit(self._found[0])
        else:
            self.unlisted.click()

    def _choose_name(self) -> None:
        self.chosen.emit(self.field.text().strip())


class WherePage(SetupPage):
    """Where to click at the site."""

    found = Signal()
    help_wanted = Signal(str)

    def __init__(
        self, look: Look, name: str, place: Place | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            1,
            look.tr("Find the picture code at {site}", site=name),
            look.tr("It is how {site} and this computer agree on a secret.", site=name),
            parent=parent,
        )
        if place is not None and place.passkey:
            self.body.addWidget(
                Strip(
                    look,
                    look.tr("{site} takes passkeys, too.", site=name),
                    look.tr("No fake site can use one. If you can, choose it there first."),
                    icon="key",
                    tone="info",
                )
            )
        if place is not None and place.codes is False:
            self.body.addWidget(
                Strip(
                    look,
                    look.tr("As far as we know, {site} takes no codes from an app.", site=name),
                    look.tr("You can look there all the same. Sites change."),
                    tone="warn",
                )
            )
        self.steps(
            (
                look.tr("Open {site} in your browser and sign in, as you always do.", site=name),
                look.tr("Look in your account for “Security”, then for a second step."),
                look.tr("Choose the way with an app. Sites call it {names}.", names=_APP),
                look.tr("The site now shows a square picture code. Leave it on the screen."),
            )
        )
        if place is not None and place.how.startswith("https://"):
            button = Button(look, look.tr("Open the site's own help"), Kind.OUTLINED, "net")
            a11y.name(button, button.label, place.how)
            button.setToolTip(place.how)
            button.activated.connect(lambda: self.help_wanted.emit(place.how))
            row = FlowRow(look)
            row.add(button)
            self.body.addWidget(row)
        if place is not None and place.notes:
            self.body.addWidget(Label(look, place.notes, Role.SMALL, "text2"))
        self.button(look.tr("I see the picture code"), self.found, Kind.FILLED, at_end=True)
