"""The resolver over records in memory answers as a server of that zone would."""

from __future__ import annotations

import asyncio

import pytest

from secassist.network.dns import Answer, ZoneResolver
from secassist.network.dns.zone import Zone

ZONE: Zone = {
    "Example.com.": {
        "txt": ["v=spf1 -all", ["in ", b"pieces"]],
        "A": "192.0.2.1",
        "AAAA": ["2001:db8::1"],
        "MX": [[10, "mx.example.com."], "20 mx2.example.com"],
    },
    "one.example.com": {"MX": [10, "mx.example.com"]},
    "1.2.0.192.in-addr.arpa": {"PTR": ["mx.example.com."]},
    "www.example.com": {"CNAME": ["example.com"]},
    "loop.example.com": {"CNAME": "loop.example.com"},
    "deep.down.example.com": {"A": ["192.0.2.2"]},
    "*.wild.example.com": {"TXT": ["wild"]},
    "there.wild.example.com": {"A": ["192.0.2.3"]},
    "bücher.example": {"TXT": ["umlaut"]},
    "slow.example": "TIMEOUT",
    "half.example": {"TXT": "SERVFAIL", "A": ["192.0.2.9"], "MX": ["TIMEOUT"]},
    "empty.example": {"TXT": []},
    "*.down.example": "SERVFAIL",
}


def ask(name: str, rdtype: str) -> Answer:
    return asyncio.run(ZoneResolver(ZONE).query(name, rdtype))


@pytest.mark.parametrize(
    ("name", "rdtype", "records"),
    [
        ("example.com", "TXT", (b"v=spf1 -all", b"in pieces")),
        ("EXAMPLE.COM.", "txt", (b"v=spf1 -all", b"in pieces")),
        ("example.com", "A", ("192.0.2.1",)),
        ("example.com", "AAAA", ("2001:db8::1",)),
        ("example.com", "MX", ((10, "mx.example.com"), (20, "mx2.example.com"))),
        ("one.example.com", "MX", ((10, "mx.example.com"),)),
        ("1.2.0.192.in-addr.arpa", "PTR", ("mx.example.com",)),
        ("www.example.com", "A", ("192.0.2.1",)),
        ("any.wild.example.com", "TXT", (b"wild",)),
        ("a.b.wild.example.com", "TXT", (b"wild",)),
        ("bücher.example", "TXT", (b"umlaut",)),
        ("xn--bcher-kva.example", "TXT", (b"umlaut",)),
        ("half.example", "A", ("192.0.2.9",)),
    ],
)
def test_found(name: str, rdtype: str, records: tuple[object, ...]) -> None:
    answer = ask(name, rdtype)
    assert answer.found
    assert answer.records == records


@pytest.mark.parametrize(
    ("name", "rdtype", "why"),
    [
        ("nothing.example", "A", "nxdomain"),
        ("example.com", "PTR", "nodata"),
        ("down.example.com", "A", "nodata"),  # it exists, for something stands below it
        ("wild.example.com", "TXT", "nodata"),
        ("any.wild.example.com", "A", "nodata"),
        ("there.wild.example.com", "TXT", "nodata"),  # a name that exists is not the wildcard's
        ("below.there.wild.example.com", "TXT", "nxdomain"),
        ("www.example.com", "PTR", "nodata"),
        ("empty.example", "TXT", "nodata"),
    ],
)
def test_proved_absent(name: str, rdtype: str, why: str) -> None:
    answer = ask(name, rdtype)
    assert answer.absent
    assert answer.why == why


@pytest.mark.parametrize(
    ("name", "rdtype", "why"),
    [
        ("slow.example", "A", "timeout"),
        ("half.example", "TXT", "servfail"),
        ("half.example", "MX", "timeout"),
        ("any.down.example", "A", "servfail"),
        ("loop.example.com", "A", "cname-loop"),
        ("", "A", "malformed"),
        ("a..b", "A", "malformed"),
    ],
)
def test_failed(name: str, rdtype: str, why: str) -> None:
    answer = ask(name, rdtype)
    assert answer.failed
    assert answer.why == why
