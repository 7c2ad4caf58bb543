"""An encrypted vault as Aegis writes it, which many authenticators import.

Aegis' documented format: a random master key in a slot that the password opens (scrypt,
AES-256-GCM), the entries encrypted with the master key.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Sequence
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from secassist.base.errors import UnusableCall
from secassist.twofactor import base32
from secassist.twofactor.account import Account, Kind

_N, _R, _P = 2**15, 8, 1  # as Aegis has them
_TAG: Final = 16
_NONCE: Final = 12


def write(accounts: Sequence[Account], password: str) -> bytes:
    """The file, to be opened with the password. Raises UnusableCall for an empty one."""
    if not password:
        raise UnusableCall("An encrypted file needs a password.")
    master, salt = secrets.token_bytes(32), secrets.token_bytes(32)
    key = hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=_N,
        r=_R,
        p=_P,
        maxmem=128 * _N * _R * 2,
        dklen=32,
    )
    database = {"version": 2, "entries": [_entry(account) for account in accounts], "groups": []}
    key_nonce, wrapped, key_tag = _sealed(key, master)
    nonce, box, tag = _sealed(master, json.dumps(database, ensure_ascii=False).encode())
    slot = {
        "type": 1,
        "uuid": str(uuid.uuid4()),
        "key": wrapped.hex(),
        "key_params": {"nonce": key_nonce.hex(), "tag": key_tag.hex()},
        "n": _N,
        "r": _R,
        "p": _P,
        "salt": salt.hex(),
        "repaired": True,
        "is_backup": False,
    }
    whole = {
        "version": 1,
        "header": {"slots": [slot], "params": {"nonce": nonce.hex(), "tag": tag.hex()}},
        "db": base64.b64encode(box).decode(),
    }
    return json.dumps(whole, indent=4).encode()


def _entry(account: Account) -> dict[str, Any]:
    info: dict[str, Any] = {
        "secret": base32.encode(account.secret),
        "algo": str(account.algorithm),
        "digits": account.digits,
    }
    if account.kind is Kind.HOTP:
        info["counter"] = account.counter
    else:
        info["period"] = account.period
    return {
        "type": str(account.kind),
        "uuid": str(uuid.uuid4()),
        "name": account.name,
        "issuer": account.issuer,
        "note": account.note,
        "favorite": False,
        "icon": None,
        "icon_mime": None,
        "icon_hash": None,
        "info": info,
        "groups": [],
    }


def _sealed(key: bytes, plain: bytes) -> tuple[bytes, bytes, bytes]:
    nonce = secrets.token_bytes(_NONCE)
    box = AESGCM(key).encrypt(nonce, plain, None)
    return nonce, box[:-_TAG], box[-_TAG:]
