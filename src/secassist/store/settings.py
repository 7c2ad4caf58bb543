"""The person's settings: a small JSON file, nothing secret in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from secassist.base.errors import CouldNotFinish
from secassist.store.atomic import write_atomically

FILE = "settings.json"
MAX_SIZE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. The values here are those of the first start."""

    dns: str = ""
    """Empty: the system's. ``HOST[:PORT]`` or an ``https://`` address (DNS over HTTPS)."""
    offline: bool = False
    known_only: bool = False
    """Ask only about domains of known organisations."""
    provider: str = ""
    """Key of a receiver, or a host name; empty: not said."""
    provider_asked: bool = False
    """The question was answered or skipped; it is not asked twice."""
    theme: str = "system"
    """``system``, ``light``, ``dark`` or ``contrast``."""
    text_percent: int = 100
    language: str = "en"
    lock_minutes: int = 5
    """Minutes without use after which the codes are locked; 0: never for that reason."""
    lock_with_screen: bool = True
    """Lock the codes when the screen is locked, or the computer goes to sleep."""
    clock_offset: int = 0
    """Seconds to add to this computer's clock when codes are made."""
    leaks: str = ""
    """How to look for leaked passwords: ``online``, ``off``, the path of a list; empty: ask."""
    keeps_in: str = ""
    """Where new passwords are kept: id of a password manager, ``paper``; empty: not said."""
    watch_mail: bool = False
    """Mailboxes are watched while the program runs; which ones stands in the store."""
    tray: bool = False
    """Closing the window leaves an icon in the tray; checks go on by themselves."""
    incidents_url: str = ""
    """Where a newer list of known waves is fetched from, on request; empty: not said."""
    incidents_key: str = ""
    """The Ed25519 key (Base64) that such a list has to be signed with."""
    my_senders: Mapping[str, str] = field(default_factory=dict)
    """Exact domain → what the person calls it."""

    @property
    def senders(self) -> tuple[str, ...]:
        """The domains that the person calls their own senders."""
        return tuple(self.my_senders)


def load(folder: Path) -> Settings:
    """The saved settings. What is missing, broken or of another type is as at the first start."""
    path = folder / FILE
    try:
        if path.stat().st_size > MAX_SIZE:
            return Settings()
        saved = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    return _from(saved) if isinstance(saved, dict) else Settings()


def save(settings: Settings, folder: Path) -> None:
    """Write the settings; returns once they are on disk. Raises CouldNotFinish."""
    data = json.dumps(asdict(settings), ensure_ascii=False, indent=1).encode("utf-8")
    try:
        write_atomically(folder / FILE, data)
    except OSError as error:
        raise CouldNotFinish(
            f"The settings could not be saved ({error.strerror}). "
            "Is the disk full, or the folder closed to you?"
        ) from error


def _from(saved: dict[str, Any]) -> Settings:
    hints = get_type_hints(Settings)
    known: dict[str, Any] = {}
    for entry in fields(Settings):
        value = saved.get(entry.name)
        if entry.name == "my_senders":
            if isinstance(value, dict):
                known[entry.name] = {str(k): str(v) for k, v in value.items()}
        elif type(value) is hints[entry.name]:
            known[entry.name] = value
    return Settings(**known)
