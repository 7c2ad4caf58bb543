"""Rows 7 to 9: the address of an organisation where its name should be."""

from __future__ import annotations

from support.mails import at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import HEADERS, sign
from support.tricks import (
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    chat,
    each,
    head,
    published,
    reset,
)
from support.tricks import (
    encoded_word as b64,
)

GMAIL = PROVIDERS["gmail"]
EVIL = "post.example"


def named(row: int, name: str, sender: str, twin: str, language: str = "en", **how: str) -> Trick:
    """A stranger's mail, rightly signed, whose name shows somebody else; the twin's does not."""
    key = how.get("key", "rsa-2048")
    mail, other = (
        sign(
            chat(language, s),
            domain=EVIL,
            key=key,
            canonicalization=how.get("form", "relaxed/relaxed"),
        )
        for s in (sender, twin)
    )
    if how.get("where") == "gmail":
        clauses = said(EVIL, spf="pass", dkim="pass", dmarc="pass", envelope=f"x@{EVIL}")
        mail, other = arrive(GMAIL, mail, said=clauses), arrive(GMAIL, other, said=clauses)
    else:
        mail, other = at_unknown(mail), at_unknown(other)
    zone = published(EVIL, key=key)
    return Trick(row, name, mail, zone, other, how.get("becomes", "proven-domain"))


UNQUOTED = (
    named(7, "a bank", f"security@chase.com <x@{EVIL}>", f"Anna <x@{EVIL}>"),
    named(
        7,
        "a shop, with its name, at gmail",
        f"Amazon konto@amazon.de <x@{EVIL}>",
        f"Konto Anna <x@{EVIL}>",
        "de",
        where="gmail",
    ),
    named(
        7,
        "in angles twice",
        f"<service@paypal.fr> <x@{EVIL}>",
        f"<x@{EVIL}>",
        "fr",
        key="ed25519",
    ),
    named(
        7,
        "after the address",
        f"x@{EVIL} <no-reply@netflix.com> <x@{EVIL}>",
        f"Ana <x@{EVIL}>",
        "pt",
        form="simple/simple",
    ),
)

QUOTED = (
    named(8, "a bank", f'"no-reply@chase.com" <x@{EVIL}>', f'"Anna" <x@{EVIL}>', where="gmail"),
    named(
        8,
        "in the middle of words",
        f'"Sicherheit (service@ebay.de) Team" <x@{EVIL}>',
        f'"Chor Team" <x@{EVIL}>',
        "de",
    ),
    named(
        8,
        "in angles inside the quotes",
        f'"Netflix <info@netflix.com>" <x@{EVIL}>',
        f'"Chor <x@{EVIL}>" <x@{EVIL}>',
        "pt",
        key="ed25519",
    ),
    named(
        8,
        "in capitals, a subdomain",
        f'"AVISOS@CORREO.SANTANDER.ES" <x@{EVIL}>',
        f'"AVISOS" <x@{EVIL}>',
        "es",
    ),
    named(
        8,
        "in a comment behind the address",
        f"x@{EVIL} (security@apple.com)",
        f"x@{EVIL} (Anna)",
        "fr",
    ),
    named(
        8,
        "quoted pairs inside",
        f'"no-reply\\@amazon\\.co\\.uk" <x@{EVIL}>',
        f'"no\\-reply" <x@{EVIL}>',
    ),
)

ENCODED = (
    named(9, "base64", f"{b64('konto@amazon.de')} <x@{EVIL}>", f"{b64('Köln')} <x@{EVIL}>", "de"),
    named(
        9,
        "quoted-printable, every letter",
        "=?iso-8859-1?Q?"
        + "".join(f"={ord(c):02X}" for c in "info@netflix.com")
        + f"?= <x@{EVIL}>",
        f"=?iso-8859-1?Q?Jos=E9?= <x@{EVIL}>",
        "es",
    ),
    named(
        9,
        "in two words that join",
        f"{b64('service@pay')} {b64('pal.fr')} <x@{EVIL}>",
        f"{b64('Chorale')} {b64('de Lyon')} <x@{EVIL}>",
        "fr",
        key="ed25519",
    ),
    named(
        9,
        "inside quotes, where it is no encoded word by the letter of the law",
        f'"{b64("security@chase.com")}" <x@{EVIL}>',
        f'"{b64("Anna")}" <x@{EVIL}>',
        where="gmail",
    ),
    named(
        9,
        "with a full-width sign and dot",
        f"{b64('no-reply＠spotify．com')} <x@{EVIL}>",
        f"{b64('Zoë')} <x@{EVIL}>",
        "pt",
    ),
    named(
        9,
        "in UTF-16",
        f"{b64('security@paypal.com', 'utf-16-be')} <x@{EVIL}>",
        f"{b64('Anna', 'utf-16-be')} <x@{EVIL}>",
    ),
)


ONE_SENDER_SIGNED = Trick(
    7,
    "headers alone",
    head(
        at_unknown(
            sign(
                reset("en", "", "", sender=f"security@revolut.com <x@{EVIL}>"),
                domain=EVIL,
                headers=(*HEADERS, "from"),
            )
        )
    ),
    published(EVIL),
    head(at_unknown(sign(chat("en", f"Anna <x@{EVIL}>"), domain=EVIL))),
    "cannot-tell",
)

TRICKS = (*UNQUOTED, ONE_SENDER_SIGNED, *QUOTED, *ENCODED)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
