from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import pytest

from secassist.base import limits
from secassist.base.errors import OverLimit
from secassist.mail.auth import dkim
from secassist.mail.auth.dkim import SignatureResult
from secassist.network.dns import Answer, ZoneResolver
from support.sign import HEADERS, SIGNED_AT, key_record, key_text, letter, sign

DOMAIN = "bank.example"
ZONE = key_record(DOMAIN)
AT = datetime.fromtimestamp(SIGNED_AT + 60, UTC)


def verified(
    message: bytes, zone: dict[str, object] | None = None, at: datetime = AT
) -> tuple[SignatureResult, ...]:
    return asyncio.run(dkim.verify(message, ZoneResolver(zone or ZONE), at=at))


def only(
    message: bytes, zone: dict[str, object] | None = None, at: datetime = AT
) -> SignatureResult:
    (result,) = verified(message, zone, at)
    return result


def said(result: SignatureResult) -> tuple[str, str]:
    return result.result.value, result.reason.value


# What passes


@pytest.mark.parametrize("key", ["rsa-2048", "rsa-1024", "ed25519"])
@pytest.mark.parametrize(
    "style",
    ["simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed", "relaxed", None],
)
def test_a_sound_signature_passes(key: str, style: str | None) -> None:
    mail = sign(letter(), domain=DOMAIN, key=key, canonicalization=style)
    result = only(mail, key_record(DOMAIN, key=key))
    assert said(result) == ("pass", "")
    assert result.scope == "message"
    assert result.covers_whole_body
    assert (result.headers_verified, result.body_verified) == (True, True)


def test_the_result_tells_what_was_signed_and_by_whom() -> None:
    mail = sign(
        letter(), domain="Bank.Example", identity="alerts@eu.bank.example", expires=SIGNED_AT + 99
    )
    result = only(mail)
    assert (result.domain, result.selector) == (DOMAIN, "s")
    assert result.identity == "alerts@eu.bank.example"
    assert (result.algorithm, result.key_bits) == ("rsa-sha256", 2048)
    assert result.signed_headers == HEADERS
    assert result.body_length is None
    assert (result.timestamp, result.expires) == (SIGNED_AT, SIGNED_AT + 99)


def test_without_i_the_identity_is_the_domain() -> None:
    assert only(sign(letter(), domain=DOMAIN)).identity == "@bank.example"


def test_a_file_with_bare_lf_passes() -> None:
    mail = sign(letter(), domain=DOMAIN, canonicalization="simple/simple")
    assert said(only(mail.replace(b"\r\n", b"\n"))) == ("pass", "")


def test_the_line_that_a_mailbox_file_puts_first_is_harmless() -> None:
    mail = sign(letter(), domain=DOMAIN)
    line = b"From security@bank.example Tue Oct 13 10:00:00 2026\r\n"
    assert said(only(line + mail)) == ("pass", "")


@pytest.mark.parametrize("style", ["relaxed/relaxed", "simple/simple"])
@pytest.mark.parametrize("ends", [b"", b"\r\n", b"\r\n\r\n\r\n"])
def test_empty_lines_at_the_end_do_not_matter(style: str, ends: bytes) -> None:
    mail = sign(letter(body="Hello"), domain=DOMAIN, canonicalization=style)
    assert said(only(mail + ends)) == ("pass", "")


def test_a_bare_rsa_public_key_is_taken() -> None:
    assert said(only(sign(letter(), domain=DOMAIN), key_record(DOMAIN, bare=True))) == ("pass", "")


def test_a_key_record_in_several_strings_is_one_record() -> None:
    text = key_text()
    pieces = [text[i : i + 100] for i in range(0, len(text), 100)]
    zone = {"s._domainkey.bank.example": {"TXT": [pieces]}}
    assert said(only(sign(letter(), domain=DOMAIN), zone)) == ("pass", "")


