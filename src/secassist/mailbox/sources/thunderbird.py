"""Where Thunderbird keeps its mail: found by itself, on every system and in every packaging.

``profiles.ini`` names the profiles. In a profile, ``Mail`` and ``ImapMail`` hold mailbox files
without an ending beside their ``.msf`` indexes, or Maildirs.
"""

from __future__ import annotations

import configparser
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

MAIL_FOLDERS: Final = ("Mail", "ImapMail")
_MAX_INI: Final = 256 * 1024
_BELOW_HOME: Final = (
    ".thunderbird",
    "snap/thunderbird/common/.thunderbird",
    ".var/app/org.mozilla.Thunderbird/.thunderbird",
    ".var/app/eu.betterbird.Betterbird/.thunderbird",
    ".icedove",
    "Library/Thunderbird",
)


def profiles(home: Path, environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The folders with mail of every profile of the person; none if there are none."""
    roots = [home / below for below in _BELOW_HOME]
    if environment.get("APPDATA"):
        roots.append(Path(environment["APPDATA"], "Thunderbird"))
    found = [
        folder / name
        for root in roots
        for folder in _in(root)
        for name in MAIL_FOLDERS
        if (folder / name).is_dir()
    ]
    return tuple(dict.fromkeys(found))


def _in(root: Path) -> Iterator[Path]:
    ini = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        if (root / "profiles.ini").stat().st_size > _MAX_INI:
            return
        ini.read_string((root / "profiles.ini").read_text("utf-8"))
    except (OSError, ValueError, configparser.Error):
        return
    for name in ini.sections():
        path = ini.get(name, "Path", fallback="")
        if name.startswith("Profile") and path:
            yield root / path if ini.get(name, "IsRelative", fallback="1") == "1" else Path(path)
