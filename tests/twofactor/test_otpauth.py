"""Addresses as sites and other authenticators write them, odd ones above all."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import SecassistError, UnusableInput
from secassist.twofactor import base32, otpauth
from secassist.twofactor.account import Account, Algorithm, Kind

S = "secret=JBSWY3DPEHPK3PXP"
SECRET = base32.decode("JBSWY3DPEHPK3PXP")


def one(address: str) -> Account:
    return otpauth.read(address).account


@pytest.mark.parametrize(
    ("address", "issuer", "name"),
    [
        (f"otpauth://totp/ACME:anna?{S}&issuer=ACME", "ACME", "anna"),
        (f"otpauth://totp/ACME:anna?{S}", "ACME", "anna"),
        (f"otpauth://totp/ACME%3Aanna?{S}", "ACME", "anna"),
        (f"otpauth://totp/ACME%3aanna?{S}&issuer=ACME", "ACME", "anna"),
        (f"otpauth://totp/ACME:%20anna?{S}", "ACME", "anna"),
        (f"otpauth://totp/ACME:  anna  ?{S}", "ACME", "anna"),
        (f"otpauth://totp/anna?{S}", "", "anna"),
        (f"otpauth://totp/anna?{S}&issuer=ACME", "ACME", "anna"),
        (f"otpauth://totp/anna?{S}&issuer=", "", "anna"),
        (f"otpauth://totp/?{S}&issuer=ACME", "ACME", ""),
        (f"otpauth://totp?{S}&issuer=ACME", "ACME", ""),
        (f"otpauth://totp/ACME:?{S}", "ACME", ""),
        (f"otpauth://totp/:anna?{S}", "", "anna"),
        (f"otpauth://totp/:anna?{S}&issuer=ACME", "ACME", "anna"),
        (f"otpauth://totp/Big%20Co%20Ltd:anna%40example.com?{S}", "Big Co Ltd", "anna@example.com"),
        (
            f"otpauth://totp/anna+home@example.com?{S}&issuer=Big+Co",
            "Big Co",
            "anna+home@example.com",
        ),
        (f"otpauth://totp/Big+Co:anna?{S}&issuer=Big+Co", "Big Co", "anna"),
        (f"otpauth://totp/acme:anna?{S}&issuer=ACME", "ACME", "anna"),
        (f"otpauth://totp/OTHER:anna?{S}&issuer=ACME", "OTHER", "anna"),
        (f"otpauth://totp/Почта:анна?{S}", "Почта", "анна"),
        (f"otpauth://totp/%D0%9F%D0%BE%D1%87%D1%82%D0%B0:x?{S}", "Почта", "x"),
        (f"otpauth://totp/%E9cole:x?{S}", "école", "x"),  # Latin-1
        (f"otpauth://totp/微软:李?{S}&issuer=微软", "微软", "李"),
        (f"otpauth://totp/host:8080:anna?{S}", "host", "8080:anna"),
        (f"otpauth://totp/a%3Ab:c?{S}&issuer=a%3Ab", "a:b", "c"),
        (f"otpauth://totp/C#:anna?{S}", "C#", "anna"),
        (f"otpauth://totp/ACME:anna/2?{S}", "ACME", "anna/2"),
        (f"OTPAUTH://TOTP/ACME:anna?{S}", "ACME", "anna"),
        (f"  otpauth://totp/ACME:anna?{S}\n", "ACME", "anna"),
        (f"otpauth://totp/ACME:100%?{S}", "ACME", "100%"),
    ],
)
def test_names(address: str, issuer: str, name: str) -> None:
    account = one(address)
    assert (account.issuer, account.name) == (issuer, name)
    assert account.secret == SECRET
    assert account.kind is Kind.TOTP


@pytest.mark.parametrize(
    ("parameters", "field", "value"),
    [
        ("", "algorithm", Algorithm.SHA1),
        ("&algorithm=", "algorithm", Algorithm.SHA1),
        ("&algorithm=sha1", "algorithm", Algorithm.SHA1),
        ("&algorithm=sha256", "algorithm", Algorithm.SHA256),
        ("&algorithm=SHA-512", "algorithm", Algorithm.SHA512),
        ("&algorithm=HmacSHA256", "algorithm", Algorithm.SHA256),
        ("&Algorithm=SHA256", "algorithm", Algorithm.SHA256),
        ("&digits=8", "digits", 8),
        ("&digits=6.0", "digits", 6),
        ("&digits=", "digits", 6),
        ("&digits=10", "digits", 10),
        ("&period=60", "period", 60),
        ("&amp;period=60", "period", 60),
        ("&period=300#top", "period", 300),
        ("&period=", "period", 30),
        ("&period=45&period=30", "period", 45),
        ("&counter=5", "counter", 0),
        ("&encoder=steam", "kind", Kind.STEAM),
        ("&steam", "kind", Kind.STEAM),
        ("&issuer=Steam", "kind", Kind.STEAM),
        ("&issuer=Steam&digits=6", "kind", Kind.TOTP),
    ],
)
def test_parameters(parameters: str, field: str, value: object) -> None:
    assert getattr(one(f"otpauth://totp/anna?{S}{parameters}"), field) == value


@pytest.mark.parametrize(
    "secret",
    [
        "JBSW+Y3DP+EHPK+3PXP",
        "jbswy3dpehpk3pxp",
        "JBSW-Y3DP-EHPK-3PXP",
        "JBSWY3DPEHPK3PXP%3D%3D",
        "JBSWY3DPEHPK3PXP===",
        "JBSW%20Y3DP%20EHPK%203PXP",
    ],
)
def test_secrets(secret: str) -> None:
    assert one(f"otpauth://totp/anna?secret={secret}").secret == SECRET


def test_other_kinds() -> None:
    counted = one(f"otpauth://hotp/ACME:anna?{S}&counter=7")
    assert (counted.kind, counted.counter) == (Kind.HOTP, 7)
    reading = otpauth.read(f"otpauth://hotp/ACME:anna?{S}")
    assert reading.account.counter == 0
    assert "counter-missing" in reading.oddities
    steam = one(f"otpauth://steam/Steam:anna?{S}&issuer=Steam")
    assert (steam.kind, steam.digits, steam.name) == (Kind.STEAM, 5, "anna")
    assert one("steam://JBSWY3DPEHPK3PXP").kind is Kind.STEAM


@pytest.mark.parametrize(
    ("parameters", "oddity"),
    [
        ("&issuer=Other", "issuer-differs"),
        ("&counter=1", "counter-without-use"),
        ("&digits=6&digits=8", "repeated-parameter"),
        ("&image=x", "unknown-parameter"),
    ],
)
def test_oddities_are_noted(parameters: str, oddity: str) -> None:
    assert oddity in otpauth.read(f"otpauth://totp/ACME:anna?{S}{parameters}").oddities


def test_an_ordinary_address_has_no_oddities() -> None:
    address = "otpauth://totp/ACME:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ACME"
    assert otpauth.read(address).oddities == ()


def test_unknown_parameters_are_kept() -> None:
    account = one(f"otpauth://totp/ACME:anna?{S}&issuer=ACME&image=https%3A%2F%2Fx.example%2Fa.png")
    assert account.extra == {"image": "https://x.example/a.png"}
    assert one(otpauth.write(account)).extra == account.extra


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hello",
        "https://example.com/",
        "otpauth://",
        "otpauth://totp/",
        "otpauth://totp/ACME:anna",
        "otpauth://totp/ACME:anna?secret=",
        "otpauth://totp/ACME:anna?secret=1",
        "otpauth://totp/ACME:anna?secret=ABC0",
        f"otpauth://totp/ACME:anna?{S}&secret=ABCDEFGH",
        f"otpauth://totp/ACME:anna?{S}&digits=4",
        f"otpauth://totp/ACME:anna?{S}&digits=11",
        f"otpauth://totp/ACME:anna?{S}&digits=six",
        f"otpauth://totp/ACME:anna?{S}&digits=-6",
        f"otpauth://totp/ACME:anna?{S}&digits={'9' * 5000}",
        f"otpauth://totp/ACME:anna?{S}&period=0",
        f"otpauth://totp/ACME:anna?{S}&period=-30",
        f"otpauth://totp/ACME:anna?{S}&period=3000",
        f"otpauth://totp/ACME:anna?{S}&algorithm=MD5",
        f"otpauth://totp/ACME:anna?{S}&algorithm=GOST",
        f"otpauth://hotp/ACME:anna?{S}&counter=x",
        f"otpauth://hotp/ACME:anna?{S}&counter=9999999999999999999",
        f"otpauth://motp/ACME:anna?{S}",
        f"otpauth://yaotp/ACME:anna?{S}&pin=1234",
        f"otpauth://nonsense/ACME:anna?{S}",
        "otpauth-migration://offline?data=x",
        "steam://",
        f"otpauth://totp/ACME:anna?{S}&x={'y' * 20_000}",
        f"otpauth://totp/ACME:anna?{S}{'&a=b' * 500}",
    ],
)
def test_refused_with_a_sentence_that_holds_no_secret(address: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        otpauth.read(address)
    assert caught.value.sentence
    assert "JBSWY3" not in caught.value.sentence


names = st.text(max_size=60)
accounts = st.builds(
    Account,
    secret=st.binary(min_size=1, max_size=80),
    issuer=names,
    name=names,
    kind=st.sampled_from(Kind),
    algorithm=st.sampled_from(Algorithm),
    digits=st.integers(5, 10),
    period=st.integers(1, 300),
    counter=st.integers(0, 2**40),
)


@given(accounts)
def test_what_is_written_reads_the_same(account: Account) -> None:
    back = one(otpauth.write(account))
    if account.kind is Kind.TOTP and account.issuer.lower() == "steam" and account.digits == 5:
        return
    assert back.makes_same_codes(account)
    assert (back.issuer, back.name, back.counter) == (account.issuer, account.name, account.counter)


LETTERS = "otpauh:/?&=%+#ABCsecrtilgm0123456789\ud800é"


@given(st.text() | st.text(alphabet=LETTERS).map(lambda rest: f"otpauth://totp/{rest}"))
def test_anything(text: str) -> None:
    started = time.process_time()
    with suppress(SecassistError):
        otpauth.read(text)
    assert time.process_time() - started < 1
