"""FreeOTP+ (JSON) and FreeOTP's tokens (XML); their secrets are lists of signed bytes."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.twofactor import base32, otpauth
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers import android
from secassist.twofactor.importers.fields import NO_ENTRY, mapping, numbered, sequence, text
from secassist.twofactor.importers.source import Source

FORMAT: Final = "FreeOTP+"
_FREEOTP: Final = "FreeOTP"
_PEEK: Final = 100_000  # characters
_STEAM: Final = "Steam"  # which hands out no codes but its own; FreeOTP+ goes by the name, too
_NO_TOKEN: Final = "tokenOrder"


def fits(source: Source) -> bool:
    """Is it an export of FreeOTP+, or the token file of FreeOTP?"""
    if isinstance(mapping(source.json).get("tokens"), list):
        return True
    return (
        source.text is not None
        and android.are_settings(source.text)
        and '"algo"' in html.unescape(source.text[:_PEEK])
    )


def read(source: Source, password: str | None) -> Batch:
    """All tokens; these formats know no password."""
    if source.json is None:
        return Batch(_FREEOTP, tuple(entry(token) for token in _xml_tokens(source.text or "")))
    tokens = sequence(mapping(source.json)["tokens"])
    return Batch(FORMAT, tuple(entry(token) for token in tokens))


def _xml_tokens(text: str) -> Iterator[Any]:
    for name, value in android.strings(text, _FREEOTP):
        if name == _NO_TOKEN:
            continue
        try:
            yield json.loads(value)
        except (ValueError, RecursionError):
            yield None


def entry(value: Any) -> Entry:
    """The account of a token: an object with its names, its kind and its secret."""
    if not isinstance(value, dict):
        return NO_ENTRY
    issuer, name = text(value, "issuerExt", "issuerInt"), text(value, "label")

    def make() -> Account:
        kind = otpauth.kind_named(text(value, "type") or Kind.TOTP)
        if kind is Kind.TOTP and issuer == _STEAM:
            kind = Kind.STEAM
        return numbered(
            value,
            kind=kind,
            secret=_secret(value),
            algorithm=text(value, "algo"),
            issuer=issuer,
            name=name,
        )

    return attempt(make, issuer=issuer, name=name)


def _secret(value: Mapping[str, Any]) -> bytes:
    secret = value.get("secret")
    if isinstance(secret, str):
        return base32.decode(secret)
    numbers = sequence(secret)[:2_000]
    if any(type(byte) is not int or not -128 <= byte <= 255 for byte in numbers):
        raise UnusableInput("The secret is damaged.")
    return bytes(byte & 0xFF for byte in numbers)
