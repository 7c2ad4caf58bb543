from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.fields import crlf, split
from secassist.mail.trace import delay, read_hop, read_hops

GMAIL = (
    b"from o11.email.example.com (o11.email.example.com. [50.31.32.157])\r\n"
    b"        by mx.google.com with ESMTPS id 6a1803df08f44\r\n        for <user@example.net>\r\n"
    b"        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384);\r\n"
    b"        Thu, 10 Oct 2024 16:19:45 -0700 (PDT)"
)


def test_a_border_line_of_a_big_receiver() -> None:
    hop = read_hop(3, GMAIL.replace(b"\r\n", b""))
    assert (hop.by, hop.helo, hop.client_name) == (
        "mx.google.com",
        "o11.email.example.com",
        "o11.email.example.com",
    )
    assert hop.client_ip == "50.31.32.157"
    assert hop.for_ == "user@example.net"
    assert hop.time == datetime(2024, 10, 10, 23, 19, 45, tzinfo=UTC)
    assert hop.index == 3


@pytest.mark.parametrize(
    ("value", "by", "helo", "ip"),
    [
        (b"by 2002:a0c:fecd:0:b0:6c3 with SMTP id x; x", "2002:a0c:fecd:0:b0:6c3", "", ""),
        (b"from a.test (192.0.2.7) by b.test (10.0.0.1) with X", "b.test", "a.test", "192.0.2.7"),
        (b"from a (unknown [IPv6:2001:db8::1]) by b", "b", "a", "2001:db8::1"),
        (b"from [10.1.2.3] ([192.0.2.9:2769]) by b", "b", "[10.1.2.3]", "192.0.2.9"),
        (b"from a.test by b.test", "b.test", "a.test", ""),
        (b"from [192.0.2.1] by b.test", "b.test", "[192.0.2.1]", ""),
    ],
)
def test_forms_of_the_client(value: bytes, by: str, helo: str, ip: str) -> None:
    hop = read_hop(0, value)
    assert (hop.by, hop.helo, hop.client_ip) == (by, helo, ip)


@pytest.mark.parametrize(
    "value",
    [
        # The client called itself "good (good [17.0.0.1])"; the server's own comment follows.
        b"from good (good [17.0.0.1]) (evil.test [6.6.6.6]) by mx.test with ESMTP",
        # The name in the client's TLS certificate is the client's choice.
        b"from evil (Client CN [17.0.0.1]) (evil.test [6.6.6.6]) by mx.test",
    ],
)
def test_an_address_that_the_client_may_have_written_is_no_address(value: bytes) -> None:
    assert read_hop(0, value).client_ip == ""


def test_a_by_inside_a_comment_does_not_count() -> None:
    hop = read_hop(0, b"from evil (x by mx.google.com with ESMTPS [6.6.6.6]) by mx.test with SMTP")
    assert hop.by == "mx.test"


def test_delays_and_clock_oddities() -> None:
    text = (
        b"Received: by b; Mon, 1 Jan 2024 00:00:10 +0000\n"
        b"Received: by a; Mon, 1 Jan 2024 00:00:20 +0000\n"
    )
    top, below = read_hops(split(crlf(text)))
    between = delay(top, below)
    assert between is not None
    assert between.total_seconds() == -10
    assert delay(below, None) is None


@given(st.binary(max_size=400))
def test_never_raises(value: bytes) -> None:
    read_hop(0, value)


def test_two_addresses_in_one_comment_are_none() -> None:
    """The HELO name is the client's own choice, brackets included."""
    hop = read_hop(0, b"from [192.0.2.1] ([192.0.2.1] [198.51.100.9]) by b.test; x")
    assert hop.client_ip == ""
