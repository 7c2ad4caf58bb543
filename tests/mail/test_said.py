"""What a mail says, read in one process and used in another: plain values that come over whole."""

from __future__ import annotations

import asyncio
import io
import pickle

import pytest

from secassist.base.worker import Worker, _PlainValues
from secassist.mail import said, sources
from secassist.mail.findings import Weighs
from secassist.mail.kind import Kind
from secassist.mail.message import Message
from secassist.mail.said import Said
from support.compose import compose
from support.qr import picture

MAILS = {
    "an organisation's own": compose(
        "Instagram <security@mail.instagram.com>", "Reset your password", html="<p>Hello</p>"
    ),
    "a look-alike with links": compose(
        "PayPal Support <service@paypa1.com>",
        "Your account is limited",
        html='<a href="https://evil.example/x">https://www.paypal.com/login</a>'
        '<form action="https://evil.example/f"></form>',
    ),
    "a code in a picture": compose(
        "Anna <anna@club.example>",
        text="Scan this",
        attach=(("image/png", "a.png", picture()),),
    ),
    "nobody": compose("", text=""),
}


def over(mail: Message) -> Said:
    """What the other process finds out."""

    async def ask() -> Said:
        async with Worker() as worker:
            return await worker.run(said.examine, mail)

    return asyncio.run(ask())


@pytest.mark.parametrize("mail", MAILS.values(), ids=MAILS)
def test_it_comes_over_as_it_is(mail: Message) -> None:
    here = said.examine(mail)
    assert _PlainValues(io.BytesIO(pickle.dumps(here))).load() == here


def test_it_is_the_same_in_the_other_process() -> None:
    mail = MAILS["a look-alike with links"]
    there = over(mail)
    assert there == said.examine(mail)
    assert there.claimed is not None
    assert (there.claimed.id, there.kind) == ("paypal", Kind.OTHER)
    assert there.lookalike is not None
    assert there.lookalike.real_domain == "paypal.com"


def test_pictures_are_read_in_the_other_process() -> None:
    found = over(MAILS["a code in a picture"])
    assert [link.host for link in found.links] == ["evil.example"]
    assert any(f.code == "qr.link" and f.weighs is Weighs.AGAINST for f in found.on_content)


def test_one_message_is_examined_along() -> None:
    one = MAILS["a look-alike with links"].source
    (examined,) = said.read_and_examine(one)
    message = sources.read(one)[0].message
    assert examined.said == said.examine(message)
    assert examined.reading.message == message.without_text()
    assert examined.reading.message.source == message.source


def test_of_many_each_is_examined_by_itself() -> None:
    source = b"".join(
        b"From a@b.example Mon Jan 12 10:00:00 2026\n" + m.source.replace(b"\r", b"") + b"\n\n"
        for m in MAILS.values()
    )
    examined = said.read_and_examine(source)
    assert len(examined) == len(MAILS)
    assert [one.said for one in examined] == [None] * len(MAILS)
