"""Gathers accounts while a file is read, and counts what is left out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from secassist.base.errors import OverLimit
from secassist.passwords.credential import Code, Credential, Listing
from secassist.passwords.importers.source import MAX_ROWS, TOO_MANY

NO_PASSWORD = "no password"
NOTE = "no sign-in (a note, a card or the like)"
PASSKEY = "a passkey, which needs no password"
AGAIN = "the same entry again"
UNEVEN = "a row that does not fit its columns"
IN_THE_BIN = "deleted in the password manager"


class Collector:
    """The accounts so far. Raises OverLimit where there are too many."""

    def __init__(self, format_name: str) -> None:
        self._format = format_name
        self._credentials: dict[Credential, None] = {}
        self._skipped: Counter[str] = Counter()
        self._codes: dict[Code, None] = {}

    def add(self, credential: Credential) -> None:
        """Take an account, unless it has no password or is there already."""
        if credential.code:
            self._codes[credential.title, credential.username, credential.code] = None
        if not credential.password:
            self.skip(NO_PASSWORD)
        elif credential in self._credentials:
            self.skip(AGAIN)
        else:
            self._credentials[credential] = None
            self._bound()

    def skip(self, reason: str) -> None:
        """Count a row that is left out."""
        self._skipped[reason] += 1
        self._bound()

    def listing(self) -> Listing:
        """What was gathered."""
        return Listing(
            self._format, tuple(self._credentials), dict(self._skipped), tuple(self._codes)
        )

    def _bound(self) -> None:
        if len(self._credentials) + self._skipped.total() > MAX_ROWS:
            raise OverLimit(TOO_MANY)


def joined(listings: Iterable[Listing]) -> Listing:
    """Several files as one."""
    several = tuple(listings)
    collector = Collector(", ".join(dict.fromkeys(listing.format for listing in several)))
    skipped: Counter[str] = Counter()
    for listing in several:
        skipped.update(listing.skipped)
        for credential in listing.credentials:
            collector.add(credential)
    whole = collector.listing()
    skipped.update(whole.skipped)
    codes = dict.fromkeys(code for listing in several for code in listing.codes)
    return Listing(whole.format, whole.credentials, dict(skipped), tuple(codes))
