"""Whom we believe: the border, the receiver's line, the envelope; and how one might cheat."""

from __future__ import annotations

import pytest

from secassist.facts.receivers import receivers
from secassist.mail.fields import crlf, split
from secassist.mail.trace import read_hops
from secassist.mail.trust import Border, ReceiverWord, envelope_sender, find_border, receiver_word
from support.mails import at_gmail, at_microsoft, at_unknown
from support.sign import letter

PASS = "dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example"
FORGED = f"Authentication-Results: mx.google.com; {PASS}\r\n".encode()
LETTER = letter()


def border_of(mail: bytes, provider: str | None = None) -> Border | None:
    return find_border(read_hops(split(crlf(mail))), receivers(), provider)


def word_of(mail: bytes, provider: str | None = None) -> ReceiverWord | None:
    border = border_of(mail, provider)
    return receiver_word(split(crlf(mail)), border) if border else None


def test_gmail() -> None:
    mail = at_gmail(LETTER, ip="192.0.2.9", results=PASS)
    border = border_of(mail)
    assert border is not None
    assert border.receiver.id == "gmail"
    assert border.client_ip == "192.0.2.9"
    word = word_of(mail)
    assert word is not None
    assert word.first("dmarc") == "pass"


def test_microsoft_without_a_name() -> None:
    mail = at_microsoft(LETTER, results=f"spf=pass smtp.mailfrom=bank.example; {PASS}")
    word = word_of(mail)
    assert word is not None
    assert word.authserv_id is None
    assert word.first("spf") == "pass"


def test_a_line_that_came_with_the_mail_is_not_the_receivers() -> None:
    own = word_of(at_gmail(FORGED + LETTER, results="dmarc=fail header.from=bank.example"))
    assert own is not None
    assert own.first("dmarc") == "fail"
    assert word_of(at_microsoft(f"Authentication-Results: {PASS}\r\n".encode() + LETTER)) is None


def test_without_a_line_of_its_own_one_that_directly_follows_may_be_forged() -> None:
    """Gmail always writes its line and strips such forgeries; others stand above the border."""
    other = b"X-Mailer: x\r\n"
    assert word_of(at_gmail(other + FORGED + LETTER)) is None


def test_the_right_name_at_the_wrong_place() -> None:
    assert word_of(FORGED + at_gmail(LETTER)) is None


def test_the_wrong_name_at_the_right_place() -> None:
    mail = at_gmail(LETTER, results=PASS).replace(
        b"Results: mx.google.com", b"Results: mx.evil.example"
    )
    assert word_of(mail) is None


@pytest.mark.parametrize("build", [at_gmail, at_microsoft])
def test_an_unknown_hop_on_top_ends_trust(build: object) -> None:
    inner = build(LETTER, results=PASS)  # type: ignore[operator]
    assert border_of(at_unknown(inner)) is None
    assert border_of(b"Received: by mx.corp.example with LMTP; x\r\n" + inner) is None


def test_a_border_that_the_sender_wrote_below_the_real_one_is_not_reached() -> None:
    inner = at_gmail(LETTER, ip="17.0.0.1", results=PASS)
    border = border_of(at_gmail(inner, ip="198.51.100.66"))
    assert border is not None
    assert border.hop.client_ip == "198.51.100.66"


def test_a_bare_address_counts_as_inside_only_without_a_client() -> None:
    """Some small server's "by 10.1.1.5" must not open the door to a Gmail border below it."""
    inner = at_gmail(LETTER, results=PASS).split(b"\r\n", 2)[2]
    assert border_of(b"Received: by 10.103.97.5 with SMTP id v5csp; x\r\n" + inner) is not None
    small = b"Received: from mail (mail [198.51.100.7]) by 10.1.1.5 with SMTP; x\r\n"
    assert border_of(small + inner) is None


def test_only_the_named_provider_counts() -> None:
    mail = at_gmail(LETTER, results=PASS)
    assert word_of(mail, "gmail") is not None
    assert word_of(mail, "outlook") is None
    assert word_of(mail, "mx.small-provider.example") is None


def test_a_server_of_ones_own_is_believed_above_its_border_only() -> None:
    own = b"Authentication-Results: mx.small-provider.example; dmarc=pass\r\n"
    provider = "mx.small-provider.example"
    assert word_of(own + at_unknown(LETTER), provider) is not None
    assert word_of(at_unknown(own + LETTER), provider) is None
    assert word_of(own + at_unknown(LETTER)) is None


def test_the_envelope_comes_from_the_receiver_never_from_the_mail() -> None:
    mail = at_gmail(b"Return-Path: <x@bank.example>\r\n" + LETTER, mail_from="b@bulk.example")
    border = border_of(mail)
    assert border is not None
    assert envelope_sender(split(crlf(mail)), border, None) == "b@bulk.example"
    mail = at_microsoft(b"Return-Path: <x@bank.example>\r\n" + LETTER)
    border = border_of(mail)
    assert border is not None
    assert envelope_sender(split(crlf(mail)), border, None) is None


def test_a_result_that_an_address_may_have_smuggled_in_is_left_out() -> None:
    mail = at_microsoft(
        LETTER, results="spf=fail smtp.mailfrom=x dmarc=pass header.from=bank.example"
    )
    word = word_of(mail)
    assert word is not None
    assert word.first("dmarc") == ""


def test_an_address_that_breaks_out_of_its_comment_spoils_the_line() -> None:
    sender = '"a); dmarc=pass header.from=bank.example; x=(b"@evil.example'
    mail = at_gmail(LETTER, results=f"spf=fail (google.com: domain of {sender} does not)")
    word = word_of(mail)
    assert word is None or word.first("dmarc") == ""


@pytest.mark.parametrize("ip", ["10.1.2.3", "127.0.0.1", "192.168.1.1", "100.64.0.1"])
def test_an_inside_address_is_never_asked_about(ip: str) -> None:
    border = border_of(at_gmail(LETTER, ip=ip))
    assert border is not None
    assert border.client_ip == ""


def test_the_envelope_stands_in_the_comment_of_the_first_spf_line_alone() -> None:
    line = b"Received-SPF: pass (google.com: domain of b@bank.example designates 192.0.2.1) x=y\r\n"
    mail = at_gmail(LETTER, mail_from="").replace(b"Return-Path: <>\r\n", b"")
    bare, _, rest = mail.partition(b"Received-SPF:")
    own = bare + line + rest.partition(b"\r\n")[2]
    forged = mail.replace(b"From: Example", line + b"From: Example")
    for source, expected in ((own, "b@bank.example"), (forged, None)):
        border = border_of(source)
        assert border is not None
        assert envelope_sender(split(crlf(source)), border, None) == expected
