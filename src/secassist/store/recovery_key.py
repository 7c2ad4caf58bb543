"""The recovery key: 136 random bits and a checksum of 24, as eight groups of four characters.

Written in Crockford's base 32, which has no I, L, O and U; when read, I and L count as 1, O as 0,
and case, blanks and dashes do not matter.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from secassist.base.errors import UnusableInput
from secassist.base.language import Translate, english, mark

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_BYTES: Final = 17
GROUPS, GROUP = 8, 4
_CHARACTERS: Final = GROUPS * GROUP
_ALIKE: Final = str.maketrans("ILO", "110")
_MAX_SHEET: Final = 16 * 1024

SHEET: Final = mark(
    "This is the recovery key of your Secassist store.\n"
    "It opens your sign-in codes when this computer's keyring or your passphrase is lost.\n"
    "Whoever has it and your files can open them, so keep it like a passport,\n"
    "and not on this computer alone. When it has been used, you get a new one;\n"
    "older backups still open with the old one.\n"
)
_LENGTH: Final = mark("A recovery key has eight groups of four letters and digits.")
_LETTER: Final = mark("“{letter}” is in no recovery key. Please compare it with your paper.")
_WRONG: Final = mark("There is a slip in the recovery key. Please compare it with your paper.")


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """A recovery key. Its text is shown to the person; ``secret`` (17 bytes) opens the store."""

    secret: bytes

    def __repr__(self) -> str:
        return "RecoveryKey(…)"  # it must not get into a log

    @classmethod
    def new(cls) -> Self:
        return cls(secrets.token_bytes(SECRET_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed. Raises UnusableInput, saying what is wrong with it."""
        plain = "".join(c for c in text.upper() if c not in " -–—\t\r\n").translate(_ALIKE)
        strange = next((c for c in plain if c not in ALPHABET), None)
        if strange is not None:
            raise UnusableInput(_LETTER.format(letter=strange))
        if len(plain) != _CHARACTERS:
            raise UnusableInput(_LENGTH)
        number = 0
        for character in plain:
            number = number * 32 + ALPHABET.index(character)
        data = number.to_bytes(_CHARACTERS * 5 // 8, "big")
        secret, check = data[:SECRET_BYTES], data[SECRET_BYTES:]
        if _check(secret) != check:
            raise UnusableInput(_WRONG)
        return cls(secret)

    @property
    def groups(self) -> tuple[str, ...]:
        """The eight groups, as they are shown and printed."""
        number = int.from_bytes(self.secret + _check(self.secret), "big")
        text = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_CHARACTERS)))
        return tuple(text[at : at + GROUP] for at in range(0, _CHARACTERS, GROUP))

    @property
    def text(self) -> str:
        """The whole key on one line."""
        return "-".join(self.groups)

    def is_group(self, number: int, typed: str) -> bool:
        """Whether ``typed`` is the group of that number (from 1): the person has the key."""
        return typed.strip().upper().translate(_ALIKE) == self.groups[number - 1]


def sheet(key: RecoveryKey, translate: Translate = english) -> str:
    """What is printed or written to a file: the key on its first line, then what it is for."""
    return f"{key.text}\n\n{translate(SHEET)}"


def read_file(path: Path) -> RecoveryKey:
    """The key on the first line of a file, as ``sheet`` makes it. Raises UnusableInput."""
    try:
        with path.open("rb") as file:
            lines = file.read(_MAX_SHEET).decode("utf-8-sig", "replace").strip().splitlines()
    except OSError as error:
        raise UnusableInput(f"“{path}” could not be read: {error.strerror}.") from error
    return RecoveryKey.parse(lines[0] if lines else "")


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"secassist recovery key" + secret).digest()[:3]
