"""One account of an exported list, and what was read of a whole list.

Neither is ever written anywhere: they live in the process that reads the file and end with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

from secassist.facts import domains

MAX_SHOWN: Final = 200  # characters of a title or a user name
_CACHED: Final = 65_536  # addresses; each is asked about several times
_JOINERS: Final = "\u200c\u200d"  # between letters of Persian and Hindi, and parts of an emoji


Code = tuple[str, str, str]
"""Title, user name, and the secret for two-step sign-in as it stands in the entry."""


@dataclass(frozen=True, slots=True)
class Credential:
    """An account with its password."""

    title: str
    username: str
    password: str = field(repr=False)
    urls: tuple[str, ...] = ()
    folder: str = ""
    changed_at: int | None = None
    """Unix time of the last change of the password, where the export tells it."""
    code: str = field(default="", repr=False)
    """The entry's secret for two-step sign-in: an address, or whatever stands there."""

    @property
    def has_code(self) -> bool:
        """Whether there is such a secret."""
        return bool(self.code)

    @property
    def site(self) -> str:
        """The host of the first address in A-labels, without ``www.``; empty: there is none."""
        return next(filter(None, map(host, self.urls)), "")

    @property
    def shown_title(self) -> str:
        """What to call the account: its title, else its site; never the password."""
        for name in (self.title, self.site, self.shown_username):
            if name and name != self.password:
                return _shown(name) or "(no name)"
        return "(no name)"

    @property
    def shown_username(self) -> str:
        """The user name, unless it is the password."""
        if self.username == self.password:
            return ""
        return _shown(self.username)

    @property
    def shown_folder(self) -> str:
        """The folder, unless it is the password."""
        path = self.folder.replace("\\", "/").strip("/")
        return "" if self.folder == self.password else _shown(path)


@dataclass(frozen=True, slots=True)
class Listing:
    """All accounts of one file. ``skipped``: reason → how many rows were left out for it."""

    format: str
    credentials: tuple[Credential, ...]
    skipped: Mapping[str, int] = field(default_factory=dict)
    codes: tuple[Code, ...] = field(default=(), repr=False)
    """Of all entries, of those without a password, too."""


@lru_cache(maxsize=_CACHED)
def host(url: str) -> str:
    """The host of a web address or of an app's (``android://…@com.example.shop/``), or nothing.

    An app is named by its package turned round, which is how its maker's domain is written.
    """
    parts = split(url)
    if parts is None:
        return ""
    name = _hostname(parts)
    if parts.scheme in ("android", "androidapp"):
        labels = name.split(".")
        name = ".".join(reversed(labels[:2]))
    ascii_name = domains.to_ascii(name)
    if ascii_name is None:
        return name[:MAX_SHOWN] if name and name.replace(".", "").isdigit() else ""
    return ascii_name.removeprefix("www.")


def split(url: str) -> SplitResult | None:
    """The parts of an address, ``https://`` where no scheme is written; None: it is none."""
    text = url.strip()[:2_048]
    if not text or any(char.isspace() for char in text):
        return None
    try:
        return urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return None


def _shown(text: str) -> str:
    """As one line, without what would steer a terminal or turn the direction of the writing."""
    line = " ".join(text[: 8 * MAX_SHOWN].split())
    return "".join(char for char in line if char.isprintable() or char in _JOINERS)[:MAX_SHOWN]


def _hostname(parts: SplitResult) -> str:
    try:
        return parts.hostname or ""
    except ValueError:
        return ""
