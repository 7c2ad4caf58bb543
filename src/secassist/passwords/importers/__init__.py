"""Imports: exported lists of passwords; which program wrote one, its content says."""

from __future__ import annotations

from secassist.passwords.credential import Listing
from secassist.passwords.importers import tables
from secassist.passwords.importers.source import text_of


def read(data: bytes, *, format_name: str = "") -> Listing:
    """All accounts of one exported file.

    Raises UnusableInput whose sentence says what was found instead.
    """
    return tables.read(text_of(data), format_name=format_name)
