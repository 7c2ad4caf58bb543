from __future__ import annotations

import re
from importlib.resources import files

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.facts.domains import (
    is_domain,
    is_public_suffix,
    is_subdomain,
    public_suffix,
    registrable_domain,
    to_ascii,
    to_unicode,
)

# The cases of checkPublicSuffix that the list's own tests are made of: name, registrable domain.
CHECK_PUBLIC_SUFFIX = [
    ("COM", None),
    ("example.COM", "example.com"),
    ("WwW.example.COM", "example.com"),
    (".com", None),
    (".example.com", None),
    ("example", None),
    ("example.example", "example.example"),
    ("b.example.example", "example.example"),
    ("biz", None),
    ("a.b.domain.biz", "domain.biz"),
    ("b.example.com", "example.com"),
    ("uk.com", None),
    ("example.uk.com", "example.uk.com"),
    ("a.b.example.uk.com", "example.uk.com"),
    ("test.ac", "test.ac"),
    ("mm", None),
    ("c.mm", None),
    ("b.c.mm", "b.c.mm"),
    ("a.b.c.mm", "b.c.mm"),
    ("jp", None),
    ("www.test.jp", "test.jp"),
    ("ac.jp", None),
    ("test.ac.jp", "test.ac.jp"),
    ("kyoto.jp", None),
    ("test.kyoto.jp", "test.kyoto.jp"),
    ("ide.kyoto.jp", None),
    ("a.b.ide.kyoto.jp", "b.ide.kyoto.jp"),
    ("c.kobe.jp", None),
    ("b.c.kobe.jp", "b.c.kobe.jp"),
    ("city.kobe.jp", "city.kobe.jp"),
    ("www.city.kobe.jp", "city.kobe.jp"),
    ("ck", None),
    ("test.ck", None),
    ("b.test.ck", "b.test.ck"),
    ("www.ck", "www.ck"),
    ("www.www.ck", "www.ck"),
    ("us", None),
    ("ak.us", None),
    ("test.k12.ak.us", "test.k12.ak.us"),
    ("食狮.com.cn", "食狮.com.cn"),
    ("www.食狮.公司.cn", "食狮.公司.cn"),
    ("公司.cn", None),
    ("www.食狮.中国", "食狮.中国"),
    ("中国", None),
    ("xn--85x722f.com.cn", "xn--85x722f.com.cn"),
    ("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
    ("xn--fiqs8s", None),
]


@pytest.mark.parametrize(("name", "expected"), CHECK_PUBLIC_SUFFIX)
def test_the_lists_own_cases(name: str, expected: str | None) -> None:
    assert registrable_domain(name) == (expected and to_ascii(expected))


def test_every_case_that_comes_with_the_list() -> None:
    text = files("publicsuffixlist").joinpath("test_psl.txt").read_text("utf-8")
    cases = re.findall(r"(?m)^checkPublicSuffix\('(.*?)', (?:null|'(.*?)')\);", text)
    assert len(cases) > 70
    for name, expected in cases:
        assert registrable_domain(name) == (to_ascii(expected) if expected else None), name


@pytest.mark.parametrize(
    ("name", "private", "suffix", "registrable"),
    [
        ("a.b.github.io", True, "github.io", "b.github.io"),
        ("a.b.github.io", False, "io", "github.io"),
        ("github.io", True, "github.io", None),
        ("github.io", False, "io", "github.io"),
        ("Shop.MyShopify.com.", True, "myshopify.com", "shop.myshopify.com"),
        ("bank.co.uk", False, "co.uk", "bank.co.uk"),
        ("kobe.jp", True, "kobe.jp", None),
        ("mail.unknown-ending-xyz", True, "unknown-ending-xyz", "mail.unknown-ending-xyz"),
        ("192.0.2.1", True, None, None),
        ("[192.0.2.1]", True, None, None),
        ("2001:db8::1", True, None, None),
        ("", True, None, None),
        (".", True, None, None),
        ("a..com", True, None, None),
    ],
)
def test_suffix_and_owner(
    name: str, private: bool, suffix: str | None, registrable: str | None
) -> None:
    assert public_suffix(name, private=private) == suffix
    assert registrable_domain(name, private=private) == registrable
    assert is_public_suffix(name, private=private) == (suffix is not None and registrable is None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Example.COM", "example.com"),
        ("example.com.", "example.com"),
        ("Bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("例。example", "xn--fsq.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("xn--i-7iq.ws", "xn--i-7iq.ws"),
        ("_dmarc.mail_1.example.com", "_dmarc.mail_1.example.com"),
        ("com", "com"),
        ("1.2.0.192.in-addr.arpa", "1.2.0.192.in-addr.arpa"),
        ("a" * 63 + ".example", "a" * 63 + ".example"),
        ("a" * 64 + ".example", None),
        (".".join(["a" * 49] * 5) + ".com", ".".join(["a" * 49] * 5) + ".com"),
        (".".join(["a" * 50] * 5), None),
        ("a" * 5_000, None),
        ("ü" * 100_000, None),
        ("", None),
        (".", None),
        (".example.com", None),
        ("example.com..", None),
        ("exa mple.com", None),
        ("example.com\n", None),
        ("user@example.com", None),
        ("-a.example", None),
        ("a-.example", None),
        ("192.0.2.1", None),
        ("example.1", None),
        ("❤.example", None),
        ("\ud800.example", None),
    ],
)
def test_to_ascii(written: str, expected: str | None) -> None:
    assert to_ascii(written) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("xn--bcher-kva.Example.", "bücher.example"),
        ("xn--garbage-zzzzz.example", "xn--garbage-zzzzz.example"),
        ("No Domain", "no domain"),
        ("xn--.example", "xn--.example"),
    ],
)
def test_to_unicode(name: str, expected: str) -> None:
    assert to_unicode(name) == expected


