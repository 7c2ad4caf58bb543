"""Use cases without mail, DNS or disk, for tests of the window."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.mail.report import Report
from secassist.network.ledger import Ledger
from secassist.store.database import FILE
from secassist.ui.i18n import language
from secassist.ui.ports import Progress
from secassist.usecases.incidents import Known, known, refresh
from secassist.usecases.keeper import Keeper
from secassist.usecases.mailboxes import Mailboxes
from secassist.usecases.overview import Overview, overview
from secassist.usecases.passwords_desk import PasswordsDesk
from secassist.usecases.passwords_watch import PasswordsWatch
from secassist.usecases.plan_desk import PlanDesk
from secassist.usecases.watch_desk import WatchDesk
from support.reports import genuine, translated


@dataclass(frozen=True)
class FakeSettings:
    theme: str = "light"
    text_percent: int = 100
    language: str = "en"
    dns: str = ""
    offline: bool = False
    known_only: bool = False
    provider: str = ""
    provider_asked: bool = False
    lock_minutes: int = 5
    lock_with_screen: bool = True
    clock_offset: int = 0
    leaks: str = ""
    keeps_in: str = ""
    watch_mail: bool = False
    tray: bool = False
    incidents_url: str = ""
    incidents_key: str = ""
    my_senders: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FakeProgress:
    step: str
    title: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class FakeLine:
    time: datetime
    question: str
    outcome: str
    kind: str = "dns"


@dataclass(frozen=True)
class FakeProgram:
    name: str
    steps: tuple[str, ...]
    note: str = ""
    platform: str = ""


@dataclass(frozen=True)
class FakeProvider:
    id: str
    name: str


STEPS = (
    ("read", "Read the e-mail"),
    ("named", "Who does it say it is?"),
    ("lookalike", "Is the name real or a look-alike?"),
    ("seal", "Is the seal good?"),
    ("server", "May this server send for them?"),
    ("rule", "What does the sender say to do with fakes?"),
    ("links", "Where do the links lead?"),
)


@dataclass
class FakeUseCases:
    """Answers every check with ``reports``, or raises ``error``; waits for ``gate`` if given."""

    reports: Sequence[Report] = ()
    error: Exception | None = None
    stay: bool = False
    """Never finish, after some steps."""
    chosen: FakeSettings = field(default_factory=FakeSettings)
    lines: Sequence[FakeLine] = ()
    checked: list[object] = field(default_factory=list)
    folder: Path | None = None
    """Where the store is: a real one, with a passphrase and no keyring."""
    now: Callable[[], float] = time.time
    kept: Keeper | None = None
    plan_desk: PlanDesk | None = None
    desk: PasswordsDesk | None = None
    leak_server: str = "https://leaks.invalid"
    book: Ledger = field(default_factory=Ledger)
    """What the desk of the passwords asked for."""
    boxes: Mailboxes | None = None
    watching: WatchDesk | None = None

    async def check_text(
        self, source: str | bytes, progress: Callable[[Progress], None]
    ) -> Sequence[Report]:
        return await self._check(source, progress)

    async def check_file(
        self, path: Path, progress: Callable[[Progress], None]
    ) -> Sequence[Report]:
        return await self._check(path, progress)

    async def _check(
        self, source: object, progress: Callable[[Progress], None]
    ) -> Sequence[Report]:
        self.checked.append(source)
        for step, title in STEPS:
            progress(FakeProgress(step, title, "waiting"))
        for step, title in STEPS[:3]:
            progress(FakeProgress(step, title, "done", "Instagram"))
        for step, title in STEPS[3:5]:
            progress(FakeProgress(step, title, "asking", "Asking mail.instagram.com…"))
        if self.stay:
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error
        for step, title in STEPS:
            progress(FakeProgress(step, title, "done"))
        spoken = language(self.chosen.language, Path()).tr
        return [translated(report, spoken) for report in self.reports or (genuine(),)]

    def settings(self) -> FakeSettings:
        return self.chosen

    def change_settings(self, **changes: object) -> FakeSettings:
        if changes.get("dns") == "nonsense":
            raise UnusableCall("“nonsense” is no name server.")
        self.chosen = replace(self.chosen, **changes)
        return self.chosen

    def add_sender(self, domain: str) -> FakeSettings:
        return self.change_settings(my_senders={**self.chosen.my_senders, domain: domain})

    def ledger(self) -> Sequence[FakeLine]:
        return self.lines

    def ledger_text(self) -> str:
        return "\n".join(line.question for line in self.lines)

    def mail_programs(self) -> Sequence[FakeProgram]:
        return (
            FakeProgram(
                "Gmail in the browser",
                (
                    "Open the mail. Click the three dots at its right edge.",
                    "Choose “Show original”.",
                    "Click “Copy to clipboard”. Come back and press Paste.",
                ),
            ),
            FakeProgram("Outlook", ("Open the mail.", "View the source."), platform="web"),
            FakeProgram("Outlook", ("Open the mail.", "Choose File."), platform="classic"),
            FakeProgram("Apple Mail", ("Open the mail.",), "On a Mac."),
            FakeProgram("Thunderbird", ("Press Ctrl+U.",)),
            FakeProgram("A phone, or something else", ("Open your mailbox on a computer.",)),
        )

    def keeper(self) -> Keeper:
        if self.kept is None:
            folder = self.folder or Path(tempfile.mkdtemp(prefix="secassist-test-"))
            self.kept = Keeper(
                folder,
                Ledger,
                no_keyring=True,
                clock=lambda: self.now(),  # noqa: PLW0108 (tests set another one later)
                correction=lambda: self.chosen.clock_offset,
            )
        return self.kept

    def mailboxes(self) -> Mailboxes:
        if self.boxes is None:
            data = self.folder or Path(tempfile.mkdtemp(prefix="secassist-test-"))
            self.boxes = Mailboxes(data, Ledger, lambda text: text)
        return self.boxes

    def watch(self) -> WatchDesk:
        if self.watching is None:
            self.watching = WatchDesk(self.keeper, self.mailboxes, self.now)
        return self.watching

    def passwords(self) -> PasswordsDesk:
        if self.desk is None:
            self.desk = PasswordsDesk(self.keeper(), lambda: self.book, self.leak_server)
        return self.desk

    def plans(self) -> PlanDesk:
        if self.plan_desk is None:
            self.plan_desk = PlanDesk(self.keeper())
        return self.plan_desk

    def has_overview(self) -> bool:
        store = self.folder is not None and (self.folder / FILE).exists()
        return store or (self.plan_desk is not None and self.plan_desk.unkept > 0)

    async def overview(self) -> Overview:
        return await overview(self.plans(), self.passwords, self.keeper())

    def watches_passwords(self) -> bool:
        return self.folder is not None and (self.folder / "schedule.json").exists()

    def passwords_watch(self) -> PasswordsWatch:
        return PasswordsWatch(self.keeper(), self.passwords(), self.folder, self.now)

    def known_incidents(self) -> Known:
        return known(self.folder or Path("no/such/folder"))

    async def refresh_incidents(self) -> Known:
        folder = self.folder or Path("no/such/folder")
        chosen = self.chosen
        return await refresh(folder, chosen.incidents_url, chosen.incidents_key, self.book)

    def close(self) -> bool:
        return self.kept is None or self.kept.close()

    def providers(self) -> Sequence[FakeProvider]:
        return (FakeProvider("gmail", "Gmail"), FakeProvider("outlook", "Outlook.com"))


NO_MAIL = UnusableInput("There is no mail in this text. We need the hidden top part too.")


def some_lines(now: datetime | None = None) -> tuple[FakeLine, ...]:
    when = now or datetime.now(UTC)
    return (
        FakeLine(when, "k1._domainkey.paypa1-help.com TXT", "found"),
        FakeLine(when, "_dmarc.paypa1-help.com TXT", "absent"),
        FakeLine(when, "paypa1-help.com TXT", "found"),
        FakeLine(when, "ig1._domainkey.mail.instagram.com TXT", "failed"),
    )
