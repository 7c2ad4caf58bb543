"""The closed store, in whichever place of the window it is met: unlocked, mended or put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from secassist.base.errors import SecassistError
from secassist.ui import a11y
from secassist.ui.pages.keys import RecoverPage
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.store_closed import LockedPage, StoreClosedPage, WayOut
from secassist.ui.pages.storing import Storing

if TYPE_CHECKING:
    from secassist.usecases.keeper import Keeper, View

_NO_HELP: Final = frozenset({"keyring-missing", "keyring-silent", "keyring-locked"})
"""States in which the key ring takes no key, so that a passphrase has to be chosen."""


class StoreDoor:
    """Shows the pages before the open store, for the pages of one stack."""

    def __init__(
        self,
        stack: PageStack,
        keeper: Keeper,
        storing: Storing,
        *,
        name: str,
        unlocked: Callable[[View], None],
        refresh: Callable[[], None],
        check: Callable[[], None],
    ) -> None:
        """``name``: of this place; ``unlocked``: the store was looked at after unlocking;
        ``refresh``: look anew; ``check``: the person wants to check a mail meanwhile."""
        self._stack = stack
        self._look = stack.look
        self._keeper = keeper
        self._storing = storing
        self._name = name
        self._unlocked = unlocked
        self._refresh = refresh
        self._check = check
        self._view: View | None = None

    def show(self, view: View) -> None:
        """Show the page for a store that is there and not open."""
        self._view = view
        if view.state.value == "locked":
            self._show_locked(view)
            return
        page = StoreClosedPage(self._look, view, self._name)
        page.chosen.connect(self._take_way_out)
        self._stack.show_page(page)

    def _show_locked(self, view: View) -> None:
        page = LockedPage(self._look, view)
        page.check_wanted.connect(self._check)
        page.spare_key_wanted.connect(self.ask_spare_key)

        def failed(error: Exception) -> None:
            if not isinstance(error, SecassistError):
                page.refuse()
                self._storing.show_error(error)
            elif view.needs_passphrase:
                page.refuse(getattr(error, "what", error.sentence))
            else:
                self._refresh()

        page.unlock_wanted.connect(
            lambda typed: self._storing.run(
                lambda: self._keeper.unlock(typed or None), self._unlocked, failed
            )
        )
        self._stack.show_page(page)

    def _take_way_out(self, way: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            WayOut.TRY_AGAIN: self._refresh,
            WayOut.SPARE_KEY: self.ask_spare_key,
            WayOut.RESTORE: self._restore,
            WayOut.NEW_KEYS: self._mend_keys,
        }
        acts[way]()

    def ask_spare_key(self, *, to_restore: bool = False) -> None:
        """Open by the spare key, or put back the newest copy by it."""
        view = self._view
        state = view.state.value if view is not None else ""
        locked_by_one = view is not None and view.needs_passphrase
        needed = not to_restore and (locked_by_one or state in _NO_HELP)
        page = RecoverPage(self._look, new_passphrase=needed)
        page.back.connect(self._refresh)

        def failed(error: Exception) -> None:
            if isinstance(error, SecassistError):
                page.refuse(getattr(error, "what", error.sentence))
            else:
                self._storing.show_error(error)

        def recover(typed: str, passphrase: str) -> None:
            if to_restore:
                self._storing.run(
                    lambda: self._keeper.restore(typed), lambda _: self._restored(), failed
                )
            else:
                self._storing.run(
                    lambda: self._keeper.recover(typed, passphrase or None),
                    lambda key: self._storing.hand_over(key, self._refresh, used=True),
                    failed,
                )

        page.entered.connect(recover)
        self._stack.show_page(page)

    def _restore(self) -> None:
        def failed(error: Exception) -> None:
            from secassist.store.states import OF_THE_KEYRING, State, StoreClosed

            closed = {State.WRONG_KEY, State.LOCKED, *OF_THE_KEYRING}
            if isinstance(error, StoreClosed) and error.state in closed:
                self.ask_spare_key(to_restore=True)
            else:
                self._storing.show_error(error)

        self._storing.run(self._keeper.restore, lambda _: self._restored(), failed)

    def _restored(self) -> None:
        a11y.announce(self._stack, self._look.tr("The newest copy is back."))
        self._refresh()

    def _mend_keys(self) -> None:
        def failed(error: Exception) -> None:
            from secassist.store.states import State, StoreClosed

            if isinstance(error, StoreClosed) and error.state is State.LOCKED:
                self._refresh()  # the keys of a copy are there again: the passphrase opens them
            elif isinstance(error, StoreClosed) and error.state is not State.KEY_FILE_MISSING:
                self.ask_spare_key()
            else:
                self._storing.show_error(error)

        self._storing.run(
            lambda: self._keeper.recover(""),
            lambda key: self._storing.hand_over(key, self._refresh),
            failed,
        )
