"""2FAS: backups of all four schema versions, plain and encrypted (PBKDF2, AES-256-GCM)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from secassist.twofactor import base32, otpauth
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers import crypt
from secassist.twofactor.importers.fields import NO_ENTRY, mapping, number, sequence, text
from secassist.twofactor.importers.source import Damaged, PasswordNeeded, Source, WrongPassword

FORMAT: Final = "2FAS"
_ITERATIONS: Final = 10_000
_ENCRYPTED: Final = "servicesEncrypted"


def fits(source: Source) -> bool:
    """Is it a backup of 2FAS?"""
    whole = mapping(source.json)
    return bool(text(whole, _ENCRYPTED)) or isinstance(whole.get("services"), list)


def read(source: Source, password: str | None) -> Batch:
    """All services. Raises PasswordNeeded, WrongPassword, Damaged."""
    whole = mapping(source.json)
    box = text(whole, _ENCRYPTED)
    services = _opened(whole, box, password) if box else sequence(whole.get("services"))
    if not isinstance(services, list):
        raise Damaged(FORMAT)
    return Batch(FORMAT, tuple(_entry(service) for service in services))


def _entry(value: Any) -> Entry:
    if not isinstance(value, dict):
        return NO_ENTRY
    otp = mapping(value.get("otp"))
    issuer = text(otp, "issuer") or text(value, "name")
    name = text(otp, "account", "label") or text(value, "account")

    def make() -> Account:
        kind = otpauth.kind_named(text(otp, "tokenType") or Kind.TOTP)
        return Account(
            kind=kind,
            secret=base32.decode(text(value, "secret")),
            issuer=issuer,
            name=name,
            algorithm=otpauth.algorithm(text(otp, "algorithm")),
            digits=number(otp, "digits", 6) or 6,  # nought where nothing was said
            period=number(otp, "period", 30) or 30,
            counter=number(otp, "counter", 0),
        )

    return attempt(make, issuer=issuer, name=name)


def _opened(whole: Mapping[str, Any], box: str, password: str | None) -> Any:
    if password is None:
        raise PasswordNeeded(FORMAT)
    plain = _plain(box, password)
    if plain is None:
        # The backup holds a second box with a text that tells the two causes apart.
        reference = text(whole, "reference")
        if reference and _plain(reference, password) is not None:
            raise Damaged(FORMAT)
        raise WrongPassword(FORMAT)
    try:
        return json.loads(plain)
    except (ValueError, RecursionError):
        raise Damaged(FORMAT) from None


def _plain(box: str, password: str) -> bytes | None:
    """What ``data:salt:nonce`` holds; None where the password does not fit."""
    parts = [crypt.unbase64(part) for part in box.split(":")]
    if len(parts) != 3:
        raise Damaged(FORMAT)
    data, salt, nonce = parts
    if data is None or salt is None or nonce is None or len(data) < 16 or len(nonce) < 8:
        raise Damaged(FORMAT)
    key = crypt.pbkdf2("sha256", crypt.secret_of(password), salt, _ITERATIONS, 32)
    return crypt.open_gcm(key, nonce, data)
