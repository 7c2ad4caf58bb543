"""From one account to the next: which page follows which while accounts are put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from secassist.base.errors import SecassistError
from secassist.ui import a11y
from secassist.ui.clipboard import SecretClipboard
from secassist.ui.look import Look
from secassist.ui.opening import open_to_change
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_fix import CHANGE, TICK, WORDS, FixCard
from secassist.ui.pages.passwords_keepers import KeepersPage
from secassist.ui.pages.passwords_words import account_name, names, relation
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.storing import Storing
from secassist.ui.ports import UseCases
from secassist.usecases import fixing
from secassist.usecases.passwords_desk import breaches_of

if TYPE_CHECKING:
    from secassist.passwords.findings import Audited
    from secassist.usecases.fixing import Outcome
    from secassist.usecases.passwords_known import Desk, Ticked


class FixingFlow:
    """Puts accounts right for the pages of passwords."""

    def __init__(
        self,
        stack: PageStack,
        usecases: UseCases,
        storing: Storing,
        clipboard: SecretClipboard,
        *,
        shown: Callable[[Desk], None],
        back: Callable[[], None],
        remembered: Callable[[Callable[[], None]], None],
        set_up: Callable[[str], None],
        leave_out: Callable[[Audited], None],
        done: Callable[[], None],
    ) -> None:
        """``shown``: show this desk; ``back``: show the report again; ``remembered``: do this
        once everything is remembered; ``set_up``: two-step sign-in for a site; ``done``: an
        account was put right."""
        self._stack = stack
        self._look = stack.look
        self._usecases = usecases
        self._desk = usecases.passwords()
        self._storing = storing
        self._clipboard = clipboard
        self._shown = shown
        self._back = back
        self._remembered = remembered
        self._set_up = set_up
        self._leave_out = leave_out
        self._done = done

    def show(self, account: Audited, source: str) -> PasswordAccountPage:
        """Show the page of an account. ``source``: the program that its list came from."""
        page = PasswordAccountPage(
            self._look,
            account,
            fixing.change_address(account.site),
            self._usecases.settings().keeps_in,
            datetime.now(UTC),
            suggested=source,
        )
        page.back.connect(self._back)
        page.leave_out_wanted.connect(lambda: self._leave_out(account))
        page.not_changed.connect(lambda: self._take_back(account))
        page.forget_wanted.connect(lambda: self._forget(account))
        self._stack.show_page(page, enter=False)
        self._wire(page, page.start())
        page.enter()
        return page

    def _wire(self, page: PasswordAccountPage, fix: FixCard | None) -> None:
        if fix is None:
            return
        account = page.account
        fix.keeper_chosen.connect(lambda keeper: self._keep_in(page, keeper))
        fix.help_wanted.connect(lambda: self._help_to_choose(page))
        fix.password_wanted.connect(lambda kind: self._make(fix, kind))
        fix.copied.connect(self._clipboard.copy)
        fix.open_wanted.connect(lambda: self._open(page))
        fix.moved.connect(lambda step: self._wire(page, page.show_step(step)))
        fix.typed.connect(lambda typed: self._tick_off(page, fix, typed))
        fix.changed.connect(lambda: self._changed(account))
        fix.set_up_wanted.connect(lambda: self._set_up(account.site))
        if fix.step == CHANGE:
            self._make(fix, WORDS)

    # Where to keep the new one

    def _keep_in(self, page: PasswordAccountPage, keeper: str) -> None:
        try:
            self._usecases.change_settings(keeps_in=keeper)
        except SecassistError as error:
            self._storing.show_error(error)
            return
        self._wire(page, page.show_step(CHANGE, keeper))

    def _help_to_choose(self, page: PasswordAccountPage) -> None:
        helps = KeepersPage(self._look)

        def back() -> None:
            self._stack.show_page(page)

        def choose(keeper: str) -> None:
            back()
            self._keep_in(page, keeper)

        helps.back.connect(back)
        helps.chosen.connect(choose)
        self._stack.hold(page)
        self._stack.show_page(helps)

    # The change

    def _make(self, fix: FixCard, kind: str) -> None:
        self._storing.run(
            lambda: self._desk.new_password(words=kind == WORDS),
            fix.show_password,
            self._storing.show_error,
            page=fix,
        )

    def _open(self, page: PasswordAccountPage) -> None:
        if not open_to_change(page.account.site):
            tr = self._look.tr
            page.tell(
                tr("Your browser did not open."),
                tr("Open the site yourself, as you always do."),
                icon="net",
            )

    # Ticking off

    def _tick_off(self, page: PasswordAccountPage, fix: FixCard, typed: str) -> None:
        def refuse(sentence: str) -> None:
            asking = fix
            if self._stack.currentWidget() is not page:
                # A store was made before, and the pages that this takes came in its place.
                again = self.show(page.account, "")
                asking = again.show_step(TICK)
                self._wire(again, asking)
            asking.refuse(sentence)

        def failed(error: Exception) -> None:
            if isinstance(error, SecassistError):
                refuse(error.sentence)
            else:
                self._storing.show_error(error)

        def ticked(came: Ticked) -> None:
            if came.outcome.unchanged:
                refuse(self._look.tr("That is the old one. Type the new one."))
            else:
                self._shown(came.desk)
                self._say(page.account, came.outcome)
                if came.outcome.good:
                    self._done()

        wanted = breaches_of(self._usecases.settings())
        self._remembered(
            lambda: self._storing.run(
                lambda: self._desk.tick_off(page.account.id, typed, wanted),
                ticked,
                failed,
                page=self._stack,
            )
        )

    def _say(self, account: Audited, outcome: Outcome) -> None:
        """On the report: this one is done, or what is still wrong with the new one."""
        look = self._look
        name = account_name(look, account)
        good = outcome.good
        title = (
            look.tr("{site} is done.", site=name)
            if good
            else look.tr("{site} is changed, but look once more.", site=name)
        )
        self._stack.page().tell(
            title,
            _verdict(look, outcome),
            icon="check" if good else "alert",
            tone="good" if good else "warn",
        )

    def _changed(self, account: Audited) -> None:
        def done(desk: Desk) -> None:
            self._shown(desk)
            name = account_name(self._look, account)
            a11y.announce(self._stack, self._look.tr("{site} is done.", site=name))
            self._done()

        self._remembered(
            lambda: self._storing.run(
                lambda: self._desk.changed(account.id), done, self._storing.show_error
            )
        )

    def _forget(self, account: Audited) -> None:
        self._remembered(
            lambda: self._storing.run(
                lambda: self._desk.forget([account.id]), self._shown, self._storing.show_error
            )
        )

    def _take_back(self, account: Audited) -> None:
        self._storing.run(
            lambda: self._desk.not_changed(account.id), self._shown, self._storing.show_error
        )


def _verdict(look: Look, outcome: Outcome) -> str:
    """What speaks against a new password, or that nothing does."""
    said = []
    if outcome.seen:
        said.append(look.tr("The new one is in a leak, too."))
    if outcome.shared_with:
        who = names(look, [one.title for one in outcome.shared_with])
        said.append(look.tr("You also use it at {names}.", names=who))
    if outcome.similar_to:
        nearest = outcome.similar_to[0]
        said.append(
            look.tr(
                "It is nearly the same as at {names}: {relation}.",
                names=names(look, [one.title for one in outcome.similar_to]),
                relation=relation(look, nearest.relation),
            )
        )
    if outcome.weak:
        said.append(look.tr("It is easy to guess."))
    if not said:
        said.append(look.tr("The new one is strong, and only used here."))
        if outcome.seen is None:
            said.append(look.tr("Leaks were not checked."))
    return " ".join(said)
