"""Opening the window: what it needs from the system, which dress it wears, how it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from secassist.ui.places import PAGES
from secassist.ui.screen import has_screen, refuse, start_qt

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from secassist.ui.i18n import Spoken
    from secassist.ui.look import Look
    from secassist.ui.ports import Settings, UseCases
    from secassist.ui.window import Window


def run(
    page: str | None = None,
    file: Path | None = None,
    usecases: UseCases | None = None,
    *,
    data: Path | None = None,
) -> int:
    """Open the window on ``page`` (Home), checking ``file`` if there is one; the exit code.

    Without ``usecases`` on the real ones, with their settings in the folder ``data``.

    Where there is no screen, or a library of the system is missing, this is said in one line on
    stderr and the exit code is 2.
    """
    page = page or PAGES[0]
    if page not in PAGES:
        return refuse(f"there is no page “{page}”. Choose one of: {', '.join(PAGES)}.")
    if not has_screen():
        return refuse()
    try:
        application, window = make(usecases, data)
    except ImportError as error:
        return refuse(f"the window needs a part that this system lacks ({error}).")
    window.go(page)
    window.show()
    window.activateWindow()
    if file is not None:
        window.check_file(file)
    window.go_on_in_background()
    return finish(application, window)


def make(usecases: UseCases | None = None, data: Path | None = None) -> tuple[QApplication, Window]:
    """The application and its window, not shown yet; without ``usecases`` on the real ones."""
    # Imported here, so that a system without Qt's libraries gets a sentence, not a traceback.
    from PySide6.QtWidgets import QApplication

    from secassist.ui.imports import plain_imports

    plain_imports()
    from secassist.base.garbage import unsearched
    from secassist.ui.i18n import Spoken, language
    from secassist.ui.jobs import Jobs
    from secassist.ui.window import Window

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else start_qt()
    application.setApplicationName("secassist")
    application.setDesktopFileName("secassist")  # the window's name on Wayland
    with unsearched():  # as in ``dress.wear``: Qt walks over all widgets
        application.setStyle("Fusion")
    spoken = Spoken(language("en", catalogues()))
    if usecases is None:
        from secassist.usecases.desktop import Desktop

        usecases = Desktop(spoken.translate, data)
    window = Window(dresser(usecases.settings, spoken), usecases, Jobs(application))
    return application, window


def finish(application: QApplication, window: Window) -> int:
    """Run until the window is closed; failures in between are shown, never lost."""
    from secassist.ui.signals import closing_on_signals

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            window.show_failure(error)
        else:
            sys.__excepthook__(kind, error, trace)

    previous = sys.excepthook
    sys.excepthook = show
    try:
        with closing_on_signals(application):
            code = application.exec()
    finally:
        sys.excepthook = previous
        ended = window.close_down()
    if not ended:
        _leave(code)
    return code


def _leave(code: int) -> NoReturn:
    """End at once: Python would wait without a limit for the threads that did not end in time.

    What they write stands there whole or not at all, whenever they are stopped.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # there is none where a program has no console
            stream.flush()
    os._exit(code)


def dresser(settings: Callable[[], Settings], spoken: Spoken) -> Callable[[], Look]:
    """What makes a look out of the settings and of the system's own wishes; sets the language.

    ``SECASSIST_THEME``, ``SECASSIST_TEXT`` and ``SECASSIST_LANG`` go before the settings.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    from secassist.facts.assets import asset
    from secassist.ui.i18n import language
    from secassist.ui.look import Look
    from secassist.ui.theme import ThemeName, load_theme

    def theme_name(wanted: str) -> ThemeName:
        if wanted in set(ThemeName):
            return ThemeName(wanted)
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return ThemeName.CONTRAST
        dark = hints.colorScheme() is Qt.ColorScheme.Dark
        return ThemeName.DARK if dark else ThemeName.LIGHT

    def dress() -> Look:
        chosen = settings()
        text = os.environ.get("SECASSIST_TEXT", "")
        hints = QGuiApplication.styleHints()
        # From Qt 6.12 on the system says whether it wants less motion.
        wish = getattr(hints.accessibility(), "motionPreference", None)
        less_motion = wish is not None and wish().name == "ReducedMotion"
        spoken.now = language(
            os.environ.get("SECASSIST_LANG") or chosen.language or "en", catalogues()
        )
        return Look(
            load_theme(
                asset("theme.json"),
                theme_name(os.environ.get("SECASSIST_THEME") or chosen.theme),
                int(text) if text.isdecimal() else chosen.text_percent,
            ),
            spoken.now,
            less_motion,
        )

    return dress


def catalogues() -> Path:
    """The folder of the translations; it need not be there, English needs none."""
    from secassist.facts.assets import asset

    return asset("theme.json").parent / "locale"
