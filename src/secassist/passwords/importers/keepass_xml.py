"""KeePass XML: version 2 (KeePass 2, KeePassXC) and version 1 (KeePass 1, ``pwlist``)."""

from __future__ import annotations

import base64
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from secassist.base.errors import UnusableInput
from secassist.passwords.credential import Credential, Listing
from secassist.passwords.importers import collect
from secassist.passwords.importers.collect import Collector
from secassist.passwords.importers.source import DAMAGED, NOT_A_LIST
from secassist.passwords.importers.tables import moment

_BASE64_TIME: Final = 12  # characters: eight bytes
_YEAR_ONE: Final = 62_135_596_800  # seconds from the year 1 to 1970
_CODES: Final = ("otp", "TOTP Seed", "TimeOtp-Secret", "TimeOtp-Secret-Base32")


def fits(text: str) -> bool:
    """Is it XML at all?"""
    return text.lstrip()[:1] == "<"


def read(text: str) -> Listing:
    """All entries but old versions and what is in the bin. Raises UnusableInput."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # KeePass writes none; entities may be bombs
        raise UnusableInput(NOT_A_LIST)
    try:
        # The declaration may name the encoding that the bytes had; this is text already.
        root = ElementTree.fromstring(text.encode("utf-8", "replace"), _utf8())
    except ElementTree.ParseError:
        raise UnusableInput(DAMAGED) from None
    collector = Collector("keepass-xml")
    if root.tag == "pwlist":
        _read_first(root, collector)
    elif root.tag == "KeePassFile":
        _read_second(root, collector)
    else:
        raise UnusableInput(NOT_A_LIST)
    return collector.listing()


def _utf8() -> ElementTree.XMLParser:
    return ElementTree.XMLParser(encoding="utf-8")


def _read_first(root: Element, collector: Collector) -> None:
    for entry in root.iter("pwentry"):
        filled = {child.tag: (child.text or "") for child in entry}
        collector.add(
            Credential(
                filled.get("title", "").strip(),
                filled.get("username", "").strip(),
                filled.get("password", ""),
                tuple(filter(None, (filled.get("url", "").strip(),))),
                filled.get("group", "").strip(),
                moment(filled.get("lastmod", "")),
            )
        )


def _read_second(root: Element, collector: Collector) -> None:
    bin_id = root.findtext("Meta/RecycleBinUUID") or ""
    groups = [(group, "", False) for group in reversed(root.findall("Root/Group"))]
    while groups:
        group, path, binned = groups.pop()
        binned = binned or (bool(bin_id) and group.findtext("UUID") == bin_id)
        name = group.findtext("Name") or ""
        here = f"{path}/{name}" if path else name
        groups += [(child, here[:200], binned) for child in group.findall("Group")]
        for entry in group.findall("Entry"):
            if binned:
                collector.skip(collect.IN_THE_BIN)
            else:
                collector.add(_entry(entry, here))


def _entry(entry: Element, folder: str) -> Credential:
    filled = {
        one.findtext("Key") or "": one.findtext("Value") or "" for one in entry.findall("String")
    }
    return Credential(
        filled.get("Title", "").strip(),
        filled.get("UserName", "").strip(),
        filled.get("Password", ""),
        tuple(filter(None, (filled.get("URL", "").strip(),))),
        folder,
        _when(entry.findtext("Times/LastModificationTime") or ""),
        next((filled[name].strip() for name in _CODES if filled.get(name)), ""),
    )


def _when(text: str) -> int | None:
    """Unix time of an ISO 8601 time, or of KDBX 4's: base64 of seconds since the year 1."""
    found = moment(text)
    if found is not None or len(text) != _BASE64_TIME:
        return found
    try:
        seconds = int.from_bytes(base64.b64decode(text, validate=True), "little")
    except ValueError:
        return None
    return seconds - _YEAR_ONE if _YEAR_ONE < seconds < 2 * _YEAR_ONE else None
