"""ZIP archives around a list: 1Password's 1PUX, Proton Pass, Dashlane, Bitwarden with files."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from secassist.base.errors import OverLimit, UnusableInput
from secassist.passwords.importers.source import DAMAGED, MAX_BYTES

_MARK: Final = b"PK\x03\x04"
_MAX_MEMBERS: Final = 10_000  # a 1PUX archive holds the attached files, too
_ENDINGS: Final = (".json", ".csv", ".data", ".xml", ".1pif")
_ATTACHED: Final = ("files/", "attachments/")
_ENCRYPTED: Final = 0x1  # flag bit
_BROKEN: Final = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    zlib.error,
    ValueError,
    OSError,
)
_LOCKED: Final = "This archive is locked with a password. Unpack it, then bring what is in it."
_BOMB: Final = "This archive is too large to hold a list of passwords."


def fits(data: bytes) -> bool:
    """Is it a ZIP archive?"""
    return data.startswith(_MARK)


def members(data: bytes) -> list[bytes]:
    """The files in it that may be lists. Raises OverLimit before anything large is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            wanted = [
                info
                for info in listed
                if info.filename.lower().endswith(_ENDINGS)
                and not info.filename.lower().startswith(_ATTACHED)
            ]
            if len(listed) > _MAX_MEMBERS or sum(info.file_size for info in wanted) > MAX_BYTES:
                raise OverLimit(_BOMB)
            if any(info.flag_bits & _ENCRYPTED for info in wanted):
                raise UnusableInput(_LOCKED)
            return [_unpacked(archive, info) for info in wanted]
    except _BROKEN:
        raise UnusableInput(DAMAGED) from None


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The size in the directory may be a lie: never more than it says."""
    with archive.open(info) as file:
        return file.read(info.file_size)
