"""The codes themselves: RFC 4226, RFC 6238, and Steam's. Time is integer Unix time, always.

Local time never comes in: a program that goes through it shows wrong codes in the hour that
summer time repeats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from pyotp.otp import OTP

from secassist.twofactor.account import Account, Algorithm, Kind

_DIGESTS: Final[Mapping[Algorithm, Callable[..., Any]]] = MappingProxyType(
    {
        Algorithm.SHA1: hashlib.sha1,
        Algorithm.SHA256: hashlib.sha256,
        Algorithm.SHA512: hashlib.sha512,
    }
)
_STEAM_LETTERS: Final = "23456789BCDFGHJKMNPQRTVWXY"
_ALL_DIGITS: Final = 10  # of the 31-bit number that RFC 4226 truncates to


class _Generator(OTP):
    """pyotp's HMAC and truncation, without its checks at the door.

    pyotp from 2.12 on refuses secrets under 112 bits, five digits and long periods; sites issue
    all of these, and ``Account`` has its own bounds.
    """

    def __init__(self, secret: bytes, algorithm: Algorithm, digits: int) -> None:
        # Not the parent's: it is what refuses them.
        self._bytes = secret
        self.digest = _DIGESTS[algorithm]
        self.digits = digits

    def byte_secret(self) -> bytes:
        return self._bytes


@dataclass(frozen=True, slots=True)
class Code:
    """What to type now and after that. ``valid_for`` in seconds; None where a counter counts."""

    code: str
    next: str
    valid_for: int | None


def at(account: Account, unix_time: int) -> Code:
    """The codes of an account at a Unix time (whole seconds, not negative).

    For HOTP: those of its counter and the one after; nothing is counted up here.
    """
    if account.kind is Kind.HOTP:
        return Code(
            of_counter(account, account.counter), of_counter(account, account.counter + 1), None
        )
    step, passed = divmod(max(0, unix_time), account.period)
    return Code(of_counter(account, step), of_counter(account, step + 1), account.period - passed)


def of_counter(account: Account, counter: int) -> str:
    """The code of one counter value or time step (not negative)."""
    if account.kind is Kind.STEAM:
        generator = _Generator(account.secret, Algorithm.SHA1, _ALL_DIGITS)
        number = int(generator.generate_otp(counter))
        letters = []
        for _ in range(account.digits):
            number, letter = divmod(number, len(_STEAM_LETTERS))
            letters.append(_STEAM_LETTERS[letter])
        return "".join(letters)
    generator = _Generator(account.secret, account.algorithm, account.digits)
    return generator.generate_otp(counter)


def find_step(account: Account, typed: str, unix_time: int, *, reach: int = 10) -> int | None:
    """How many steps away from now the typed code is right: 0 is now, -1 the step before.

    The nearest one within ``reach`` steps (for HOTP: counters from now on); None if there is none.
    """
    wanted = "".join(typed.split()).replace("-", "").upper()
    if account.kind is Kind.HOTP:
        start, steps = account.counter, list(range(reach + 1))
    else:
        start = max(0, unix_time) // account.period
        steps = sorted(range(-reach, reach + 1), key=abs)
    return next(
        (s for s in steps if start + s >= 0 and of_counter(account, start + s) == wanted), None
    )
