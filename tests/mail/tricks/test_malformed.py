"""Rows 31 to 33: no sender, two readings, too much of everything."""

from __future__ import annotations

import time

import pytest

from support.mails import at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import HEADERS, letter, sign
from support.tricks import (
    SENDING_IP,
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    each,
    published,
    report_on,
    reset,
)

SECONDS = 1.0
"""CPU time in which the largest of these mails must be judged."""

REVOLUT, NETFLIX = "revolut.com", "account.netflix.com"
ZONE = {**published(REVOLUT), **published(NETFLIX), **published("post.example")}


def arrived(message: bytes, domain: str, provider: str | None) -> bytes:
    if provider is None:
        return at_unknown(message)
    clauses = said(domain, spf="pass", dkim="pass", dmarc="pass", envelope=f"b@{domain}")
    return arrive(PROVIDERS[provider], message, said=clauses, envelope=f"b@{domain}", ip=SENDING_IP)


def from_field(name: str, field: str, *, provider: str | None, language: str = "en") -> Trick:
    """A strange From field, or none; the twin's is as it should be. Signed by the organisation."""
    good = reset(language, "Revolut", f"no-reply@{REVOLUT}")
    bad = good.replace(f"From: Revolut <no-reply@{REVOLUT}>\r\n".encode(), field.encode("utf-8"))
    assert bad != good
    mail, twin = (arrived(sign(m, domain=REVOLUT), REVOLUT, provider) for m in (bad, good))
    return Trick(31, name, mail, ZONE, twin, "genuine")


NO_FROM = (
    from_field("none, at gmail, which says pass", "", provider="gmail"),
    from_field("none, at an unknown server", "Sender: no-reply@revolut.com\r\n", provider=None),
    from_field("empty", "From: \r\n", provider="gmail", language="de"),
    from_field("empty angles", "From: Revolut <>\r\n", provider="microsoft"),
    from_field("empty folded", "From:\r\n \r\n", provider=None),
    from_field(
        "a group", f"From: Revolut: no-reply@{REVOLUT};\r\n", provider="fastmail", language="fr"
    ),
    from_field("an empty group", "From: Revolut:;\r\n", provider="gmail", language="es"),
    from_field("a blank before the colon", f"From : no-reply@{REVOLUT}\r\n", provider="gmail"),
    from_field(
        "a tab before the colon", f"From\t: Revolut <no-reply@{REVOLUT}>\r\n", provider=None
    ),
    from_field("a name alone", "From: Revolut\r\n", provider="posteo", language="pt"),
)


def two_readings(
    name: str, *, above: bytes = b"", inside: tuple[bytes, bytes] = (b"", b""), provider: str | None
) -> Trick:
    """A right mail with something that programs read in different ways; the twin without it."""
    signed = sign(reset("de", "Netflix", f"info@{NETFLIX}"), domain=NETFLIX)
    mail = above + signed
    if inside[0]:
        assert inside[0] in mail
        mail = mail.replace(inside[0], inside[1], 1)
    return Trick(
        32,
        name,
        arrived(mail, NETFLIX, provider),
        ZONE,
        arrived(signed, NETFLIX, provider),
        "genuine",
    )


EVIL = b"From: Bank <x@post.example>"
READINGS = (
    two_readings("bare CR", above=b"X-Note: a\r" + EVIL + b"\r\n", provider=None),
    two_readings(
        "bare CR, gmail says pass", above=b"X-Note: a\r" + EVIL + b"\r\n", provider="gmail"
    ),
    two_readings("bare CRs that end the fields", above=b"X: a\r\r" + EVIL + b"\r\n", provider=None),
    two_readings("NUL", above=b"X-Note: a\0b\r\n", provider="gmail"),
    two_readings("NUL in a name", above=b"From\0: x@post.example\r\n", provider=None),
    two_readings(
        "a line without a colon", above=EVIL + b"\r\nno colon here\r\n", provider="microsoft"
    ),
    two_readings("a line without a colon, alone", above=b"no colon here\r\n", provider=None),
    two_readings("a blank line on top", above=EVIL + b"\r\n\r\n", provider="gmail"),
    two_readings("a line of blanks", above=EVIL + b"\r\n \t\r\n", provider=None),
    two_readings(
        "a blank line below the signature",
        inside=(b"\r\nFrom: ", b"\r\n\r\nFrom: "),
        provider="posteo",
    ),
    two_readings(
        "an encoded word with a line end",
        above=b"X-Note: =?utf-8?Q?a=0D=0AFrom:_x@post.example?=\r\n"
        b"From: =?utf-8?Q?x=0D=0A?= <x@post.example>\r\n",
        provider=None,
    ),
    two_readings("a bare LF and CR mixed", above=b"X: a\n\r" + EVIL + b"\r\n", provider="fastmail"),
    two_readings(
        "two content types",
        above=b"Content-Type: text/html\r\n",
        provider="gmail",
    ),
    two_readings("two subjects", above=b"Subject: Call 0800 555 0199\r\n", provider="gmail"),
)


