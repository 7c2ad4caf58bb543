"""Attachments that do something when opened: told by name and first bytes, never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from secassist.mail.findings import Finding, Strength, contradicts, notes
from secassist.mail.html_text import extract
from secassist.mail.identity.skeleton import BIDI_OVERRIDE, show
from secassist.mail.mime import Part

_PROGRAMS: Final = frozenset(
    "ade adp apk app application appinstaller appx appxbundle bash bat chm cmd com command cpl"
    " desktop diagcab dll dmg exe gadget hlp hta img inf ipa iso jar js jse library-ms lnk mde msc"
    " msi msix msp one onepkg pif pkg ps1 psm1 py pyw reg run scf scr sct search-ms"
    " settingcontent-ms sh udf url vb vbe vbs vhd vhdx ws wsc wsf wsh xll".split()
)
_MACROS: Final = frozenset("docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm slk iqy".split())
_ARCHIVES: Final = frozenset("zip rar 7z gz tgz tar bz2 xz cab ace arj lzh z r00 zipx".split())
_PAGES: Final = frozenset("htm html xhtml shtml mht mhtml svg xht".split())
_DOCUMENTS: Final = frozenset(
    "pdf doc docx xls xlsx ppt pptx txt rtf jpg jpeg png gif csv mp3 mp4 wav zip htm html".split()
)
_SCRIPT: Final = re.compile(r"<script|javascript:|\bon(?:load|error|click)\s*=|atob\s*\(", re.I)
_ZIP_ENTRY: Final = b"PK\x03\x04"
_MAX_ENTRIES: Final = 50
_MAX_PAGE: Final = 300_000


@dataclass(frozen=True, slots=True)
class _Name:
    endings: tuple[str, ...]
    """From left to right, lower case, at most the last three."""
    reversed_order: bool
    """A character in the name turns the order of reading round: ``exe.pdf`` for ``fdp.exe``."""

    @property
    def last(self) -> str:
        return self.endings[-1] if self.endings else ""


def findings_of(part: Part) -> tuple[Finding, ...]:
    """What opening this part might do. Pure; reads at most the first 300 kB; never raises."""
    name = _read_name(part.filename)
    shown = show(part.filename or part.content_type, 80)
    found: list[Finding] = []
    if name.reversed_order:
        found.append(contradicts("attachment.name-turned-round", name=shown))
    if name.last in _PROGRAMS or _starts_like_program(part.payload):
        if len(name.endings) > 1 and name.endings[-2] in _DOCUMENTS:
            found.append(contradicts("attachment.two-endings", name=shown))
        found.append(contradicts("attachment.program", name=shown, kind=name.last))
    elif name.last in _MACROS:
        found.append(contradicts("attachment.macros", Strength.WEAK, name=shown, kind=name.last))
    elif name.last in _ARCHIVES or part.payload.startswith((_ZIP_ENTRY, b"Rar!", b"7z\xbc\xaf")):
        found.extend(_in_archive(part, shown))
    elif name.last in _PAGES and (part.attachment or part.content_type != "text/html"):
        found.extend(_in_page(part, name, shown))
    return tuple(found)


def _read_name(filename: str) -> _Name:
    turned = any(c in filename for c in BIDI_OVERRIDE)
    pieces = show(filename, 200).strip(" .").lower().split(".")
    endings = tuple(p.strip() for p in pieces[1:][-3:] if len(p.strip()) <= 20)
    return _Name(endings, turned)


def _starts_like_program(payload: bytes) -> bool:
    return payload.startswith((b"MZ", b"\x7fELF", b"L\x00\x00\x00\x01\x14\x02\x00")) and (
        len(payload) > 64
    )


def _in_archive(part: Part, shown: str) -> Iterator[Finding]:
    locked = False
    for name, encrypted in zip_entries(part.payload):
        locked = locked or encrypted
        if _read_name(name).last in _PROGRAMS:
            yield contradicts("attachment.program", name=shown, inside=show(name, 80))
            return
    if locked:
        # A locked archive cannot be checked for viruses on its way; that is why they are sent.
        yield contradicts("attachment.locked-archive", Strength.WEAK, name=shown)
    else:
        yield notes("attachment.archive", name=shown)


def zip_entries(data: bytes) -> Iterator[tuple[str, bool]]:
    """Name and "is encrypted" of the entries of a ZIP file (APPNOTE 4.3.7), from its start on.

    Reads local headers alone, as the directory at the end may be cut off. At most 50 entries.
    """
    at = 0
    for _ in range(_MAX_ENTRIES):
        at = data.find(_ZIP_ENTRY, at)
        if at < 0 or at + 30 > len(data):
            return
        flags = int.from_bytes(data[at + 6 : at + 8], "little")
        length = int.from_bytes(data[at + 26 : at + 28], "little")
        name = data[at + 30 : at + 30 + min(length, 300)].decode("utf-8", "replace")
        yield name, bool(flags & 1)
        at += 30 + length


def _in_page(part: Part, name: _Name, shown: str) -> Iterator[Finding]:
    source = part.text or part.payload[:_MAX_PAGE].decode("utf-8", "replace")
    source = source[:_MAX_PAGE]
    page = extract(source)
    if page.asks_password or (page.forms and name.last != "svg"):
        yield contradicts("attachment.page-with-form", name=shown)
    elif _SCRIPT.search(source) or "refresh" in page.active:
        yield contradicts("attachment.page-with-script", name=shown)
    else:
        yield contradicts("attachment.page", Strength.WEAK, name=shown)
