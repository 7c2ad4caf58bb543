"""The messages that ``authenticate.py`` measures with, and the zone that they need.

HTML as newsletters have it, 22.6 KB in all, with two DKIM signatures (RSA 2048, Ed25519), one ARC
set, SPF by the second of two includes, and a DMARC record (reject) one level above the From domain.
``sound`` messages have nothing wrong; ``broken`` ones are for the comparison of results.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.sign import HEADERS, Record, key_record, seal, sign

FROM = "news.bank.example"
BOUNCES = "bounce.news.bank.example"
RELAY = "relay.example"
ROGUE = "rogue.example"
HELO = f"out1.{BOUNCES}"
SENDER = f"b-1027@{BOUNCES}"
CLIENT = "198.51.100.24"
ELSEWHERE = "203.0.113.99"
SIZE = 20_000  # octets of the HTML part

CARD = (
    '<tr><td style="padding:12px 24px;font:16px/1.5 Arial,sans-serif;color:#1c2b33">'
    "<p>Dear customer, this is what is new at your bank in week {n}.\t Read it at leisure.</p>"
    '<a href="https://www.bank.example/news/{n}?from=mail" style="color:#0064e0">More</a>'
    "</td></tr>\r\n"
)


@dataclass(frozen=True)
class Sample:
    """One message and how it came in."""

    name: str
    source: bytes
    ip: str = CLIENT


def zone() -> Record:
    """All that the messages make somebody ask for."""
    spf = {
        BOUNCES: {"TXT": [f"v=spf1 include:_a.{BOUNCES} include:_b.{BOUNCES} -all"]},
        f"_a.{BOUNCES}": {"TXT": ["v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/26 ~all"]},
        f"_b.{BOUNCES}": {"TXT": ["v=spf1 ip4:198.51.100.0/24 ip6:2001:db8:1::/48 ~all"]},
    }
    dmarc = {
        "_dmarc.bank.example": {"TXT": ["v=DMARC1; p=reject; rua=mailto:dmarc@bank.example"]},
        f"_dmarc.{ROGUE}": {"TXT": ["v=DMARC1; p=quarantine; adkim=s"]},
    }
    rsa = key_record(FROM, "r1", "rsa-2048")
    return rsa | key_record(FROM, "e1", "ed25519") | key_record(RELAY, "arc") | spf | dmarc


def sound(number: int = 0) -> Sample:
    """One of as many different messages as anybody likes."""
    return Sample("sound", _sealed(_letter(number)))


def broken() -> list[Sample]:
    """What is wrong, one thing at a time."""
    good = _sealed(_letter(0))
    text = good.replace(b"new at your bank", b"due at your bank", 1)
    return [
        Sample("text changed", text),
        Sample("subject changed", good.replace(b"Subject: Your", b"Subject: Our", 1)),
        Sample("other server", good, ELSEWHERE),
        Sample("changed, other server", text, ELSEWHERE),
        Sample("not signed", _letter(0)),
        Sample("other From", _sealed(_letter(0, sender=f"Bank <bank@{ROGUE}>"))),
    ]


def _sealed(letter: bytes) -> bytes:
    now = int(time.time()) - 60  # other programs judge as of now
    for selector, key in (("e1", "ed25519"), ("r1", "rsa-2048")):
        letter = sign(
            letter,
            domain=FROM,
            selector=selector,
            key=key,
            headers=(*HEADERS, "from", "mime-version", "content-type", "list-unsubscribe"),
            timestamp=now,
        )
    return seal(
        letter,
        domain=RELAY,
        results=f"mx.{RELAY}; dkim=pass header.d={FROM}; spf=pass smtp.mailfrom={BOUNCES}",
        timestamp=now,
    )


def _letter(number: int, *, sender: str = f"Example Bank <letters@{FROM}>") -> bytes:
    date = formatdate(time.time() - 60)
    top = f"""\
Return-Path: <{SENDER}>
Received: from {HELO} ({HELO}. [{CLIENT}]) by mx.google.com with ESMTPS id a{number}
 for <someone@mail.example> (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384); {date}
Received: from app-{number}.{FROM} ([10.0.0.7]) by {HELO} with ESMTP; {date}
From: {sender}
To: Someone <someone@mail.example>
Subject: Your week {number} at Example Bank
Date: {date}
Message-ID: <{number}.letters@{FROM}>
List-Unsubscribe: <https://www.bank.example/leave?{number}>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 7bit

"""
    cards = "".join(CARD.format(n=number + n) for n in range(SIZE // len(CARD)))
    body = f"<!doctype html>\r\n<html><body><table>\r\n{cards}</table></body></html>\r\n"
    return top.replace("\n", "\r\n").encode("ascii") + body.encode("ascii")