def test_the_lowest_of_repeated_fields_is_signed_first() -> None:
    twice = letter(extra=[("X-Note", "upper"), ("X-Note", "lower")])
    mail = sign(twice, domain=DOMAIN, headers=["from", "x-note"])
    assert said(only(mail)) == ("pass", "")
    assert said(only(mail.replace(b"upper", b"other"))) == ("pass", "")
    assert said(only(mail.replace(b"lower", b"other"))) == ("fail", "signature")


def test_an_added_subject_is_not_covered() -> None:
    mail = sign(letter(), domain=DOMAIN)
    result = only(b"Subject: You won\r\n" + mail)
    assert said(result) == ("pass", "")
    assert not result.covers("Subject")
    assert result.covers("From")


def test_a_name_listed_once_more_than_it_occurs_forbids_adding_one() -> None:
    mail = sign(letter(), domain=DOMAIN, headers=[*HEADERS, "from", "subject"])
    assert said(only(mail)) == ("pass", "")
    assert said(only(b"Subject: You won\r\n" + mail)) == ("fail", "signature")
    assert said(only(b"From: x@evil.example\r\n" + mail)) == ("fail", "signature")


def test_absent_fields_may_be_signed() -> None:
    mail = sign(letter(), domain=DOMAIN, headers=[*HEADERS, "reply-to"])
    result = only(mail)
    assert said(result) == ("pass", "")
    assert result.covers("reply-to")
    assert said(only(b"Reply-To: x@evil.example\r\n" + mail)) == ("fail", "signature")


def test_a_signature_may_cover_those_below_it_but_never_itself() -> None:
    mail = sign(letter(), domain=DOMAIN)
    zone = ZONE | key_record("late.example")
    once = sign(mail, domain=DOMAIN, headers=["from", "dkim-signature"])
    assert [said(r) for r in verified(sign(once, domain="late.example"), zone)] == [
        ("pass", "")
    ] * 3
    twice = sign(mail, domain=DOMAIN, headers=["from", "dkim-signature", "dkim-signature"])
    assert [said(r) for r in verified(twice)] == [("pass", "")] * 2
    late = verified(sign(twice, domain="late.example"), zone)
    assert [said(r) for r in late] == [("pass", ""), ("fail", "signature"), ("pass", "")]


@pytest.mark.parametrize(
    "extra",
    [
        {"q": "dns/txt"},
        {"q": "dns/other : dns/txt"},
        {"zz_9": "unknown tags do not matter"},
        {"z": "From:foo=20|To:bar"},
        {"h": " From : To:\tSUBJECT "},
    ],
)
def test_harmless_tags(extra: dict[str, str]) -> None:
    mail = sign(letter(), domain=DOMAIN, headers=["from", "to", "subject"], extra=extra)
    assert said(only(mail)) == ("pass", "")


def test_b_is_removed_with_its_folds_wherever_it_stands() -> None:
    mail = sign(letter(), domain=DOMAIN, canonicalization="simple/simple")
    start, _, rest = mail.partition(b"b=")
    assert start.endswith(b"\t")
    for blanks in (b"b=\r\n ", b"b=  ", b"b=\r\n\t \r\n "):
        assert said(only(start + blanks + rest)) == ("pass", "")
    assert said(only(start + b"b =" + rest)) == ("fail", "signature")


def test_raw_umlauts_are_signed_as_bytes() -> None:
    mail = sign(letter(subject="Passwort zurücksetzen", body="Grüße\r\n"), domain=DOMAIN)
    assert said(only(mail)) == ("pass", "")
    assert said(only(mail.replace("zurück".encode(), "zurûck".encode()))) == ("fail", "signature")


def test_a_domain_in_unicode_is_asked_for_as_a_labels() -> None:
    mail = sign(letter(), domain="bücher.example")
    result = only(mail, key_record("xn--bcher-kva.example"))
    assert said(result) == ("pass", "")
    assert result.domain == "xn--bcher-kva.example"


