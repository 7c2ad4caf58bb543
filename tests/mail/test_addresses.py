"""Address fields as mail servers read them, and where programs disagree."""

from __future__ import annotations

import pytest
from email_validator import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.mail import oddities
from secassist.mail.addresses import Address, parse
from secassist.mail.cross_check import _PLAIN, disagreements
from secassist.mail.message import read_message

SOUND = {
    b"a@b.example": ("", "a", "b.example"),
    b"<a@b.example>": ("", "a", "b.example"),
    b"Bank <a@b.example>": ("Bank", "a", "b.example"),
    b"Bank <a@B.Example>": ("Bank", "a", "b.example"),
    b'"Bank, Ltd." <a@b.example>': ("Bank, Ltd.", "a", "b.example"),
    b'"say \\"hi\\"" <a@b.example>': ('say "hi"', "a", "b.example"),
    b"a@b.example (Bank)": ("Bank", "a", "b.example"),
    b"Bank.example <a@b.example>": ("Bank.example", "a", "b.example"),
    b"=?utf-8?b?SsO8cmdlbg==?= <a@b.example>": ("Jürgen", "a", "b.example"),
    b"=?iso-8859-1?q?J=FCrgen_K?= <a@b.example>": ("Jürgen K", "a", "b.example"),
    "Jürgen <jürgen@müller.example>".encode(): ("Jürgen", "jürgen", "müller.example"),
    b"a@xn--mller-kva.example": ("", "a", "xn--mller-kva.example"),
    b'"a b"@b.example': ("", "a b", "b.example"),
    b"Bank <a+b_c=d.e@b.example>": ("Bank", "a+b_c=d.e", "b.example"),
    b'"a@x.example" <a@b.example>': ("a@x.example", "a", "b.example"),
    b"(hidden <x@y.example>) a@b.example": ("hidden <x@y.example>", "a", "b.example"),
    b"Bank\t<a@b.example>": ("Bank", "a", "b.example"),
    b"a@b.example.": ("", "a", "b.example"),
}


@pytest.mark.parametrize("value", SOUND)
def test_one_sound_address(value: bytes) -> None:
    found = parse(value)
    assert found.addresses == (Address(*SOUND[value]),)
    assert found.oddities == ()
    assert oddities.FROM_READINGS_DIFFER not in disagreements(value, found.addresses[0])


ODD = {
    b"security@bank.example <x@evil.example>": ("x@evil.example", "from-readings-differ"),
    b"<a@bank.example> <x@evil.example>": ("x@evil.example", "from-two-angles"),
    b"Bank <a@bank.example <x@evil.example>": ("x@evil.example", "from-unbalanced"),
    b'"Bank <a@bank.example>': ("a@bank.example", "from-unbalanced"),
    b"Bank (note <a@bank.example>": ("a@bank.example", "from-unbalanced"),
    b"Bank <a@bank.example": ("a@bank.example", "from-unbalanced"),
    b"<a@bank.example@evil.example>": ("a@bank.example@evil.example", "from-two-at"),
    b"a@bank.example x@evil.example": ("x@evil.example", "from-text-around-address"),
    b"Bank <x@evil.example> a@bank.example": ("x@evil.example", "from-text-around-address"),
    b"<@bank.example,@b.example:x@evil.example>": ("x@evil.example", "from-route"),
    b"Bank: x@evil.example;": ("x@evil.example", "from-group"),
    b"<x@evil .example>": ("x@evil.example", "from-blank-in-address"),
    b"<x@evil.example(bank.example)>": ("x@evil.example", "from-comment-in-address"),
    b"=?utf-8?q?a=40bank.example?=@evil.example": (
        "=?utf-8?q?a=40bank.example?=@evil.example",
        "from-encoded-address",
    ),
    b"x@12%evil.example": ("x@12%evil.example", "from-odd-domain"),
    b"x@[192.0.2.1]": ("x@[192.0.2.1]", "from-odd-domain"),
    b"x@-evil.example": ("x@-evil.example", "from-odd-domain"),
    b"Ba\0nk <x@evil.example>": ("x@evil.example", "from-control"),
    b"Ba\rnk <x@evil.example>": ("x@evil.example", "from-control"),
    b"Doe, Jane <x@evil.example>": ("x@evil.example", "from-unquoted"),
    b"Bank: News <x@evil.example>": ("x@evil.example", "from-unquoted"),
    b"=?utf-8?q?=3Ca=40bank.example=3E=2C?= <x@evil.example>": (
        "x@evil.example",
        "from-readings-differ",
    ),
    b"x@evil..example": ("x@evil..example", "from-not-valid"),
}


