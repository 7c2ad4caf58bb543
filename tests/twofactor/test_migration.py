from __future__ import annotations

import base64
import time
from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.base.errors import SecassistError, UnusableInput
from secassist.twofactor import migration, protobuf
from secassist.twofactor.account import Account, Algorithm, Kind
from secassist.twofactor.entries import Rejected

SECRET = b"Hello!\xde\xad\xbe\xef"


def some(number: int) -> list[Account]:
    return [
        Account(
            secret=SECRET + bytes([n]),
            issuer="" if n % 5 == 0 else f"Bank {n % 3}",
            name=f"пользователь {n}",
            kind=Kind.HOTP if n % 4 == 1 else Kind.TOTP,
            algorithm=list(Algorithm)[n % 3],
            digits=6 if n % 2 else 8,
            counter=n * 1000,
        )
        for n in range(number)
    ]


def account_of(*fields: tuple[int, protobuf.Value], data: bytes = b"") -> object:
    """What is read from one account with these fields."""
    inner = b"".join(protobuf.field(number, value) for number, value in fields)
    (entry,) = migration.read([address(protobuf.field(1, inner) + data)]).entries
    return entry


def address(payload: bytes) -> str:
    return f"otpauth-migration://offline?data={quote(base64.b64encode(payload))}"


def same(one: Account, two: Account) -> bool:
    return one.is_duplicate_of(two) and one.counter == two.counter


def test_there_and_back_in_several_pictures() -> None:
    accounts = some(23)
    texts, rejected = migration.write(accounts)
    assert (len(texts), rejected) == (3, ())
    batch = migration.read([texts[2], texts[0], texts[1], texts[0]])
    assert all(same(a, b) for a, b in zip(accounts, batch.accounts, strict=True))
    assert batch.notes == ()


def test_missing_pictures_are_named() -> None:
    texts, _ = migration.write(some(41))
    assert migration.read(texts[:4]).notes == ("Picture 5 of 5 is missing.",)
    found = migration.read([texts[1], texts[3]])
    assert found.notes == ("Pictures 1, 3 and 5 of 5 are missing.",)
    assert len(found.accounts) == 20


def test_two_series_do_not_mix() -> None:
    one, two = migration.write(some(11))[0], migration.write(some(12))[0]
    found = migration.read([one[0], two[1]])
    assert found.notes == ("Picture 2 of 2 is missing.", "Picture 1 of 2 is missing.")


def test_what_the_form_cannot_hold_is_said() -> None:
    accounts = [
        Account(secret=SECRET, name="steam", kind=Kind.STEAM),
        Account(secret=SECRET, name="seven", digits=7),
        Account(secret=SECRET, name="slow", period=60),
        Account(secret=SECRET, name="fine"),
    ]
    texts, rejected = migration.write(accounts)
    assert [entry.name for entry in rejected] == ["steam", "seven", "slow"]
    assert [a.name for a in migration.read(texts).accounts] == ["fine"]


def test_names() -> None:
    for name, issuer, expected in [
        ("ACME:anna", "ACME", ("ACME", "anna")),
        ("acme: anna", "ACME", ("ACME", "anna")),
        ("anna", "ACME", ("ACME", "anna")),
        ("ACME:anna", "", ("ACME", "anna")),
        ("x:y", "ACME", ("ACME", "x:y")),
        ("", "", ("", "")),
    ]:
        entry = account_of((1, SECRET), (2, name.encode()), (3, issuer.encode()))
        assert isinstance(entry, Account)
        assert (entry.issuer, entry.name) == expected


def test_nothing_is_guessed() -> None:
    for fields in [
        ((1, SECRET), (4, 4)),  # MD5
        ((1, SECRET), (4, 9)),
        ((1, SECRET), (5, 3)),
        ((1, SECRET), (6, 5)),
        ((2, b"no secret"),),
        ((1, 5),),
        ((1, SECRET), (6, 1), (7, 2**64 - 1)),
    ]:
        assert isinstance(account_of(*fields), Rejected), fields
    assert isinstance(account_of((1, SECRET), (99, b"new"), (8, b"id")), Account)


def test_how_tools_write_the_data() -> None:
    payload = protobuf.field(1, protobuf.field(1, b"\xfb\xff\xfe" * 7) + protobuf.field(2, b"a"))
    letters = base64.b64encode(payload).decode()
    assert "+" in letters or "/" in letters
    for written in (
        quote(letters, safe=""),
        letters,
        letters.replace("+", " "),
        letters.rstrip("="),
        letters.replace("+", "-").replace("/", "_"),
    ):
        (found,) = migration.read([f"OTPAUTH-MIGRATION://offline?x=1&data={written}"]).accounts
        assert found.secret == b"\xfb\xff\xfe" * 7


@pytest.mark.parametrize(
    "text",
    [
        "otpauth-migration://offline",
        "otpauth-migration://offline?data=!!!",
        "otpauth-migration://offline?data=ä",
        address(b"\x0a\xff\xff\xff\xff\xff"),
        address(b"\xff" * 20),
        address(b"\x0b"),
        address(b"\x00\x01"),
        address(protobuf.field(3, 2) + protobuf.field(4, 2)),
        address(protobuf.field(3, 10**6)),
        address(b"\x0a\x00" * 2_000),
        "otpauth-migration://offline?data=" + "A" * 100_000,
        "otpauth://totp/x?secret=ABC",
    ],
)
def test_damaged_ones_are_refused(text: str) -> None:
    with pytest.raises(UnusableInput):
        migration.read([text])


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_payload(payload: bytes) -> None:
    started = time.process_time()
    with suppress(SecassistError):
        migration.read([address(payload)])
    assert time.process_time() - started < 1


GOOD = base64.b64decode(migration.write(some(6))[0][0].partition("data=")[2].replace("%2B", "+")
                        .replace("%2F", "/").replace("%3D", "="))  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=8))
def test_damaged_payloads(flips: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, value in flips:
        data[place] = value
    with suppress(SecassistError):
        migration.read([address(bytes(data))])


@given(st.text())
def test_any_text(text: str) -> None:
    with suppress(SecassistError):
        migration.read([f"otpauth-migration://offline?data={text}"])
