from __future__ import annotations

import asyncio

import pytest

from secassist.base import limits
from secassist.mail.auth import dkim
from secassist.network.dns import Answer
from support.sign import HEADERS, SIGNED_AT, key_record, key_text, letter, sign
from support.verify import AT, DOMAIN, ZONE, only, said, verified


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
    assert (result.headers_verified, result.body_verified) == (True, True)
    assert result.uncovered == 0


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
        {"i": "joe.\r\n public@eu.\r\n bank.example"},
        {"x": "9" * 20},
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
    mail = mail.replace(b"Subject: Reset your", b"SUBJECT:\r\n  Reset \t your")
    mail = mail.replace(b"Hello,", b"Hello, \t").replace(b"for a", b"for \t a")
    assert said(only(mail)) == ("pass", "")


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
