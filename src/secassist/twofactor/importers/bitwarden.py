"""Bitwarden and Bitwarden Authenticator: JSON, and JSON encrypted with a password of its own."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from secassist.base.errors import UnusableInput
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers import crypt
from secassist.twofactor.importers.fields import from_field, mapping, sequence, text
from secassist.twofactor.importers.source import Damaged, PasswordNeeded, Source, WrongPassword

FORMAT: Final = "Bitwarden"
_PBKDF2, _ARGON2ID = 0, 1
_CHECK: Final = "encKeyValidation_DO_NOT_EDIT"
_CBC_WITH_HMAC: Final = "2."


def fits(source: Source) -> bool:
    """Is it an export of Bitwarden?"""
    whole = mapping(source.json)
    return "encrypted" in whole and ("items" in whole or "data" in whole or _CHECK in whole)


def read(source: Source, password: str | None) -> Batch:
    """Every item with a code; those without are no business of ours.

    Raises PasswordNeeded, WrongPassword, Damaged, and UnusableInput for an export that only the
    Bitwarden account itself can open.
    """
    whole = mapping(source.json)
    if whole.get("encrypted") is True:
        whole = _opened(whole, password)
    if not isinstance(whole.get("items"), list):
        raise Damaged(FORMAT)
    items = [mapping(item) for item in sequence(whole["items"])]
    with_code = [item for item in items if text(mapping(item.get("login")), "totp")]
    return Batch(FORMAT, tuple(_entry(item) for item in with_code))


def _entry(item: Mapping[str, Any]) -> Entry:
    login = mapping(item.get("login"))
    issuer, name = text(item, "name"), text(login, "username")
    return attempt(
        lambda: from_field(text(login, "totp"), issuer=issuer, name=name),
        issuer=issuer,
        name=name,
    )


def _opened(whole: Mapping[str, Any], password: str | None) -> Mapping[str, Any]:
    if whole.get("passwordProtected") is not True:
        raise UnusableInput(
            "Only the Bitwarden account that made this file can open it. "
            "Export again, and choose “password protected”."
        )
    if password is None:
        raise PasswordNeeded(FORMAT)
    keys = _keys(whole, password)
    if _plain(text(whole, _CHECK), keys) is None:
        raise WrongPassword(FORMAT)
    plain = _plain(text(whole, "data"), keys)
    try:
        return mapping(json.loads(plain if plain is not None else b""))
    except (ValueError, RecursionError):
        raise Damaged(FORMAT) from None


def _keys(whole: Mapping[str, Any], password: str) -> tuple[bytes, bytes]:
    """The keys for cipher and HMAC. The salt counts as the text that it is written as."""
    secret, salt = crypt.secret_of(password), text(whole, "salt").encode()
    iterations = whole.get("kdfIterations")
    if not salt or type(iterations) is not int:
        raise Damaged(FORMAT)
    if whole.get("kdfType") == _PBKDF2:
        master = crypt.pbkdf2("sha256", secret, salt, iterations, 32)
    elif whole.get("kdfType") == _ARGON2ID:
        memory, lanes = whole.get("kdfMemory"), whole.get("kdfParallelism")
        if type(memory) is not int or type(lanes) is not int:
            raise Damaged(FORMAT)
        master = crypt.argon2id(
            secret, hashlib.sha256(salt).digest(), passes=iterations, kib=memory * 1024, lanes=lanes
        )
    else:
        raise Damaged(FORMAT)
    cipher, mac = (
        HKDFExpand(hashes.SHA256(), 32, info).derive(master) for info in (b"enc", b"mac")
    )
    return cipher, mac


def _plain(box: str, keys: tuple[bytes, bytes]) -> bytes | None:
    """What ``2.iv|data|mac`` holds; None where the keys do not fit. Raises Damaged."""
    parts = [crypt.unbase64(part) for part in box.removeprefix(_CBC_WITH_HMAC).split("|")]
    if not box.startswith(_CBC_WITH_HMAC) or len(parts) != 3:
        raise Damaged(FORMAT)
    iv, data, mac = parts
    if iv is None or data is None or mac is None or len(iv) != 16 or not data or len(data) % 16:
        raise Damaged(FORMAT)
    if not hmac.compare_digest(hmac.digest(keys[1], iv + data, "sha256"), mac):
        return None
    plain = crypt.open_cbc(keys[0], iv, data)
    if plain is None:
        raise Damaged(FORMAT)
    return plain
