"""All parts of the window: fetched when they are first shown, locked together, running errands.

The watch over the open store is made when a part first sees it: what the desktop tells about
screen and sleep comes over D-Bus, which a window that only checks a mail need not load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from secassist.ui.fetching import fetch, is_here
from secassist.ui.jobs import Job, Jobs
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.pages.stack import PageStack
from secassist.ui.places import Place
from secassist.ui.ports import Settings, UseCases

if TYPE_CHECKING:
    from secassist.ui.guard import Guard
    from secassist.ui.part import Errand, Part


class Parts(QObject):
    """The parts that were shown so far, by the names of their places."""

    go_wanted = Signal(str)
    """Show this place: there is an errand for it."""
    arrived = Signal(str)
    """The pages of this place can be made, or are to be made anew."""
    settings_changed = Signal()
    counted = Signal(str, int)
    """How many things are open at a place."""
    noted = Signal(str, str, object)
    """A part has a note for the tray: headline, sentence, Errand."""
    store_open = Signal(bool)
    """The store was opened or closed in this window."""

    def __init__(self, window: QWidget, usecases: UseCases, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._usecases = usecases
        self._jobs = jobs
        self._parts: dict[str, Part] = {}
        self._errand: Errand | None = None
        self._guard: Guard | None = None

    def get(self, name: str) -> Part | None:
        """The part of the place ``name``; None until it was first shown."""
        return self._parts.get(name)

    def make_pages(self, place: Place, look: Look) -> Page | PageStack:
        """The pages of ``place``, or what stands there until its modules are fetched."""
        from secassist.ui.pages.arriving import ArrivingPage

        module = place.part.partition(":")[0]
        if place.arriving and not is_here(module):
            page = ArrivingPage(look, place.title, place.arriving)
            page.arrived.connect(lambda: self.arrived.emit(place.name))
            page.fetch(module, place.needs, self._jobs)
            return page
        return self._made(place).make_pages(look)

    def wake(self, place: Place, look: Look) -> None:
        """Have the part of ``place`` work, though nobody has been there yet."""
        if place.name not in self._parts:
            Job[None, None](self, lambda _: fetch(place.needs)).success(
                lambda _: self._made(place).wake(look)
            ).run(self._jobs)

    def _made(self, place: Place) -> Part:
        part = self._parts.get(place.name)
        if part is None:
            module, _, name = place.part.partition(":")
            kind: type[Part] = getattr(import_module(module), name)
            part = kind(self._window, self._usecases, self._jobs)
            self.adopt(place.name, part, counts=place.name)
        return part

    def adopt(self, name: str, part: Part, *, counts: str) -> None:
        """Take in a part under ``name``; what it counts is shown at the place ``counts``."""
        self._parts[name] = part
        part.errand.connect(self.send)
        part.noted.connect(self.noted)
        part.settings_changed.connect(self.settings_changed)
        part.renewed.connect(lambda: self.arrived.emit(name))
        part.store_seen.connect(self.see_store)
        part.lock_wanted.connect(lambda: self.lock(everywhere=True))
        part.counted.connect(lambda count: self.counted.emit(counts, count))

    def send(self, errand: Errand) -> None:
        """Have the place of ``errand`` shown; it is done as soon as the part is there."""
        self._errand = errand if errand.what else None
        self.go_wanted.emit(errand.place)

    def shown(self, name: str) -> None:
        """The place ``name`` is shown: its part takes the errand that waits for it."""
        part = self._parts.get(name)
        errand = self.errand_for(name) if part is not None else None
        if part is not None and errand is not None:
            part.take(errand)

    def errand_for(self, name: str) -> Errand | None:
        """The errand that waits for the place ``name``, if there is one; it no longer waits."""
        errand = self._errand
        if errand is None or errand.place != name:
            return None
        self._errand = None
        return errand

    @property
    def store_is_open(self) -> bool:
        """Whether the store was open when a part last looked."""
        return self._guard is not None and self._guard.is_open

    def lock(self, *, everywhere: bool) -> None:
        """Close the store; ``everywhere``: for other programs too.

        It is closed here, and not left to the parts: each of them may have no pages at the moment.
        """
        if self.store_is_open:
            keeper = self._usecases.keeper()
            Job(self, lambda _: keeper.lock(everywhere=everywhere)).success(
                lambda _: self.see_store(False)
            ).failure(self._locked_here_alone).run(self._jobs)
        for part in self._parts.values():
            part.lock(everywhere=everywhere)

    def _locked_here_alone(self, error: Exception) -> None:
        """It is closed here all the same; that it is open elsewhere, or not backed up, is told."""
        self.see_store(False)
        self._jobs.lost.emit(error)

    def show_settings(self, settings: Settings) -> None:
        """The settings were changed."""
        if self._guard is not None:
            self._guard.show_settings(settings)
        for part in self._parts.values():
            part.show_settings()

    def close(self) -> None:
        """The window closes."""
        for part in self._parts.values():
            part.close()

    def see_store(self, is_open: bool) -> None:
        """Somebody looked at the store: from now on it is watched over, or not any more."""
        if self._guard is None:
            from secassist.ui.guard import Guard

            self._guard = Guard(self._window, self._usecases.settings())
            self._guard.due.connect(lambda: self.lock(everywhere=False))
            self._guard.changed.connect(self._store_changed)
        self._guard.see(is_open)

    def _store_changed(self, is_open: bool) -> None:
        self.store_open.emit(is_open)
        if not is_open:  # closed by one part: the others show nothing of it any more
            self.lock(everywhere=False)
