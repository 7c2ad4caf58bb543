"""Made-up mails for tests of what a mail says, with HTML, text and attachments."""

from __future__ import annotations

import email.policy
from email.header import Header
from email.message import EmailMessage

from secassist.mail.body import Body, read_body
from secassist.mail.identity.examine import Identity, examine
from secassist.mail.message import Message, read_message


def compose(
    sender: str = "Anna <anna@club.example>",
    subject: str = "Hello",
    text: str = "",
    html: str = "",
    *,
    to: str = "reader@home.example",
    headers: tuple[tuple[str, str], ...] = (),
    attach: tuple[tuple[str, str, bytes], ...] = (),
) -> Message:
    """One mail. ``attach``: content type, file name, bytes. Names may hold any character."""
    mail = EmailMessage(policy=email.policy.SMTP)
    if text or not html:
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
    else:
        mail.set_content(html, subtype="html")
    for content_type, name, data in attach:
        main, sub = content_type.split("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    top = [
        f"From: {_encoded(sender)}",
        f"To: {to}",
        f"Subject: {Header(subject, 'utf-8').encode()}",
        "Date: Mon, 12 Jan 2026 10:00:00 +0000",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return read_message("\r\n".join(top).encode("ascii") + b"\r\n" + mail.as_bytes())


def _encoded(sender: str) -> str:
    name, mark, address = sender.rpartition(" <")
    if not mark:
        return sender
    plain = name.isascii() and not set(name) & set('@.,:;<>()[]"\\|')
    return f"{name if plain else Header(name, 'utf-8').encode()} <{address}"


def identity(message: Message) -> Identity:
    """What the mail says of its sender, by the shipped facts."""
    return examine(message, body(message))


def body(message: Message) -> Body:
    return read_body(message)
