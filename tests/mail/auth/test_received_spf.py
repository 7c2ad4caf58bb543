from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.limits import MAX_FIELD
from secassist.mail.auth.received_spf import MAX_PAIRS, ReceivedSpf, parse_received_spf


def test_rfc_7208_example() -> None:
    parsed = parse_received_spf(
        "pass (mybox.example.org: domain of\r\n myname@example.com designates 192.0.2.1 as "
        "permitted sender)\r\n receiver=mybox.example.org; client-ip=192.0.2.1;\r\n "
        'envelope-from="myname@example.com"; helo=foo.example.com;'
    )
    assert parsed == ReceivedSpf(
        result="pass",
        comment="mybox.example.org: domain of myname@example.com designates 192.0.2.1 as "
        "permitted sender",
        client_ip="192.0.2.1",
        envelope_from="myname@example.com",
        helo="foo.example.com",
        receiver="mybox.example.org",
    )


@pytest.mark.parametrize(
    ("value", "result", "client_ip", "envelope_from", "helo"),
    [
        (  # Google
            (
                "pass (google.example: domain of a@b.example designates 2001:db8::1 as permitted "
                "sender) client-ip=2001:db8::1;"
            ),
            "pass",
            "2001:db8::1",
            "",
            "",
        ),
        (  # Microsoft 365
            (
                "Fail (protection.outlook.example: domain of b.example does not designate "
                "192.0.2.1 as "
                "permitted sender) receiver=protection.outlook.example; client-ip=192.0.2.1; "
                "helo=out.c.example; pr=C"
            ),
            "fail",
            "192.0.2.1",
            "",
            "out.c.example",
        ),
        (
            "None (protection.outlook.example: nodots does not designate permitted sender hosts)",
            "none",
            "",
            "",
            "",
        ),
        (  # Postfix policy server
            (
                "Softfail (mailfrom) identity=mailfrom; client-ip=192.0.2.1; helo=x.example; "
                "envelope-from=<u=1@x.example>; receiver=<UNKNOWN>"
            ),
            "softfail",
            "192.0.2.1",
            "u=1@x.example",
            "x.example",
        ),
        ("neutral client-ip = 192.0.2.1 helo = x.example", "neutral", "192.0.2.1", "", "x.example"),
        ("", "", "", "", ""),
        ("(only a comment)", "", "", "", ""),
    ],
)
def test_forms(value: str, result: str, client_ip: str, envelope_from: str, helo: str) -> None:
    parsed = parse_received_spf(value)
    assert (parsed.result, parsed.client_ip) == (result, client_ip)
    assert (parsed.envelope_from, parsed.helo) == (envelope_from, helo)
    assert parsed.oddities == ()


@pytest.mark.parametrize(
    ("value", "oddity"),
    [
        ("pass (never closed", "unclosed-comment"),
        ('pass envelope-from="never closed', "unclosed-quote"),
        ('fail (domain of "a) client-ip=192.0.2.9; (b"@x.example)', "half-quote-in-comment"),
        ("pass client-ip=192.0.2.1; client-ip=192.0.2.2", "twice"),
        ("pass what", "junk"),
        ("pass " + "".join(f"k{n}=v;" for n in range(MAX_PAIRS + 1)), "too-many"),
        ("pass " + "x" * MAX_FIELD, "too-long"),
    ],
)
def test_oddities(value: str, oddity: str) -> None:
    assert oddity in parse_received_spf(value).oddities


def test_the_first_of_two_values_counts() -> None:
    parsed = parse_received_spf("pass client-ip=192.0.2.1; client-ip=192.0.2.2")
    assert parsed.client_ip == "192.0.2.1"


@pytest.mark.parametrize("piece", ["(", '"', "\\", ";", "=", "a", "a=", " ", "(\\", "a=b;"])
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    parse_received_spf("pass " + piece * (MAX_FIELD // len(piece)))
    assert time.process_time() - start < 1.0


@given(st.text(max_size=200))
def test_any_text_is_answered(value: str) -> None:
    parsed = parse_received_spf(value)
    assert parsed.result == parsed.result.lower()
