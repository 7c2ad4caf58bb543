"""Proton Authenticator: plain and encrypted exports (Argon2id, AES-256-GCM)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from secassist.twofactor import otpauth
from secassist.twofactor.account import Account
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers import crypt
from secassist.twofactor.importers.fields import NO_ENTRY, mapping, text
from secassist.twofactor.importers.source import Damaged, PasswordNeeded, Source, WrongPassword

FORMAT: Final = "Proton Authenticator"
_AAD: Final = b"proton.authenticator.export.v1"
_NONCE: Final = 12


def fits(source: Source) -> bool:
    """Is it an export of Proton Authenticator?"""
    whole = mapping(source.json)
    if "salt" in whole and "content" in whole:
        return True
    listed = whole.get("entries")
    return isinstance(listed, list) and (
        "version" in whole or any("content" in mapping(value) for value in listed)
    )


def read(source: Source, password: str | None) -> Batch:
    """All entries. Raises PasswordNeeded, WrongPassword, Damaged."""
    whole = mapping(source.json)
    if "content" in whole:
        whole = _opened(whole, password)
    if not isinstance(whole.get("entries"), list):
        raise Damaged(FORMAT)
    return Batch(FORMAT, tuple(_entry(value) for value in whole["entries"]))


def _entry(value: Any) -> Entry:
    if not isinstance(value, dict):
        return NO_ENTRY
    content = mapping(value.get("content"))
    shown = text(content, "name")

    def make() -> Account:
        account = otpauth.read(text(content, "uri")).account
        # The person may have changed the name; the address keeps the old one.
        name = account.name if shown in ("", account.issuer) else shown
        return replace(account, name=name, note=text(value, "note"))

    return attempt(make, name=shown)


def _opened(whole: Mapping[str, Any], password: str | None) -> Mapping[str, Any]:
    if password is None:
        raise PasswordNeeded(FORMAT)
    salt, box = crypt.unbase64(whole.get("salt")), crypt.unbase64(whole.get("content"))
    if salt is None or box is None or len(salt) < 8 or len(box) < _NONCE + 16:
        raise Damaged(FORMAT)
    key = crypt.argon2id(crypt.secret_of(password), salt, passes=2, kib=19 * 1024, lanes=1)
    plain = crypt.open_gcm(key, box[:_NONCE], box[_NONCE:], _AAD)
    if plain is None:
        raise WrongPassword(FORMAT, sure=False)
    try:
        return mapping(json.loads(plain))
    except (ValueError, RecursionError):
        raise Damaged(FORMAT) from None