# Failed cryptography


@pytest.mark.parametrize("style", ["simple/simple", "relaxed/relaxed"])
def test_another_text_fails_though_the_header_is_right(style: str) -> None:
    mail = sign(letter(), domain=DOMAIN, canonicalization=style)
    result = only(mail.replace(b"somebody", b"nobody"))
    assert said(result) == ("fail", "body-hash")
    assert (result.headers_verified, result.body_verified) == (True, False)
    assert not result.covers_whole_body


@pytest.mark.parametrize("key", ["rsa-2048", "ed25519"])
def test_another_header_or_key_fails(key: str) -> None:
    mail = sign(letter(), domain=DOMAIN, key=key)
    zone = key_record(DOMAIN, key=key)
    assert said(only(mail.replace(b"Reset", b"Change"), zone)) == ("fail", "signature")
    assert said(only(mail, key_record(DOMAIN, key=f"{key}-other"))) == ("fail", "signature")


def test_simple_does_not_forgive_blanks() -> None:
    mail = sign(letter(), domain=DOMAIN, canonicalization="simple/simple")
    assert said(only(mail.replace(b"Subject: ", b"Subject:  "))) == ("fail", "signature")
    assert said(only(mail.replace(b"Hello,", b"Hello, "))) == ("fail", "body-hash")


def test_relaxed_forgives_blanks_and_folds() -> None:
    mail = sign(letter(), domain=DOMAIN)
    mail = mail.replace(b"Subject: Reset your", b"SUBJECT :\r\n  Reset \t your")
    mail = mail.replace(b"Hello,", b"Hello, \t").replace(b"for a", b"for \t a")
    assert said(only(mail)) == ("pass", "")


# No credit, whatever the cryptography says


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


# The text: too long, too short, not there


def test_text_after_the_signed_length_is_told() -> None:
    body = "Signed.\r\n"
    mail = sign(letter(body=body), domain=DOMAIN, length=len(body))
    assert only(mail).covers_whole_body
    result = only(mail + b"Call this number.\r\n")
    assert said(result) == ("pass", "")
    assert (result.body_length, result.uncovered) == (9, 19)
    assert not result.covers_whole_body


def test_a_text_shorter_than_the_signed_length_is_no_evidence() -> None:
    mail = sign(letter(body="One.\r\nTwo.\r\n"), domain=DOMAIN, length=12)
    result = only(mail.replace(b"Two.\r\n", b""))
    assert said(result) == ("unknown", "body-length-short")
    assert result.headers_verified
    mail = sign(letter(body="One.\r\n"), domain=DOMAIN, length=99)
    assert said(only(mail)) == ("unknown", "body-length-short")


@pytest.mark.parametrize("end", [b"", b"\r\n", b"\r\n\r\n \r\n"])
@pytest.mark.parametrize("length", [None, 0, 10])
def test_headers_alone_pass_for_the_headers_alone(end: bytes, length: int | None) -> None:
    mail = sign(letter(), domain=DOMAIN, length=length)
    top = mail.partition(b"\r\n\r\n")[0] + b"\r\n"
    result = only(top + end)
    assert said(result) == ("pass", "body-absent")
    assert result.scope == "headers"
    assert result.body_verified is None
    assert not result.covers_whole_body
    assert said(only(top.replace(b"Reset", b"Change") + end)) == ("fail", "signature")


def test_a_mail_that_was_sent_without_text_is_whole() -> None:
    mail = sign(letter(body=""), domain=DOMAIN)
    result = only(mail)
    assert (said(result), result.scope) == (("pass", ""), "message")
    assert result.covers_whole_body
    top = mail.removesuffix(b"\r\n")
    assert only(top).scope == "headers"


# Messages that programs read differently