@pytest.mark.parametrize("value", ODD)
def test_what_programs_read_differently_is_named(value: bytes) -> None:
    message = read_message(b"From: " + value + b"\r\nSubject: x\r\n\r\nHi\r\n")
    spec, code = ODD[value]
    assert [a.spec for a in message.from_addresses] == [spec]
    assert code in message.oddities


FIELDS = {
    b"": {"no-from"},
    b"From:\r\n": {"no-from"},
    b"From: Bank\r\n": {"from-without-address"},
    b"From: <>\r\n": {"from-without-address"},
    b"From: undisclosed-recipients:;\r\n": {"from-without-address", "from-group"},
    b"From : a@b.example\r\n": {"from-blank-before-colon"},
    b"From: a@b.example\r\nFrom: c@d.example\r\n": {"two-from"},
    b"From: a@b.example\r\nfrom: a@b.example\r\n": {"two-from"},
    b"From: a@b.example, c@d.example\r\n": {"several-from-addresses"},
    b"From: a@b.example; c@d.example\r\n": {"several-from-addresses"},
    b"From: G: a@b.example, c@d.example;\r\n": {"several-from-addresses", "from-group"},
}


@pytest.mark.parametrize("fields", FIELDS)
def test_more_or_less_than_one_from(fields: bytes) -> None:
    message = read_message(fields + b"Subject: x\r\nTo: me@x.example\r\n\r\nHi\r\n")
    assert set(message.oddities) == FIELDS[fields]
    assert oddities.GRAVE & set(message.oddities)


def test_the_text_of_from_is_kept_where_it_holds_no_address() -> None:
    message = read_message(b"From: =?utf-8?q?Your_B=C3=A4nk?=\r\nSubject: x\r\n\r\nHi\r\n")
    assert message.from_text == "Your Bänk"
    assert message.sender is None


def test_recipients_reply_to_and_return_path() -> None:
    message = read_message(
        b"Return-Path: <bounce@b.example>\r\nFrom: a@b.example\r\nReply-To: R <r@c.example>\r\n"
        b"To: one@x.example, Two <two@x.example>\r\nCc: three@x.example\r\n\r\nHi\r\n"
    )
    assert message.return_path == Address("", "bounce", "b.example")
    assert message.reply_to == (Address("R", "r", "c.example"),)
    assert [a.spec for a in message.recipients] == [
        "one@x.example",
        "two@x.example",
        "three@x.example",
    ]


def test_many_recipients_are_nothing_unusual() -> None:
    many = b", ".join(b"a%d@x.example" % n for n in range(300))
    message = read_message(b"From: a@b.example\r\nTo: " + many + b"\r\n\r\nHi\r\n")
    assert len(message.recipients) == 100
    assert message.unread == (oddities.MORE_RECIPIENTS,)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([b'"', b"\\", b"(", b")", b"<", b">", b",", b";", b":", b"@", b"a", b" ",
                         b".", b"=?utf-8?q?=40?=", b"b.example", b"\r", b"\0", b"\xc3\xa4"]),
        max_size=40,
    ).map(b"".join)
)  # fmt: skip
def test_no_value_breaks_the_reader(value: bytes) -> None:
    for address in parse(value).addresses:
        assert address.local
        assert address.domain
        disagreements(value, address)


HOST = st.lists(
    st.text("abcxyz0189-", min_size=1, max_size=8).filter(bool), min_size=1, max_size=4
).map(".".join)
LOCAL = st.text("abXY09._+=-", min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(LOCAL, HOST)
def test_what_is_taken_as_plainly_valid_is_so(local: str, host: str) -> None:
    spec = f"{local}@{host}"
    if _PLAIN.fullmatch(spec) and "xn--" not in spec:
        validate_email(
            spec, check_deliverability=False, globally_deliverable=False, test_environment=True
        )


QUOTED_NAME = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters='"\\\x7f'), max_size=30
)


@settings(max_examples=200, deadline=None)
@given(QUOTED_NAME)
def test_a_well_formed_quoted_name_never_changes_the_address(name: str) -> None:
    value = f'"{name}" <a@b.example>'.encode()
    found = parse(value)
    assert [a.spec for a in found.addresses] == ["a@b.example"]
    assert not oddities.GRAVE & {*found.oddities, *disagreements(value, found.addresses[0])} or (
        "=?" in name or "\x80" <= max(name, default="") <= "\x9f"
    )
