"""The table of tricks that a mail may play, and a few words to write such mails with.

A ``Trick`` is one mail of one row, and its twin: the same mail with the one decisive fact changed.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from secassist.mail import check
from secassist.mail.report import Report
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT
from support.sign import DATE, key_record, letter

Zone = dict[str, Any]
Source = bytes | str

SENDING_IP = "192.0.2.1"
"""From where the organisations of the tests send."""
OTHER_IP = "198.51.100.9"

_RAW = """
1 fake|suspicious -> genuine|relayed|proven-domain
2 cannot-tell|suspicious|fake -> genuine|relayed|proven-domain
3 suspicious|fake|cannot-tell -> genuine|relayed|proven-domain
4 genuine -> fake|suspicious
5 suspicious|fake -> genuine|relayed|proven-domain
6 suspicious|fake -> genuine
7 suspicious|fake -> genuine
8 suspicious|fake -> genuine|proven-domain
9 suspicious|fake -> genuine|proven-domain
10 suspicious|fake -> genuine
11 fake|suspicious -> genuine|relayed|proven-domain
12 genuine -> suspicious|fake|cannot-tell
13 suspicious|cannot-tell -> genuine
14 suspicious|cannot-tell -> genuine
15 cannot-tell|suspicious -> genuine
16 cannot-tell -> fake|suspicious|genuine
17 fake|suspicious|cannot-tell -> genuine
18 genuine|proven-domain -> fake
19 genuine|proven-domain -> fake|suspicious
20 cannot-tell -> genuine|fake
21 cannot-tell -> genuine
22 cannot-tell -> genuine
23 cannot-tell|proven-domain -> fake|suspicious
24 genuine|proven-domain -> fake|suspicious|cannot-tell
25 cannot-tell|relayed -> fake
26 fake|suspicious -> genuine|proven-domain
27 fake|suspicious -> genuine|proven-domain
28 fake|suspicious -> genuine|proven-domain
29 relayed|suspicious -> genuine
30 proven-domain -> fake|suspicious
31 suspicious|cannot-tell|fake -> genuine
32 suspicious|cannot-tell|fake -> genuine
33 cannot-tell|suspicious -> genuine
34 suspicious|fake -> genuine|proven-domain
35 suspicious|proven-domain -> genuine|fake
36 cannot-tell -> fake|suspicious|genuine
37 cannot-tell -> fake|suspicious
38 genuine|proven-domain|cannot-tell -> fake|suspicious
"""


@dataclass(frozen=True, slots=True)
class Row:
    """The verdicts that a row of the table allows, and those that would be an error."""

    allowed: frozenset[str]
    never: frozenset[str]


def _read(line: str) -> tuple[int, Row]:
    number, allowed, _, never = line.split()
    return int(number), Row(frozenset(allowed.split("|")), frozenset(never.split("|")))


ROWS: dict[int, Row] = dict(map(_read, _RAW.strip().splitlines()))


@dataclass(frozen=True, slots=True)
class Trick:
    """One mail of a row of the table, and its twin."""

    row: int
    name: str
    mail: Source
    zone: Zone
    twin: Source
    becomes: str
    """The verdicts of the twin, joined by ``|``."""
    twin_zone: Zone | None = None
    """Where the decisive fact stands in DNS; else the same zone."""
    at: datetime = RECEIVED_AT
    provider: str | None = None

    def __str__(self) -> str:
        return f"{self.row}-{self.name.replace(' ', '-')}"


def each(tricks: Sequence[Trick]) -> Any:
    """Run a test for each of the tricks."""
    return pytest.mark.parametrize("trick", tricks, ids=str)


def report_on(trick: Trick, *, twin: bool = False, offline: bool = False) -> Report:
    source = trick.twin if twin else trick.mail
    zone = trick.twin_zone if twin and trick.twin_zone is not None else trick.zone
    return asyncio.run(
        check(
            source,
            resolver=ZoneResolver(zone),
            at=trick.at,
            offline=offline,
            provider=trick.provider,
        )
    )


def assert_allowed(trick: Trick) -> None:
    """The verdict is one that the row allows."""
    report = report_on(trick)
    row = ROWS[trick.row]
    assert report.verdict.value in row.allowed, _why(report)
    assert report.verdict.value not in row.never, _why(report)


def assert_never_offline(trick: Trick) -> None:
    """Without DNS we are neither more trusting nor more suspicious; only less may be told."""
    report = report_on(trick, offline=True)
    assert report.verdict.value not in ROWS[trick.row].never - {"cannot-tell"}, _why(report)
    assert all(entry.outcome == "failed" for entry in report.network)


def assert_twin(trick: Trick) -> None:
    """With the decisive fact changed, the verdict is another one."""
    report = report_on(trick, twin=True)
    assert report.verdict.value in trick.becomes.split("|"), _why(report)


def _why(report: Report) -> str:
    found = ", ".join(f"{f.code} ({f.weighs.value} {f.strength.value})" for f in report.evidence)
    return f"{report.verdict.value} by row {report.row}: {found}"


# Words for mails: a reset mail in five languages, as organisations write it.
_RESETS = {
    "en": ("Reset your {name} password", "Hello,\r\n\r\nwe got a request to reset your password."),
    "de": (
        "Setzen Sie Ihr Passwort zurück",
        "Guten Tag,\r\n\r\njemand möchte das Passwort für Ihr {name}-Konto zurücksetzen.",
    ),
    "es": (
        "Restablece tu contraseña de {name}",
        "Hola:\r\n\r\nHemos recibido una solicitud para cambiar tu contraseña de {name}.",
    ),
    "pt": (
        "Redefinição de senha da sua conta {name}",
        "Olá,\r\n\r\nrecebemos um pedido para redefinir a sua senha.",
    ),
    "fr": (
        "Réinitialisez votre mot de passe",
        "Bonjour,\r\n\r\nvous avez demandé un nouveau mot de passe pour votre compte {name}.",
    ),
}
_CHATS = {
    "en": ("Next week's rehearsal", "Dear all,\r\n\r\nwe start at seven, and bring cake."),
    "de": ("Probe am Dienstag", "Liebe alle,\r\n\r\nwir fangen um sieben an. Bringt Kuchen mit."),
    "es": ("El ensayo del martes", "Hola a todos:\r\n\r\nempezamos a las siete. Hay pastel."),
    "pt": ("O ensaio de terça", "Olá a todos,\r\n\r\ncomeçamos às sete. Há bolo."),
    "fr": ("La répétition de mardi", "Bonjour à tous,\r\n\r\nnous commençons à 19 heures."),
}
PLAIN = (("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"))
HTML = (("MIME-Version", "1.0"), ("Content-Type", "text/html; charset=utf-8"))


def encoded_word(text: str, charset: str = "utf-8") -> str:
    """Text as one encoded word (RFC 2047)."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def encoded(text: str) -> str:
    """Text as it stands in a header field: as an encoded word where it needs one."""
    return text if text.isascii() else encoded_word(text)


