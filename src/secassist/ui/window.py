"""The window: sidebar, pages, keys, and what is dropped on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from secassist.base.errors import SecassistError
from secassist.ui.app import PAGES
from secassist.ui.faults import fault_report, strip_for
from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.pages.check import CheckPage, CheckState
from secassist.ui.pages.home import HomePage
from secassist.ui.pages.page import MAX_WIDTH, Page
from secassist.ui.pages.stack import PageStack
from secassist.ui.ports import UseCases
from secassist.ui.theme import LARGE_TEXT, Role, palette, style_sheet
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.sidebar import Place, Sidebar

if TYPE_CHECKING:
    from secassist.ui.two_factor_part import TwoFactorPart

_NARROW_BELOW: Final = 42  # content width in sizes of the body text
_BODY: Final = 15
_MARGINS: Final = 2 * 48
_TWO_FACTOR: Final = "secassist.ui.two_factor_part"


class Window(QWidget):
    """The one window. ``dress`` makes a look out of the settings; the window asks again when
    colours, text size or language change, and then builds its pages anew."""

    def __init__(self, dress: Callable[[], Look], usecases: UseCases, jobs: Jobs) -> None:
        super().__init__()
        self._dress = dress
        self._usecases = usecases
        self._jobs = jobs
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._narrow = False
        self._letters = False
        self._two_factor: TwoFactorPart | None = None
        self.setAcceptDrops(True)
        self.setWindowTitle("secassist")
        self.setMinimumSize(720, 480)
        self.resize(1200, 800)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._inside: QWidget | None = None
        self.look = dress()
        self._build(CheckState())
        self._keys()
        jobs.lost.connect(self.show_failure)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_colours_changed)

    # Building

    def _build(self, state: CheckState) -> None:
        look = self.look
        app = QGuiApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(look.theme))
            app.setFont(look.font(Role.BODY))
            app.setStyleSheet(style_sheet(look.theme))
            app.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if look.rtl else Qt.LayoutDirection.LeftToRight
            )
        self._inside = QWidget()
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._sidebar = Sidebar(look, self._places())
        self._sidebar.chosen.connect(self.go)
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

    def _places(self) -> tuple[Place, ...]:
        tr = self.look.tr
        return (
            Place("home", tr("Home"), "home"),
            Place("check", tr("Check an e-mail"), "mailcheck"),
            Place("two-factor", tr("Two-step sign-in"), "phone"),
            Place("ledger", tr("What left this computer"), "net", at_bottom=True),
            Place("settings", tr("Settings"), "gear", at_bottom=True),
        )

    def rebuild(self) -> None:
        """Put everything into the dress that the settings ask for now; nothing is lost."""
        check = self._pages.get("check")
        state = check.state() if isinstance(check, CheckPage) else self._state
        if self._inside is not None:
            self._row.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self.look = self._dress()
        self._build(state)
        name, self._current = self._current, ""
        self.go(name)

    def _page(self, name: str) -> QWidget:
        page = self._pages.get(name)
        if page is None:
            make: dict[str, Callable[[], QWidget]] = {
                "home": self._make_home,
                "check": self._make_check,
                "two-factor": self._make_two_factor,
                "ledger": self._make_ledger,
                "settings": self._make_settings,
            }
            page = self._pages[name] = make[name]()
            self._stack.addWidget(page)
            if isinstance(page, Page | PageStack):
                page.set_narrow(self._narrow)
        return page

    def _make_home(self) -> HomePage:
        page = HomePage(self.look)
        page.paste.connect(self.paste)
        page.open_file.connect(self.choose_file)
        page.already_clicked.connect(self._already_clicked)
        return page

    def _make_check(self) -> CheckPage:
        page = CheckPage(self.look, self._usecases, self._jobs, self._state)
        page.input.open_file.connect(self.choose_file)
        page.settings_changed.connect(lambda: self._forget("settings"))
        return page

    def _make_two_factor(self) -> Page | PageStack:
        from secassist.ui.pages.arriving import ArrivingPage, is_here

        if not is_here(_TWO_FACTOR):
            tr = self.look.tr
            page = ArrivingPage(
                self.look, tr("Two-step sign-in"), tr("Your codes are being opened…")
            )
            page.arrived.connect(lambda: self._arrived("two-factor"))
            page.fetch(_TWO_FACTOR, self._jobs)
            return page
        from secassist.ui.two_factor_part import TwoFactorPart

        if self._two_factor is None:
            self._two_factor = TwoFactorPart(self, self._usecases, self._jobs)
            self._two_factor.check_wanted.connect(lambda: self.go("check"))
            self._two_factor.clock_corrected.connect(lambda: self._forget("settings"))
        return self._two_factor.make_pages(self.look)

    def _arrived(self, name: str) -> None:
        """What the page needs is there: put it where its stand-in was."""
        self._forget(name)
        if self._current == name:
            self._current = ""
            self.go(name)

    def _make_ledger(self) -> Page:
        from secassist.ui.pages.ledger import LedgerPage

        page = LedgerPage(self.look, self._usecases.ledger(), datetime.now(UTC))
        page.save_wanted.connect(self._save_ledger)
        return page

    def _make_settings(self) -> Page:
        from secassist.ui.pages.settings import SettingsPage

        page = SettingsPage(self.look, self._usecases.settings(), self._usecases.providers())
        page.changed.connect(self._change)
        return page

    def _forget(self, name: str) -> None:
        """Build the page ``name`` anew when it is shown next."""
        page = self._pages.pop(name, None)
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

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

    def shown_page(self) -> Page:
        """The page that is shown, inside of a check too."""
        page = self._stack.currentWidget()
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
        self.setWindowTitle(f"{self.shown_page().accessibleName()} – secassist")

    def check_text(self, text: str) -> None:
        """Judge ``text`` and show how it goes."""
        self.go("check", enter=False)
        self.check.check_text(text)

    def check_file(self, path: Path) -> None:
        """Judge the file and show how it goes."""
        self.go("check", enter=False)
        self.check.check_file(path)

    def paste(self) -> None:
        """Take what was copied, and check it if it is there."""
        shown = self._stack.currentWidget()
        if isinstance(shown, PageStack) and shown.paste():
            return
        copied = QGuiApplication.clipboard().text()
        self.go("check")
        if copied.strip():
            self.check.input.set_text(copied)
            self.check.check_text(copied)
        else:
            self.check.show_input()
            self.check.input.paste()

    def choose_file(self) -> None:
        """Let the person choose a file, and check it."""
        shown = self._stack.currentWidget()
        if isinstance(shown, PageStack) and shown.choose_file():
            return
        tr = self.look.tr
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("Open an e-mail"),
            "",
            f"{tr('E-mails')} (*.eml *.msg *.mbox *.mbx *.txt);;{tr('All files')} (*)",
        )
        if chosen:
            self.check_file(Path(chosen))

    def _already_clicked(self) -> None:
        self.go("check")
        self.check.show_input()
        self.check.ask_what_happened()

    def _back(self) -> None:
        page = self._stack.currentWidget()
        if not isinstance(page, PageStack) or not page.go_back():
            self.go("home")

    def check_input(self) -> Page | None:
        check = self._pages.get("check")
        return check.input if isinstance(check, CheckPage) else None

    # Settings and faults

    def _change(self, name: str, value: object) -> None:
        try:
            settings = self._usecases.change_settings(**{name: value})
        except SecassistError as error:
            self.show_failure(error)
            return
        self.shown_page().show_strip(None)
        if name in {"theme", "text_percent", "language", "my_senders", "clock_offset"}:
            self.rebuild()
            return
        page = self._pages.get("settings")
        if self._two_factor is not None:
            self._two_factor.show_settings()
        show = getattr(page, "show_settings", None)
        if show is not None:
            show(settings)

    def _save_ledger(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.look.tr("Save list"), "secassist-questions.txt"
        )
        if not chosen:
            return
        try:
            Path(chosen).write_text(self._usecases.ledger_text(), "utf-8")
        except OSError as error:
            self.show_failure(error)

    def show_failure(self, error: Exception) -> None:
        """Say on the page that is shown that something failed."""
        strip, button = strip_for(self.look, error)
        if isinstance(error, SecassistError):
            button.set_label(self.look.tr("Go on"))
            button.activated.connect(lambda: self.shown_page().show_strip(None))
        else:
            button.activated.connect(
                lambda: QGuiApplication.clipboard().setText(fault_report(error))
            )
        self.shown_page().show_strip(strip)

    def close_down(self) -> None:
        """Stop what still runs; the window is not used after this."""
        self._jobs.stop()
        if self._two_factor is not None:
            self._two_factor.close()
        self._usecases.close()

    # Keys

    def _keys(self) -> None:
        for place, name in enumerate(PAGES, 1):
            self._key(f"Ctrl+{place}", partial(self.go, name))
        self._key("Ctrl+V", self.paste)
        self._key("Ctrl+O", self.choose_file)
        self._key("Ctrl+,", lambda: self.go("settings"))
        self._key("Esc", self._back)
        self._key("Ctrl+L", self._lock)
        self._key("Ctrl+F", lambda: self._with_stack(lambda stack: stack.go_to_search()))
        self._key("Ctrl+C", lambda: self._with_stack(lambda stack: stack.copy_selected()))
        self._key("F1", self._how_to)
        self._key("F6", self._next_pane)
        self._key("Return", self._main_button)
        self._key("Enter", self._main_button)

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _lock(self) -> None:
        if self._two_factor is not None:
            self._two_factor.lock()

    def _with_stack(self, act: Callable[[PageStack], None]) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, PageStack):
            act(shown)

    def _how_to(self) -> None:
        self.go("check")
        self.check.show_input()
        self.check.input.show_how_to()

    def _next_pane(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._sidebar.isAncestorOf(focused):
            page = self.shown_page()
            (page.first or page).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._sidebar.focus_current()

    def _main_button(self) -> None:
        """Enter presses the button that has the focus, else the filled one."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        elif isinstance(focused, QComboBox):
            focused.showPopup()
        elif isinstance(focused, QLineEdit):
            focused.editingFinished.emit()
            focused.returnPressed.emit()
        else:
            main = self.shown_page().main
            if main is not None:
                main.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt and not self._letters:
            self._show_letters(True)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self._show_letters(False)
        super().keyReleaseEvent(event)

    def _show_letters(self, shown: bool) -> None:
        self._letters = shown
        for button in self.findChildren(Button):
            button.show_letter(shown)

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if any(url.isLocalFile() for url in data.urls()) or data.hasText():
            event.acceptProposedAction()
            self._welcome(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._welcome(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._welcome(False)
        data = event.mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        event.acceptProposedAction()
        shown = self._stack.currentWidget()
        if files and isinstance(shown, PageStack) and shown.drop(files):
            return
        if files:
            self.check_file(files[0])
        elif data.hasText():
            self.check_text(data.text())

    def _welcome(self, welcoming: bool) -> None:
        for page in (self._pages.get("home"), self.check_input(), self._stack.currentWidget()):
            set_welcoming = getattr(page, "set_welcoming", None)
            if set_welcoming is not None:
                set_welcoming(welcoming)

    # Room

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

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._show_letters(False)
        super().changeEvent(event)
