"""Macros: the examples of RFC 7208, 7.4, and the edges of the grammar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.auth.spf_lookup import Client
from secassist.mail.auth.spf_macro import (
    MacroError,
    expand_domain,
    parse_domain_spec,
    parse_explanation,
    parse_macro_string,
    reveals_sender,
)

SENDER = "strong-bad@email.example.com"


def expanded(text: str, ip: str = "192.0.2.3", mail_from: str = SENDER) -> str:
    client = Client.of(ip, mail_from, "mx.example.org")
    assert client is not None
    names = ("mx.example.org",)
    return expand_domain(parse_macro_string(text), client.values("email.example.com", names))


@pytest.mark.parametrize(
    ("macro", "value"),
    [
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d3}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"),
        ("%{l-}", "strong.bad"),
        ("%{lr}", "strong-bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
        ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
        ("%{d99999999999999999999}", "email.example.com"),
        ("%{p}", "mx.example.org"),
        ("%{h}", "mx.example.org"),
        ("a%%b%_c%-d", "a%b c%20d"),
    ],
)
def test_examples_of_the_rfc(macro: str, value: str) -> None:
    assert expanded(macro) == value


def test_example_of_the_rfc_for_ipv6() -> None:
    nibbles = "1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2"
    found = expanded("%{ir}.%{v}._spf.%{d2}", "2001:db8::cb01")
    assert found == f"{nibbles}.ip6._spf.example.com"


@pytest.mark.parametrize(
    "text",
    ["%", "%a", "%{", "%{}", "%{d", "%{x}", "%{d0}", "%{d00}", "%{dd}", "%{d-1}", "%{d r}", "% ",
     "a b", "\x7f", "\t", "%{c}", "%{R}", "%{t}", "é"],
)  # fmt: skip
def test_what_the_grammar_refuses(text: str) -> None:
    with pytest.raises(MacroError):
        parse_macro_string(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a.", ".", "a.1", "a.-b", "a.b-", "a.b_c", "%{d}x", "a..", "a:1.2.3.4", "a.b/24"],
)
def test_domain_must_end_in_a_top_label_or_a_macro(text: str) -> None:
    with pytest.raises(MacroError):
        parse_domain_spec(text)


@pytest.mark.parametrize("text", ["a.b", "a.b.", ".b", "%{d}", "x%%", "a.%{d1}", "a.xn--b", "a.1b"])
def test_domains_that_may_be_asked(text: str) -> None:
    parse_domain_spec(text)


def test_explanations_may_say_more() -> None:
    parse_explanation("Mail from %{c} to %{r} at %{t}. See %{S}")
    with pytest.raises(MacroError):
        parse_explanation("100 % of it")


def test_long_names_lose_labels_from_the_left() -> None:
    name = expanded("first." + "x" * 50 + ".%{o}" * 20)
    assert name.startswith("email.example.com.email.")
    assert 253 - 18 < len(name) <= 253


@pytest.mark.parametrize(
    ("text", "reveals"),
    [("%{l}.x.y", True), ("%{S1}.x.y", True), ("%{d}.%{i}.%{h}.x.y", False), ("l.s", False)],
)
def test_who_would_learn_of_the_recipient(text: str, reveals: bool) -> None:
    assert reveals_sender(parse_domain_spec(text)) is reveals


@given(st.text("%{}slodiphcrtvSL019r.-+,/_= ab"))
def test_what_is_read_can_be_expanded_and_fits(text: str) -> None:
    try:
        name = expanded(text)
    except MacroError:
        return
    assert len(name) <= 253 or "." not in name
