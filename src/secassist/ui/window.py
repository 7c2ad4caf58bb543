"""The window: the navigation, the page that is shown, and what comes from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from secassist.ui import dress, incoming
from secassist.ui.check_notes import CheckNotes
from secassist.ui.faults import show_fault
from secassist.ui.home import Home
from secassist.ui.jobs import Jobs
from secassist.ui.keys import Letters, acts, bind
from secassist.ui.look import Look
from secassist.ui.pages.check import CheckPage, CheckState
from secassist.ui.pages.page import MAX_WIDTH, Page
from secassist.ui.pages.stack import PageStack
from secassist.ui.part import Errand
from secassist.ui.parts import Parts
from secassist.ui.places import places
from secassist.ui.ports import UseCases
from secassist.ui.theme import LARGE_TEXT
from secassist.ui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from secassist.ui.background import Background

_NARROW_BELOW: Final = 42  # content width in sizes of the body text
_BODY: Final = 15
_MARGINS: Final = 2 * 48
_BACKGROUND_AFTER_MS: Final = 60_000


class Window(QWidget):
    """The one window. ``make_look`` makes a look out of the settings; the window asks again when
    colours, text size or language change, and then builds its pages anew."""

    dressed = Signal()
    """It wears another look: what stands outside of it has to, too."""

    def __init__(self, make_look: Callable[[], Look], usecases: UseCases, jobs: Jobs) -> None:
        super().__init__()
        self._make_look = make_look
        self._usecases = usecases
        self._jobs = jobs
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._narrow = False
        self._parts = Parts(self, usecases, jobs)
        self._counts: dict[str, int] = {}
        self._background: Background | None = None
        self._notes = CheckNotes(self, usecases, jobs, lambda: self._parts.store_is_open)
        self.home = Home(
            self, usecases, jobs, self._parts, lambda: self.look, lambda: self._current == "home"
        )
        self.setAcceptDrops(True)
        self.setWindowTitle("secassist")
        self.setMinimumSize(720, 480)
        self.resize(1200, 800)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._inside: QWidget | None = None
        self.look = make_look()
        self._worn = dress.wish(usecases.settings())
        self._build(CheckState())
        self._letters = Letters(self)
        bind(self, acts(self))
        self._parts.go_wanted.connect(self.go)
        self._parts.arrived.connect(self._arrived)
        self._parts.counted.connect(self._count)
        self._parts.store_open.connect(self._store_changed)
        self._parts.settings_changed.connect(self._settings_changed)
        jobs.lost.connect(self.show_failure)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_colours_changed)

    # Building

    def _build(self, state: CheckState) -> None:
        look = self.look
        dress.wear(look)
        self._inside = QWidget()
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._places = {place.name: place for place in places(look.tr)}
        self._sidebar = Sidebar(look, tuple(self._places.values()))
        self._sidebar.chosen.connect(self.go)
        self._sidebar.lock_wanted.connect(self.lock)
        self._show_lock(self._parts.store_is_open)
        for name, count in self._counts.items():
            self._sidebar.set_count(name, count)
        self._stack = QStackedWidget()
        row.addWidget(self._sidebar)
        row.addWidget(self._stack, 1)
        self._row.addWidget(self._inside)
        self._pages = {}
        self._state = state
        self._fit()

    def _system_colours_changed(self) -> None:
        if self._usecases.settings().theme == "system":
            self.rebuild()

    def rebuild(self) -> None:
        """Put everything into the dress that the settings ask for now; nothing is lost."""
        check = self._pages.get("check")
        state = check.state() if isinstance(check, CheckPage) else self._state
        if self._inside is not None:
            self._row.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self.look = self._make_look()
        self._worn = dress.wish(self._usecases.settings())
        self._build(state)
        name, self._current = self._current, ""
        self.go(name)
        self.dressed.emit()

    def _page(self, name: str) -> QWidget:
        page = self._pages.get(name)
        if page is None:
            make: dict[str, Callable[[], QWidget]] = {
                "home": self._make_home,
                "check": self._make_check,
            }
            place = self._places[name]
            page = self._parts.make_pages(place, self.look) if place.part else make[name]()
            self._pages[name] = page
            self._stack.addWidget(page)
            if isinstance(page, Page | PageStack):
                page.set_narrow(self._narrow)
            if isinstance(page, PageStack):
                page.currentChanged.connect(self._inside_changed)
        return page

    def _make_home(self) -> Page:
        page = self.home.make_page()
        page.paste.connect(self.paste)
        page.open_file.connect(self.choose_file)
        page.already_clicked.connect(self._already_clicked)
        return page

    def _make_check(self) -> CheckPage:
        page = CheckPage(self.look, self._usecases, self._jobs, self._state)
        page.input.open_file.connect(self.choose_file)
        page.settings_changed.connect(self._settings_changed)
        self._notes.watch(page)
        page.plans_wanted.connect(lambda: self._parts.send(Errand("plans", "list")))
        page.plan_wanted.connect(lambda chosen: self._parts.send(Errand("plans", "start", chosen)))
        return page

    def _forget(self, name: str) -> None:
        """Build the page ``name`` anew when it is shown next."""
        page = self._pages.pop(name, None)
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

    # Parts

    @property
    def parts(self) -> Parts:
        """What lies behind the places that are more than a page."""
        return self._parts

    def run_errand(self, errand: Errand) -> None:
        """Go where it is done, and have it done there."""
        self._parts.send(errand)

    def wake(self, name: str) -> None:
        """Have the part of the place ``name`` work, though nobody has been there yet."""
        self._parts.wake(self._places[name], self.look)

    def _arrived(self, name: str) -> None:
        """What the page needs is there: put it where its stand-in was."""
        self._forget(name)
        if self._current == name:
            self._current = ""
            self.go(name)

    def _count(self, name: str, count: int) -> None:
        self._counts[name] = count
        self._sidebar.set_count(name, count)

    def _store_changed(self, is_open: bool) -> None:
        if not is_open and self._current != "home":
            self._forget("home")  # it names what was open; where it is shown it is looked up anew
        if not is_open:
            self._notes.forget()
        self._show_lock(is_open)
        self.home.look_soon()

    def _show_lock(self, shown: bool) -> None:
        self._sidebar.show_lock(shown)

    def lock(self) -> None:
        """Close the store, for other programs too (Ctrl+L)."""
        self._parts.lock(everywhere=True)

    # Going about

    @property
    def check(self) -> CheckPage:
        """The pages of a check."""
        page = self._page("check")
        if not isinstance(page, CheckPage):
            raise TypeError("the page named check is a CheckPage")
        return page

    @property
    def current(self) -> str:
        """The name of the page that is shown."""
        return self._current

    def shown(self) -> QWidget | None:
        """What is shown beside the navigation: a page, or a stack of them."""
        return self._stack.currentWidget()

    def shown_page(self) -> Page:
        """The page that is shown, inside of a check too."""
        page = self.shown()
        if isinstance(page, PageStack):
            return page.page()
        if not isinstance(page, Page):
            raise TypeError("every page is a Page")
        return page

    def go(self, name: str, *, enter: bool = True) -> None:
        """Show the page ``name``; without ``enter`` the focus stays where it is for now."""
        if name == "ledger" and name != self._current:
            self._forget(name)
        changed = name != self._current
        self._current = name
        page = self._page(name)
        self._sidebar.set_current(name)
        self._stack.setCurrentWidget(page)
        if changed and enter and isinstance(page, Page | PageStack):
            page.enter()
        self._parts.shown(name)
        if name == "home":
            self.home.look_soon()
        if name == "check":
            self._check_errand()
        self._show_title()

    def _show_title(self) -> None:
        """The window is called what its page is called."""
        self.setWindowTitle(f"{self.shown_page().accessibleName()} – secassist")

    def _inside_changed(self, place: int) -> None:
        """Another page of a stack is shown; or, below 0, the stack is being taken down."""
        if place >= 0 and self.sender() is self.shown():
            self._show_title()

    def _check_errand(self) -> None:
        """Takes ``judge`` (about: the bytes of a mail) for the pages of a check."""
        errand = self._parts.errand_for("check")
        if errand is not None and isinstance(errand.about, bytes):
            self.check.check_bytes(errand.about)

    def go_back(self) -> None:
        """One step back (Esc); from a first page to Home."""
        page = self.shown()
        if not isinstance(page, PageStack) or not page.go_back():
            self.go("home")

    def go_to_next_pane(self) -> None:
        """The keyboard goes from the navigation to the page, or back (F6)."""
        focused = QApplication.focusWidget()
        if focused is not None and self._sidebar.isAncestorOf(focused):
            page = self.shown_page()
            (page.first or page).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._sidebar.focus_current()

    def show_how_to(self) -> None:
        """How to get the full message (F1)."""
        self.go("check")
        self.check.show_input()
        self.check.input.show_how_to()

    def _already_clicked(self) -> None:
        self.go("check")
        self.check.show_input()
        self.check.ask_what_happened()

    # What comes from outside

    def check_text(self, text: str) -> None:
        """Judge ``text`` and show how it goes."""
        self.go("check", enter=False)
        self.check.check_text(text)

    def check_file(self, path: Path) -> None:
        """Judge the file and show how it goes."""
        self.go("check", enter=False)
        self.check.check_file(path)

    def paste(self) -> None:
        """Take what was copied (Ctrl+V)."""
        incoming.paste(self)

    def choose_file(self) -> None:
        """Ask for a file (Ctrl+O)."""
        incoming.choose_file(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if incoming.is_welcome(event.mimeData()):
            event.acceptProposedAction()
            self._welcome(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._welcome(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._welcome(False)
        event.acceptProposedAction()
        incoming.drop(self, event.mimeData())

    def _welcome(self, welcoming: bool) -> None:
        check = self._pages.get("check")
        inside = check.input if isinstance(check, CheckPage) else None
        incoming.welcome((self._pages.get("home"), inside, self.shown()), welcoming)

    # Settings and faults

    def _settings_changed(self) -> None:
        """Wear another dress where they ask for one; everything else goes by them from now on."""
        settings = self._usecases.settings()
        if dress.wish(settings) != self._worn:
            self.rebuild()
        self._parts.show_settings(settings)

    def show_failure(self, error: Exception) -> None:
        """Say on the page that is shown that something failed."""
        show_fault(self.shown_page(), error)

    def go_on_in_background(self) -> None:
        """From now on checks are made by themselves, and the tray is used, as far as wanted.

        Only the icon is wanted at once; all else begins when the start is long over.
        """
        if self._usecases.settings().tray:
            self._begin_background()
        else:
            self._parts.settings_changed.connect(self._begin_background)
            QTimer.singleShot(_BACKGROUND_AFTER_MS, self, self._begin_background)

    def _begin_background(self) -> None:
        if self._background is None:
            from secassist.ui.background import Background

            self._background = Background(self, self._usecases, self._jobs)

    def close_down(self) -> bool:
        """Stop what still runs; the window is not used after this. False: something did not end."""
        stopped = self._jobs.stop()
        self._parts.close()
        return self._usecases.close() and stopped

    # Keys and room

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._letters.pressed(event.key())
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._letters.released(event.key())
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._letters.left()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Choose between sidebar and rail, rows and columns, by the room for the text."""
        scale = self.look.theme.scale
        room = min(self.width() - self._sidebar.full_width() - _MARGINS, MAX_WIDTH) / (
            _BODY * scale
        )
        self._narrow = scale >= LARGE_TEXT or room < _NARROW_BELOW
        self._sidebar.set_rail(self._narrow)
        for page in self._pages.values():
            if isinstance(page, Page | PageStack):
                page.set_narrow(self._narrow)
