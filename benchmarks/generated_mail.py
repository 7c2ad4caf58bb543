"""Odd but lawful mail, signed by dkimpy with fresh keys, each with a damaged twin."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator

import dkim as dkimpy
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

DOMAIN = "generated.example"
BLANKS = ("", " ", "\t", "  ", " \t ", "\r\n ", "\r\n\t\t")
WORDS = (
    "a",
    "Reset",
    "your",
    "password",
    "zurück",
    "=?utf-8?q?=C3=A4?=",
    "b=",
    ";",
    "<x@y>",
)
NAMES = ("Subject", "To", "SUBJECT", "X-Note", "X-Trace", "List-Id", "Reply-To", "Date")
LISTED = tuple({name.lower().encode(): None for name in (*NAMES, "absent")})
STYLES = (b"simple", b"relaxed")


class Keys:
    """Fresh keys: what dkimpy signs with, and the records to verify by."""

    def __init__(self) -> None:
        self.private: dict[str, bytes] = {}
        self.records: dict[str, object] = {}
        for bits in (1024, 2048):
            key = rsa.generate_private_key(65537, bits)
            public = key.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            self.private[f"rsa{bits}"] = key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.TraditionalOpenSSL,
                serialization.NoEncryption(),
            )
            self._publish(f"rsa{bits}", "rsa", public)
        small = ed25519.Ed25519PrivateKey.generate()
        self.private["ed25519"] = base64.b64encode(small.private_bytes_raw())
        self._publish("ed25519", "ed25519", small.public_key().public_bytes_raw())

    def _publish(self, selector: str, kind: str, public: bytes) -> None:
        text = f"v=DKIM1; k={kind}; p={base64.b64encode(public).decode()}"
        self.records[f"{selector}._domainkey.{DOMAIN}"] = text


def messages(count: int, keys: Keys, seed: int) -> Iterator[tuple[str, bytes]]:
    """``count`` signed messages and as many damaged ones, each with its name."""
    chance = random.Random(seed)
    for number in range(count):
        message = _message(chance)
        selector = chance.choice(list(keys.private))
        field = dkimpy.sign(
            message,
            selector.encode(),
            DOMAIN.encode(),
            keys.private[selector],
            canonicalize=(chance.choice(STYLES), chance.choice(STYLES)),
            signature_algorithm=b"ed25519-sha256" if selector == "ed25519" else b"rsa-sha256",
            include_headers=[b"from", *chance.choices(LISTED, k=4)],
        )
        signed = field + message
        yield f"generated {number}", signed
        place = chance.randrange(len(signed))
        new = chance.choice([b"", b"x", b" ", b"\t", b"=", b";"])
        yield f"damaged {number}", signed[:place] + new + signed[place + 1 :]


def _message(chance: random.Random) -> bytes:
    lines = [f"{chance.choice(NAMES)}:{_value(chance)}" for _ in range(chance.randrange(7))]
    lines.insert(chance.randrange(len(lines) + 1), "From: a@generated.example")
    text = [_value(chance).replace("\r\n", "") for _ in range(chance.randrange(1, 8))]
    return ("\r\n".join(lines) + "\r\n\r\n" + "\r\n".join(text) + "\r\n").encode()


def _value(chance: random.Random) -> str:
    parts = (chance.choice(BLANKS) + chance.choice(WORDS) for _ in range(chance.randrange(6)))
    return "".join(parts) + chance.choice(BLANKS[:5])
