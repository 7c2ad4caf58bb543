"""Imports: exported lists of passwords; which program wrote one, its content says.

A table is added in ``layouts``, a format in JSON in ``trees``.
"""

from __future__ import annotations

import json
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.passwords.credential import Listing
from secassist.passwords.importers import (
    archives,
    bitwarden_box,
    headless,
    kdbx,
    keepass_xml,
    pif,
    tables,
)
from secassist.passwords.importers.collect import Collector, joined
from secassist.passwords.importers.fields import mapping
from secassist.passwords.importers.layouts import layout_names
from secassist.passwords.importers.source import DAMAGED, NOT_A_LIST, text_of
from secassist.passwords.importers.trees import FORMATS

_MARKS: Final = {
    b"\x03\xd9\xa2\x9a\x65": "This is a database of KeePass 1. Open it there and choose File, "
    "Export to, CSV file; then bring that file.",
    b"-----BEGIN PGP": "This file is encrypted with PGP. Export again without encryption.",
    b"SQLite format 3": "This is the browser's own database. Export the passwords as CSV instead.",
}
_NAMES: Final = {
    *layout_names(),
    *(name for name, _, _ in FORMATS),
    "keepass-xml",
    pif.FORMAT,
    kdbx.FORMAT,
}


def read(data: bytes, *, format_name: str = "", password: str | None = None) -> Listing:
    """All accounts of one exported file.

    Raises UnusableInput (PasswordNeeded, WrongPassword), whose sentence says what was found
    instead; then nothing of the file is used.
    """
    if format_name and format_name not in _NAMES:
        known = ", ".join(sorted(_NAMES))
        raise UnusableInput(
            f"We know no format “{format_name[:40]}”. Leave it out, or say: {known}."
        )
    if kdbx.fits(data):
        return kdbx.read(data, password)
    for mark, sentence in _MARKS.items():
        if data.startswith(mark):
            raise UnusableInput(sentence)
    if not archives.fits(data):
        return _read(data, format_name, password)
    listings = [_read_member(member, password) for member in archives.members(data)]
    found = [listing for listing in listings if listing is not None]
    if not found:
        raise UnusableInput(NOT_A_LIST)
    return joined(found)


def _read_member(data: bytes, password: str | None) -> Listing | None:
    """None for a file that is no list: an archive holds others, too."""
    try:
        return _read(data, "", password)
    except UnusableInput as error:
        if error.sentence == NOT_A_LIST or not data.strip():
            return None
        raise


def _read(data: bytes, format_name: str, password: str | None) -> Listing:
    text = text_of(data)
    if pif.fits(text):
        return pif.read(text)
    if text.lstrip()[:1] in ("{", "["):
        return _tree(text, password)
    if keepass_xml.fits(text):
        return keepass_xml.read(text)
    if not tables.fits(text):
        name = format_name if format_name in headless.NAMES else headless.which(text)
        if name:
            return headless.read(text, name)
    return tables.read(text, format_name=format_name)


def _tree(text: str, password: str | None) -> Listing:
    whole = mapping(_json(text))
    if whole.get("encrypted") is True and ("data" in whole or "salt" in whole or "items" in whole):
        whole = mapping(_json(bitwarden_box.opened(whole, password).decode("utf-8", "replace")))
    for name, fits, walk in FORMATS:
        if fits(whole):
            collector = Collector(name)
            walk(whole, collector)
            return collector.listing()
    raise UnusableInput(NOT_A_LIST)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UnusableInput(DAMAGED) from None
