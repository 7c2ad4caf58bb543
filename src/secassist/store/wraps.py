"""The key of the store, wrapped so that only a secret opens it.

Two kinds: by the recovery key (136 random bits, so one fast derivation suffices) and by a
passphrase (Argon2id, RFC 9106, section 4, second choice: 64 MiB, 3 passes, 4 lanes), which where
there is a keyring takes a random half from there as well: neither opens anything alone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from secassist.base.errors import CouldNotFinish
from secassist.store import states

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
WRAPPED_BYTES: Final = _NONCE_BYTES + KEY_BYTES + 16

TIME, MEMORY_KIB, LANES = 3, 64 * 1024, 4
# What a key file may ask for at most: it may have been written by somebody else.
MAX_TIME, MAX_MEMORY_KIB, MAX_LANES = 32, 1024 * 1024, 16


@dataclass(frozen=True, slots=True)
class RecoveryWrap:
    """The key, wrapped by a recovery key. Not ``confirmed``: the person has not yet shown it."""

    salt: bytes
    wrapped: bytes
    made_at: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PassphraseWrap:
    """The key, wrapped by a passphrase, with the parameters of Argon2id (memory in KiB)."""

    salt: bytes
    wrapped: bytes
    time: int
    memory: int
    lanes: int


def new_key() -> bytes:
    """A new key, or a new half for the keyring: 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def wrap_by_recovery(
    key: bytes, recovery: bytes, store: bytes, now: int, *, confirmed: bool
) -> RecoveryWrap:
    """Wrap ``key`` by the bytes of a recovery key; ``store`` is the id of the store."""
    salt = secrets.token_bytes(SALT_BYTES)
    wrapped = _seal(_derive(recovery, salt, b"recovery"), key, store)
    return RecoveryWrap(salt, wrapped, now, confirmed)


def unwrap_by_recovery(wrap: RecoveryWrap, recovery: bytes, store: bytes) -> bytes | None:
    """The key; None where this recovery key is not the one."""
    return _unseal(_derive(recovery, wrap.salt, b"recovery"), wrap.wrapped, store)


def wrap_by_passphrase(key: bytes, passphrase: str, half: bytes, store: bytes) -> PassphraseWrap:
    """Wrap ``key`` by a passphrase and the keyring's ``half`` (empty: there is no keyring)."""
    salt = secrets.token_bytes(SALT_BYTES)
    bare = PassphraseWrap(salt, b"", TIME, MEMORY_KIB, LANES)
    return replace(bare, wrapped=_seal(_stretch(bare, passphrase, half), key, store))


def unwrap_by_passphrase(
    wrap: PassphraseWrap, passphrase: str, half: bytes, store: bytes
) -> bytes | None:
    """The key; None where passphrase and half are not the right ones. Takes about 0.5 s."""
    return _unseal(_stretch(wrap, passphrase, half), wrap.wrapped, store)


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, from which ``key`` cannot be found (32 bytes)."""
    return hmac.digest(key, b"secassist " + purpose.encode(), hashlib.sha256)


def check_value(key: bytes) -> bytes:
    """Tells whether a random key of 32 bytes is the right one, and nothing else about it."""
    return subkey(key, "check")[:8]


def _stretch(wrap: PassphraseWrap, passphrase: str, half: bytes) -> bytes:
    # Imported only where there is a passphrase.
    from argon2.exceptions import HashingError  # noqa: PLC0415
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    # The same passphrase from another keyboard or system may come in other code points.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    try:
        stretched = hash_secret_raw(
            secret=secret,
            salt=wrap.salt,
            time_cost=wrap.time,
            memory_cost=wrap.memory,
            parallelism=wrap.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError as error:
        raise CouldNotFinish(states.NO_MEMORY) from error
    return _derive(
        stretched + half, wrap.salt, b"passphrase and keyring" if half else b"passphrase"
    )


def _derive(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, b"secassist wrap/1 " + purpose).derive(secret)


def _seal(key: bytes, secret: bytes, store: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, secret, store)


def _unseal(key: bytes, wrapped: bytes, store: bytes) -> bytes | None:
    nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, store)
    except InvalidTag:
        return None
