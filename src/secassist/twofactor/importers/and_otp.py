"""andOTP: plain backups and both encrypted forms (AES-256-GCM, the key by PBKDF2 or SHA-256)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from secassist.twofactor import base32, otpauth
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers import crypt
from secassist.twofactor.importers.fields import NO_ENTRY, mapping, numbered, text
from secassist.twofactor.importers.source import Damaged, PasswordNeeded, Source, WrongPassword

FORMAT: Final = "andOTP"
_COUNT: Final = 4  # bytes of the iteration count in front of the newer form
_SALT: Final = 12
_NONCE: Final = 12
_TAG: Final = 16
_OTHERS: Final = (
    b"%PDF",
    b"SQLite format 3",
    b"\x1f\x8b",  # gzip
    b"\xac\xed",  # Java objects
    b"\x03\xd9\xa2\x9a",  # KeePass
    b"\x7fELF",
    b"MZ",
)
"""How files begin that it is surely not."""
_ITERATIONS: Final = range(1_000, 5_000_000)


def fits(source: Source) -> bool:
    """Is it a plain backup, or an encrypted one, which has no mark of its own?"""
    if isinstance(source.json, list):
        return not source.json or any("secret" in mapping(value) for value in source.json)
    if source.text is not None or source.data.startswith(_OTHERS):
        return False
    return len(source.data) > _NONCE + _TAG


def read(source: Source, password: str | None) -> Batch:
    """All entries. Raises PasswordNeeded, WrongPassword, Damaged."""
    listed = source.json if source.text is not None else _opened(source.data, password)
    if not isinstance(listed, list):
        raise Damaged(FORMAT)
    return Batch(FORMAT, tuple(_entry(value) for value in listed))


def _entry(value: Any) -> Entry:
    if not isinstance(value, dict):
        return NO_ENTRY
    issuer, name = text(value, "issuer"), text(value, "label")
    if "issuer" not in value and " - " in name:  # before version 0.6
        issuer, _, name = name.partition(" - ")

    def make() -> Account:
        return numbered(
            value,
            kind=otpauth.kind_named(text(value, "type") or Kind.TOTP),
            secret=base32.decode(text(value, "secret")),
            algorithm=text(value, "algorithm"),
            issuer=issuer,
            name=name,
        )

    return attempt(make, issuer=issuer, name=name)


def _opened(data: bytes, password: str | None) -> Any:
    """Nothing in these files tells a wrong password from a damaged file: both fail to open."""
    if password is None:
        raise PasswordNeeded(FORMAT)
    for key, nonce, box in _ways(data, crypt.secret_of(password)):
        plain = crypt.open_gcm(key, nonce, box)
        if plain is not None:
            try:
                return json.loads(plain)
            except (ValueError, RecursionError):
                raise Damaged(FORMAT) from None
    raise WrongPassword(FORMAT, sure=False)


def _ways(data: bytes, secret: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    iterations = int.from_bytes(data[:_COUNT], "big")
    head = _COUNT + _SALT + _NONCE
    if iterations in _ITERATIONS and len(data) >= head + _TAG:
        salt, nonce = data[_COUNT : _COUNT + _SALT], data[_COUNT + _SALT : head]
        yield crypt.pbkdf2("sha1", secret, salt, iterations, 32), nonce, data[head:]
    yield hashlib.sha256(secret).digest(), data[:_NONCE], data[_NONCE:]
