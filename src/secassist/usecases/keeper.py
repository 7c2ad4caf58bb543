"""The store and its codes, for as long as the window is open.

One thread does all the work, one piece after the other, so that no call here makes the window
wait: not for the keyring, not for the stretching of a passphrase, not for a slow disk.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from secassist.base.worker import Worker
from secassist.store import backups, files, keys, opening, states
from secassist.store.backups import Backup
from secassist.store.recovery_key import RecoveryKey
from secassist.store.states import State, StoreClosed
from secassist.store.vault import Vault, read_keys
from secassist.twofactor import codes
from secassist.twofactor.importers import Outcome
from secassist.twofactor.planning import Planned
from secassist.twofactor.repository import Saved
from secassist.twofactor.setup import REMIND_AFTER, Setup
from secassist.usecases import setup as guided
from secassist.usecases import twofactor as use
from secassist.usecases import vault as store
from secassist.usecases.setup import Candidate
from secassist.usecases.system_clock import Service, system_service

if TYPE_CHECKING:
    from secassist.network.ledger import Ledger
    from secassist.usecases.clock import Compared

Result = TypeVar("Result")
Texts = tuple[str, ...]

CLOSED_WITHIN: Final = 10.0
"""Seconds that ``close`` waits, so that a backup is whole even on a slow disk."""


@dataclass(frozen=True, slots=True)
class View:
    """The store as it is now, and what is in it where it is open."""

    state: State
    sentence: str = ""
    entries: tuple[Saved, ...] = ()
    set_aside: int = 0
    spare_key_kept: bool = False
    """The person has shown that they have the recovery key."""
    needs_passphrase: bool = False
    backups: tuple[Backup, ...] = ()
    unfinished: tuple[Setup, ...] = ()
    """Set-ups that were begun and not finished."""


class Keeper:
    """Opens the store when it is first asked for, and holds it until ``lock`` or ``close``."""

    def __init__(
        self,
        folder: Path,
        ledger: Callable[[], Ledger],
        *,
        no_keyring: bool = False,
        clock: Callable[[], float] = time.time,
        correction: Callable[[], int] = lambda: 0,
    ) -> None:
        """``clock``: Unix time by this computer; ``correction``: seconds to add where it is off."""
        self._folder = folder
        self._ledger = ledger
        self._no_keyring = no_keyring
        self._clock = clock
        self._correction = correction
        self._vault: Vault | None = None
        self._closed_here = False
        self._thread: ThreadPoolExecutor | None = None

    # The store

    async def view(self, *, prompt: bool = True) -> View:
        """The store as it is; opened by the keyring where that alone opens it.

        ``prompt``: whether the system may ask the person to unlock the keyring for that.
        """
        return await self._do(lambda: self._look(prompt=prompt))

    async def unlock(self, passphrase: str | None = None) -> View:
        """Open it again. Raises StoreClosed, whose state says why not; CouldNotFinish."""

        def work() -> View:
            with store.door(self._folder, passphrase, no_keyring=self._does_without()) as door:
                self._hold(store.unlock(door))
            return self._look()

        return await self._do(work)

    async def lock(self, *, everywhere: bool = True) -> View:
        """Close it; ``everywhere``: for other programs too, until it is unlocked."""

        def work() -> View:
            self._closed_here = True
            self._let_go()
            if everywhere and opening.look(self._folder) is None:
                store.lock(self._folder)
            return self._look()

        return await self._do(work)

    async def begin(self, passphrase: str | None = None) -> RecoveryKey:
        """Make the store. Raises StoreClosed (keyring-…) where a passphrase has to be chosen."""

        def work() -> RecoveryKey:
            if passphrase is None and self._no_keyring:
                raise StoreClosed(
                    State.KEYRING_MISSING, states.NO_STORE_YET, states.MAKE_WITH_PASSPHRASE
                )
            with store.door(self._folder, passphrase, no_keyring=self._no_keyring) as door:
                vault, recovery = store.init(door)
            self._hold(vault)
            return recovery

        return await self._do(work)

    async def new_spare_key(self) -> RecoveryKey:
        """Another recovery key; the old one opens the store until this one is confirmed."""
        return await self._do(lambda: keys.new_recovery_key(self._open()))

    async def confirm_spare_key(self, recovery: RecoveryKey) -> None:
        """The person has shown that they have it."""
        await self._do(lambda: store.confirm(self._open(), recovery))

    async def recover(self, typed: str, passphrase: str | None = None) -> RecoveryKey:
        """Open the store by the recovery key, and get the next one.

        Raises UnusableInput (no recovery key), UnusableCall (a passphrase is needed), StoreClosed.
        """

        def work() -> RecoveryKey:
            recovery = RecoveryKey.parse(typed) if typed.strip() else None
            with store.door(self._folder, no_keyring=self._does_without()) as door:
                vault, following = store.recover(door, recovery, passphrase)
            self._hold(vault)
            return following

        return await self._do(work)

    async def restore(self, typed: str = "", passphrase: str | None = None) -> str:
        """Put back the newest good backup, by the recovery key if one was typed; its name."""

        def work() -> str:
            recovery = RecoveryKey.parse(typed) if typed.strip() else None
            self._let_go()
            with store.door(self._folder, passphrase, no_keyring=self._does_without()) as door:
                restored = store.restore(door, recovery=recovery)
            self._closed_here = False
            return restored.backup.name

        return await self._do(work)

    async def back_up(self) -> View:
        """Make a copy now. Raises CouldNotFinish."""

        def work() -> View:
            store.back_up(self._open())
            return self._look()

        return await self._do(work)

    async def put_back(self, name: str) -> View:
        """Put the copy of that name in the place of the open store. As ``vault.put_back``."""

        def work() -> View:
            self._vault = store.put_back(self._open(), name)
            return self._look()

        return await self._do(work)

    async def set_passphrase(self, passphrase: str) -> View:
        """From now on it is needed to open the store."""

        def work() -> View:
            with store.door(self._folder, no_keyring=self._does_without()) as door:
                store.set_passphrase(self._open(), passphrase, door.keyring)
            return self._look()

        return await self._do(work)

    async def remove_passphrase(self) -> View:
        """From now on the keyring alone opens the store. Raises StoreClosed (keyring-…)."""

        def work() -> View:
            with store.door(self._folder, no_keyring=self._no_keyring) as door:
                if door.keyring is None:
                    raise StoreClosed(State.KEYRING_MISSING)
                store.remove_passphrase(self._open(), door.keyring)
            return self._look()

        return await self._do(work)

    # The codes

    def now(self) -> int:
        """Unix time, corrected."""
        return int(self._clock() + self._correction())

    @property
    def correction(self) -> int:
        """Seconds by which the codes' clock is ahead of this computer's."""
        return self._correction()

    def code(self, saved: Saved, unix_time: int) -> codes.Code:
        """The codes of an account that counts by the time. About 20 µs."""
        return codes.at(saved.account, unix_time)

    async def next_code(self, saved: Saved) -> codes.Code:
        """The next code of an account that counts by a counter; used up by this."""
        return await self.change(lambda vault: use.code(vault, saved.id, self.now()))

    async def remove(self, saved: Saved) -> None:
        """Forget an account; a backup is made before."""
        await self.change(lambda vault: use.remove(vault, saved.id))

    def search(self, entries: Sequence[Saved], words: str) -> tuple[Saved, ...]:
        """The accounts in whose names and notes every word stands."""
        return use.search(entries, words)

    async def looked_after(self, saved: Saved) -> None:
        """It is as it should be: the next reminder comes in half a year."""
        remind_at = self.now() + REMIND_AFTER
        await self.change(lambda vault: use.remind(vault, saved.id, remind_at))

    # The guided set-up

    async def read_in(self, setup: Setup, candidate: Candidate) -> Setup:
        """Look at an account that was read in; nothing is kept yet."""
        return await self._do(lambda: guided.read_in(self._vault, setup, candidate))

    async def read_picture(self, data: bytes) -> tuple[str, ...]:
        """The codes in a picture file."""
        async with Worker() as worker:
            return await guided.read_picture(worker, data)

    async def read_screen(self, pixels: bytes, size: tuple[int, int], stride: int) -> Texts:
        """The codes on a screen: 8-bit grey, ``stride`` bytes a row."""
        async with Worker() as worker:
            return await guided.read_screen(worker, pixels, *size, stride)

    async def read_by_portal(self) -> Texts:
        """The codes on the screen, where the desktop has to take the picture and may ask first.

        Raises UnusableInput where the person said no, CouldNotFinish where the desktop gives none.
        """
        from secassist.usecases import screen_portal  # noqa: PLC0415 (on Wayland alone)

        return await self.read_picture(await asyncio.to_thread(screen_portal.picture))

    def candidates(self, texts: Iterable[str]) -> tuple[Candidate, ...]:
        """The accounts in what was read, pasted or typed. Raises UnusableInput."""
        return guided.candidates(texts)

    async def compare_clock(self) -> Compared:
        """Ask time servers; only after the person said yes."""
        from secassist.usecases import clock as comparing  # noqa: PLC0415 (the network's modules)

        return await comparing.compare(self._ledger())

    async def clock_service(self) -> Service:
        """Whether the system sets its clock by itself; nobody outside is asked."""
        return await asyncio.to_thread(system_service)

    # In and out

    async def read_files(self, files: Sequence[bytes], password: str | None = None) -> Outcome:
        """Read exports, lists and pictures, in a process with limits."""
        return await use.read_files(files, password)

    async def plan_import(self, outcome: Outcome) -> tuple[Planned, ...]:
        """What an import would do; nothing is changed."""
        return await self._do(lambda: use.plan_import(self._vault, outcome))

    async def run_import(self, outcome: Outcome) -> tuple[Planned, ...]:
        """Take over what is new, in one transaction, with a backup before."""
        return await self.change(lambda vault: use.run_import(vault, outcome))

    async def export(self, form: str, password: str = "") -> use.Exported:
        """``aegis`` (under a password), ``addresses``, ``google`` (texts of pictures) or ``paper``.

        Raises StoreClosed.
        """

        def work() -> use.Exported:
            found = use.entries(self._open())
            if form == "aegis":
                return use.export_encrypted(found, password)
            if form == "paper":
                return use.export_paper(found)
            if form == "google":
                return use.export_google(found)
            return use.export_addresses(found)

        return await self._do(work)

    async def change(self, work: Callable[[Vault], Result]) -> Result:
        """Change the open store; on disk on return, and backed up where it is due."""

        def changed() -> Result:
            vault = self._open()
            result = work(vault)
            store.back_up_if_due(vault)
            return result

        return await self._do(changed)

    async def read(self, work: Callable[[Vault], Result]) -> Result:
        """Read the open store; nothing is changed. Raises StoreClosed."""
        return await self._do(lambda: work(self._open()))

    @property
    def folder(self) -> Path:
        """Where the store is, and the person's own plans."""
        return self._folder

    def close(self) -> bool:
        """The window closes: back up what was changed, and forget the key.

        False: a piece of work still runs, and the store is closed when that is done.
        """
        thread, self._thread = self._thread, None
        if thread is None:
            return True
        closing = thread.submit(self._let_go)
        ended = bool(wait([closing], CLOSED_WITHIN).done)
        thread.shutdown(wait=ended)
        if ended:
            closing.result()
        return ended

    # On the thread

    async def _do(self, work: Callable[[], Result]) -> Result:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "secassist-store")
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> Vault:
        if self._vault is None or not self._vault.is_open:
            raise StoreClosed(State.LOCKED)
        return self._vault

    def _hold(self, vault: Vault) -> None:
        self._let_go()
        self._vault = vault
        self._closed_here = False

    def _let_go(self) -> None:
        vault, self._vault = self._vault, None
        if vault is not None:
            store.close(vault)

    def _does_without(self) -> bool:
        return self._no_keyring or store.does_without_keyring(self._folder)

    def _look(self, *, prompt: bool = True) -> View:
        state = opening.look(self._folder)
        if state is not None:
            self._let_go()
            return self._closed(state)
        passphrase = store.needs_passphrase(self._folder)
        try:
            if self._vault is None or not self._vault.is_open or files.is_locked(self._folder):
                self._let_go()
                if self._closed_here or passphrase or files.is_locked(self._folder):
                    return self._closed(State.LOCKED)
                with store.door(self._folder, no_keyring=self._no_keyring, prompt=prompt) as door:
                    self._hold(store.unlock(door))
            return self._opened(self._open())
        except StoreClosed as closed:
            self._let_go()
            return self._closed(closed.state, closed.what)

    def _opened(self, vault: Vault) -> View:
        unfinished = guided.resume(vault)
        entries = use.entries(vault)
        kept = all(wrap.confirmed for wrap in read_keys(self._folder).recovery)
        return View(
            State.OPEN,
            entries=entries,
            set_aside=len(vault.aside()),
            spare_key_kept=kept,
            needs_passphrase=store.needs_passphrase(self._folder),
            backups=backups.found(self._folder),
            unfinished=unfinished,
        )

    def _closed(self, state: State, sentence: str = "") -> View:
        return View(
            state,
            sentence or states.WORDS[state].sentence,
            needs_passphrase=store.needs_passphrase(self._folder),
            backups=backups.found(self._folder),
        )
