"""What the window needs from the rest of the program, and nothing more.

The use cases fulfil this by shape; the window never imports them, so that it starts without the
parsers, and so that its tests need no mail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from secassist.mail.report import Report
    from secassist.usecases.incidents import Known
    from secassist.usecases.keeper import Keeper
    from secassist.usecases.mailboxes import Mailboxes
    from secassist.usecases.overview import Overview
    from secassist.usecases.passwords_desk import PasswordsDesk
    from secassist.usecases.passwords_watch import PasswordsWatch
    from secassist.usecases.plan_desk import PlanDesk
    from secassist.usecases.watch_desk import WatchDesk


class Progress(Protocol):
    """News of one step of a running check. The first news name every step, as ``waiting``."""

    @property
    def step(self) -> str:
        """Which step, e.g. ``seal``; news of the same step replace each other."""

    @property
    def title(self) -> str:
        """The step as a short question, e.g. "Is the seal good?"."""

    @property
    def state(self) -> str:
        """``waiting``, ``asking`` or ``done``."""

    @property
    def note(self) -> str:
        """What is happening or was found, e.g. "Asking mail.example.com"."""


class Settings(Protocol):
    """The settings that the window shows. It asks for changes by these names."""

    @property
    def theme(self) -> str:
        """``system``, ``light``, ``dark`` or ``contrast``."""

    @property
    def text_percent(self) -> int:
        """100 to 200."""

    @property
    def language(self) -> str:
        """A language code, ``pseudo`` or ``pseudo-rtl``."""

    @property
    def dns(self) -> str:
        """``HOST[:PORT]``, an ``https://`` address, or empty for the system's."""

    @property
    def offline(self) -> bool: ...

    @property
    def known_only(self) -> bool:
        """Ask only about names of organisations that we know."""

    @property
    def provider(self) -> str:
        """Id or host name of the person's mail provider; empty while not known."""

    @property
    def provider_asked(self) -> bool:
        """Whether the question was answered or skipped."""

    @property
    def lock_minutes(self) -> int:
        """Minutes without use after which the codes are locked; 0: never for that reason."""

    @property
    def lock_with_screen(self) -> bool: ...

    @property
    def clock_offset(self) -> int:
        """Seconds by which this computer's clock is corrected for codes."""

    @property
    def leaks(self) -> str:
        """``online``, the path of a downloaded list, ``off``; empty where that was not answered."""

    @property
    def keeps_in(self) -> str:
        """Where new passwords are kept; empty where that was not said."""

    @property
    def watch_mail(self) -> bool:
        """Whether a mailbox is watched while the program runs."""

    @property
    def tray(self) -> bool:
        """Whether closing the window leaves an icon in the tray."""

    @property
    def incidents_url(self) -> str:
        """Where a newer list of known waves of real mail is fetched from; empty: not said."""

    @property
    def incidents_key(self) -> str:
        """The key that such a list has to be signed with, in Base64."""

    @property
    def my_senders(self) -> Mapping[str, str]:
        """Domains that the person knows, and what they are called."""


class LedgerLine(Protocol):
    """One question that left this computer."""

    @property
    def time(self) -> datetime: ...

    @property
    def kind(self) -> str:
        """``dns``, ``https`` …"""

    @property
    def question(self) -> str: ...

    @property
    def outcome(self) -> str:
        """``found``, ``absent`` or ``failed``."""


class MailProgram(Protocol):
    """How to get the full message in one mail program, in one of the places where it runs."""

    @property
    def name(self) -> str: ...

    @property
    def platform(self) -> str:
        """Where it runs, e.g. ``web``; may be empty."""

    @property
    def steps(self) -> Sequence[str]: ...

    @property
    def note(self) -> str: ...


class Provider(Protocol):
    """A mail provider that a person may have."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


class UseCases(Protocol):
    """Everything that a person can do in this window.

    The coroutines run on the loop of the worker thread; ``progress`` may be called from any
    thread. All others are called in the window's thread and must return within milliseconds.
    Whatever a person may read of a failure is the ``sentence`` of a ``SecassistError``.
    """

    async def check_text(
        self, source: str | bytes, progress: Callable[[Progress], None]
    ) -> Sequence[Report]: ...

    async def check_file(
        self, path: Path, progress: Callable[[Progress], None]
    ) -> Sequence[Report]: ...

    def settings(self) -> Settings: ...

    def change_settings(self, **changes: object) -> Settings:
        """Save the changed settings; a ``SecassistError`` for a value that makes no sense."""

    def add_sender(self, domain: str) -> Settings:
        """Remember the proved ``domain`` as "my sender"."""

    def ledger(self) -> Sequence[LedgerLine]:
        """What left this computer, the newest first."""

    def ledger_text(self) -> str:
        """The same as a text to save."""

    def mail_programs(self) -> Sequence[MailProgram]: ...

    def providers(self) -> Sequence[Provider]: ...

    def keeper(self) -> Keeper:
        """The store and its codes. The first call imports what they need."""

    def mailboxes(self) -> Mailboxes:
        """Whole mailboxes. The first call imports what reads and judges them."""

    def watch(self) -> WatchDesk:
        """The mailboxes that are watched."""

    def passwords(self) -> PasswordsDesk:
        """What is known of passwords. The first call imports what that needs."""

    def plans(self) -> PlanDesk:
        """The action plans. The first call imports what they need."""

    def has_overview(self) -> bool:
        """Whether there is something to look at for the first page."""

    async def overview(self) -> Overview:
        """How things stand, for the first page."""

    def watches_passwords(self) -> bool:
        """Whether passwords may be looked at by themselves; nothing is imported for it."""

    def passwords_watch(self) -> PasswordsWatch:
        """Looking at passwords again by itself."""

    def known_incidents(self) -> Known:
        """Known waves of real mail, and how old the list of them is."""

    async def refresh_incidents(self) -> Known:
        """Fetch a newer list, as the settings say; a ``SecassistError`` where that fails."""

    def close(self) -> bool:
        """The window is closed: back up what was changed, forget the keys.

        False: it takes too long, and still runs.
        """
