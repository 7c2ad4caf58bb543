"""The few facts of a header block, and dates in all their forms."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.trace import read_time
from secassist.mailbox import times
from secassist.mailbox.summary import MAX_SUBJECT, Mark, summarise

MOMENT = int(datetime(2026, 1, 11, 9, 5, 7, tzinfo=UTC).timestamp())


def test_the_top_received_is_the_receivers_own_time() -> None:
    head = (
        b"Received: from a.example by mx.home.example;\n\tSun, 11 Jan 2026 10:05:07 +0100 (CET)\n"
        b"Received: from x by a.example; Fri, 1 Jan 1999 00:00:00 +0000\n"
        b"Date: Tue, 19 Jan 2038 03:14:07 +0000\nFrom: a@b.example\n"
    )
    assert summarise(head, received=5).time == MOMENT


def test_without_received_the_mailbox_is_believed_before_the_sender() -> None:
    head = b"Date: Tue, 19 Jan 2038 03:14:07 +0000\nFrom: a@b.example\n"
    assert summarise(head, received=MOMENT).time == MOMENT
    assert summarise(head).time == 2**31 - 1


@pytest.mark.parametrize(
    ("written", "local", "domain"),
    [
        (b"Somebody <Some.Body@Mail.Example>", "Some.Body", "mail.example"),
        (b"some@b.example", "some", "b.example"),
        (b'"x <y@z.example>" <a@b.example>', "a", "b.example"),
        (b"=?utf-8?q?Caf=C3=A9?=\n <a@b.example>", "a", "b.example"),
        (b"a@b.example (a comment)", "a", "b.example"),
        (b"undisclosed", "", ""),
        (b"", "", ""),
    ],
)
def test_sender(written: bytes, local: str, domain: str) -> None:
    found = summarise(b"From: " + written + b"\n")
    assert (found.local, found.domain) == (local, domain)


@pytest.mark.parametrize(
    ("field", "mark"),
    [
        (b"List-Unsubscribe: <https://x.example>", Mark.BULK),
        (b"LIST-ID: News <news.x.example>", Mark.BULK),
        (b"Precedence: bulk", Mark.BULK),
        (b"Feedback-ID: 1:2:3", Mark.BULK),
        (b"Precedence: auto_reply", Mark.AUTOMATIC),
        (b"Auto-Submitted: auto-replied (vacation)", Mark.AUTOMATIC),
        (b"Auto-Submitted: no", 0),
        (b"X-Autoreply: yes", Mark.AUTOMATIC),
        (b"X-Zendesk-From-Account-Id: 1", Mark.AUTOMATIC),
        (b"In-Reply-To: <1@x>", Mark.REPLY),
        (b"References: <1@x>", Mark.REPLY),
        (b"Form-Sub: v=1", Mark.FORM),
        (b"X-List: no", 0),
    ],
)
def test_marks(field: bytes, mark: int) -> None:
    assert summarise(b"From: a@b.example\n" + field + b"\n").marks == mark


def test_subjects_are_decoded_unfolded_and_bounded() -> None:
    head = b"Subject: =?utf-8?B?w5xiZXI=?=\n =?utf-8?Q?_alles?=\nFrom: a@b.example\n"
    assert summarise(head).subject == "Über alles"
    assert summarise(b"Subject: a\r\n b\r\n").subject == "a b"
    assert len(summarise(b"Subject: " + b"x" * 100_000 + b"\n").subject) == MAX_SUBJECT


def test_a_field_inside_another_is_not_found() -> None:
    assert summarise(b"X-Note: say\n Subject: no\nSubject: yes\n").subject == "yes"


@given(st.binary(max_size=3_000))
def test_any_bytes_have_a_summary(head: bytes) -> None:
    summarise(head)


@given(st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_dates_agree_with_the_standard_library(moment: datetime, shift: int) -> None:
    sign = "-" if shift < 0 else "+"
    zone = f"{sign}{abs(shift) // 60:02}{abs(shift) % 60:02}"
    text = f"{moment:%a}, {moment.day} {moment:%b %Y %H:%M:%S} {zone}"
    expected = read_time(text)
    assert expected is not None
    assert times.seconds(b"by x;\n\t" + text.encode()) == int(expected.timestamp())
    line = f"From a@b.example {moment:%a %b} {moment.day:2} {moment:%H:%M:%S} {zone} {moment.year}"
    assert times.seconds_of_line(line.encode()) == int(expected.timestamp())


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"yesterday",
        b"32 Foo 2026 10:00:00",
        b"Thu, 1 Jan 1970 00:00:00 +0000",
        b"1 Jan 9999 00:00:00",
    ],
)
def test_what_is_no_date_is_none(value: bytes) -> None:
    assert times.seconds(value) == 0
    assert times.seconds_of_line(value) == 0


@given(st.binary(max_size=300))
def test_any_bytes_are_a_date_or_none(value: bytes) -> None:
    for found in (times.seconds(value), times.seconds_of_line(value)):
        assert found == 0 or times.EARLIEST <= found < times.LATEST
