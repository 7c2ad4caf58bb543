"""The flooded inbox in the window, for as long as the window is open, whatever dress it wears."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from secassist.base.errors import CouldNotFinish, SecassistError
from secassist.mailbox.scan import Progress
from secassist.ui import a11y
from secassist.ui.jobs import Job, Jobs
from secassist.ui.look import Look
from secassist.ui.mail_watch import WATCHED, MailWatch, note
from secassist.ui.pages.mailbox import MailboxPages
from secassist.ui.pages.mailbox_watch_flow import WatchFlow
from secassist.ui.part import Errand, Part, alive
from secassist.ui.places import PAGES
from secassist.usecases.mail_account import login
from secassist.usecases.mailboxes import News, Place
from secassist.usecases.scan_mailbox import Judged, Scanned

if TYPE_CHECKING:
    from secassist.ui.ports import UseCases
    from secassist.usecases.watch_desk import Told


class MailboxPart(Part):
    """What lasts: a reading that goes on, and what was found."""

    def __init__(self, window: QWidget, usecases: UseCases, jobs: Jobs) -> None:
        super().__init__(window, usecases, jobs)
        self._made: MailboxPages | None = None
        self._place: Place | None = None
        self._job: Job[News, Scanned] | None = None
        self._scanned: Scanned | None = None
        self._flow: WatchFlow | None = None
        self._look: Look | None = None
        self._told = 0
        """How much was told, and was not looked at yet."""
        self.watch = MailWatch(self, usecases.watch(), jobs)
        self.watch.told.connect(self._tell)
        self.watch.store_seen.connect(self.store_seen)
        if usecases.settings().watch_mail:
            self.watch.begin()

    def wake(self, look: Look) -> None:
        """Watch, though nobody has been here yet."""
        self._look = look

    def make_pages(self, look: Look) -> MailboxPages:
        """The pages in another dress; a reading goes on where it was."""
        pages = MailboxPages(
            look,
            has_thunderbird=self.usecases.mailboxes().has_thunderbird(),
            has_plans="plans" in PAGES,
            watches=self.usecases.settings().watch_mail,
        )
        flow = WatchFlow(pages, self.usecases.keeper(), self.watch, self.jobs)
        flow.left.connect(pages.show_found)
        flow.check_wanted.connect(lambda: self.errand.emit(Errand("check")))
        flow.changed.connect(self._watched_changed)
        flow.scan_wanted.connect(self.scan)
        flow.store_seen.connect(self.store_seen)
        pages.watch_wanted.connect(
            lambda: flow.start(self._offered(), in_tray=self.usecases.settings().tray)
        )
        self._look = look
        pages.path_chosen.connect(lambda path: self.scan(Place(path)))
        pages.thunderbird_chosen.connect(lambda: self.scan(Place()))
        pages.account_chosen.connect(self._scan_account)
        pages.cancelled.connect(self.cancel)
        pages.forgotten.connect(self._forget)
        pages.mail_opened.connect(self._open_mail)
        pages.plan_wanted.connect(self._start_plan)
        self._made, self._flow = pages, flow
        if self._scanned is not None:
            pages.show_scanned(self._scanned, pending=self._reads)
        elif self._reads:
            pages.show_reading()
        return pages

    def take(self, errand: Errand) -> None:
        """Takes ``watched``, about the id of a mailbox that is watched."""
        if errand.what == WATCHED:
            self._told = 0
            self.counted.emit(0)
            for watched in self.watch.desk.watched():
                if watched.id == errand.about:
                    self.scan(watched.place)

    def lock(self, *, everywhere: bool) -> None:
        """Locked by hand, no password stays in memory; else only the one to watch with does."""
        if self._pages is not None and self._flow is not None:
            self._flow.lock()
        if everywhere:
            self.watch.forget()
            if self._place is not None and self._place.login is not None:
                self._forget()
        elif self._place is not None:
            self._place = self._place.without_password()

    @property
    def _pages(self) -> MailboxPages | None:
        return alive(self._made)

    @property
    def _reads(self) -> bool:
        return self._job is not None and self._job.running

    # Reading

    def scan(self, place: Place) -> None:
        """Look into a mailbox."""
        self._stop()
        self._place, self._scanned = place, None
        if self._pages is not None:
            self._pages.show_reading()
        self._job = (
            Job(self, self._work(place))
            .progress(self._advance)
            .success(self._finished)
            .failure(self._failed)
            .run(self.jobs)
        )

    def _scan_account(self, address: str, host: str, password: str) -> None:
        try:
            self.scan(Place(login=login(address, host, password)))
        except SecassistError as error:
            if self._pages is not None:
                self._pages.refuse_account(error.sentence)

    def _work(
        self, place: Place
    ) -> Callable[[Callable[[News], None]], Coroutine[Any, Any, Scanned]]:
        return lambda tell: self.usecases.mailboxes().scan(place, tell)

    def cancel(self) -> None:
        """Stop reading."""
        self._stop()
        if self._pages is not None:
            a11y.announce(self._pages, self._pages.look.tr("The reading was stopped."))
        self._forget()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _advance(self, news: News) -> None:
        pages = self._pages
        if pages is None:
            return
        if isinstance(news, Progress):
            pages.show_progress(news)
        elif isinstance(news, Scanned):
            self._scanned = news
            pages.show_scanned(news, pending=True)
        elif self._scanned is not None:
            self._scanned = self._scanned.with_judged(news)
            pages.show_judged(news, self._scanned)

    def _finished(self, scanned: Scanned) -> None:
        self._job, self._scanned = None, scanned
        if self._pages is not None:
            self._pages.show_all_judged(scanned)

    def _failed(self, error: Exception) -> None:
        self._job = None
        pages, place = self._pages, self._place
        if pages is None:
            self.jobs.lost.emit(error)
            return
        if place is not None and place.login is not None and isinstance(error, SecassistError):
            pages.refuse_account(error.sentence)
        else:
            self._forget()
            pages.show_error(error)

    def _forget(self) -> None:
        self._stop()
        self._scanned = self._place = None
        if self._pages is not None:
            self._pages.show_start()

    # Watching

    def _offered(self) -> Place | None:
        if self._scanned is None or self._place is None or self._place.needs_password:
            return None
        return self._place

    def _with_password(self, place: Place) -> Place | None:
        """``place`` as it can be opened: after a lock the password may still be known to watch."""
        if not place.needs_password:
            return place
        watched = (each.place for each in self.watch.desk.watched())
        return next((each for each in watched if each.without_password() == place), None)

    def _watched_changed(self) -> None:
        """Whether anything is watched is known without the store, for the next start."""
        watches = bool(self.watch.desk.watched())
        if watches is not self.usecases.settings().watch_mail:
            self.usecases.change_settings(watch_mail=watches)
            self.settings_changed.emit()
        if self._pages is not None:
            self._pages.start.set_watches(watches)
        if watches:
            self.watch.begin()
        else:
            self.watch.end()

    def _tell(self, told: tuple[Told, ...]) -> None:
        self._told += len(told)
        self.counted.emit(self._told)
        if self._look is None:
            return
        headline, sentence, errand = note(self._look, told)
        self.noted.emit(headline, sentence, errand)
        if not self.usecases.settings().tray:
            self._notify(headline, sentence)
        if self._pages is not None:
            self._pages.show_note(headline, sentence, lambda: self.take(errand))

    def _notify(self, headline: str, sentence: str) -> None:
        """Without an icon in the tray the desktop is asked; where it shows nothing, the number in
        the navigation and the strip on the page have to do."""
        from secassist.usecases.notify import notify

        async def work() -> None:
            with suppress(CouldNotFinish):
                await asyncio.to_thread(notify, headline, sentence)

        Job[None, None](self, lambda _: work()).run(self.jobs)

    # Going on

    def _open_mail(self, judged: Judged) -> None:
        if self._place is None or self._pages is None:
            return
        place = self._with_password(self._place)
        if place is None:
            why = self._pages.look.tr("It was locked meanwhile. Please type it once more.")
            self._pages.ask_account(why)
            return
        Job(self._pages, lambda _: self.usecases.mailboxes().mail(place, judged.mail)).success(
            lambda data: self.errand.emit(Errand("check", "judge", data))
        ).failure(self._pages.show_error).run(self.jobs)

    def _start_plan(self) -> None:
        from secassist.plans.situation import Situation
        from secassist.usecases.plans import Begin, ToStart

        begin = Begin(Situation(flood=True), noticed_at=int(time.time()))
        self.errand.emit(Errand("plans", "start", ToStart("flood", begin)))

    def close(self) -> None:
        """The window closes."""
        self._stop()
