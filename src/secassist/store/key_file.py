"""The key file: the wrapped key, and the generation of the database as it was last seen.

A checksum tells damage before anything is tried, so that a flipped bit never looks like a wrong
passphrase. A code under the store's own key tells that nobody without the key wrote it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from secassist.store import wraps
from secassist.store.atomic import write_atomically
from secassist.store.wraps import PassphraseWrap, RecoveryWrap

FILE: Final = "vault.keys"
FORMAT: Final = "secassist.keys/1"
MAX_SIZE: Final = 64 * 1024
_MAX_RECOVERY: Final = 8
_MAX_GENERATION: Final = 2**62

Keyring = Literal["none", "key", "half"]
"""What the system's keyring holds: nothing, the key itself, or the half beside a passphrase."""


class KeyFileDamaged(ValueError):
    """The key file is not as it was written."""


@dataclass(frozen=True, slots=True)
class BackupNote:
    """What a key file says when it is part of a backup."""

    made_at: int
    entries: int


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The content of the key file."""

    store: bytes
    """The id of the store; the first 16 bytes of its database."""
    check: bytes
    """``wraps.check_value`` of the key."""
    generation: int
    """0: the database was never there."""
    keyring: Keyring
    half_check: bytes
    """``wraps.check_value`` of the keyring's half; empty without one."""
    recovery: tuple[RecoveryWrap, ...]
    passphrase: PassphraseWrap | None
    stale: tuple[str, ...] = ()
    """Names in the keyring that still have to be removed."""
    backup: BackupNote | None = None
    mac: bytes = b""

    def is_key(self, key: bytes) -> bool:
        """Whether ``key`` is the one of this store."""
        return hmac.compare_digest(wraps.check_value(key), self.check)

    def is_half(self, half: bytes) -> bool:
        """Whether ``half`` is the one that belongs to the passphrase."""
        return hmac.compare_digest(wraps.check_value(half), self.half_check)

    def is_written_by(self, key: bytes) -> bool:
        """Whether a holder of ``key`` wrote this file as it stands."""
        return hmac.compare_digest(_mac(self, key), self.mac)


def read(path: Path) -> KeyFile | None:
    """The key file; None where there is none. Raises KeyFileDamaged, OSError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except FileNotFoundError:
        return None
    return parse(data)


def write(path: Path, content: KeyFile, key: bytes, *, settled: bool = True) -> KeyFile:
    """Write the file, sealed by the store's key; returns once it is on disk. Raises OSError.

    ``settled``: as for ``write_atomically``.
    """
    sealed = replace(content, mac=_mac(content, key))
    write_atomically(path, serialise(sealed), settled=settled)
    return sealed


def serialise(content: KeyFile) -> bytes:
    """The bytes of the file."""
    value = _as_json(content)
    value["mac"] = content.mac.hex()
    value["checksum"] = checksum(value)
    return json.dumps(value, indent=1).encode() + b"\n"


def parse(data: bytes) -> KeyFile:
    """Read the bytes of a key file. Raises KeyFileDamaged for whatever is not as written."""
    if len(data) > MAX_SIZE:
        raise KeyFileDamaged("too large")
    try:
        value = json.loads(data)
        told = value.pop("checksum")
        if not hmac.compare_digest(told, checksum(value)):
            raise KeyFileDamaged("checksum")
        content = _from_json(value)
        if serialise(content) != data:  # one way to write each content: every bit counts
            raise KeyFileDamaged("form")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise KeyFileDamaged(type(error).__name__) from error
    return content


def _mac(content: KeyFile, key: bytes) -> bytes:
    # Without the note: so the key file of a backup can take the place of one that is gone.
    data = _canonical(_as_json(replace(content, backup=None)))
    return hmac.digest(wraps.subkey(key, "key file"), data, hashlib.sha256)


def checksum(value: dict[str, Any]) -> str:
    """Over all of the file but itself."""
    return hashlib.sha256(_canonical(value)).hexdigest()


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _as_json(content: KeyFile) -> dict[str, Any]:
    phrase, backup = content.passphrase, content.backup
    return {
        "format": FORMAT,
        "store": content.store.hex(),
        "check": content.check.hex(),
        "generation": content.generation,
        "keyring": content.keyring,
        "half_check": content.half_check.hex(),
        "recovery": [
            {
                "salt": wrap.salt.hex(),
                "wrapped": wrap.wrapped.hex(),
                "made_at": wrap.made_at,
                "confirmed": wrap.confirmed,
            }
            for wrap in content.recovery
        ],
        "passphrase": phrase
        and {
            "kdf": "argon2id",
            "salt": phrase.salt.hex(),
            "wrapped": phrase.wrapped.hex(),
            "time": phrase.time,
            "memory_kib": phrase.memory,
            "lanes": phrase.lanes,
        },
        "stale": list(content.stale),
        "backup": backup and {"made_at": backup.made_at, "entries": backup.entries},
    }


def _from_json(value: dict[str, Any]) -> KeyFile:
    if value["format"] != FORMAT or value["keyring"] not in ("none", "key", "half"):
        raise KeyFileDamaged("format")
    phrase, backup = value["passphrase"], value["backup"]
    return KeyFile(
        store=_bytes(value["store"], wraps.SALT_BYTES),
        check=_bytes(value["check"], 8),
        generation=_number(value["generation"], 0, _MAX_GENERATION),
        keyring=value["keyring"],
        half_check=_bytes(value["half_check"], 8 if value["keyring"] == "half" else 0),
        recovery=tuple(map(_recovery, value["recovery"][:_MAX_RECOVERY])),
        passphrase=_passphrase(phrase) if phrase is not None else None,
        stale=tuple(map(str, value["stale"])),
        backup=backup and BackupNote(_number(backup["made_at"]), _number(backup["entries"])),
        mac=_bytes(value["mac"], 32),
    )


def _recovery(value: dict[str, Any]) -> RecoveryWrap:
    return RecoveryWrap(
        salt=_bytes(value["salt"], wraps.SALT_BYTES),
        wrapped=_bytes(value["wrapped"], wraps.WRAPPED_BYTES),
        made_at=_number(value["made_at"]),
        confirmed=value["confirmed"] is True,
    )


def _passphrase(value: dict[str, Any]) -> PassphraseWrap:
    if value["kdf"] != "argon2id":
        raise KeyFileDamaged("kdf")
    lanes = _number(value["lanes"], 1, wraps.MAX_LANES)
    return PassphraseWrap(
        salt=_bytes(value["salt"], wraps.SALT_BYTES),
        wrapped=_bytes(value["wrapped"], wraps.WRAPPED_BYTES),
        time=_number(value["time"], 1, wraps.MAX_TIME),
        memory=_number(value["memory_kib"], 8 * lanes, wraps.MAX_MEMORY_KIB),
        lanes=lanes,
    )


def _bytes(text: str, length: int) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != length:
        raise KeyFileDamaged("length")
    return data


def _number(value: object, least: int = 0, most: int = _MAX_GENERATION) -> int:
    if type(value) is not int or not least <= value <= most:
        raise KeyFileDamaged("number")
    return value
