"""Everything that a person can do in the window, for as long as it is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secassist.base.errors import UnusableCall
from secassist.base.language import Translate
from secassist.base.progress import News
from secassist.store import settings as saved
from secassist.store.folder import data_folder
from secassist.store.settings import Settings

if TYPE_CHECKING:
    from secassist.mail.report import Report
    from secassist.network.ledger import Entry, Ledger
    from secassist.usecases.check_mail import Checker
    from secassist.usecases.incidents import Known
    from secassist.usecases.keeper import Keeper
    from secassist.usecases.mailboxes import Mailboxes
    from secassist.usecases.overview import Overview
    from secassist.usecases.passwords_desk import PasswordsDesk
    from secassist.usecases.passwords_watch import PasswordsWatch
    from secassist.usecases.plan_desk import PlanDesk
    from secassist.usecases.watch_desk import WatchDesk

SCHEDULE = "schedule.json"
"""Name of the schedule's file, so that a start without one does not load its modules."""
TEXT_PERCENT = range(100, 201)
LOCK_MINUTES = range(24 * 60 + 1)
STORE = "vault.db"
STORE_KEYS = "vault.keys"
"""Names of the store's files, so that a start without a store does not load its modules."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question that left this computer."""

    time: datetime
    kind: str
    question: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A mail provider that a person may have."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Program:
    """How to get the full message in one mail program, in one of the places where it runs."""

    name: str
    platform: str
    steps: tuple[str, ...]
    note: str


