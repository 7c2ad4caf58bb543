"""Keys from passwords and boxes that they open, with bounds on what a file may ask for.

Each format's parameters come from the file, so a hostile file could ask for days or terabytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from secassist.base.errors import OverLimit

_MAX_MEMORY: Final = 1024 * 1024 * 1024  # bytes
_MAX_PASSES: Final = 64
_MAX_LANES: Final = 16
_MAX_ITERATIONS: Final = 10_000_000
_GCM_TAG: Final = 16
_BLOCK: Final = 16
_TOO_MUCH: Final = "To open this file would take more time or memory than any real one does."


def secret_of(password: str) -> bytes:
    """The bytes of a password."""
    return password.encode("utf-8", "surrogatepass")


def pbkdf2(name: str, password: bytes, salt: bytes, iterations: int, length: int) -> bytes:
    """PBKDF2 with HMAC of the hash ``name``. Raises OverLimit."""
    if not 1 <= iterations <= _MAX_ITERATIONS:
        raise OverLimit(_TOO_MUCH)
    return hashlib.pbkdf2_hmac(name, password, salt, iterations, length)


def scrypt(password: bytes, salt: bytes, n: int, r: int, p: int) -> bytes:
    """32 bytes by scrypt. Raises OverLimit, also for parameters that scrypt does not know."""
    memory = 128 * n * r
    fits = n > 1 and n & (n - 1) == 0 and 1 <= r <= 64 and 1 <= p <= _MAX_LANES
    if not fits or memory > _MAX_MEMORY:
        raise OverLimit(_TOO_MUCH)
    room = memory + 128 * r * (p + 2) + 1024 * 1024
    return hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, maxmem=room, dklen=32)


def argon2id(password: bytes, salt: bytes, *, passes: int, kib: int, lanes: int) -> bytes:
    """32 bytes by Argon2id 1.3; memory in KiB. Raises OverLimit."""
    bounded = 1 <= passes <= _MAX_PASSES and 1 <= lanes <= _MAX_LANES and len(salt) >= 8
    if not bounded or not 8 * lanes <= kib <= _MAX_MEMORY // 1024:
        raise OverLimit(_TOO_MUCH)
    kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=kib)
    return kdf.derive(password)


def open_gcm(key: bytes, nonce: bytes, box: bytes, aad: bytes | None = None) -> bytes | None:
    """What an AES-GCM box (tag at its end) holds; None where key and box do not belong together."""
    if not 8 <= len(nonce) <= 128 or len(box) < _GCM_TAG:
        return None
    try:
        return AESGCM(key).decrypt(nonce, box, aad)
    except InvalidTag:
        return None


def open_cbc(key: bytes, iv: bytes, box: bytes) -> bytes | None:
    """What an AES-CBC box holds; None where its padding (PKCS #7) is none. There is no tag: about
    one wrong key in 256 gives something, too.
    """
    if len(iv) != _BLOCK or not box or len(box) % _BLOCK:
        return None
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    unpadder = padding.PKCS7(8 * _BLOCK).unpadder()
    try:
        return unpadder.update(decryptor.update(box) + decryptor.finalize()) + unpadder.finalize()
    except ValueError:
        return None


def unbase64(value: Any) -> bytes | None:
    """The bytes of base64 text; None for anything else."""
    if not isinstance(value, str):
        return None
    letters = value.strip().rstrip("=")
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def unhex(value: Any) -> bytes | None:
    """The bytes of hexadecimal text; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        return bytes.fromhex(value)
    except ValueError:
        return None
