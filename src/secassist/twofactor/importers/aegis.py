"""Aegis: plain and encrypted vaults (scrypt slots around a master key, AES-256-GCM)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from secassist.twofactor import base32, otpauth
from secassist.twofactor.account import Account
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers import crypt
from secassist.twofactor.importers.fields import NO_ENTRY, mapping, numbered, sequence, text
from secassist.twofactor.importers.source import Damaged, PasswordNeeded, Source, WrongPassword

FORMAT: Final = "Aegis"
_PASSWORD_SLOT: Final = 1
_MAX_SLOTS: Final = 20
_LONG: Final = 64  # bytes: the block of HMAC-SHA256
_JAVA_BYTES_A_CHARACTER: Final = 1.1  # how Java sizes the buffer in which it encodes UTF-8


def fits(source: Source) -> bool:
    """Is it an Aegis vault?"""
    whole = mapping(source.json)
    return "header" in whole and "db" in whole


def read(source: Source, password: str | None) -> Batch:
    """All entries. Raises PasswordNeeded, WrongPassword, Damaged."""
    whole = mapping(source.json)
    database = whole["db"]
    if isinstance(database, str):
        database = _opened(mapping(whole["header"]), database, password)
    listed = mapping(database).get("entries")
    if not isinstance(listed, list):
        raise Damaged(FORMAT)
    return Batch(FORMAT, tuple(_entry(fields) for fields in listed))


def _entry(value: Any) -> Entry:
    if not isinstance(value, dict):
        return NO_ENTRY
    info = mapping(value.get("info"))
    issuer, name = text(value, "issuer"), text(value, "name")

    def make() -> Account:
        return numbered(
            info,
            kind=otpauth.kind_named(text(value, "type")),
            secret=base32.decode(text(info, "secret")),
            algorithm=text(info, "algo"),
            issuer=issuer,
            name=name,
            note=text(value, "note"),
        )

    return attempt(make, issuer=issuer, name=name)


def _opened(header: Mapping[str, Any], database: str, password: str | None) -> Any:
    if password is None:
        raise PasswordNeeded(FORMAT)
    slots = [mapping(slot) for slot in sequence(header.get("slots"))]
    slots = [slot for slot in slots if slot.get("type") == _PASSWORD_SLOT][:_MAX_SLOTS]
    params = mapping(header.get("params"))
    nonce, tag = crypt.unhex(params.get("nonce")), crypt.unhex(params.get("tag"))
    box = crypt.unbase64(database)
    if not slots or nonce is None or tag is None or box is None:
        raise Damaged(FORMAT)
    key = next((key for slot in slots if (key := _master_key(slot, password))), None)
    if key is None:
        raise WrongPassword(FORMAT)
    plain = crypt.open_gcm(key, nonce, box + tag)
    try:
        if plain is not None:
            return json.loads(plain)
    except (ValueError, RecursionError):
        pass
    raise Damaged(FORMAT)


def _master_key(slot: Mapping[str, Any], password: str) -> bytes | None:
    params = mapping(slot.get("key_params"))
    values = (slot.get("key"), slot.get("salt"), params.get("nonce"), params.get("tag"))
    box, salt, nonce, tag = (crypt.unhex(value) for value in values)
    sizes = [slot.get("n"), slot.get("r"), slot.get("p")]
    n, r, p = (size if type(size) is int else 0 for size in sizes)
    if box is None or salt is None or nonce is None or tag is None:
        raise Damaged(FORMAT)
    for secret in _secrets(password, repaired=slot.get("repaired") is True):
        key = crypt.open_gcm(crypt.scrypt(secret, salt, n, r, p), nonce, box + tag)
        if key is not None and len(key) == 32:
            return key
    return None


def _secrets(password: str, *, repaired: bool) -> Iterator[bytes]:
    """The password; for a slot of Aegis before 0.4.3 also with the zeros that it took along.

    They made no difference up to the block size of HMAC.
    """
    secret = crypt.secret_of(password)
    yield secret
    with_zeros = secret.ljust(int(len(password) * _JAVA_BYTES_A_CHARACTER), b"\0")
    if not repaired and len(with_zeros) > max(_LONG, len(secret)):
        yield with_zeros
