"""Outlook's .msg files."""

from __future__ import annotations

import base64
import random
from contextlib import suppress

import pytest

from secassist.base.errors import UnusableInput
from secassist.mail.message import Parts
from secassist.mail.sources import read
from support.msg_file import attachment, compound_file, embedded, msg
from support.sign import letter, sign

SIGNED = sign(letter(), domain="bank.example")
HEADERS = SIGNED.partition(b"\r\n\r\n")[0].decode() + "\r\n\r\n"
TEXT = "Hello,\r\nsomebody asked for a new password.\r\n"


def test_the_headers_stay_as_they_came_and_the_text_is_no_body() -> None:
    html = b"<p>Hello</p>" * 1_000  # beyond the mini stream
    (reading,) = read(compound_file(msg(headers=HEADERS, body=TEXT, html=html)))
    message = reading.message
    assert message.parts is Parts.HEADERS
    assert message.source == HEADERS.encode().removesuffix(b"\r\n")
    assert message.split.body is None
    assert [(p.content_type, p.text) for p in message.leaves] == [
        ("text/plain", TEXT),
        ("text/html", html.decode()),
    ]
    assert message.sender is not None
    assert message.sender.spec == "security@bank.example"
    assert message.oddities == ()


def test_old_outlook_writes_a_line_above() -> None:
    banner = "Microsoft Mail Internet Headers Version 2.0\r\n"
    (reading,) = read(compound_file(msg(headers=banner + HEADERS)))
    assert reading.message.source == HEADERS.encode().removesuffix(b"\r\n")


def test_without_headers_there_is_only_text() -> None:
    data = compound_file(msg(subject="Draft", sender="Bank", body=TEXT))
    (reading,) = read(data)
    message = reading.message
    assert message.parts is Parts.TEXT_ONLY
    assert (message.subject, message.from_text) == ("Draft", "Bank <>")
    assert message.from_addresses == ()
    assert message.leaves[0].text == TEXT


def test_attachments() -> None:
    files = (attachment("a.pdf", b"%PDF" * 50_000), attachment("b.png", b"x" * 70_000, "image/png"))
    (reading,) = read(compound_file(msg(headers=HEADERS, attachments=files)))
    found = [
        (p.content_type, p.filename, p.attachment, len(p.payload)) for p in reading.message.leaves
    ]
    assert found == [
        ("application/octet-stream", "a.pdf", True, 65_536),
        ("image/png", "b.png", True, 70_000),
    ]


OUTER = (
    "From: Friend <friend@home.example>\r\nTo: me@x.example\r\nSubject: FW: Reset your password\r\n"
)


def test_of_a_plain_forward_only_the_inner_mail_is_read() -> None:
    inner = embedded(msg(headers=HEADERS, body=TEXT))
    (reading,) = read(compound_file(msg(headers=OUTER, body="look", attachments=(inner,))))
    assert reading.message.attached
    assert reading.message.subject == "Reset your password"
    assert reading.message.leaves[0].text == TEXT


def test_words_of_its_own_keep_the_outer_mail_first() -> None:
    inner = embedded(msg(headers=HEADERS, body=TEXT))
    data = compound_file(msg(headers=OUTER, body="https://evil.example/", attachments=(inner,)))
    assert [r.message.attached for r in read(data)] == [False, True]


def test_a_msg_file_attached_to_a_mail_is_read() -> None:
    data = compound_file(msg(headers=HEADERS, body=TEXT))
    mail = OUTER.encode() + (
        b"Content-Type: application/vnd.ms-outlook; name=a.msg\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    mail = mail.replace(b"8bit", b"base64") + base64.encodebytes(data)
    readings = read(mail)
    assert readings[-1].message.attached
    assert readings[-1].message.subject == "Reset your password"


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_are_read_or_refused(seed: int) -> None:
    inner = embedded(msg(headers=HEADERS, body=TEXT))
    good = compound_file(msg(headers=HEADERS, body=TEXT, html=b"<p>" * 3_000, attachments=(inner,)))
    chance = random.Random(seed)
    data = bytearray(good)
    for _ in range(chance.randrange(1, 40)):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    if seed % 3 == 0:
        del data[chance.randrange(600, len(data)) :]
    with suppress(UnusableInput):
        assert read(bytes(data))
