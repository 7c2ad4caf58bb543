"""Keys for tests, made anew from their names each time, so that none is written down anywhere.

The primes of a key are the first ones after a number that is hashed from the key's name; how far
after was searched for once and is noted here, which spares every run the search.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

_PRIMES_AFTER = {
    "rsa-2048": (72, 782),
    "rsa-2048-other": (34, 528),
    "rsa-1024": (6, 616),
    "rsa-512": (72, 148),
}
ED25519 = ("ed25519", "ed25519-other")
NAMES = (*_PRIMES_AFTER, *ED25519)

_EXPONENT = 65537
_HASHES = {"sha256": hashes.SHA256, "sha1": hashes.SHA1}


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """The RSA key of that name; its size in bits is part of the name."""
    half = int(name.split("-")[1]) // 2
    p, q = (
        _start(f"secassist test key {name} {part}", half) + after
        for part, after in zip("pq", _PRIMES_AFTER[name], strict=True)
    )
    d = pow(_EXPONENT, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), rsa.RSAPublicNumbers(_EXPONENT, p * q)
    )
    return numbers.private_key()


@cache
def ed25519_key(name: str) -> ed25519.Ed25519PrivateKey:
    seed = hashlib.sha256(f"secassist test key {name}".encode()).digest()
    return ed25519.Ed25519PrivateKey.from_private_bytes(seed)


def signed(name: str, data: bytes, digest: str = "sha256") -> bytes:
    """A signature over ``data`` (RFC 6376, 3.3; RFC 8463, 3): RSA PKCS#1 v1.5 or PureEdDSA."""
    if name in ED25519:
        return ed25519_key(name).sign(hashlib.new(digest, data).digest())
    return rsa_key(name).sign(data, padding.PKCS1v15(), _HASHES[digest]())


def public_base64(name: str, *, bare: bool = False) -> str:
    """What stands in ``p=``; ``bare`` gives an RSAPublicKey without its SubjectPublicKeyInfo."""
    if name in ED25519:
        raw = ed25519_key(name).public_key().public_bytes_raw()
    else:
        raw = (
            rsa_key(name)
            .public_key()
            .public_bytes(
                serialization.Encoding.DER,
                serialization.PublicFormat.PKCS1
                if bare
                else serialization.PublicFormat.SubjectPublicKeyInfo,
            )
        )
    return base64.b64encode(raw).decode("ascii")


def private_bytes(name: str) -> bytes:
    """The private key as dkimpy wants it: PEM for RSA, base64 of the seed for Ed25519."""
    if name in ED25519:
        return base64.b64encode(ed25519_key(name).private_bytes_raw())
    return rsa_key(name).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )


def _start(label: str, bits: int) -> int:
    number = int.from_bytes(hashlib.shake_256(label.encode()).digest(bits // 8), "big")
    return number | (3 << (bits - 2)) | 1
