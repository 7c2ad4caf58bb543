from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.auth.dmarc_record import DmarcRecord, parse_record, select_record


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v=DMARC1; p=none", DmarcRecord()),
        ("v=DMARC1;p=reject;", DmarcRecord("reject")),
        ("V = DMARC1 ; P = Reject ; SP=QUARANTINE", DmarcRecord("reject", "quarantine")),
        (" v=DMARC1; p=reject", DmarcRecord("reject")),
        (
            "v=DMARC1; p=none; sp=quarantine; np=reject",
            DmarcRecord("none", "quarantine", "reject"),
        ),
        (
            "v=DMARC1; p=reject; adkim=s; aspf=S",
            DmarcRecord("reject", strict_dkim=True, strict_spf=True),
        ),
        ("v=DMARC1; adkim=x; aspf=; p=reject; psd=maybe; t=1", DmarcRecord("reject")),
        ("v=DMARC1; p=reject; psd=y", DmarcRecord("reject", psd="y")),
        ("v=DMARC1; p=reject; psd=N; t=y", DmarcRecord("reject", psd="n", testing=True)),
        (  # RFC 7489: what is gone is ignored
            "v=DMARC1; p=quarantine; pct=5; rf=afrf; ri=86400; fo=1:d:s; rua=mailto:a@example.com",
            DmarcRecord("quarantine"),
        ),
        ("v=DMARC1; p=none; p=reject", DmarcRecord("reject")),
        ("v=DMARC1; future=1; p=reject; ; =x; y", DmarcRecord("reject")),
        # A policy that cannot be read: none where reports are asked for, else no DMARC at all.
        ("v=DMARC1; rua=mailto:a@example.com", DmarcRecord()),
        ("v=DMARC1; p=rejct; rua=mailto:a@example.com,x", DmarcRecord()),
        ("v=DMARC1; p=reject; sp=rejct; rua=mailto:a@example.com", DmarcRecord()),
        ("v=DMARC1; p=reject; np=; rua=https://example.com/report", DmarcRecord()),
        ("v=DMARC1", DmarcRecord(applies=False)),
        ("v=DMARC1; p=reject rua=mailto:a@example.com", DmarcRecord(applies=False)),
        ("v=DMARC1; p=rejct", DmarcRecord(applies=False)),
        ("v=DMARC1; p=reject; sp=rejct", DmarcRecord(applies=False)),
        ("v=DMARC1; p=; rua=a@example.com", DmarcRecord(applies=False)),
        ("v=DMARC1; psd=y", DmarcRecord(psd="y", applies=False)),
        # No DMARC record.
        ("", None),
        ("p=reject", None),
        ("p=reject; v=DMARC1", None),
        ("v=dmarc1; p=reject", None),
        ("v=DMARC2; p=reject", None),
        ("v=DMARC11; p=reject", None),
        ("v=DMARC1 p=reject", None),
        ("vv=DMARC1; p=reject", None),
        ('"v=DMARC1; p=reject"', None),
        ("v=spf1 -all", None),
    ],
)
def test_records(text: str, expected: DmarcRecord | None) -> None:
    assert parse_record(text.encode()) == expected


@pytest.mark.parametrize(
    ("text", "own", "below", "absent"),
    [
        ("p=reject", "reject", "reject", "reject"),
        ("p=reject; sp=none", "reject", "none", "none"),
        ("p=none; np=reject", "none", "none", "reject"),
        ("p=none; sp=quarantine; np=reject", "none", "quarantine", "reject"),
        ("p=reject; sp=quarantine; np=none; t=y", "quarantine", "none", "none"),
        ("p=none; t=y", "none", "none", "none"),
        ("p=reject; t=n", "reject", "reject", "reject"),
    ],
)
def test_policy_for(text: str, own: str, below: str, absent: str) -> None:
    record = parse_record(b"v=DMARC1; " + text.encode())
    assert record is not None
    assert record.policy_for(below=False, exists=True) == own
    assert record.policy_for(below=False, exists=False) == own
    assert record.policy_for(below=True, exists=True) == below
    assert record.policy_for(below=True, exists=False) == absent


def test_two_records_are_none() -> None:
    record, other = b"v=DMARC1; p=none", b"v=spf1 -all"
    assert select_record([other, record]) == DmarcRecord()
    assert select_record([record, record]) is None
    assert select_record([record, b"v=DMARC1"]) is None
    assert select_record([other]) is None
    assert select_record([]) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(text: bytes) -> None:
    record = parse_record(b"v=DMARC1;" + text)
    assert record is not None
    assert record.policy in {"none", "quarantine", "reject"}
    parse_record(text)
