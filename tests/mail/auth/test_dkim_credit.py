"""What gets no credit, whatever the cryptography says."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import pytest

from secassist.mail.auth import dkim
from secassist.network.dns import ZoneResolver
from support.sign import SIGNED_AT, key_record, letter, sign
from support.verify import DOMAIN, ZONE, only, said


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"v": "2"}, "unsupported-version"),
        ({"v": "1.0"}, "unsupported-version"),
        ({"v": ""}, "malformed"),
        ({"a": "rsa-sha512"}, "unsupported-algorithm"),
        ({"a": "RSA-SHA256"}, "unsupported-algorithm"),
        ({"a": "ed25519-sha256"}, "key-mismatch"),
        ({"c": "relaxed/nofws"}, "unsupported-canonicalization"),
        ({"c": ""}, "unsupported-canonicalization"),
        ({"q": "dns"}, "unsupported-query"),
        ({"q": ""}, "unsupported-query"),
        ({"h": "to:subject"}, "from-not-signed"),
        ({"h": ""}, "malformed"),
        ({"d": ""}, "malformed"),
        ({"d": "example"}, "malformed"),
        ({"d": "bank.example."}, "malformed"),
        ({"d": "bank .example"}, "malformed"),
        ({"d": "-bank.example"}, "malformed"),
        ({"d": f"{'x' * 64}.example"}, "malformed"),
        ({"d": ".".join(["x" * 60] * 5)}, "malformed"),
        ({"s": ""}, "malformed"),
        ({"s": "a..b"}, "malformed"),
        ({"i": "joe@bank.example.org"}, "identity-mismatch"),
        ({"i": "joe@otherbank.example"}, "identity-mismatch"),
        ({"i": "@example"}, "malformed"),
        ({"i": "bank.example"}, "malformed"),
        ({"l": "ten"}, "malformed"),
        ({"l": "-1"}, "malformed"),
        ({"l": "1" * 77}, "malformed"),
        ({"t": ""}, "malformed"),
        ({"t": "1 2"}, "malformed"),
        ({"x": "never"}, "malformed"),
        ({"x": str(SIGNED_AT - 1)}, "timestamps"),
        ({"x": str(SIGNED_AT)}, "timestamps"),
        ({"bh": ""}, "malformed"),
        ({"bh": "AAAA"}, "malformed"),
        ({"bh": "not base64!"}, "malformed"),
        ({"9x": "1"}, "malformed"),
        ({"note": "two\x01words"}, "malformed"),
    ],
)
def test_signature_fields_without_credit(extra: dict[str, str], reason: str) -> None:
    result = only(sign(letter(), domain=DOMAIN, extra=extra))
    assert said(result) == ("unknown", reason)


@pytest.mark.parametrize("tag", [b"v", b"a", b"b", b"bh", b"d", b"h", b"s"])
def test_a_missing_tag_is_malformed(tag: bytes) -> None:
    mail = sign(letter(), domain=DOMAIN)
    mail = mail.replace(b"\t" + tag + b"=", b"\tzz=", 1).replace(b": " + tag + b"=", b": zz=", 1)
    assert said(only(mail)) == ("unknown", "malformed")


@pytest.mark.parametrize("junk", [b"; s=s", b";;", b"; s", b"; =x", b"; s\xff=1"])
def test_a_broken_list_is_malformed(junk: bytes) -> None:
    mail = sign(letter(), domain=DOMAIN).replace(b"; ", b";", 1)
    mail = mail.replace(b"s=s;", b"s=s" + junk + b";", 1)
    assert said(only(mail)) == ("unknown", "malformed")


def test_sha1_gets_no_credit() -> None:
    mail = sign(letter(), domain=DOMAIN, algorithm="rsa-sha1")
    assert said(only(mail)) == ("unknown", "sha1")


def test_a_small_key_gets_no_credit_but_is_seen() -> None:
    result = only(sign(letter(), domain=DOMAIN, key="rsa-512"), key_record(DOMAIN, key="rsa-512"))
    assert said(result) == ("unknown", "key-too-small")
    assert (result.key_bits, result.headers_verified) == (512, True)


def test_a_key_in_test_mode_gets_no_credit_but_the_cryptography_is_told() -> None:
    mail = sign(letter(), domain=DOMAIN)
    result = only(mail, key_record(DOMAIN, t="s : y"))
    assert said(result) == ("unknown", "test-mode")
    assert result.testing
    assert (result.headers_verified, result.body_verified) == (True, True)
    assert only(mail.replace(b"Reset", b"X"), key_record(DOMAIN, t="y")).headers_verified is False


def test_strict_keys_want_i_to_be_d() -> None:
    zone = key_record(DOMAIN, t="s")
    assert said(only(sign(letter(), domain=DOMAIN, identity="a@bank.example"), zone))[0] == "pass"
    result = only(sign(letter(), domain=DOMAIN, identity="a@eu.bank.example"), zone)
    assert said(result) == ("unknown", "identity-mismatch")


@pytest.mark.parametrize(
    ("zone", "reason", "detail"),
    [
        ({"other.example": {"TXT": ["x"]}}, "key-absent", "nxdomain"),
        ({"s._domainkey.bank.example": {"A": ["192.0.2.1"]}}, "key-absent", "nodata"),
        ({"s._domainkey.bank.example": "TIMEOUT"}, "dns-failed", "timeout"),
        ({"s._domainkey.bank.example": "SERVFAIL"}, "dns-failed", "servfail"),
        (key_record(DOMAIN, p=""), "key-revoked", ""),
        (key_record(DOMAIN, key="ed25519"), "key-mismatch", ""),
        ({"s._domainkey.bank.example": {"TXT": ["v=spf1 -all"]}}, "key-malformed", ""),
    ],
)
def test_keys_that_are_not_there(zone: dict[str, object], reason: str, detail: str) -> None:
    result = only(sign(letter(), domain=DOMAIN), zone)
    assert said(result) == ("unknown", reason)
    assert result.detail == detail
    assert result.headers_verified is None


def test_times_are_judged_as_of_the_given_moment() -> None:
    mail = sign(letter(), domain=DOMAIN, expires=SIGNED_AT + 100)

    def after(seconds: int) -> tuple[str, str]:
        return said(only(mail, at=datetime.fromtimestamp(SIGNED_AT + seconds, UTC)))

    assert after(100) == ("pass", "")
    assert after(101) == ("unknown", "expired")
    assert after(-36_000) == ("pass", "")
    assert after(-36_001) == ("unknown", "future")


def test_without_a_moment_it_is_now() -> None:
    now = int(time.time())
    fresh = sign(letter(), domain=DOMAIN, timestamp=now, expires=now + 600)
    stale = sign(letter(), domain=DOMAIN, timestamp=now - 600, expires=now - 300)
    (fresh_result,) = asyncio.run(dkim.verify(fresh, ZoneResolver(ZONE)))
    (stale_result,) = asyncio.run(dkim.verify(stale, ZoneResolver(ZONE)))
    assert (said(fresh_result), said(stale_result)) == (("pass", ""), ("unknown", "expired"))


# Messages that programs read differently


@pytest.mark.parametrize(
    "broken",
    [
        lambda m: m.replace(b"From:", b"no field at all\r\nFrom:"),
        lambda m: m.replace(b"From:", b"From bank@x Tue\r\nFrom:"),
        lambda m: b" starts folded\r\n" + m,
        lambda m: m.replace(b"To: ", b"X-A: 1\rFrom: x@evil.example\r\nTo: "),
        lambda m: m.replace(b"Subject:", b"Subject :"),
        lambda m: b"From : x@evil.example\r\n" + m,
        lambda m: m.replace(b"To: ", b"X-A: 1\0\r\nTo: "),
    ],
)
def test_a_top_part_that_can_be_read_in_two_ways_gets_no_credit(broken: object) -> None:
    assert callable(broken)
    mail = sign(letter(), domain=DOMAIN)
    result = only(broken(mail))
    assert said(result) == ("unknown", "malformed-message")
    assert result.headers_verified


def test_a_second_from_gets_no_credit() -> None:
    mail = sign(letter(), domain=DOMAIN)
    for line in (b"From: x@evil.example\r\n", b"FROM:x@evil.example\r\n"):
        assert said(only(line + mail)) == ("unknown", "from-repeated")
