"""What goes on while nobody looks: the icon in the tray, checks by themselves, and their notes.

All of it is off until a person switches it on. Nothing here opens a store that was locked.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from secassist.base.errors import SecassistError
from secassist.ui.jobs import Job, Jobs
from secassist.ui.part import Errand
from secassist.ui.tray import Tray, tray_is_there

if TYPE_CHECKING:
    from secassist.passwords.notes import Note
    from secassist.ui.ports import UseCases
    from secassist.ui.window import Window

_FIRST_MS: Final = 120_000
_EVERY_MS: Final = 15 * 60_000
PASSWORDS: Final = Errand("passwords", "first")


class Background(QObject):
    """Belongs to one window, for as long as the program runs."""

    def __init__(self, window: Window, usecases: UseCases, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._usecases = usecases
        self._jobs = jobs
        self._tray: Tray | None = None
        self._quitting = False
        self._looking = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY_MS)
        QTimer.singleShot(_FIRST_MS, self, self.look)
        window.parts.settings_changed.connect(self.show_settings)
        window.parts.store_open.connect(self._show_lock)
        window.parts.noted.connect(self.tell)
        window.dressed.connect(self._dress)
        window.installEventFilter(self)
        self.show_settings()

    @property
    def tray(self) -> Tray | None:
        """The icon; None while it is not wanted, or where there is no place for it."""
        return self._tray

    # The icon

    def show_settings(self) -> None:
        """The settings were changed: the icon comes or goes."""
        wanted = self._usecases.settings().tray and tray_is_there()
        if wanted and self._tray is None:
            self._tray = self._made()
        elif not wanted and self._tray is not None:
            self._tray.icon.hide()
            self._tray.deleteLater()
            self._tray = None
        application = QGuiApplication.instance()
        if isinstance(application, QApplication):
            application.setQuitOnLastWindowClosed(self._tray is None)

    def _made(self) -> Tray:
        window = self._window
        tray = Tray(window.look, self)
        tray.check_copied.connect(self._check_copied)
        tray.look_for_leaks.connect(lambda: self._go(Errand("passwords", "leaks")))
        tray.open_wanted.connect(self._open)
        tray.lock_wanted.connect(window.lock)
        tray.quit_wanted.connect(self._quit)
        tray.note_clicked.connect(self._go)
        tray.show_lock(window.parts.store_is_open)
        tray.icon.show()
        return tray

    def _dress(self) -> None:
        """The language or the colours are others; the colours also where only the system's are."""
        if self._tray is not None:
            self._tray.show_in(self._window.look)

    def _show_lock(self, is_open: bool) -> None:
        if self._tray is not None:
            self._tray.show_lock(is_open)

    def _open(self) -> None:
        self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def _check_copied(self) -> None:
        self._open()
        self._window.paste()

    def _go(self, errand: Errand) -> None:
        self._open()
        self._window.parts.send(errand)

    def _quit(self) -> None:
        self._quitting = True
        QApplication.quit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the window leaves the icon, unless the program or the session ends."""
        if watched is self._window and event.type() is QEvent.Type.Close:
            application = QGuiApplication.instance()
            saving = isinstance(application, QApplication) and application.isSavingSession()
            if self._tray is not None and not self._quitting and not saving:
                event.ignore()
                self._window.hide()
                return True
        return super().eventFilter(watched, event)

    # Checks by themselves

    def look(self) -> None:
        """Look at passwords again where it is time; who is told hears only of what is new."""
        usecases = self._usecases
        if usecases.settings().watch_mail:
            self._window.wake("mailbox")
        if self._looking or not usecases.watches_passwords():
            return
        self._looking = True

        async def work() -> bool:
            import asyncio  # on the thread of the jobs, which has it by then

            # Away from the window's thread, for it may be the first to need them.
            await asyncio.to_thread(import_module, "secassist.usecases.passwords_watch")
            watch = usecases.passwords_watch()
            return await watch.look_if_due(usecases.settings(), self._tell_note)

        Job(self, lambda _: work()).success(self._looked).failure(self._failed).run(self._jobs)

    def _looked(self, done: bool) -> None:
        self._looking = False
        if done:  # for that the store was opened, perhaps before any page looked at it
            self._window.parts.see_store(True)

    def _failed(self, error: Exception) -> None:
        self._looking = False
        # What failed is tried again in a quarter of an hour: it is no news for a person. A fault
        # of ours is.
        if not isinstance(error, SecassistError):
            self._jobs.lost.emit(error)

    async def _tell_note(self, note: Note) -> bool:
        """Show it; False: it could not be shown, and stays new."""
        tr = self._window.look.tr
        headline, sentence = tr(note.headline), tr(note.sentence)
        if self._tray is not None:
            self._jobs.deliver(lambda: self.tell(headline, sentence, PASSWORDS))
            return True
        import asyncio

        from secassist.base.errors import CouldNotFinish
        from secassist.usecases.notify import notify

        try:
            await asyncio.to_thread(notify, headline, sentence)
        except CouldNotFinish:
            return False
        return True

    def tell(self, headline: str, sentence: str, about: Errand) -> None:
        """Show a note in the tray; nothing where there is none."""
        if self._tray is not None:
            self._tray.tell(headline, sentence, about)
