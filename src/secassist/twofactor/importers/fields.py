"""Values in other people's JSON: whatever stands there, one of the wanted type or a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.twofactor import base32, otpauth
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.entries import Rejected

_NUMBER: Final = re.compile(r"\d{1,19}")
NO_ENTRY: Final = Rejected("Where an entry should be, there is something else.")


def mapping(value: Any) -> Mapping[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> Sequence[Any]:
    """The array, or an empty one."""
    return value if isinstance(value, list) else ()


def text(fields: Mapping[str, Any], *keys: str) -> str:
    """The first of these fields that holds any text; a number counts as its digits."""
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            return str(value)
    return ""


def number(fields: Mapping[str, Any], key: str, default: int) -> int:
    """The whole number in a field, also as text or with ``.0``; nothing there: the default.

    Raises UnusableInput for anything else.
    """
    value = fields.get(key)
    if value is None or value == "":
        return default
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return int(value)
    raise UnusableInput(f"There is no number for “{key}”.")


def numbered(
    fields: Mapping[str, Any],
    *,
    kind: Kind,
    secret: bytes,
    algorithm: str,
    issuer: str,
    name: str,
    note: str = "",
    period: str = "period",
) -> Account:
    """An account whose numbers stand in fields of their usual names; ``period`` may have another.

    Raises UnusableInput.
    """
    return Account(
        kind=kind,
        secret=secret,
        issuer=issuer,
        name=name,
        algorithm=otpauth.algorithm(algorithm),
        digits=number(fields, "digits", 6),
        period=number(fields, period, 30),
        counter=number(fields, "counter", 0),
        note=note,
    )


def from_field(value: str, *, issuer: str, name: str, note: str = "") -> Account:
    """The account of a field of a password manager: an address, or a secret alone.

    ``issuer`` and ``name`` are what the entry is called; they fill what the address leaves open.
    Raises UnusableInput.
    """
    if value.lower().startswith(otpauth.STEAM_SCHEME):  # names nobody: the entry does
        account = otpauth.read(value).account
        return replace(account, issuer=issuer or account.issuer, name=name, note=note)
    if "://" in value:
        account = otpauth.read(value).account
        return replace(
            account,
            issuer=account.issuer or issuer,
            name=account.name or name,
            note=account.note or note,
        )
    if value.lower().startswith("key="):
        return _keepass(value, issuer=issuer, name=name, note=note)
    return Account(secret=base32.decode(value), issuer=issuer, name=name, note=note)


def _keepass(value: str, *, issuer: str, name: str, note: str) -> Account:
    """``key=…&step=30&size=6``, as KeeOtp and old KeePassXC write it."""
    parts = dict(piece.split("=", 1) for piece in value.split("&") if "=" in piece)
    lower = {key.lower(): part for key, part in parts.items()}
    if lower.get("type", "totp").lower() != "totp":
        raise UnusableInput("Its codes come from a counter in a form that we cannot read.")
    return Account(
        secret=base32.decode(lower["key"].replace("%3D", "").replace("%3d", "")),
        issuer=issuer,
        name=name,
        algorithm=otpauth.algorithm(lower.get("otphashmode", "")),
        digits=number(lower, "size", 6),
        period=number(lower, "step", 30),
        note=note,
    )
