"""KeePass databases (KDBX 3 and 4), where the optional extra ``kdbx`` is installed.

pykeepass is under the GPL, so it is no part of what ships; without it a sentence says what to do.
"""

from __future__ import annotations

import io
from typing import Final

from secassist.base.errors import PasswordNeeded, UnusableInput, WrongPassword
from secassist.passwords.credential import Listing
from secassist.passwords.importers import keepass_xml
from secassist.passwords.importers.source import DAMAGED

FORMAT: Final = "kdbx"
_MARK: Final = b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5"
_MISSING: Final = (
    "This is a KeePass database. Open it in KeePassXC and choose Database, Export, CSV file; "
    "then bring that file."
)
NEEDED: Final = "This KeePass database is encrypted. It needs its password."
WRONG: Final = "That password does not open this KeePass database."


def fits(data: bytes) -> bool:
    """Is it a database of KeePass 2 or KeePassXC?"""
    return data.startswith(_MARK)


def read(data: bytes, password: str | None) -> Listing:
    """All accounts. Raises PasswordNeeded, WrongPassword, UnusableInput."""
    try:
        import pykeepass  # noqa: PLC0415 (an optional extra)
        from pykeepass.exceptions import CredentialsError  # noqa: PLC0415
    except ImportError:
        raise UnusableInput(_MISSING) from None
    if password is None:
        raise PasswordNeeded(NEEDED)
    try:
        text = pykeepass.PyKeePass(io.BytesIO(data), password=password).xml()
    except CredentialsError:
        raise WrongPassword(WRONG) from None
    except Exception:  # whatever its parsers raise: it is one damaged file to us
        raise UnusableInput(DAMAGED) from None
    found = keepass_xml.read(text.decode("utf-8", "replace"))
    return Listing(FORMAT, found.credentials, found.skipped, found.codes)
