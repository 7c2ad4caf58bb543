"""Build whole mails as they lie in a mailbox: with the lines that the receiving servers put on top.

mail = at_gmail(sign(letter(sender="Bank <a@bank.example>"), domain="bank.example"),
                ip="192.0.2.1", mail_from="a@bank.example", results="dmarc=pass header.from=…")
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

RECEIVED_AT = datetime(2026, 10, 13, 10, 0, 20, tzinfo=UTC)
"""Some seconds after ``support.sign.DATE``."""


def _lines(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")


def at_gmail(
    message: bytes,
    *,
    ip: str = "192.0.2.1",
    helo: str = "mail.sender.example",
    mail_from: str = "bounce@sender.example",
    results: str | None = None,
    to: str = "someone@mail.example",
    when: datetime = RECEIVED_AT,
) -> bytes:
    """As Gmail shows the original: its result line right below the border's Received line.

    ``results`` of None leaves the line out; clauses are joined by ``;`` by the caller.
    """
    date = format_datetime(when)
    top = _lines(
        f"Delivered-To: {to}",
        f"Received: by 2002:a05:6358:1234:b0:1c7:9d5e:1b2a with SMTP id ab12csp345678rwb; {date}",
        f"Return-Path: <{mail_from}>",
        f"Received: from {helo} ({helo}. [{ip}])",
        "        by mx.google.com with ESMTPS id af79cd13be357-8b2f1f6a7b2si123.120",
        f"        for <{to}>",
        f"        (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128); {date}",
        f"Received-SPF: neutral (google.com: {mail_from} is neither) client-ip={ip};",
    )
    if results is not None:
        top += _lines(f"Authentication-Results: mx.google.com; {results}")
    return top + message


def at_microsoft(
    message: bytes,
    *,
    ip: str = "192.0.2.1",
    helo: str = "mail.sender.example",
    results: str | None = None,
    when: datetime = RECEIVED_AT,
) -> bytes:
    """As Outlook.com and Microsoft 365 do: a line without a name above the border's Received."""
    date = format_datetime(when)
    later = format_datetime(when + timedelta(seconds=2))
    top = _lines(
        "Received: from CO1PR05MB8284.namprd05.prod.outlook.com (2603:10b6:303:ff::18)"
        f" by SA3PR05MB9699.namprd05.prod.outlook.com with HTTPS; {later}",
        "Received: from SJ1PEPF00002322.namprd03.prod.outlook.com (2603:10b6:a03:114:cafe::d1)"
        f" by BYAPR21CA0003.outlook.office365.com (2603:10b6:a03:114::13) with X; {later}",
    )
    if results is not None:
        top += _lines(f"Authentication-Results: {results}")
    return (
        top
        + _lines(
            f"Received: from {helo} ({ip}) by SJ1PEPF00002322.mail.protection.outlook.com"
            f" (10.167.242.84) with Microsoft SMTP Server id 15.20; {date}"
        )
        + message
    )


def at_unknown(
    message: bytes,
    *,
    ip: str = "192.0.2.1",
    helo: str = "mail.sender.example",
    by: str = "mx.small-provider.example",
    to: str = "someone@mail.example",
    when: datetime = RECEIVED_AT,
) -> bytes:
    """As a provider that we do not know."""
    date = format_datetime(when)
    return (
        _lines(
            f"Received: from {helo} ({helo} [{ip}]) by {by} (Postfix) with ESMTPS id 4X1",
            f"        for <{to}>; {date}",
        )
        + message
    )
