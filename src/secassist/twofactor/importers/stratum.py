"""Stratum, which was Authenticator Pro: plain backups and both encrypted forms."""

from __future__ import annotations

import json
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.twofactor import base32
from secassist.twofactor.account import Account, Algorithm, Kind
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers import crypt
from secassist.twofactor.importers.fields import NO_ENTRY, mapping, number, text
from secassist.twofactor.importers.source import Damaged, PasswordNeeded, Source, WrongPassword

FORMAT: Final = "Stratum"
_MARK: Final = b"AUTHENTICATORPRO"  # Argon2id, AES-256-GCM
_OLD_MARK: Final = b"AuthenticatorPro"  # PBKDF2, AES-256-CBC
_SALT, _NONCE, _TAG = 16, 12, 16
_OLD_SALT, _IV, _BLOCK = 20, 16, 16
_OLD_ITERATIONS: Final = 64_000
_KINDS: Final = {1: Kind.HOTP, 2: Kind.TOTP, 4: Kind.STEAM}
_OTHER_KINDS: Final = {3: "mOTP", 5: "Yandex"}
_ALGORITHMS: Final = dict(enumerate(Algorithm))


def fits(source: Source) -> bool:
    """Is it a backup of Stratum or Authenticator Pro?"""
    if source.data.startswith((_MARK, _OLD_MARK)):
        return True
    return isinstance(mapping(source.json).get("Authenticators"), list)


def read(source: Source, password: str | None) -> Batch:
    """All entries. Raises PasswordNeeded, WrongPassword, Damaged."""
    whole = source.json
    if source.data.startswith((_MARK, _OLD_MARK)):
        whole = _opened(source.data, password)
    listed = mapping(whole).get("Authenticators")
    if not isinstance(listed, list):
        raise Damaged(FORMAT)
    return Batch(FORMAT, tuple(entry(value) for value in listed))


def entry(value: Any) -> Entry:
    """The account of one of its authenticators, by the fields of its backup."""
    if not isinstance(value, dict):
        return NO_ENTRY
    issuer, name = text(value, "Issuer"), text(value, "Username")

    def make() -> Account:
        kind = number(value, "Type", 2)
        if kind not in _KINDS:
            other = _OTHER_KINDS.get(kind, "unknown")
            raise UnusableInput(
                f"Its codes are of another kind ({other}). We can make TOTP, HOTP and Steam codes."
            )
        hash_number = number(value, "Algorithm", 0)
        if hash_number not in _ALGORITHMS:
            raise UnusableInput("Its codes are made with a hash that we do not know.")
        return Account(
            kind=_KINDS[kind],
            secret=base32.decode(text(value, "Secret")),
            issuer=issuer,
            name=name,
            algorithm=_ALGORITHMS[hash_number],
            digits=number(value, "Digits", 6),
            period=number(value, "Period", 30),
            counter=number(value, "Counter", 0),
        )

    return attempt(make, issuer=issuer, name=name)


def _opened(data: bytes, password: str | None) -> Any:
    if password is None:
        raise PasswordNeeded(FORMAT)
    secret = crypt.secret_of(password)
    body = data[len(_MARK) :]
    plain = _strong(body, secret) if data.startswith(_MARK) else _old(body, secret)
    try:
        return json.loads(plain)
    except (ValueError, RecursionError):
        # The old form has no tag: by chance, a wrong password leaves a padding that fits.
        if data.startswith(_OLD_MARK):
            raise WrongPassword(FORMAT, sure=False) from None
        raise Damaged(FORMAT) from None


def _strong(body: bytes, secret: bytes) -> bytes:
    if len(body) < _SALT + _NONCE + _TAG:
        raise Damaged(FORMAT)
    key = crypt.argon2id(secret, body[:_SALT], passes=3, kib=64 * 1024, lanes=4)
    plain = crypt.open_gcm(key, body[_SALT : _SALT + _NONCE], body[_SALT + _NONCE :])
    if plain is None:
        raise WrongPassword(FORMAT, sure=False)
    return plain


def _old(body: bytes, secret: bytes) -> bytes:
    salt, iv = body[:_OLD_SALT], body[_OLD_SALT : _OLD_SALT + _IV]
    data = body[_OLD_SALT + _IV :]
    if not data or len(data) % _BLOCK:
        raise Damaged(FORMAT)
    key = crypt.pbkdf2("sha1", secret, salt, _OLD_ITERATIONS, 32)
    plain = crypt.open_cbc(key, iv, data)
    if plain is None:
        raise WrongPassword(FORMAT, sure=False)
    return plain