def reset(
    language: str,
    name: str,
    address: str,
    *,
    sender: str | None = None,
    to: str = "someone@mail.example",
    subject: str | None = None,
    text: str | None = None,
    date: str = DATE,
    html: bool = False,
    extra: Iterable[tuple[str, str]] = (),
) -> bytes:
    """A reset mail in the name of an organisation, not signed. ``sender`` replaces From whole."""
    given, words = (t.format(name=name) for t in _RESETS[language])
    return _letter(
        f"{encoded(name)} <{address}>" if sender is None else sender,
        given if subject is None else subject,
        words if text is None else text,
        to=to,
        date=date,
        html=html,
        extra=extra,
    )


def chat(
    language: str,
    sender: str,
    *,
    to: str = "someone@mail.example",
    subject: str | None = None,
    text: str | None = None,
    date: str = DATE,
    html: bool = False,
    extra: Iterable[tuple[str, str]] = (),
) -> bytes:
    """A harmless mail of somebody whom nobody needs to know, not signed."""
    given, words = _CHATS[language]
    return _letter(
        sender,
        given if subject is None else subject,
        words if text is None else text,
        to=to,
        date=date,
        html=html,
        extra=extra,
    )


def _letter(
    sender: str,
    subject: str,
    text: str,
    *,
    to: str,
    date: str,
    html: bool,
    extra: Iterable[tuple[str, str]],
) -> bytes:
    body = f"<html><body><p>{text}</p></body></html>\r\n" if html else f"{text}\r\n"
    form = HTML if html else PLAIN
    return letter(
        sender=sender,
        to=to,
        subject=encoded(subject),
        date=date,
        body=body,
        extra=(*form, *extra),
    )


def published(
    domain: str,
    *,
    policy: str | None = "reject",
    spf: str | None = f"v=spf1 ip4:{SENDING_IP} -all",
    key: str | None = "rsa-2048",
    selector: str = "s",
    **tags: str | None,
) -> Zone:
    """What a domain publishes: a key, its SPF record, its DMARC policy. None leaves one out."""
    zone: Zone = {}
    if key is not None:
        zone |= key_record(domain, selector, key, **tags)
    if policy is not None:
        zone[f"_dmarc.{domain}"] = {"TXT": [f"v=DMARC1; p={policy}"]}
    if spf is not None:
        zone[domain] = {"TXT": [spf]}
    return zone


def head(message: bytes) -> bytes:
    """The header fields alone, as people copy them."""
    return message.partition(b"\r\n\r\n")[0] + b"\r\n"


def changed(message: bytes, old: str, new: str) -> bytes:
    """The message with one piece of text exchanged; it must be there."""
    assert old.encode() in message, old
    return message.replace(old.encode(), new.encode(), 1)
