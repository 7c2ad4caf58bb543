"""The guided set-up in the window: from each moment to its screen, and from each click to a move.

The moments are those of ``twofactor.setup``; whatever has to last is written by ``usecases.setup``
before the next screen is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from secassist.base.errors import UnusableInput
from secassist.facts import site_search
from secassist.facts.sites import sites
from secassist.store.states import StoreClosed
from secassist.twofactor import clock
from secassist.twofactor import setup as guide
from secassist.twofactor.repository import Saved
from secassist.twofactor.setup import Setup, Step
from secassist.ui import a11y
from secassist.ui.clipboard import SecretClipboard
from secassist.ui.pages.clock_watch import ClockWatch
from secassist.ui.pages.setup_bring import BringPage, LookedAtPage, PickPage
from secassist.ui.pages.setup_parts import SetupPage
from secassist.ui.pages.setup_reading import PictureReader
from secassist.ui.pages.setup_site import SitePage, WherePage
from secassist.ui.pages.setup_spare import DonePage, PrivateWindowPage, SparePage
from secassist.ui.pages.setup_spare_codes import print_out, read_from_file
from secassist.ui.pages.setup_try import TroublePage, TryPage
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.storing import Storing
from secassist.ui.screen_picture import can_read_screens
from secassist.usecases import setup as guided
from secassist.usecases import twofactor
from secassist.usecases.setup import Candidate

if TYPE_CHECKING:
    from secassist.store.vault import Vault
    from secassist.usecases.keeper import Keeper


class SetupFlow:
    """One set-up, as long as it goes on."""

    def __init__(
        self,
        stack: PageStack,
        keeper: Keeper,
        storing: Storing,
        clipboard: SecretClipboard,
        clock_watch: ClockWatch,
    ) -> None:
        self._stack = stack
        self._look = stack.look
        self._keeper = keeper
        self._storing = storing
        self._clipboard = clipboard
        self._clock = clock_watch
        self.setup: Setup | None = None
        """The moment; None while no set-up goes on."""
        self._saved: Saved | None = None
        self._reader: PictureReader | None = None
        self._clock_is_right = False
        """It was compared and corrected, so what the system says of it does not matter."""
        self.leads_on = False
        """Something else goes on when the set-up is done."""
        self.ended: Callable[[Saved | None], None] = lambda saved: None
        """Called when the set-up is left or done; with the account where its page is wanted."""

    def start(self, setup: Setup | None = None) -> None:
        """Begin a set-up, or go on with one that was begun."""
        self.setup = setup or guide.start()
        if self.setup.is_saved:
            self._reload()
        else:
            self.show()

    def put_by(self) -> Setup | None:
        """Where it stands, to go on after the codes were locked; without any secret."""
        setup, self.setup, self._saved = self.setup, None, None
        if setup is None or setup.step is Step.DONE:
            return None
        return guide.back(setup) if setup.step is Step.CHECK else setup

    # Screens

    def show(self) -> None:
        """Show the screen of this moment."""
        if self.setup is None:
            return
        page = self._screen(self.setup)
        page.leave.connect(self.leave)
        page.back.connect(self._back if page.can_go_back else self.leave)
        self._stack.show_page(page)

    def _screen(self, setup: Setup) -> SetupPage:
        make: dict[Step, Callable[[Setup], SetupPage]] = {
            Step.SITE: self._site,
            Step.WHERE: self._where,
            Step.PICTURE: self._bring,
            Step.CHECK: self._looked_at,
            Step.TRY: self._try,
            Step.TROUBLE: self._trouble,
            Step.SPARE: self._spare,
            Step.PRIVATE_WINDOW: self._private_window,
            Step.DONE: self._done,
        }
        return make[setup.step](setup)

    def _move(self, move: Callable[[Setup], Setup]) -> None:
        """A move that needs nothing from the store."""
        if self.setup is not None:
            self.setup = move(self.setup)
            self.show()
            self._note(self.setup)

    def _note(self, setup: Setup) -> None:
        """So that a crash loses nothing but the last click, in an open store.

        Where there is none yet, there is nothing to lose but the name of the site.
        """
        if setup.step is not Step.SITE:
            self._storing.run(
                lambda: self._keeper.change(lambda vault: guided.keep(vault, setup)),
                lambda _: None,
                self._unless_closed(lambda: None),
            )

    def _unless_closed(self, then: Callable[[], None]) -> Callable[[Exception], None]:
        """A store that does not open is no reason to stop here; other faults are said."""

        def failed(error: Exception) -> None:
            if isinstance(error, StoreClosed):
                then()
            else:
                self._stack.show_error(error)

        return failed

    def _write(self, write: Callable[[Vault, Setup], Setup]) -> None:
        """A move that is on disk before its screen is shown."""
        setup = self.setup
        if setup is None:
            return

        def work(vault: Vault) -> tuple[Setup, Saved | None]:
            after = write(vault, setup)
            return after, _of(vault, after)

        self._storing.keep(lambda: self._keeper.change(work), self._written, self._stack.show_error)

    def _written(self, outcome: tuple[Setup, Saved | None]) -> None:
        self.setup, self._saved = outcome
        self.show()

    def _reload(self) -> None:
        self._write(guided.keep)

    def _back(self) -> None:
        self._move(lambda setup: guide.back(setup) if setup.can_go_back else setup)

    def leave(self) -> None:
        """Stop here. What is saved stays, and the set-up can be taken up again."""
        setup, self.setup = self.setup, None
        if setup is None or setup.step in (Step.SITE, Step.DONE):
            self.ended(None)
            return
        self._storing.run(
            lambda: self._keeper.change(lambda vault: guided.stop(vault, setup)),
            lambda _: self.ended(None),
            self._unless_closed(lambda: self.ended(None)),
        )

    # Site

    def _site(self, setup: Setup) -> SetupPage:
        page = SitePage(self._look)
        page.chosen.connect(self._choose)

        async def fetch() -> tuple[str, ...]:
            await asyncio.to_thread(site_search.places)
            return sites().credits

        self._storing.run(
            fetch,
            lambda thanks: page.set_search(site_search.find, thanks),
            self._stack.show_error,
            page=page,
        )
        return page

    def _choose(self, chosen: object) -> None:
        def move(setup: Setup) -> Setup:
            if isinstance(chosen, site_search.Place):
                return guide.choose_site(setup, chosen.name, chosen.domain)
            return guide.choose_site(setup, str(chosen))

        self._move(move)

    def _where(self, setup: Setup) -> SetupPage:
        place = site_search.place_at(setup.site) if setup.site else None
        page = WherePage(self._look, setup.site_name, place)
        page.found.connect(lambda: self._move(guide.found_it))
        page.help_wanted.connect(self._open_help)
        return page

    def _open_help(self, address: str) -> None:
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if url.scheme() != "https" or not QDesktopServices.openUrl(url):
            a11y.announce(
                self._stack, self._look.tr("This address could not be opened."), urgent=True
            )

    # The picture code

    def _bring(self, setup: Setup) -> SetupPage:
        page = BringPage(self._look, setup.site_name, asks_first=not can_read_screens())
        reader = PictureReader(page, self._keeper, self._storing, self._take)
        page.screen_wanted.connect(reader.read_screen)
        page.file_wanted.connect(reader.choose_file)
        page.paste_wanted.connect(reader.paste)
        page.typed.connect(reader.take_typed)
        self._reader = reader
        return page

    @property
    def takes_pictures(self) -> bool:
        """Whether a picture that is dropped or pasted now is the picture code."""
        return isinstance(self._stack.currentWidget(), BringPage)

    @property
    def reader(self) -> PictureReader | None:
        """What reads the picture code, while one is waited for."""
        return self._reader if self.takes_pictures else None

    def _take(self, found: tuple[Candidate, ...]) -> None:
        if len(found) == 1:
            self._look_at(found[0])
            return
        page = PickPage(self._look, found)
        page.leave.connect(self.leave)
        page.back.connect(self.show)
        page.picked.connect(self._look_at)
        self._stack.show_page(page)

    def _look_at(self, candidate: Candidate) -> None:
        setup = self.setup
        if setup is None:
            return

        def looked_at(after: Setup) -> None:
            self.setup = after
            if after.remarks:
                self.show()
            else:
                self._save()

        self._storing.run(
            lambda: self._keeper.read_in(setup, candidate), looked_at, self._stack.show_error
        )

    def _looked_at(self, setup: Setup) -> SetupPage:
        page = LookedAtPage(self._look, setup)
        page.keep_wanted.connect(self._save)
        return page

    def _save(self) -> None:
        self._write(guided.save)

    # The first code

    def _account(self) -> Saved:
        if self._saved is None:
            raise UnusableInput("This account is no longer there.")
        return self._saved

    def _try(self, setup: Setup) -> SetupPage:
        page = TryPage(self._look, self._keeper, self._account(), setup.site_name)
        page.copied.connect(self._clipboard.copy)
        page.next_wanted.connect(lambda saved: self._count_up(page, saved))
        page.took.connect(lambda: self._write(guided.site_took_it))
        page.refused.connect(lambda: self._move(guide.refused))
        self._look_at_clock(page)
        return page

    def _trouble(self, setup: Setup) -> SetupPage:
        cause = setup.cause or guide.Cause.TOO_LATE
        page = TroublePage(self._look, self._keeper, self._account(), cause, setup.site_name)
        page.copied.connect(self._clipboard.copy)
        page.next_wanted.connect(lambda saved: self._count_up(page, saved))
        page.again.connect(lambda: self._move(guide.try_again))
        page.refused.connect(lambda: self._move(guide.refused))
        page.new_picture.connect(lambda: self._move(guide.new_picture))
        page.other_device.connect(lambda typed: self._compare_with_device(page, typed))
        if cause is guide.Cause.CLOCK:
            self._look_at_clock(page)
        else:
            self._clock.watch(page.clock, self._clock_is_set)
        page.give_up.connect(self._discard)
        return page

    def _count_up(self, page: TryPage | TroublePage, saved: Saved) -> None:
        self._storing.run(
            lambda: self._keeper.next_code(saved),
            page.row.show_code,
            self._stack.show_error,
            page=page,
        )

    def _look_at_clock(self, page: TryPage | TroublePage) -> None:
        """Say what the system knows of its clock, unless that was put right here."""
        self._clock.watch(page.clock, self._clock_is_set)
        if not self._clock_is_right:
            self._clock.ask_system(page, page.show_service)

    def _clock_is_set(self) -> None:
        self._clock_is_right = True
        if self.setup is not None and self.setup.step is Step.TROUBLE:
            self._move(guide.try_again)
        else:
            self.show()

    def _compare_with_device(self, page: TroublePage, typed: str) -> None:
        offset = clock.from_other_device(self._account().account, typed, self._keeper.now())
        if offset is None:
            page.complain(
                self._look.tr("This code is none of the last or next minutes. Is it this account?")
            )
            return
        from secassist.usecases import clock as comparing

        page.clock.show_compared(comparing.in_words(offset, self._look.tr))

    def _discard(self) -> None:
        setup, self.setup = self.setup, None
        if setup is not None:
            self._storing.run(
                lambda: self._keeper.change(lambda vault: guided.discard(vault, setup)),
                lambda _: self.ended(None),
                self._stack.show_error,
            )

    # The end

    def _spare(self, setup: Setup) -> SetupPage:
        page = SparePage(self._look, setup.site_name)
        page.file_wanted.connect(lambda: read_from_file(page, self._stack.show_error))
        page.print_wanted.connect(lambda text: print_out(page, setup.site_name, text))
        page.kept.connect(lambda place, text: self._keep_spare_codes(page, place, text))
        return page

    def _keep_spare_codes(self, page: SparePage, place: str, text: str) -> None:
        try:
            codes = guide.parse_spare_codes(text) if place == "here" else ()
        except UnusableInput as error:
            page.complain(self._look.tr(error.sentence))
            return
        self._write(lambda vault, setup: guided.keep_spare_codes(vault, setup, codes, place))

    def _private_window(self, setup: Setup) -> SetupPage:
        page = PrivateWindowPage(self._look, setup.site_name)
        now = self._keeper.now
        page.worked.connect(
            lambda: self._write(lambda vault, setup: guided.finish(vault, setup, now()))
        )
        return page

    def _done(self, setup: Setup) -> SetupPage:
        page = DonePage(self._look, setup.site_name, leads_on=self.leads_on)
        page.to_codes.connect(self.leave)
        page.second_device.connect(self._show_second_device)
        return page

    def _show_second_device(self) -> None:
        self.setup = None
        self.ended(self._saved)


def _of(vault: Vault, setup: Setup) -> Saved | None:
    found = twofactor.entries(vault)
    return next((saved for saved in found if saved.id == setup.account_id), None)
