"""ZIP archives around an export, as Raivo makes them: plain, ZipCrypto, or WinZip's AES."""

from __future__ import annotations

import hmac
import io
import struct
import zipfile
import zlib
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from secassist.base.errors import OverLimit
from secassist.twofactor.importers import crypt
from secassist.twofactor.importers.source import MAX_BYTES, Damaged, PasswordNeeded, WrongPassword

FORMAT: Final = "a ZIP archive"
_MARK: Final = b"PK\x03\x04"
_MAX_MEMBERS: Final = 200
_ENDINGS: Final = (".json", ".txt", ".csv", ".2fas", ".png", ".jpg", ".jpeg")
_ENCRYPTED: Final = 0x1  # flag bit
_AES: Final = 99  # "compression method" of WinZip's AES
_AES_EXTRA: Final = 0x9901
_KEY_BYTES: Final = {1: 16, 2: 24, 3: 32}
_ITERATIONS: Final = 1_000
_MAC: Final = 10  # bytes
_LOCAL_HEADER: Final = 30
_BROKEN: Final = (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, struct.error,
                  ValueError, OSError)  # fmt: skip


def fits(data: bytes) -> bool:
    """Is it a ZIP archive?"""
    return data.startswith(_MARK)


def members(data: bytes, password: str | None) -> list[bytes]:
    """The files in the archive that an export may be, all together no larger than an export.

    Raises PasswordNeeded, WrongPassword, Damaged, OverLimit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if len(listed) > _MAX_MEMBERS or sum(i.file_size for i in listed) > MAX_BYTES:
                raise OverLimit("This archive is too large to be an export of codes.")
            wanted = [info for info in listed if info.filename.lower().endswith(_ENDINGS)]
            return [_member(data, archive, info, password) for info in wanted]
    except _BROKEN:
        raise Damaged(FORMAT) from None


def _member(
    data: bytes, archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: str | None
) -> bytes:
    if info.flag_bits & _ENCRYPTED and password is None:
        raise PasswordNeeded(FORMAT)
    if info.compress_type == _AES:
        return _aes_member(data, info, crypt.secret_of(password or ""))
    try:
        with archive.open(info, pwd=crypt.secret_of(password or "")) as file:
            return file.read(info.file_size + 1)[: info.file_size]
    except RuntimeError:  # zipfile's word for a wrong password
        raise WrongPassword(FORMAT) from None


def _aes_member(data: bytes, info: zipfile.ZipInfo, secret: bytes) -> bytes:
    """https://www.winzip.com/en/support/aes-encryption/ (AE-1 and AE-2)"""
    strength, method = _aes_parameters(info.extra)
    key_bytes = _KEY_BYTES[strength]
    name_length, extra_length = struct.unpack_from("<HH", data, info.header_offset + 26)
    start = info.header_offset + _LOCAL_HEADER + name_length + extra_length
    body = data[start : start + info.compress_size]
    salt_bytes = key_bytes // 2
    if len(body) != info.compress_size or len(body) < salt_bytes + 2 + _MAC:
        raise Damaged(FORMAT)
    salt, check = body[:salt_bytes], body[salt_bytes : salt_bytes + 2]
    box, mac = body[salt_bytes + 2 : -_MAC], body[-_MAC:]
    derived = crypt.pbkdf2("sha1", secret, salt, _ITERATIONS, 2 * key_bytes + 2)
    if derived[-2:] != check:
        raise WrongPassword(FORMAT)
    if not hmac.compare_digest(
        hmac.digest(derived[key_bytes : 2 * key_bytes], box, "sha1")[:_MAC], mac
    ):
        raise Damaged(FORMAT)
    plain = _counted(derived[:key_bytes], box)
    if method == zipfile.ZIP_STORED:
        return plain
    if method != zipfile.ZIP_DEFLATED:
        raise Damaged(FORMAT)
    return zlib.decompressobj(-15).decompress(plain, info.file_size + 1)[: info.file_size]


def _aes_parameters(extra: bytes) -> tuple[int, int]:
    """Strength and the real compression method."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _AES_EXTRA and length >= 7 and at + 11 <= len(extra):
            strength, method = struct.unpack_from("<xxxxBH", extra, at + 4)
            if strength in _KEY_BYTES:
                return strength, method
        at += 4 + length
    raise Damaged(FORMAT)


def _counted(key: bytes, box: bytes) -> bytes:
    """AES in counter mode with WinZip's counter: from 1, the lowest byte first."""
    blocks = -(-len(box) // 16)
    counters = b"".join(number.to_bytes(16, "little") for number in range(1, blocks + 1))
    # ECB of the counters is the key stream: the counter mode at hand counts the other way round.
    stream = Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(counters)
    mixed = int.from_bytes(box, "big") ^ int.from_bytes(stream[: len(box)], "big")
    return mixed.to_bytes(len(box), "big")
