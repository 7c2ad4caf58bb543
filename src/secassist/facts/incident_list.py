"""A newer list of known waves, signed by whoever keeps it.

The first line is ``secassist-incidents-1`` and, after a blank, the Ed25519 signature (RFC 8032) of
all octets below it, in Base64. Below stands TOML: ``made_at``, a time with its zone, and then the
tables of ``assets/incidents.toml``. Nothing is parsed before the signature was found to be right.
"""

from __future__ import annotations

import base64
import binascii
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from secassist.base.errors import CouldNotFinish, UnusableCall, UnusableInput
from secassist.base.language import mark as _
from secassist.facts.incidents import Incident, parse
from secassist.facts.organisations import organisations

FIRST_LINE: Final = b"secassist-incidents-1 "
MAX_BYTES: Final = 256 * 1024
KEY_BYTES: Final = 32
_AHEAD: Final = timedelta(days=1)  # clocks differ
_NO_LIST: Final = _("This is no list of known waves.")
_NOT_SIGNED: Final = _("This list is not signed by the one whom you trust for it. It was left out.")
_FROM_THE_FUTURE: Final = _("This list says that it is from the future. It was left out.")
_SLIP: Final = _("This list has a slip in it, so it was left out.")
NO_KEY: Final = _("This is no key. It has 44 letters and digits, and is written beside the list.")


@dataclass(frozen=True, slots=True)
class IncidentList:
    """A list whose signature is right."""

    made_at: datetime
    incidents: tuple[Incident, ...]


def read_key(text: str) -> bytes:
    """The public key in Base64. Raises UnusableCall."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise UnusableCall(NO_KEY)
    return key


def read_list(data: bytes, key: bytes, now: datetime) -> IncidentList:
    """The list in such a file, signed with the private part of ``key``. Raises UnusableInput."""
    top, end, signed = data[: MAX_BYTES + 1].partition(b"\n")
    if not top.startswith(FIRST_LINE) or not end or len(data) > MAX_BYTES:
        raise UnusableInput(_NO_LIST)
    try:
        written = top[len(FIRST_LINE) :]
        signature = base64.b64decode(written, validate=True)
        if base64.b64encode(signature) != written:  # bits that mean nothing stand for themselves
            raise UnusableInput(_NOT_SIGNED)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except (ValueError, binascii.Error, InvalidSignature) as error:
        raise UnusableInput(_NOT_SIGNED) from error
    return _read(signed, now)


def _read(signed: bytes, now: datetime) -> IncidentList:
    try:
        table: dict[str, Any] = tomllib.loads(signed.decode("utf-8"))
        made_at = table.pop("made_at")
        if not isinstance(made_at, datetime) or made_at.tzinfo is None:
            raise UnusableInput(_SLIP)
        incidents = _known(table)
    except (ValueError, KeyError, RecursionError, CouldNotFinish) as slip:
        raise UnusableInput(_SLIP) from slip
    if made_at > now + _AHEAD:
        raise UnusableInput(_FROM_THE_FUTURE)
    return IncidentList(made_at.astimezone(UTC), incidents)


def _known(table: Mapping[str, Any]) -> tuple[Incident, ...]:
    """The waves of organisations that we know; a newer list may name others too."""
    return tuple(one for one in parse(table) if one.organisation in organisations())
