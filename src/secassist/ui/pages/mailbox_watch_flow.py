"""Watching mailboxes: the store is opened or made first, for that is where they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from secassist.ui import a11y
from secassist.ui.mail_watch import MailWatch
from secassist.ui.pages.mailbox_watch import MailboxWatchPage
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.store_door import StoreDoor
from secassist.ui.pages.storing import Storing

if TYPE_CHECKING:
    from secassist.ui.jobs import Jobs
    from secassist.usecases.keeper import Keeper, View
    from secassist.usecases.mailboxes import Place


class WatchFlow(QObject):
    """The pages about what is watched, in the stack of the mailbox."""

    left = Signal()
    """Back to where the person came from."""
    check_wanted = Signal()
    changed = Signal()
    """What is watched was changed."""
    scan_wanted = Signal(object)
    """Show what is in this mailbox (Place)."""
    store_seen = Signal(bool)

    def __init__(self, stack: PageStack, keeper: Keeper, watch: MailWatch, jobs: Jobs) -> None:
        super().__init__(stack)
        self._stack = stack
        self._keeper = keeper
        self._watch = watch
        self._storing = Storing(stack, keeper, jobs)
        self._offered: Place | None = None
        self.in_tray = False
        self._door = StoreDoor(
            stack,
            keeper,
            self._storing,
            name=stack.look.tr("Flooded inbox"),
            unlocked=self._viewed,
            refresh=self._look,
            check=self.check_wanted.emit,
        )
        watch.looked.connect(self._show_again)

    def start(self, offered: Place | None, *, in_tray: bool) -> None:
        """Show what is watched, and offer to watch one more."""
        self._offered, self.in_tray = offered, in_tray
        self._look()

    def lock(self) -> None:
        """The store is being closed: what is watched stands in it, and so may a password."""
        if self._offered is not None and self._offered.login is not None:
            self._offered = None
        if isinstance(self._stack.currentWidget(), MailboxWatchPage):
            self.left.emit()

    def _look(self) -> None:
        self._storing.run(self._keeper.view, self._viewed, self._stack.show_error)

    def _viewed(self, view: View) -> None:
        self.store_seen.emit(view.state.value == "open")
        if view.state.value == "none":
            self._show()
        elif view.state.value == "open":
            self._storing.run(self._watch.desk.load, lambda _: self._show(), self._stack.show_error)
        else:
            self._door.show(view)

    def _show(self) -> None:
        desk = self._watch.desk
        page = MailboxWatchPage(
            self._stack.look, desk.watched(), self._offered, in_tray=self.in_tray
        )
        page.back.connect(self.left)
        page.add_wanted.connect(self._add)
        page.stop_wanted.connect(self._stop)
        page.look_wanted.connect(self._scan)
        self._stack.show_page(page)

    def _show_again(self) -> None:
        """A look is over: its time, or what went wrong, is shown."""
        page = self._stack.currentWidget()
        if isinstance(page, MailboxWatchPage) and not page.isAncestorOf(
            self._stack.window().focusWidget() or self._stack
        ):
            self._show()

    def _add(self) -> None:
        place, desk = self._offered, self._watch.desk
        if place is None:
            return

        def added(_: object) -> None:
            look = self._stack.look
            a11y.announce(self._stack, look.tr("{name} is watched", name=place.name))
            self.store_seen.emit(True)
            self.changed.emit()
            self._show()

        self._storing.keep(lambda: desk.add(place), added, self._stack.show_error)

    def _stop(self, id_: str) -> None:
        def stopped(_: object) -> None:
            self.changed.emit()
            self._show()

        desk = self._watch.desk
        self._storing.run(lambda: desk.remove(id_), stopped, self._stack.show_error)

    def _scan(self, id_: str) -> None:
        for watched in self._watch.desk.watched():
            if watched.id == id_:
                self.scan_wanted.emit(watched.place)