def _signed(message: bytes, headers: tuple[str, ...] = HEADERS) -> bytes:
    return sign(message, domain=REVOLUT, headers=headers)


def _letter(body: bytes | str, *extra: tuple[str, str]) -> bytes:
    return letter(
        sender=f"Revolut <no-reply@{REVOLUT}>", subject="New password", body=body, extra=extra
    )


def _nested(depth: int) -> bytes:
    lines = [b"Content-Type: multipart/mixed; boundary=b0", b""]
    for i in range(depth):
        lines += [b"--b%d" % i, b"Content-Type: multipart/mixed; boundary=b%d" % (i + 1), b""]
    lines += [b"--b%d" % depth, b"Content-Type: text/plain", b"", b"hello", b"--b%d--" % depth]
    lines += [b"--b%d--" % i for i in reversed(range(depth))]
    body = b"\r\n".join(lines[2:]) + b"\r\n"
    return _letter(body, ("Content-Type", "multipart/mixed; boundary=b0"))


def _messages(depth: int) -> bytes:
    head = b"Content-Type: message/rfc822\r\n\r\nFrom: a@post.example\r\nSubject: x\r\n"
    return _letter(head * depth + b"\r\nhello\r\n", ("Content-Type", "message/rfc822"))


_LINES = "\r\n".join(f" folded line {i}" for i in range(200_000))
_HOP = b"Received: from a.example (a.example [192.0.2.7]) by b.example; 1 Jan 2026 00:00:00 +0000"
_MANY = b"".join(b"X-Field-%d: value\r\n" % i for i in range(60_000))
_SMALL = at_unknown(_signed(_letter("Hello.\r\n")))


def huge(name: str, mail: bytes, twin: bytes = _SMALL) -> Trick:
    return Trick(33, name, mail, ZONE, twin, "genuine")


def huge_tricks() -> tuple[Trick, ...]:
    fold = at_unknown(_signed(_letter("Hello.\r\n", ("X-Long", f"a\r\n{_LINES}"))))
    few = at_unknown(_signed(_letter("Hello.\r\n", ("X-Long", "a\r\n b\r\n c"))))
    return (
        huge("200000 folded lines", fold, few),
        huge(
            "200000 folded lines in a signed To",
            at_unknown(
                _signed(
                    letter(
                        sender=f"Revolut <no-reply@{REVOLUT}>",
                        to="a@mail.example,\r\n"
                        + ",\r\n".join(f" a{i}@mail.example" for i in range(50_000)),
                    )
                )
            ),
        ),
        huge("multiparts 5000 deep", at_unknown(_signed(_nested(5_000)))),
        huge("messages 5000 deep", at_unknown(_signed(_messages(5_000)))),
        huge("20000 Received lines", (_HOP + b"\r\n") * 20_000 + _signed(_letter("Hello.\r\n"))),
        huge("60000 fields", at_unknown(_MANY + _signed(_letter("Hello.\r\n")))),
        huge(
            "a hundred thousand encoded words",
            at_unknown(_signed(_letter("Hello.\r\n", ("X-A", "=?utf-8?B?QQ==?= " * 100_000)))),
        ),
        huge(
            "nested comments in From",
            at_unknown(
                _signed(
                    letter(sender="(" * 20_000 + ")" * 20_000 + f" Revolut <no-reply@{REVOLUT}>")
                )
            ),
        ),
    )


HUGE = huge_tricks()
TRICKS = (*NO_FROM, *READINGS, *HUGE)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)


@each(HUGE)
def test_within_a_second(trick: Trick) -> None:
    report_on(trick, twin=True)  # what is read once, is read by now
    started = time.process_time()
    report_on(trick)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("provider", [None, "gmail"])
def test_the_twins_are_right_at_both(provider: str | None) -> None:
    mail = arrived(_signed(_letter("Hello.\r\n")), REVOLUT, provider)
    assert_twin(huge("small", mail, mail))
