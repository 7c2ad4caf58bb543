"""Bitwarden's export under a password of its own: PBKDF2 or Argon2id, AES-CBC, HMAC-SHA256.

What the keys cost is said by the file, so there are bounds on what it may ask for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from secassist.base.errors import OverLimit, PasswordNeeded, UnusableInput, WrongPassword
from secassist.passwords.importers.fields import text
from secassist.passwords.importers.source import DAMAGED

_PBKDF2, _ARGON2ID = 0, 1
_CHECK: Final = "encKeyValidation_DO_NOT_EDIT"
_MAX_ITERATIONS: Final = 10_000_000
_MAX_PASSES: Final = 64
_MAX_LANES: Final = 16
_MAX_MIB: Final = 1024
_BLOCK: Final = 16  # bytes
_ACCOUNT_ONLY: Final = (
    "Only the Bitwarden account that made this file can open it. "
    "Export again, and choose “password protected” or JSON."
)
NEEDED: Final = "This file from Bitwarden is encrypted. It needs its password."
WRONG: Final = "That password does not open this file from Bitwarden."
_TOO_MUCH: Final = "To open this file would take more time or memory than any real one does."


def opened(whole: Mapping[str, Any], password: str | None) -> bytes:
    """The JSON inside. Raises PasswordNeeded, WrongPassword, OverLimit, UnusableInput."""
    if whole.get("passwordProtected") is not True:
        raise UnusableInput(_ACCOUNT_ONLY)
    if password is None:
        raise PasswordNeeded(NEEDED)
    master = _master(whole, password.encode("utf-8", "surrogatepass"))
    keys = [HKDFExpand(hashes.SHA256(), 32, info).derive(master) for info in (b"enc", b"mac")]
    if _plain(text(whole, _CHECK), *keys) is None:
        raise WrongPassword(WRONG)
    plain = _plain(text(whole, "data"), *keys)
    if plain is None:
        raise UnusableInput(DAMAGED)
    return plain


def _master(whole: Mapping[str, Any], secret: bytes) -> bytes:
    """The salt counts as the text that it is written as."""
    salt, kind = text(whole, "salt").encode(), whole.get("kdfType")
    names = ("kdfIterations", "kdfMemory", "kdfParallelism")
    numbers = [whole.get(name) for name in names[: 3 if kind == _ARGON2ID else 1]]
    if not salt or kind not in (_PBKDF2, _ARGON2ID) or any(type(n) is not int for n in numbers):
        raise UnusableInput(DAMAGED)
    rounds, mib, lanes = (*(int(str(n)) for n in numbers), 64, 4)[:3]
    if kind == _PBKDF2:
        if not 1 <= rounds <= _MAX_ITERATIONS:
            raise OverLimit(_TOO_MUCH)
        return hashlib.pbkdf2_hmac("sha256", secret, salt, rounds, 32)
    if not (1 <= rounds <= _MAX_PASSES and 1 <= mib <= _MAX_MIB and 1 <= lanes <= _MAX_LANES):
        raise OverLimit(_TOO_MUCH)
    stretched = hashlib.sha256(salt).digest()
    argon = Argon2id(
        salt=stretched, length=32, iterations=rounds, lanes=lanes, memory_cost=mib * 1024
    )
    return argon.derive(secret)


def _plain(box: str, key: bytes, mac_key: bytes) -> bytes | None:
    """What ``2.iv|data|mac`` holds; None where the keys do not fit."""
    try:
        parts = [base64.b64decode(part, validate=True) for part in box[2:].split("|")]
    except (binascii.Error, ValueError):
        parts = []
    if not box.startswith("2.") or len(parts) != 3:
        raise UnusableInput(DAMAGED)
    iv, data, mac = parts
    if len(iv) != _BLOCK or not data or len(data) % _BLOCK:
        raise UnusableInput(DAMAGED)
    if not hmac.compare_digest(hmac.digest(mac_key, iv + data, "sha256"), mac):
        return None
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    unpadder = padding.PKCS7(128).unpadder()
    try:
        return unpadder.update(decryptor.update(data) + decryptor.finalize()) + unpadder.finalize()
    except ValueError:
        raise UnusableInput(DAMAGED) from None
