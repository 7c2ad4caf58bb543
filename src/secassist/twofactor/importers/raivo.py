"""Raivo: the JSON inside its archive (see ``archive`` for the archive itself)."""

from __future__ import annotations

from typing import Any, Final

from secassist.twofactor import base32, otpauth
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.entries import Batch, Entry, attempt
from secassist.twofactor.importers.fields import NO_ENTRY, mapping, numbered, text
from secassist.twofactor.importers.source import Source

FORMAT: Final = "Raivo"


def fits(source: Source) -> bool:
    """Is it Raivo's list? It names periods ``timer`` and has an ``account`` for each entry."""
    return isinstance(source.json, list) and any(
        {"secret", "timer", "kind"} <= mapping(value).keys() for value in source.json
    )


def read(source: Source, password: str | None) -> Batch:
    """All entries; the list itself knows no password."""
    return Batch(FORMAT, tuple(_entry(value) for value in source.json))


def _entry(value: Any) -> Entry:
    if not isinstance(value, dict):
        return NO_ENTRY
    issuer, name = text(value, "issuer"), text(value, "account")

    def make() -> Account:
        return numbered(
            value,
            kind=otpauth.kind_named(text(value, "kind") or Kind.TOTP),
            secret=base32.decode(text(value, "secret")),
            algorithm=text(value, "algorithm"),
            issuer=issuer,
            name=name,
            period="timer",
        )

    return attempt(make, issuer=issuer, name=name)
