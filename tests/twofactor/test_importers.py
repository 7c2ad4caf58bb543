"""Every format, plain and encrypted, with the right and the wrong password, whole and damaged."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.base.errors import OverLimit, SecassistError, UnusableInput
from secassist.twofactor import importers, migration, otpauth
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.importers import Damaged, PasswordNeeded, WrongPassword
from support import exports, qr_pictures
from support.exports import ACCOUNTS, ENCRYPTED, PASSWORD, PLAIN, same

Make = Callable[[], bytes]
Case = tuple[Make, Sequence[Account], str]


@pytest.mark.parametrize("name", PLAIN)
def test_plain(name: str) -> None:
    make, expected, format_name = PLAIN[name]
    batch = importers.read([make()])
    assert batch.format == format_name
    assert batch.rejected == ()
    assert same(batch.accounts, expected)


@pytest.mark.parametrize("name", ENCRYPTED)
def test_encrypted(name: str) -> None:
    make, expected, format_name = ENCRYPTED[name]
    data = make()
    batch = importers.read([data], PASSWORD)
    assert batch.format == format_name
    assert same(batch.accounts, expected)
    with pytest.raises(WrongPassword):
        importers.read([data], "not it")
    with pytest.raises(WrongPassword):
        importers.read([data], "")
    with pytest.raises(PasswordNeeded):
        importers.read([data])


@pytest.mark.parametrize("name", [name for name in ENCRYPTED if "csv" not in name])
def test_cut_off(name: str) -> None:
    """However short: a sentence. JSON that is cut off is known to be damaged.

    A table does not say where it ends.
    """
    data = ENCRYPTED[name][0]()
    for length in (len(data) // 3, len(data) - 1):
        kind = Damaged if data[:1] == b"{" else UnusableInput
        with pytest.raises(kind):
            importers.read([data[:length]], PASSWORD)


def changed(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    whole = json.loads(data)
    change(whole)
    return json.dumps(whole).encode()


def flipped(text: str, place: int = 40) -> str:
    return text[:place] + ("B" if text[place] != "B" else "C") + text[place + 1 :]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (exports.aegis_encrypted, "db"),
        (exports.two_fas_encrypted(4), "servicesEncrypted"),
        (exports.bitwarden_encrypted(0), "data"),
    ],
)
def test_damage_under_the_right_password(make: Make, field: str) -> None:
    """These three formats can tell a wrong password from a damaged box, so we do."""
    data = changed(make(), lambda whole: whole.update({field: flipped(whole[field])}))
    with pytest.raises(Damaged):
        importers.read([data], PASSWORD)
    with pytest.raises(WrongPassword):
        importers.read([data], "not it")


def test_damaged_archive() -> None:
    data = bytearray(exports.raivo())
    data[120] ^= 1
    with pytest.raises(Damaged):
        importers.read([bytes(data)], PASSWORD)


@pytest.mark.parametrize("length", [60, 64, 65, 70, 100, 200])
def test_aegis_of_old_with_a_long_password(length: int) -> None:
    password = "x" * length
    batch = importers.read([exports.aegis_before_repair(password)], password)
    assert same(batch.accounts, ACCOUNTS)


def test_bitwarden_locked_to_an_account() -> None:
    data = json.dumps({"encrypted": True, "items": [], "encKeyValidation_DO_NOT_EDIT": "2.x"})
    with pytest.raises(UnusableInput, match="password protected"):
        importers.read([data.encode()], PASSWORD)


@pytest.mark.parametrize(
    "change",
    [
        lambda w: w["header"]["slots"][1].update(n=2**40),
        lambda w: w["header"]["slots"][1].update(n=3),
        lambda w: w["header"]["slots"][1].update(n="x"),
        lambda w: w["header"]["slots"][1].update(r=10**9),
        lambda w: w["header"]["slots"][1].update(p=0),
        lambda w: w["header"]["slots"][1].update(salt=5),
        lambda w: w["header"].update(slots=[]),
        lambda w: w["header"].update(params=None),
        lambda w: w.update(db="?"),
    ],
)
def test_hostile_aegis(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(UnusableInput):
        importers.read([changed(exports.aegis_encrypted(), change)], PASSWORD)


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (exports.ente_encrypted, lambda w: w["kdfParams"].update(memLimit=2**60)),
        (exports.ente_encrypted, lambda w: w["kdfParams"].update(opsLimit=10**9)),
        (exports.ente_encrypted, lambda w: w["kdfParams"].update(opsLimit=True)),
        (exports.bitwarden_encrypted(0), lambda w: w.update(kdfIterations=10**12)),
        (exports.bitwarden_encrypted(1), lambda w: w.update(kdfMemory=10**9)),
        (exports.bitwarden_encrypted(0), lambda w: w.update(kdfType=7)),
    ],
)
def test_what_would_take_days_is_refused(
    make: Make, change: Callable[[dict[str, Any]], object]
) -> None:
    started = time.monotonic()
    with pytest.raises((OverLimit, Damaged)):
        importers.read([changed(make(), change)], PASSWORD)
    assert time.monotonic() - started < 5


def test_one_bad_entry_is_named_and_the_rest_comes() -> None:
    data = changed(
        exports.aegis(),
        lambda w: w["db"]["entries"].extend(
            [
                {"type": "motp", "name": "a", "issuer": "mOTP one", "info": {"secret": "ABCD"}},
                {"type": "totp", "name": "b", "issuer": "bad", "info": {"secret": "ABC0"}},
                {
                    "type": "totp",
                    "name": "c",
                    "issuer": "odd",
                    "info": {"secret": "ABCD", "digits": 3},
                },
                {"type": "totp", "name": "d", "info": {"secret": "ABCD", "period": "soon"}},
                "what is this",
                {},
            ]
        ),
    )
    batch = importers.read([data])
    assert len(batch.accounts) == len(ACCOUNTS)
    assert [entry.issuer for entry in batch.rejected[:3]] == ["mOTP one", "bad", "odd"]
    assert len(batch.rejected) == 6
    assert all(entry.reason for entry in batch.rejected)


def test_pictures_of_a_series_in_several_files() -> None:
    accounts = [Account(secret=bytes([n]) * 20, issuer="ACME", name=f"user {n}") for n in range(25)]
    texts, _ = migration.write(accounts)
    pictures = [qr_pictures.drawn(text) for text in texts]
    batch = importers.read(pictures)
    assert batch.format == "Google Authenticator"
    assert same(batch.accounts, accounts)
    assert importers.read(pictures[:2]).notes == ("Picture 3 of 3 is missing.",)
    mixed = importers.read([pictures[0], texts[2].encode(), exports.aegis()])
    assert mixed.notes == ("Picture 2 of 3 is missing.",)
    assert len(mixed.accounts) == 15 + len(ACCOUNTS)


def test_a_picture_of_something_else() -> None:
    batch = importers.read([qr_pictures.drawn("https://example.com/")])
    assert [entry.reason for entry in batch.rejected] == ["This is no address of a code."]
    with pytest.raises(UnusableInput, match="no QR code"):
        importers.read([qr_less()])


def qr_less() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (80, 80), 255).save(out, "PNG")
    return out.getvalue()


def test_the_notes_of_ente_and_proton_are_kept() -> None:
    for make in (exports.ente, exports.proton):
        accounts = importers.read([make()]).accounts
        assert {account.note for account in accounts} == {"my note"}
        assert all(not account.extra for account in accounts)


def test_keepass_in_its_old_form() -> None:
    table = b'"Title","Username","TOTP"\n"ACME","anna","key=JBSWY3DPEHPK3PXP&step=60&size=8"\n'
    (account,) = importers.read([table]).accounts
    assert (account.issuer, account.period, account.digits) == ("ACME", 60, 8)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lists_as_editors_save_them(encoding: str, ends: str) -> None:
    data = ends.join(["", *map(otpauth.write, ACCOUNTS), "", "nonsense"]).encode(encoding)
    batch = importers.read([data])
    assert same(batch.accounts, ACCOUNTS)
    assert [entry.name for entry in batch.rejected] == ["nonsense"]


@pytest.mark.parametrize(
    "data",
    [b"", b" ", b"hello", b"{}", b"[1]", b'"x"', b"null", b"%PDF-1.7\n\xff\xfe", b"PK\x03\x04",
     b"[" * 100_000, b'{"db": 1, "header": 2}', b'{"version": 1, "entries": "x"}', b"\0" * 10,
     b'{"services": [1, null, {}, []]}', b'{"servicesEncrypted": "a:b"}', b"a,totp\n\"unclosed"],
)  # fmt: skip
def test_what_is_no_export(data: bytes) -> None:
    with suppress(UnusableInput):
        assert not importers.read([data], PASSWORD).accounts


def test_outcomes_keep_their_kind() -> None:
    data = exports.aegis_encrypted()
    assert importers.read_or_say([data]).problem == "password-needed"
    assert importers.read_or_say([data], "x").problem == "wrong-password"
    assert importers.read_or_say([data[:-9]], "x").problem == "damaged"
    assert importers.read_or_say([b"hello"]).problem == "unusable"
    assert importers.read_or_say([exports.aegis()]).batch is not None


SEEDS = [make() for make, _, _ in PLAIN.values()]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SEEDS), st.randoms(use_true_random=False))
def test_damaged_files(seed: bytes, chance: random.Random) -> None:
    data = bytearray(seed)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(data))
        if chance.random() < 0.5:
            data[place] = chance.randrange(256)
        else:
            del data[place : place + chance.randint(1, 30)]
            data = data or bytearray(b"x")
    started = time.process_time()
    with suppress(SecassistError):
        importers.read([bytes(data)])
    assert time.process_time() - started < 1


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([s for s in SEEDS if s[:1] in b"{["]), st.randoms(use_true_random=False), JUNK
)
def test_other_values_in_the_json(seed: bytes, chance: random.Random, junk: Any) -> None:
    """Any value may stand at any place of it."""
    whole = json.loads(seed)
    spot: Any = whole
    while True:
        keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        if not keys:
            break
        key = chance.choice(keys)
        if not isinstance(spot[key], (dict, list)) or chance.random() < 0.2:
            spot[key] = junk
            break
        spot = spot[key]
    with suppress(SecassistError):
        importers.read([json.dumps(whole).encode()])


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    with suppress(SecassistError):
        importers.read([data])


def test_freeotp_has_steam_by_its_issuer() -> None:
    data = changed(exports.freeotp(), lambda whole: whole["tokens"][0].update(issuerExt="Steam"))
    assert importers.read([data]).accounts[0].kind is Kind.STEAM


def test_one_secret_of_authy_that_does_not_open_is_named() -> None:
    data = changed(
        exports.authy_json(), lambda whole: whole["authenticator_tokens"][0].update(salt="x")
    )
    batch = importers.read([data], PASSWORD)
    assert same(batch.accounts, exports.AUTHY[1:])
    assert [entry.issuer for entry in batch.rejected] == ["ACME"]


def test_one_token_of_freeotp_without_its_key_is_named() -> None:
    data = exports.freeotp_backup().replace(b"id-0-token", b"id-9-token")
    batch = importers.read([data], PASSWORD)
    assert (len(batch.accounts), len(batch.rejected)) == (3, 1)


def test_java_points_back_to_a_text_that_it_wrote_before() -> None:
    data = exports.freeotp_backup(shared=True)
    first, second, *_ = importers.read([data], PASSWORD).accounts
    assert first.secret == second.secret
    with pytest.raises(Damaged):  # a pointer to what is not there
        importers.read([data.replace(b"\x71\x00\x7e\x00", b"\x71\x00\x7f\x00")], PASSWORD)


def test_nought_stands_for_what_2fas_does_not_say() -> None:
    data = changed(
        exports.two_fas(4)(), lambda whole: whole["services"][0]["otp"].update(digits=0, period=0)
    )
    account = importers.read([data]).accounts[0]
    assert (account.digits, account.period) == (6, 30)


def test_the_name_that_the_person_gave_in_proton_counts() -> None:
    data = changed(
        exports.proton(), lambda whole: whole["entries"][0]["content"].update(name="my work")
    )
    assert importers.read([data]).accounts[0].name == "my work"


def test_steam_stays_steam() -> None:
    for make in (exports.bitwarden, exports.proton):
        assert importers.read([make()]).accounts[-1].kind is Kind.STEAM
