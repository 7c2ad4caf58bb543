"""The text: too long, too short, not there; and everything too large."""

from __future__ import annotations

import time

import pytest

from secassist.base import limits
from secassist.base.errors import OverLimit
from support.sign import letter, sign
from support.verify import DOMAIN, only, said, verified


def test_text_after_the_signed_length_is_told() -> None:
    body = "Signed.\r\n"
    mail = sign(letter(body=body), domain=DOMAIN, length=len(body))
    whole = only(mail)
    assert (whole.body_verified, whole.uncovered) == (True, 0)
    result = only(mail + b"Call this number.\r\n")
    assert said(result) == ("pass", "")
    assert (result.body_length, result.uncovered) == (9, 19)


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
    assert said(only(top.replace(b"Reset", b"Change") + end)) == ("fail", "signature")


def test_a_mail_that_was_sent_without_text_is_whole() -> None:
    mail = sign(letter(body=""), domain=DOMAIN)
    result = only(mail)
    assert (said(result), result.scope) == (("pass", ""), "message")
    assert (result.body_verified, result.uncovered) == (True, 0)
    top = mail.removesuffix(b"\r\n")
    assert only(top).scope == "headers"


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
