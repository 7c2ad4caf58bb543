"""FreeOTP+ (JSON); its secrets are lists of signed bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.twofactor import base32, otpauth
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers.fields import NO_ENTRY, mapping, number, sequence, text
from secassist.twofactor.importers.source import Source

FORMAT: Final = "FreeOTP+"


def fits(source: Source) -> bool:
    """Is it an export of FreeOTP+?"""
    return isinstance(mapping(source.json).get("tokens"), list)


def read(source: Source, password: str | None) -> Batch:
    """All tokens; this format knows no password."""
    tokens = sequence(mapping(source.json)["tokens"])
    return Batch(FORMAT, tuple(_entry(token) for token in tokens))


def _entry(value: Any) -> Entry:
    if not isinstance(value, dict):
        return NO_ENTRY
    issuer, name = text(value, "issuerExt", "issuerInt"), text(value, "label")

    def make() -> Account:
        return Account(
            kind=otpauth.kind_named(text(value, "type") or Kind.TOTP),
            secret=_secret(value),
            issuer=issuer,
            name=name,
            algorithm=otpauth.algorithm(text(value, "algo")),
            digits=number(value, "digits", 6),
            period=number(value, "period", 30),
            counter=number(value, "counter", 0),
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
