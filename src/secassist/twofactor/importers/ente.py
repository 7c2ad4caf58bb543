"""Ente Auth's encrypted export (Argon2id, libsodium's XChaCha20-Poly1305 secret stream)."""

from __future__ import annotations

from typing import Final

from secassist.twofactor.entries import Batch
from secassist.twofactor.importers import crypt, uri_list
from secassist.twofactor.importers.fields import mapping
from secassist.twofactor.importers.source import (
    Damaged,
    PasswordNeeded,
    Source,
    WrongPassword,
    source,
)

FORMAT: Final = uri_list.ENTE
_HEADER: Final = 24  # bytes
_OVERHEAD: Final = 17  # a byte that marks the end, and the tag


def fits(source: Source) -> bool:
    """Is it an encrypted export? (A plain one is a list of addresses.)"""
    whole = mapping(source.json)
    return "encryptedData" in whole and "kdfParams" in whole


def read(file: Source, password: str | None) -> Batch:
    """All codes. Raises PasswordNeeded, WrongPassword, Damaged."""
    if password is None:
        raise PasswordNeeded(FORMAT)
    whole = mapping(file.json)
    kdf = mapping(whole.get("kdfParams"))
    salt = crypt.unbase64(kdf.get("salt"))
    box = crypt.unbase64(whole.get("encryptedData"))
    header = crypt.unbase64(whole.get("encryptionNonce"))
    memory, passes = kdf.get("memLimit"), kdf.get("opsLimit")
    if salt is None or box is None or header is None:
        raise Damaged(FORMAT)
    if len(header) != _HEADER or len(box) < _OVERHEAD or len(salt) < 8:
        raise Damaged(FORMAT)
    if type(memory) is not int or type(passes) is not int:
        raise Damaged(FORMAT)
    key = crypt.argon2id(
        crypt.secret_of(password), salt, passes=passes, kib=memory // 1024, lanes=1
    )
    plain = source(_pulled(key, header, box))
    if plain.text is None:
        raise Damaged(FORMAT)
    found = uri_list.read_lines(uri_list.lines(plain))
    return Batch(FORMAT, found.entries, found.notes)


def _pulled(key: bytes, header: bytes, box: bytes) -> bytes:
    from nacl import bindings, exceptions  # noqa: PLC0415 (libsodium, for this format alone)

    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    try:
        message, _ = bindings.crypto_secretstream_xchacha20poly1305_pull(state, box)
    except exceptions.CryptoError:
        raise WrongPassword(FORMAT, sure=False) from None
    return message
