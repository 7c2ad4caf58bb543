"""The picture code: read from the screen, a file, the clipboard, or typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from secassist.base.errors import SecassistError, UnusableInput
from secassist.ui.pages.setup_bring import BringPage
from secassist.ui.pages.storing import Storing
from secassist.ui.screen_picture import Grey, as_png, can_read_screens, screens

if TYPE_CHECKING:
    from secassist.usecases.keeper import Keeper
    from secassist.usecases.setup import Candidate

MAX_FILE: Final = 32 * 1024 * 1024
_ASIDE_MS: Final = 400
"""How long the window steps aside, so that what lies behind it can be seen."""


class PictureReader:
    """Reads for one page, and gives on what accounts were found."""

    def __init__(
        self,
        page: BringPage,
        keeper: Keeper,
        storing: Storing,
        take: Callable[[tuple[Candidate, ...]], None],
    ) -> None:
        self._page = page
        self._look = page.look
        self._keeper = keeper
        self._storing = storing
        self._take = take

    def choose_file(self) -> None:
        """Let the person choose a picture."""
        tr = self._look.tr
        kinds = "*.png *.jpg *.jpeg *.gif *.webp *.bmp *.tif"
        chosen, _ = QFileDialog.getOpenFileName(
            self._page,
            tr("Open a picture"),
            "",
            f"{tr('Pictures')} ({kinds});;{tr('All files')} (*)",
        )
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Read the picture code in a file."""

        def contents() -> bytes:
            try:
                with path.open("rb") as file:
                    return file.read(MAX_FILE + 1)
            except OSError as error:
                raise UnusableInput(
                    self._look.tr("The file could not be read: {why}.", why=error.strerror)
                ) from error

        async def read() -> tuple[str, ...]:
            return await self._keeper.read_picture(await asyncio.to_thread(contents))

        self._read(read)

    def paste(self) -> None:
        """Take the picture, the link or the letters that were copied."""
        # There is none where nobody ever copied anything, whatever the stub says.
        data = QGuiApplication.clipboard().mimeData() or QMimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        picture = QGuiApplication.clipboard().image() if data.hasImage() else None
        if picture is not None and not picture.isNull():
            png = as_png(picture)
            self._read(lambda: self._keeper.read_picture(png))
        elif files:
            self.read_file(files[0])
        elif data.text().strip():
            self.take_typed(data.text())
        else:
            self._say_nothing_found(self._look.tr("Nothing was copied yet."))

    def read_screen(self) -> None:
        """Look at all screens; once more without this window where nothing was found.

        Where a program may not look just like that, the desktop takes the picture.
        """
        if not can_read_screens():
            self._read(self._keeper.read_by_portal)
            return
        seen = screens()

        def found(texts: tuple[str, ...]) -> None:
            if texts:
                self._take_texts(texts)
            else:
                self._step_aside()

        self._storing.run(lambda: self._read_screens(seen), found, self._not_read, page=self._page)

    def _step_aside(self) -> None:
        window = self._page.window()
        state = window.windowState()
        window.showMinimized()

        def look() -> None:
            seen = screens()
            window.setWindowState(state)
            window.activateWindow()
            self._read(lambda: self._read_screens(seen))

        QTimer.singleShot(_ASIDE_MS, self._page, look)

    async def _read_screens(self, seen: list[Grey]) -> tuple[str, ...]:
        texts: list[str] = []
        for one in seen:
            size = (one.width, one.height)
            texts += await self._keeper.read_screen(one.pixels, size, one.stride)
        return tuple(dict.fromkeys(texts))

    def _read(self, read: Callable[[], Coroutine[Any, Any, tuple[str, ...]]]) -> None:
        self._storing.run(read, self._take_texts, self._not_read, page=self._page)

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, SecassistError):
            self._say_nothing_found(self._look.tr(error.sentence))
        else:
            self._storing.show_error(error)

    def _say_nothing_found(self, sentence: str) -> None:
        self._page.say(self._look.tr("We see no picture code there."), sentence)

    def _take_texts(self, texts: tuple[str, ...]) -> None:
        tr = self._look.tr
        if not texts:
            self._say_nothing_found(
                tr("Make it larger, so that all of it and a white edge can be seen.")
            )
            return
        try:
            found = self._keeper.candidates(texts)
        except SecassistError as error:
            self._say_nothing_found(self._look.tr(error.sentence))
            return
        self._take(found)

    def take_typed(self, text: str) -> None:
        """Take a link or letters."""
        try:
            found = self._keeper.candidates([text])
        except SecassistError as error:
            self._page.complain(self._look.tr(error.sentence))
            return
        self._take(found)