@pytest.mark.parametrize(
    ("name", "of", "expected"),
    [
        ("mail.example.com", "example.com", True),
        ("example.com", "EXAMPLE.com.", True),
        ("notexample.com", "example.com", False),
        ("example.com", "mail.example.com", False),
        ("a.bücher.example", "xn--bcher-kva.example", True),
        ("example.com", "", False),
        ("", "example.com", False),
        ("", "", False),
    ],
)
def test_is_subdomain(name: str, of: str, expected: bool) -> None:
    assert is_subdomain(name, of) is expected


def test_is_domain() -> None:
    assert is_domain("example.com")
    assert not is_domain("localhost")
    assert not is_domain("[192.0.2.1]")


def test_rules_are_encoded_as_idna_encodes_them() -> None:
    text = files("publicsuffixlist").joinpath("public_suffix_list.dat").read_text("utf-8")
    rules = [r for r in re.findall(r"(?m)^[^/\s]\S*", text) if not r.isascii()]
    assert len(rules) > 300
    for rule in rules:
        name = rule.removeprefix("*.").removeprefix("!")
        assert public_suffix("www.x." + name) is not None
        assert to_ascii(name) == ".".join(idna.alabel(part).decode() for part in name.split("."))
        if rule == name:
            assert is_public_suffix(name), name


@given(
    st.one_of(st.text(max_size=300), st.from_regex(r"[a-zA-Z0-9ü中._*!-]{0,80}", fullmatch=True))
)
def test_any_text_is_answered(text: str) -> None:
    name = to_ascii(text)
    assert to_unicode(text) is not None
    registrable, suffix = registrable_domain(text), public_suffix(text)
    if name is None:
        assert (registrable, suffix) == (None, None)
        return
    assert to_ascii(name) == name
    assert suffix is not None
    assert is_subdomain(name, suffix)
    if registrable is None:
        assert suffix == name
    else:
        assert is_subdomain(name, registrable)
        assert registrable.count(".") == suffix.count(".") + 1
