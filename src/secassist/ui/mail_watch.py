"""The watch over mailboxes while the program runs: when it looks, and what it says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from secassist.ui.jobs import Job, Jobs
from secassist.ui.look import Look
from secassist.ui.part import Errand

if TYPE_CHECKING:
    from secassist.usecases.watch_desk import Told, WatchDesk

EVERY_MS: Final = 15 * 60_000
AGAIN_MS: Final = 60_000
"""Until the store is open: what is to be watched stands in it. It is not opened by force."""
WATCHED: Final = "watched"
"""Look into a mailbox that is watched (errand for ``mailbox``; about: its id)."""


class MailWatch(QObject):
    """Looks every 15 minutes, from ``begin`` on."""

    looked = Signal()
    """Something may have changed in what is watched."""
    told = Signal(object)
    """What is worth a note, the most urgent first (tuple of Told)."""
    store_seen = Signal(bool)
    """The store was opened for what is watched."""

    def __init__(self, parent: QObject, desk: WatchDesk, jobs: Jobs) -> None:
        super().__init__(parent)
        self.desk = desk
        self._jobs = jobs
        self._job: Job[bool, tuple[Told, ...] | None] | None = None
        self._seen_open = False
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look now, and every 15 minutes."""
        self.timer.start(EVERY_MS)
        self.look()

    def end(self) -> None:
        """Nothing is watched any more."""
        self.timer.stop()

    def look(self) -> None:
        """Look, unless that is being done."""
        if self._job is None:
            self._job = (
                Job[bool, "tuple[Told, ...] | None"](self, self._work)
                .progress(self.store_seen.emit)
                .success(self._seen)
                .failure(self._failed)
                .run(self._jobs)
            )

    def forget(self) -> None:
        """The store was locked by hand: nothing of it stays in memory."""
        self.desk.forget()
        self._seen_open = False
        if self.timer.isActive():
            self.timer.start(AGAIN_MS)

    async def _work(self, seen: Callable[[bool], None]) -> tuple[Told, ...] | None:
        if not self.desk.is_loaded:
            is_open = await self.desk.load()
            seen(is_open)  # before the look, which may take minutes: from here on it is guarded
            if not is_open:
                return None
        return await self.desk.look()

    def _seen(self, told: tuple[Told, ...] | None) -> None:
        self._job = None
        if self.timer.isActive():
            self.timer.start(AGAIN_MS if told is None else EVERY_MS)
        if told is None:
            return
        if not self._seen_open:
            self._seen_open = True  # what is watched was read out of it just now
            self.store_seen.emit(True)
        self.looked.emit()
        if told:
            self.told.emit(told)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._jobs.lost.emit(error)


def note(look: Look, told: tuple[Told, ...]) -> tuple[str, str, Errand]:
    """Headline and sentence of the one note about all of it, without names; where it leads."""
    first = told[0]
    kind, count = first.alert.about.value, first.alert.count
    if kind == "flood":
        headline = look.tr("Your inbox is being flooded")
        sentence = look.tr("Please delete nothing yet.")
        if count:
            matter = look.plural(
                "{count} mail in it matters.", "{count} mails in it matter.", count
            )
            sentence = f"{matter} {sentence}"
    elif kind == "changed":
        headline = look.tr("A real mail says that something was changed")
        sentence = look.tr("Was it you? If not, look into it now.")
    else:
        headline = look.plural("A fake mail came in", "{count} fake mails came in", count)
        sentence = look.tr("It uses a name that you know. Do not click in it.")
    return headline, sentence, Errand("mailbox", WATCHED, first.watched.id)
