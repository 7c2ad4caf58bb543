from __future__ import annotations

import asyncio
import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.auth import keys, proving, seals
from secassist.network.dns import Answer
from support.keys import public_base64
from support.sign import key_text


def parsed(**tags: str | None) -> seals.Key:
    return keys.parse(key_text("rsa-2048", **tags).encode()).says


def spki(public: object) -> str:
    assert isinstance(public, rsa.RSAPublicKey | ec.EllipticCurvePublicKey)
    der = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


def rsa_public(modulus: int, exponent: int) -> str:
    """The DER of a key that need not be a sensible one (X.690, 8.3 and 8.9)."""

    def tlv(tag: int, value: bytes) -> bytes:
        size = len(value).to_bytes((len(value).bit_length() + 7) // 8 or 1, "big")
        length = size if len(value) < 128 else bytes([0x80 | len(size)]) + size
        return bytes([tag]) + length + value

    def integer(number: int) -> bytes:
        return tlv(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))

    return base64.b64encode(tlv(0x30, integer(modulus) + integer(exponent))).decode()


MODULUS = (1 << 2047) + 1


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"v": None},
        {"k": None},
        {"h": "sha1:sha256"},
        {"h": "sha256 : other"},
        {"s": "*"},
        {"s": "other:email"},
        {"t": "other"},
        {"n": "a note; "[:6]},
        {"zz": "unknown"},
        {"g": "*"},
        {"p": " " + "\r\n ".join(public_base64("rsa-2048")[i : i + 60] for i in range(0, 400, 60))},
    ],
)
def test_sound_records(tags: dict[str, str | None]) -> None:
    key = keys.parse(key_text("rsa-2048", **tags).encode())
    assert (key.says.defect, key.says.type, key.says.bits) == ("", "rsa", 2048)
    assert key.public is not None


@pytest.mark.parametrize(
    ("tags", "defect"),
    [
        ({"v": "DKIM2"}, "key-malformed"),
        ({"v": "dkim1"}, "key-malformed"),
        ({"v": ""}, "key-malformed"),
        ({"p": None}, "key-malformed"),
        ({"p": "not base64!"}, "key-malformed"),
        ({"p": "AAAA"}, "key-malformed"),
        ({"p": ""}, "key-revoked"),
        ({"p": " \r\n "}, "key-revoked"),
        ({"k": "dsa"}, "key-mismatch"),
        ({"k": ""}, "key-mismatch"),
        ({"k": "ed25519"}, "key-malformed"),
        ({"h": "sha1"}, "key-not-allowed"),
        ({"h": ""}, "key-not-allowed"),
        ({"s": "tlsrpt"}, "key-not-allowed"),
        ({"s": ""}, "key-not-allowed"),
        ({"p": spki(ec.generate_private_key(ec.SECP256R1()).public_key())}, "key-malformed"),
        ({"p": public_base64("rsa-512")}, "key-too-small"),
        ({"p": rsa_public((1 << 1022) + 1, 65537)}, "key-too-small"),
        ({"p": rsa_public((1 << 255) + 1, 65537)}, "key-too-small"),
        ({"p": rsa_public((1 << 8192) + 1, 65537)}, "key-too-large"),
        ({"p": rsa_public(MODULUS, 1)}, "key-malformed"),
        ({"p": rsa_public(MODULUS, 4)}, "key-malformed"),
        ({"p": rsa_public(MODULUS, (1 << 64) + 1)}, "key-malformed"),
    ],
)
def test_records_without_credit(tags: dict[str, str | None], defect: str) -> None:
    assert parsed(**tags).defect == defect


def test_flags() -> None:
    assert (parsed().testing, parsed().strict) == (False, False)
    key = parsed(t="s : y : other")
    assert (key.testing, key.strict, key.defect) == (True, True, "")


def test_ed25519() -> None:
    key = keys.parse(key_text("ed25519").encode()).says
    assert (key.defect, key.type, key.bits) == ("", "ed25519", 256)
    short = base64.b64encode(b"x" * 31).decode()
    assert keys.parse(f"k=ed25519; p={short}".encode()).says.defect == "key-malformed"


KEY = key_text().encode()
OTHER = key_text("rsa-2048-other").encode()


@pytest.mark.parametrize(
    ("answer", "defect"),
    [
        (Answer.of(KEY), ""),
        (Answer.of(KEY, KEY), ""),
        (Answer.of(b"v=spf1 -all", KEY), ""),
        (Answer.of(b"p no list", KEY, b"t=y"), ""),
        (Answer.of(KEY, OTHER), "key-ambiguous"),
        (Answer.of(b"v=spf1 -all"), "key-malformed"),
        (Answer.of(b""), "key-malformed"),
        (Answer.of(), "key-malformed"),
        (Answer.none("nodata"), "key-absent"),
        (Answer.fault("servfail"), "dns-failed"),
    ],
)
def test_answers(answer: Answer, defect: str) -> None:
    class Fixed:
        async def query(self, name: str, rdtype: str) -> Answer:
            assert (name, rdtype) == ("s._domainkey.a.example", "TXT")
            return answer

    asked = seals.Seal("s._domainkey.a.example", "rsa", b"", bytes(32))
    (found,) = asyncio.run(proving.proved([asked], Fixed()))
    assert found.key.defect == defect
    assert found.key.detail == answer.why


@given(st.binary(max_size=200))
def test_any_record_is_a_key_or_has_a_defect(record: bytes) -> None:
    key = keys.parse(record)
    assert bool(key.says.defect) is not (key.public is not None)


@given(st.binary(max_size=300))
def test_any_octets_as_a_key(octets: bytes) -> None:
    record = b"p=" + base64.b64encode(b"\x30" + octets)
    assert keys.parse(record).says.defect


@pytest.mark.parametrize("key", ["rsa-2048", "ed25519"])
@pytest.mark.parametrize(
    "signature", [b"", b"x", b"x" * 64, b"x" * 256, b"\xff" * 256, b"x" * 9999]
)
def test_a_signature_of_any_length_is_only_wrong(key: str, signature: bytes) -> None:
    assert keys.parse(key_text(key).encode()).verifies(signature, bytes(32)) is False
