"""One message into facts: what is odd, what is not, and the bad input of the house rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from secassist.mail import oddities
from secassist.mail.fields import split
from secassist.mail.message import Message, Parts, read_message
from support.sign import letter

TOP = b"From: Bank <a@bank.example>\r\nTo: me@x.example\r\nSubject: Hi\r\n"


def mail(extra: bytes = b"", body: bytes = b"Hello\r\n") -> Message:
    return read_message(TOP + extra + b"\r\n" + body)


def test_a_sound_mail_is_not_odd() -> None:
    message = read_message(letter())
    assert (message.oddities, message.unread, message.repairs) == ((), (), ())
    assert message.parts is Parts.WHOLE
    assert message.source == letter()


@pytest.mark.parametrize(
    ("extra", "body", "codes"),
    [
        (b"X: a\0b\r\n", b"x", {"nul"}),
        (b"", b"a\0b", {"nul-in-body"}),
        (b"X: a\rFrom: c@d.example\r\n", b"x", {"bare-cr"}),
        (b"", b"a\rb", {"bare-cr-in-body"}),
        (b"no colon here\r\n", b"x", {"stray-line"}),
        (b">From a@b.example Tue Oct 13 2026\r\n", b"x", {"mailbox-line"}),
        (b"", b"Received: from a by b\r\nFrom: c@d.example\r\n\r\nHi", {"early-blank-line"}),
        (b"", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\nHi", {"early-blank-line"}),
        (b"", b"From: a friend\r\nTo: you\r\n\r\nHi", set()),
        (b"", b"Date: x\r\nFrom: c@d.example\r\n\r\nHi", {"early-blank-line"}),
        (b"", b"Date: tomorrow\r\nNote: bring it\r\n", set()),
        (b"Subject: other\r\n", b"x", {"two-subject"}),
        (b"Date: x\r\nDate: y\r\n", b"x", {"duplicate-field"}),
        (b"Content-Type: text/html\r\nContent-Type: text/plain\r\n", b"x", {"two-content-type"}),
        (b"X-Y: =?utf-8?q?=0A?=\r\n", b"x", set()),
    ],
)
def test_what_makes_programs_disagree(extra: bytes, body: bytes, codes: set[str]) -> None:
    assert set(mail(extra, body).oddities) == codes


def test_what_outlook_shows_below_the_headers_is_no_body() -> None:
    frame = (
        b'--b\r\nContent-Type: text/plain;\r\n\tcharset="utf-8"\r\n\r\n'
        b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n--b--\r\n"
    )
    message = mail(b"Content-Type: multipart/alternative; boundary=b\r\n", frame)
    assert message.parts is Parts.HEADERS
    assert message.source.endswith(b"boundary=b\r\n")
    whole = mail(b"Content-Type: multipart/alternative; boundary=b\r\n", frame + b"Hello\r\n")
    assert whole.parts is Parts.WHOLE


def test_control_characters_and_wrong_bytes_in_the_subject() -> None:
    assert "encoded-control" in read_message(b"Subject: =?utf-8?q?a=0Ab?=\r\n" + TOP[:30]).oddities
    message = read_message(b"From: a@b.example\r\nSubject: Gr\xfc\xdfe\r\n\r\nx")
    assert (message.subject, message.oddities) == ("Grüße", ("raw-8bit",))
    assert not oddities.GRAVE & set(message.oddities)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("Tue, 13 Oct 2026 10:00:00 +0200", datetime(2026, 10, 13, 8, tzinfo=UTC)),
        ("13 Oct 2026 10:00 -0000", datetime(2026, 10, 13, 10, tzinfo=UTC)),
        ("Tue, 13 Oct 2026 10:00:00 GMT (comment)", datetime(2026, 10, 13, 10, tzinfo=UTC)),
        ("tomorrow", None),
        ("", None),
        ("99 Foo 99999999999999999999 99:99:99 +9999", None),
        ("Tue, 13 Oct 2026 10:00:00 +9999999999", None),
        ("1 " * 100_000, None),
    ],
)
def test_dates(value: str, date: datetime | None) -> None:
    found = mail(b"Date: " + value.encode() + b"\r\n").date
    assert found == date
    assert found is None or found.utcoffset() is not None


def test_a_date_keeps_its_zone() -> None:
    found = mail(b"Date: Tue, 13 Oct 2026 10:00:00 +0200\r\n").date
    assert found is not None
    assert found.tzinfo == timezone(timedelta(hours=2))


HUGE = {
    "a subject of 1 MB": (
        b"Subject: " + b"a" * 1_000_000 + b"\r\nFrom: a@b.example\r\n\r\nx",
        True,
    ),
    "20,000 encoded words": (
        b"From: a@b.example\r\nSubject: " + b"=?utf-8?q?a?=\r\n " * 20_000 + b"\r\n\r\nx",
        True,
    ),
    "200,000 folded lines": (TOP + b"X: a\r\n" + b" b\r\n" * 200_000 + b"\r\nx", True),
    "20,000 Received lines": (b"Received: from a by b; x\r\n" * 20_000 + TOP + b"\r\nx", True),
    "200,000 stray lines": (TOP + b"stray\r\n" * 200_000 + b"\r\nx", True),
    "25 MB": (TOP + b"\r\n" + b"x" * 25_000_000, False),
    "100,000 parts": (
        TOP + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000,
        False,
    ),
    "20,000 semicolons": (TOP + b"Content-Type: text/plain" + b";" * 20_000 + b"\r\n\r\nx", False),
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_mail_is_read_and_what_was_cut_is_named(name: str) -> None:
    source, over = HUGE[name]
    message = read_message(source)
    assert message.parts is Parts.WHOLE
    assert (oddities.OVER_LIMIT in message.unread) is over
    assert bool(message.unread) is (name != "20,000 semicolons")
    again = split(message.source)  # nobody downstream runs into the limits
    assert (again.fields, again.body) == (message.split.fields, message.split.body)