class Desktop:
    """The use cases of the window. What belongs to one start of it (ledger) lives here."""

    def __init__(self, translate: Translate, data: Path | None = None) -> None:
        self._translate = translate
        self._folder = data_folder(data)
        self._settings = saved.load(self._folder)
        self._kept: Ledger | None = None
        self._keeper: Keeper | None = None
        self._mailboxes: Mailboxes | None = None
        self._watch: WatchDesk | None = None
        self._passwords: PasswordsDesk | None = None
        self._plans: PlanDesk | None = None

    @property
    def _ledger(self) -> Ledger:
        if self._kept is None:
            # With the first check: the window opens without the network's modules.
            from secassist.network.ledger import Ledger  # noqa: PLC0415 (as said)

            self._kept = Ledger()
        return self._kept

    async def check_text(
        self, source: str | bytes, tell: Callable[[News], None]
    ) -> Sequence[Report]:
        """A report for each mail in what was pasted."""
        data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
        from secassist.mail.input_files import Source  # noqa: PLC0415 (see _checker)

        async with self._checker(tell) as checker:
            return [report async for report in checker.judge([Source("-", data)])]

    async def check_file(self, path: Path, tell: Callable[[News], None]) -> Sequence[Report]:
        """A report for each mail in a file or folder.

        In a folder, files that hold no mail are left out; raises UnusableInput where none does.
        """
        async with self._checker(tell) as checker:
            found = list(checker.read(path))
            good = [source for source in found if source.error is None] or found[:1]
            return [report async for report in checker.judge(good)]

    def _checker(self, tell: Callable[[News], None]) -> Checker:
        """Imported when the first mail is checked: cryptography and DNS would slow the start."""
        from secassist.usecases.check_mail import Checker, CheckOptions  # noqa: PLC0415

        options = CheckOptions(data=self._folder, translate=self._translate, tell=tell)
        return Checker(options, self._ledger)

    def keeper(self) -> Keeper:
        """The store and its codes; imported when they are first shown."""
        if self._keeper is None:
            from secassist.usecases.keeper import Keeper  # noqa: PLC0415 (as said)

            self._keeper = Keeper(
                self._folder,
                lambda: self._ledger,
                correction=lambda: self._settings.clock_offset,
            )
        return self._keeper

    def mailboxes(self) -> Mailboxes:
        """Whole mailboxes; imported when they are first shown."""
        if self._mailboxes is None:
            from secassist.usecases.mailboxes import Mailboxes  # noqa: PLC0415 (as said)

            self._mailboxes = Mailboxes(self._folder, lambda: self._ledger, self._translate)
        return self._mailboxes

    def watch(self) -> WatchDesk:
        """The mailboxes that are watched; imported when mailboxes are first shown, or watched."""
        if self._watch is None:
            from secassist.usecases.watch_desk import WatchDesk  # noqa: PLC0415 (as said)

            self._watch = WatchDesk(self.keeper, self.mailboxes)
        return self._watch

    def passwords(self) -> PasswordsDesk:
        """What is known of passwords; imported when that is first shown."""
        if self._passwords is None:
            from secassist.usecases.passwords_desk import PasswordsDesk  # noqa: PLC0415 (as said)

            self._passwords = PasswordsDesk(self.keeper(), lambda: self._ledger)
        return self._passwords

    def plans(self) -> PlanDesk:
        """The action plans; imported when they are first shown."""
        if self._plans is None:
            from secassist.usecases.plan_desk import PlanDesk  # noqa: PLC0415 (as said)

            self._plans = PlanDesk(self.keeper(), self._translate)
        return self._plans

    def has_overview(self) -> bool:
        """Whether there is something to look at for the first page; by the files alone."""
        kept = (self._folder / STORE).exists() or (self._folder / STORE_KEYS).exists()
        return kept or (self._plans is not None and self._plans.unkept > 0)

    async def overview(self) -> Overview:
        """How things stand; the store is opened where the keyring alone opens it."""
        from secassist.usecases.overview import overview  # noqa: PLC0415 (after the start)

        return await overview(self.plans(), self.passwords, self.keeper())

    def watches_passwords(self) -> bool:
        """Whether passwords may be looked at by themselves; by the file of the schedule alone."""
        return (self._folder / SCHEDULE).exists()

    def passwords_watch(self) -> PasswordsWatch:
        """Looking at passwords again by itself."""
        from secassist.usecases.passwords_watch import PasswordsWatch  # noqa: PLC0415 (as said)

        return PasswordsWatch(self.keeper(), self.passwords(), self._folder)

    def known_incidents(self) -> Known:
        """Known waves of real mail, and how old the list of them is."""
        from secassist.usecases.incidents import known  # noqa: PLC0415 (read on demand)

        return known(self._folder)

    async def refresh_incidents(self) -> Known:
        """Fetch a newer list from where the settings say. Raises a SecassistError."""
        from secassist.usecases.incidents import refresh  # noqa: PLC0415 (only on request)

        chosen = self._settings
        return await refresh(self._folder, chosen.incidents_url, chosen.incidents_key, self._ledger)

    def close(self) -> bool:
        """The window closes. False: something still runs."""
        return self._keeper is None or self._keeper.close()

    def settings(self) -> Settings:
        """The settings as they are."""
        return self._settings

    def change_settings(self, **changes: Any) -> Settings:
        """Check, save and return the changed settings. Raises a SecassistError."""
        if changes.get("dns"):
            from secassist.network.dns.server import parse_server  # noqa: PLC0415 (see _ledger)

            parse_server(changes["dns"])
        if changes.get("text_percent", 100) not in TEXT_PERCENT:
            raise UnusableCall("Choose a text size from 100 to 200 per cent.")
        if changes.get("lock_minutes", 0) not in LOCK_MINUTES:
            raise UnusableCall("Choose a day at most, in minutes; 0 means never.")
        changed = replace(self._settings, **changes)
        saved.save(changed, self._folder)
        self._settings = changed
        return changed

    def add_sender(self, domain: str) -> Settings:
        """Remember a proved domain as one that the person knows."""
        return self.change_settings(my_senders={**self._settings.my_senders, domain: domain})

    def ledger(self) -> Sequence[Line]:
        """What left this computer since the window was opened, the newest first."""
        return [_line(entry) for entry in reversed(self._ledger.entries) if not entry.cached]

    def ledger_text(self) -> str:
        """The same as a text, one line for each question."""
        return "".join(
            f"{line.time.isoformat(timespec='seconds')}\t{line.kind}\t{line.question}"
            f"\t{line.outcome}\n"
            for line in self.ledger()
        )

    def mail_programs(self) -> Sequence[Program]:
        """How to get the full message, for every mail program that we know."""
        from secassist.facts.mail_programs import mail_programs  # noqa: PLC0415 (read on demand)

        return [Program(p.program, p.platform, p.steps, p.notes) for p in mail_programs()]

    def providers(self) -> Sequence[Choice]:
        """The mail providers whose lines we can read."""
        from secassist.facts.receivers import receivers  # noqa: PLC0415 (read on demand)

        return [Choice(r.id, r.name) for r in receivers() if r.trusted and r.provider_keys]


def _line(entry: Entry) -> Line:
    return Line(entry.at, entry.kind, entry.question, entry.outcome.value)