@pytest.mark.parametrize(
    "broken",
    [
        lambda m: m.replace(b"From:", b"no field at all\r\nFrom:"),
        lambda m: m.replace(b"From:", b"From bank@x Tue\r\nFrom:"),
        lambda m: b" starts folded\r\n" + m,
        lambda m: m.replace(b"To: ", b"X-A: 1\rFrom: x@evil.example\r\nTo: "),
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
    for line in (b"From: x@evil.example\r\n", b"FROM : x@evil.example\r\n"):
        assert said(only(line + mail)) == ("unknown", "from-repeated")


# Many signatures


def test_every_signature_has_its_result_in_order() -> None:
    mail = sign(letter(), domain=DOMAIN)
    mail = sign(mail, domain="gone.example")
    mail = sign(mail, domain=DOMAIN, selector="e", key="ed25519")
    mail = sign(mail, domain="slow.example")
    zone = ZONE | key_record(DOMAIN, "e", key="ed25519")
    zone |= {"s._domainkey.slow.example": "TIMEOUT"}
    results = verified(mail, zone)
    assert [(r.domain, said(r)) for r in results] == [
        ("slow.example", ("unknown", "dns-failed")),
        (DOMAIN, ("pass", "")),
        ("gone.example", ("unknown", "key-absent")),
        (DOMAIN, ("pass", "")),
    ]


def test_no_signature_no_result() -> None:
    assert verified(letter()) == ()
    assert verified(b"") == ()
    assert verified(b"\r\nText alone") == ()


def test_signatures_beyond_the_limit_are_said_not_to_be_looked_at() -> None:
    mail = letter()
    for _ in range(limits.MAX_SIGNATURES + 2):
        mail = sign(mail, domain=DOMAIN)
    results = verified(mail)
    assert [said(r) for r in results[-3:]] == [("pass", "")] + [("unknown", "too-many")] * 2


class CountingResolver:
    """Answers only once all questions have been asked."""

    def __init__(self, expected: int) -> None:
        self.asked: list[tuple[str, str]] = []
        self._all_asked = asyncio.Event()
        self._expected = expected

    async def query(self, name: str, rdtype: str) -> Answer:
        self.asked.append((name, rdtype))
        if len(self.asked) == self._expected:
            self._all_asked.set()
        await asyncio.wait_for(self._all_asked.wait(), 5)
        return Answer.none()


def test_all_keys_are_asked_for_at_once_and_each_once() -> None:
    mail = sign(letter(), domain=DOMAIN)
    mail = sign(mail, domain=DOMAIN)
    mail = sign(mail, domain="other.example")
    mail = sign(mail, domain="never.example", algorithm="rsa-sha1")

    async def ask() -> list[tuple[str, str]]:
        resolver = CountingResolver(2)
        await dkim.verify(mail, resolver, at=AT)
        return resolver.asked

    assert sorted(asyncio.run(ask())) == [
        ("s._domainkey.bank.example", "TXT"),
        ("s._domainkey.other.example", "TXT"),
    ]


# Hostile size


def test_sizes_beyond_the_limits_are_refused() -> None:
    for message in (
        b"Subject: " + b"x" * (limits.MAX_FIELD + 1) + b"\r\n\r\n",
        b"A: b\r\n" * (limits.MAX_FIELDS + 1) + b"\r\n",
        b"A: b\r\n\r\n" + b"x" * limits.MAX_SOURCE,
    ):
        with pytest.raises(OverLimit):
            verified(message)


@pytest.mark.parametrize(
    "body",
    [
        b"a \t" * 2_000_000,
        b" " * 6_000_000,
        b"\r\n" * 3_000_000,
        b"\r" * 6_000_000,
        b"x \r\n" * 1_500_000,
        b"\r\r\n" * 2_000_000,
    ],
)
def test_time_is_linear_in_the_body(body: bytes) -> None:
    """Six million octets in far less than the second that a mail of 25 MB may take."""
    mail = sign(letter(), domain=DOMAIN) + body
    started = time.process_time()
    only(mail)
    assert time.process_time() - started < 1
