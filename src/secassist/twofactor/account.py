"""One account with two-step sign-in: what is needed to make its codes, and what it is called."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from secassist.base.errors import UnusableInput

MIN_DIGITS: Final = 5
MAX_DIGITS: Final = 10
MAX_PERIOD: Final = 300  # seconds
MAX_COUNTER: Final = 2**63 - 1
MAX_SECRET: Final = 1_024  # bytes
MAX_NAME: Final = 1_000  # characters of an issuer or account name
WEAK_BELOW: Final = 16  # bytes; RFC 4226, R6 asks for 128 bits, yet big sites hand out 80
STEAM_DIGITS: Final = 5


class Kind(StrEnum):
    """How the code is made."""

    TOTP = "totp"  # from the time (RFC 6238)
    HOTP = "hotp"  # from a counter (RFC 4226)
    STEAM = "steam"  # from the time, written in Steam's own letters


class Algorithm(StrEnum):
    """The hash inside the HMAC."""

    SHA1 = "SHA1"
    SHA256 = "SHA256"
    SHA512 = "SHA512"


def new_id() -> str:
    """A name for an entry that no other entry has: 32 hexadecimal digits."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Account:
    """An entry. UnusableInput if no code could be made from it; names are cleaned, never refused.

    ``period`` counts for codes from the time, ``counter`` (the one of the next code) for HOTP.
    """

    secret: bytes = field(repr=False)
    issuer: str = ""
    name: str = ""
    kind: Kind = Kind.TOTP
    algorithm: Algorithm = Algorithm.SHA1
    digits: int = 6
    period: int = 30
    counter: int = 0
    note: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    """What its address or file said besides, kept for the way out."""
    id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        if not self.secret:
            raise UnusableInput("The secret is missing.")
        if len(self.secret) > MAX_SECRET:
            raise UnusableInput(f"The secret is longer than {MAX_SECRET} bytes.")
        if self.kind is not Kind.STEAM and not MIN_DIGITS <= self.digits <= MAX_DIGITS:
            raise UnusableInput(
                f"Codes of {_figure(self.digits)} digits do not exist: "
                f"{MIN_DIGITS} to {MAX_DIGITS} do."
            )
        if self.kind is not Kind.HOTP and not 1 <= self.period <= MAX_PERIOD:
            raise UnusableInput(
                f"A code that lasts {_figure(self.period)} seconds cannot be: "
                f"1 to {MAX_PERIOD} can."
            )
        if not 0 <= self.counter <= MAX_COUNTER:
            raise UnusableInput("The counter is out of range.")
        if self.kind is Kind.STEAM:  # Steam knows no others
            object.__setattr__(self, "digits", STEAM_DIGITS)
            object.__setattr__(self, "algorithm", Algorithm.SHA1)
        if self.kind is not Kind.HOTP:
            object.__setattr__(self, "counter", 0)
        else:
            object.__setattr__(self, "period", 30)
        object.__setattr__(self, "issuer", clean_name(self.issuer))
        object.__setattr__(self, "name", clean_name(self.name))

    @property
    def title(self) -> str:
        """``issuer:account``, or the one of them that is known."""
        return ":".join(part for part in (self.issuer, self.name) if part) or "(no name)"

    @property
    def weak(self) -> bool:
        """Is the secret shorter than the standard asks for? Worth a note, no reason to refuse."""
        return len(self.secret) < WEAK_BELOW

    def makes_same_codes(self, other: Account) -> bool:
        """Do both make the same codes (whatever they are called)?"""
        return self._recipe == other._recipe

    @property
    def _recipe(self) -> tuple[bytes, Kind, Algorithm, int, int]:
        return (self.secret, self.kind, self.algorithm, self.digits, self.period)

    def is_duplicate_of(self, other: Account) -> bool:
        """The same codes under the same name (case and blanks aside)?"""
        return self.makes_same_codes(other) and _folded(self) == _folded(other)


def clean_name(text: str) -> str:
    """A name as one line of plain text: control and direction characters become blanks.

    Raises UnusableInput for a name of more than 1,000 characters, which is none.
    """
    if len(text) > MAX_NAME:
        raise UnusableInput(f"A name is longer than {MAX_NAME} characters.")
    kept = (" " if _is_control(c) else c for c in text)
    return " ".join("".join(kept).encode("utf-8", "replace").decode("utf-8").split())


def _is_control(character: str) -> bool:
    category = unicodedata.category(character)
    # Joiners (U+200C, U+200D) belong to Persian words and to emoji.
    return category in ("Cc", "Zl", "Zp") or (category == "Cf" and character not in "\u200c\u200d")


def _folded(account: Account) -> tuple[str, str]:
    def fold(text: str) -> str:
        return unicodedata.normalize("NFKC", text).casefold()

    return fold(account.issuer), fold(account.name)


def _figure(number: int) -> str:
    return str(number) if abs(number) < 10**6 else "very many"
