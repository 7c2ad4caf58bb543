"""FreeOTP 2's backup: a Java HashMap of JSON texts, each secret under a key under a password.

The master key is wrapped by PBKDF2 of the password, each token's secret by the master key; both
with AES-GCM, the name of the key's kind as associated data. A token and its secret stand under a
random id, the token with ``-token`` behind it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from secassist.twofactor.entries import Batch, Entry, Rejected, one_line
from secassist.twofactor.importers import crypt, freeotp
from secassist.twofactor.importers.fields import mapping, sequence, text
from secassist.twofactor.importers.source import Damaged, PasswordNeeded, Source, WrongPassword

FORMAT: Final = "FreeOTP"
_JAVA: Final = b"\xac\xed\x00\x05"
_HASH_MAP: Final = b"java.util.HashMap"
_SIZES: Final = b"\x77\x08"  # a block of eight bytes: how many buckets and how many entries
_TEXT, _POINTER, _END = 0x74, 0x71, b"\x78"
_FIRST_TEXT: Final = 0x7E0002  # Java's number of it, after those of the class and of the map
_MASTER: Final = "masterKey"
_TOKEN: Final = "-token"
_SEQUENCE, _OCTETS = 0x30, 0x04
_MAX_BYTES: Final = 4_096  # of a list of numbers


def fits(source: Source) -> bool:
    """Is it a backup of FreeOTP 2?"""
    data = source.data
    return data.startswith(_JAVA) and _HASH_MAP in data[:64] and _MASTER.encode() in data


def read(source: Source, password: str | None) -> Batch:
    """All tokens. Raises PasswordNeeded, WrongPassword, Damaged."""
    if password is None:
        raise PasswordNeeded(FORMAT)
    values = _values(source.data)
    master = _master(_object(values.get(_MASTER, "")), password)
    names = [name for name in values if name.endswith(_TOKEN)]
    return Batch(FORMAT, tuple(_entry(values, name, master) for name in names))


def _entry(values: Mapping[str, str], name: str, master: bytes) -> Entry:
    try:
        token = _object(values[name])
        box = _object(text(_object(values.get(name.removesuffix(_TOKEN), "")), "key"))
        secret = _opened(box, master)
    except Damaged as error:
        return Rejected(error.sentence)
    if secret is None:
        issuer, label = one_line(text(token, "issuerExt")), one_line(text(token, "label"))
        return Rejected("The secret is damaged.", issuer, label)
    return freeotp.entry({**token, "secret": list(secret)})


def _master(key: Mapping[str, Any], password: str) -> bytes:
    salt, rounds = _bytes(key.get("mSalt")), key.get("mIterations")
    hash_name = text(key, "mAlgorithm").lower().removeprefix("pbkdf2withhmac")
    if hash_name not in ("sha1", "sha256", "sha512") or type(rounds) is not int:
        raise Damaged(FORMAT)
    wrapping = crypt.pbkdf2(hash_name, crypt.secret_of(password), salt, rounds, 32)
    master = _opened(mapping(key.get("mEncryptedKey")), wrapping)
    if master is None:
        raise WrongPassword(FORMAT)
    if len(master) != 32:
        raise Damaged(FORMAT)
    return master


def _opened(box: Mapping[str, Any], key: bytes) -> bytes | None:
    """What a box holds; None where the key does not fit. Raises Damaged."""
    parameters = _bytes(box.get("mParameters"))
    # DER: a sequence of the nonce (an octet string) and the length of the tag
    if len(parameters) < 4 or parameters[0] != _SEQUENCE or parameters[2] != _OCTETS:
        raise Damaged(FORMAT)
    nonce = parameters[4 : 4 + parameters[3]]
    aad = text(box, "mToken").encode()
    return crypt.open_gcm(key, nonce, _bytes(box.get("mCipherText")), aad)


def _values(data: bytes) -> Mapping[str, str]:
    """The texts of the map by their names. Raises Damaged."""
    at = data.find(_SIZES)
    if at < 0:
        raise Damaged(FORMAT)
    at += len(_SIZES) + 8
    found: list[str] = []
    texts: list[str] = []  # without those that only point back to an earlier one
    while at < len(data) and data[at] in (_TEXT, _POINTER):
        if data[at] == _TEXT:
            start = at + 3
            at = start + int.from_bytes(data[at + 1 : start], "big")
            texts.append(data[start:at].decode("utf-8", "replace"))
            found.append(texts[-1])
        else:
            place = int.from_bytes(data[at + 1 : at + 5], "big") - _FIRST_TEXT
            if not 0 <= place < len(texts):
                raise Damaged(FORMAT)
            found.append(texts[place])
            at += 5
    if len(found) % 2 or data[at : at + 1] != _END:
        raise Damaged(FORMAT)
    return dict(zip(found[::2], found[1::2], strict=True))


def _object(value: str) -> Mapping[str, Any]:
    try:
        return mapping(json.loads(value))
    except (ValueError, RecursionError):
        raise Damaged(FORMAT) from None


def _bytes(value: Any) -> bytes:
    """A list of signed bytes, as Java writes them. Raises Damaged."""
    numbers = sequence(value)
    if not numbers or len(numbers) > _MAX_BYTES:
        raise Damaged(FORMAT)
    if any(type(number) is not int or not -128 <= number <= 127 for number in numbers):
        raise Damaged(FORMAT)
    return bytes(number & 0xFF for number in numbers)
