"""Passwords by which a leak is noticed, and a search for them and all their hashes."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterable
from pathlib import Path

CANARIES = tuple(
    word.format(number)
    for number in range(8)
    for word in (
        "Zq#canary-One{0}",
        "canaryTulip198{0}!",
        "mKw{0}Tr-canary-9xPq2",
        "καναρίνι-{0}77",
    )
)


def traces(password: str) -> list[bytes]:
    """All forms in which it must not be found: itself, and its SHA-1, MD5, SHA-256 and NTLM."""
    found = [password.encode(), password.encode("utf-16-le"), base64.b64encode(password.encode())]
    digests = [
        hashlib.new(name, password.encode(), usedforsecurity=False).digest()
        for name in ("sha1", "md5", "sha256")
    ]
    for digest in (*digests, md4(password.encode("utf-16-le"))):
        text = digest.hex()
        found += [digest, text.encode(), text.upper().encode(), base64.b64encode(digest)]
    return found


def found_in(data: bytes, passwords: Iterable[str] = CANARIES) -> list[str]:
    """The passwords of which a trace stands there."""
    return [one for one in passwords if any(trace in data for trace in traces(one))]


def found_below(*folders: Path, passwords: Iterable[str] = CANARIES) -> dict[str, list[str]]:
    """The same for all files below these folders, by their path; names of files, too."""
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            hits = found_in(path.read_bytes() if path.is_file() else b"", passwords)
            hits += found_in(str(path).encode(), passwords)
            if hits:
                found[str(path)] = hits
    return found


def md4(data: bytes) -> bytes:
    """RFC 1320; NTLM is the MD4 of the password in UTF-16, and OpenSSL 3 has none any more."""
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]
    padded = data + b"\x80" + bytes((55 - len(data)) % 64) + struct.pack("<Q", 8 * len(data))
    rounds = (
        (lambda x, y, z: (x & y) | (~x & z), 0, (3, 7, 11, 19), range(16)),
        (lambda x, y, z: (x & y) | (x & z) | (y & z), 0x5A827999, (3, 5, 9, 13),
         [4 * (n % 4) + n // 4 for n in range(16)]),
        (lambda x, y, z: x ^ y ^ z, 0x6ED9EBA1, (3, 9, 11, 15),
         [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15]),
    )  # fmt: skip
    for at in range(0, len(padded), 64):
        block = struct.unpack("<16I", padded[at : at + 64])
        a, b, c, d = state
        for mix, constant, shifts, order in rounds:
            for step, place in enumerate(order):
                value = (a + (mix(b, c, d) & 0xFFFFFFFF) + block[place] + constant) & 0xFFFFFFFF
                turn = shifts[step % 4]
                value = ((value << turn) | (value >> (32 - turn))) & 0xFFFFFFFF
                a, b, c, d = d, value, b, c
        state = [(old + new) & 0xFFFFFFFF for old, new in zip(state, (a, b, c, d), strict=True)]
    return struct.pack("<4I", *state)
