"""The codes against the standards' own vectors, and over the hour that summer time repeats."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pyotp
import pytest

from secassist.base.errors import UnusableInput
from secassist.twofactor import base32, codes
from secassist.twofactor.account import Account, Algorithm, Kind

SEED = b"12345678901234567890"
SEEDS = {
    Algorithm.SHA1: SEED,
    Algorithm.SHA256: (SEED * 2)[:32],
    Algorithm.SHA512: (SEED * 4)[:64],
}
RFC_4226 = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split()
RFC_6238 = [
    (59, "94287082", "46119246", "90693936"),
    (1111111109, "07081804", "68084774", "25091201"),
    (1111111111, "14050471", "67062674", "99943326"),
    (1234567890, "89005924", "91819424", "93441116"),
    (2000000000, "69279037", "90698825", "38618901"),
    (20000000000, "65353130", "77737706", "47863826"),
]


@pytest.mark.parametrize(("counter", "code"), list(enumerate(RFC_4226)))
def test_rfc_4226_appendix_d(counter: int, code: str) -> None:
    account = Account(secret=SEED, kind=Kind.HOTP, counter=counter)
    assert codes.at(account, 0).code == code


@pytest.mark.parametrize(
    ("unix_time", "algorithm", "code"),
    [
        (unix_time, algorithm, code)
        for unix_time, *expected in RFC_6238
        for algorithm, code in zip(SEEDS, expected, strict=True)
    ],
)
def test_rfc_6238_appendix_b(unix_time: int, algorithm: Algorithm, code: str) -> None:
    account = Account(secret=SEEDS[algorithm], algorithm=algorithm, digits=8)
    assert codes.at(account, unix_time).code == code


def test_this_next_and_how_long() -> None:
    account = Account(secret=SEED, digits=8)
    assert codes.at(account, 59) == codes.Code("94287082", "37359152", 1)
    assert codes.at(account, 60).code == "37359152"
    assert codes.at(account, 60).valid_for == 30
    counted = codes.at(Account(secret=SEED, kind=Kind.HOTP, counter=1), 59)
    assert (counted.code, counted.next, counted.valid_for) == (RFC_4226[1], RFC_4226[2], None)


def test_steam_as_pyotp_makes_it() -> None:
    account = Account(secret=SEED, kind=Kind.STEAM, digits=8, algorithm=Algorithm.SHA512)
    oracle = pyotp.contrib.Steam(base32.encode(SEED))
    for unix_time in (0, 59, 1111111109, 2000000000):
        code = codes.at(account, unix_time).code
        assert code == oracle.at(unix_time)
        assert len(code) == 5


@pytest.mark.parametrize("length", [5, 10, 13, 20])
@pytest.mark.parametrize("digits", range(5, 11))
@pytest.mark.parametrize("period", [1, 15, 30, 60, 300])
def test_what_sites_issue_and_pyotp_refuses(length: int, digits: int, period: int) -> None:
    account = Account(secret=bytes(range(length)), digits=digits, period=period)
    code = codes.at(account, 1_000_000_000)
    assert len(code.code) == digits
    assert code.next == codes.at(account, 1_000_000_000 + period).code


def test_no_wrong_code_in_the_repeated_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    if hasattr(time, "tzset"):
        time.tzset()
    start = int(datetime(2025, 10, 26, 0, 0, tzinfo=UTC).timestamp())
    account = Account(secret=SEED)
    oracle = pyotp.HOTP(base32.encode(SEED))
    try:
        for unix_time in range(start, start + 3 * 3600, 30):
            assert codes.at(account, unix_time).code == oracle.at(unix_time // 30)
    finally:
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()


def test_find_step() -> None:
    account = Account(secret=SEED)
    now = 1_700_000_000
    for step in (0, 1, -1, 7, -10):
        typed = codes.at(account, now + 30 * step).code
        assert codes.find_step(account, f" {typed[:3]} {typed[3:]}", now) == step
    assert codes.find_step(account, "12345", now) is None
    counted = Account(secret=SEED, kind=Kind.HOTP, counter=2)
    assert codes.find_step(counted, RFC_4226[5], 0) == 3
    assert codes.find_step(counted, RFC_4226[0], 0) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"secret": b""},
        {"secret": b"x" * 2_000},
        {"secret": SEED, "digits": 4},
        {"secret": SEED, "digits": 11},
        {"secret": SEED, "digits": 10**5000},
        {"secret": SEED, "period": 0},
        {"secret": SEED, "period": 301},
        {"secret": SEED, "kind": Kind.HOTP, "counter": -1},
        {"secret": SEED, "kind": Kind.HOTP, "counter": 2**64},
        {"secret": SEED, "name": "x" * 2_000},
    ],
)
def test_what_makes_no_code(fields: dict[str, object]) -> None:
    with pytest.raises(UnusableInput):
        Account(**fields)  # type: ignore[arg-type]


def test_names_are_plain_lines_and_the_secret_stays_out_of_sight() -> None:
    account = Account(secret=SEED, issuer="Ba\u202enk\n\t", name=" a\x00b \ud800")
    assert account.issuer == "Ba nk"
    assert account.name == "a b ?"
    assert "1234567890" not in repr(account)
