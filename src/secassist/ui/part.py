"""What lies behind a place of the navigation, for as long as the window is open.

Pages go and come with the dress of the window; a part stays: it keeps what must not be lost. Parts
do not know each other. Where one needs another it sends an errand, which the window carries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from secassist.ui.jobs import Jobs
from secassist.ui.look import Look
from secassist.ui.pages.page import Page
from secassist.ui.pages.stack import PageStack
from secassist.ui.ports import UseCases

Pages = TypeVar("Pages", bound=QWidget)


def alive(pages: Pages | None) -> Pages | None:
    """``pages``, unless they went with a dress of the window and were not made anew yet."""
    return pages if pages is not None and isValid(pages) else None


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that is done at another place: go there, and do it."""

    place: str
    """The name of the place, e.g. ``two-factor``."""
    what: str = ""
    """What to do there, e.g. ``set-up``; empty: only go there. Each part lists what it takes."""
    about: object = None
    """What it is about, as plain values, e.g. the id of an organisation."""
    then: Errand | None = None
    """What to do when it is done, e.g. go on with the plan that it is a step of."""


class Part(QObject):
    """One part of the window. Subclasses make the pages, and keep what outlives them."""

    errand = Signal(object)
    """Something is to be done at another place (Errand)."""
    settings_changed = Signal()
    """Settings were changed here: everything that goes by them has to hear of it."""
    renewed = Signal()
    """Its pages are out of date: they are to be made anew."""
    store_seen = Signal(bool)
    """The store was looked at: whether it is open."""
    lock_wanted = Signal()
    """The person locks by hand: everything is closed, here and elsewhere."""
    counted = Signal(int)
    """How many things are open here, for the navigation; 0: none."""
    noted = Signal(str, str, object)
    """To be told in the tray: headline, sentence (no names), and where it leads (Errand)."""

    def __init__(self, window: QWidget, usecases: UseCases, jobs: Jobs) -> None:
        super().__init__(window)
        self.window = window
        self.usecases = usecases
        self.jobs = jobs

    def make_pages(self, look: Look) -> Page | PageStack:
        """The pages, in another dress than before; what was begun goes on where it was."""
        raise NotImplementedError

    def wake(self, look: Look) -> None:
        """Work, though the pages were not shown yet."""

    def take(self, errand: Errand) -> None:
        """Do an errand. The pages were made and are shown."""

    def lock(self, *, everywhere: bool) -> None:
        """The store is being closed: show nothing of it; ``everywhere``: for other programs too.

        The pages may be gone, see ``alive``.
        """

    def show_settings(self) -> None:
        """The settings were changed."""

    def close(self) -> None:
        """The window closes."""
