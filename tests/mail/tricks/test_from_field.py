"""Rows 5 to 10: a From field that shows one sender and holds another."""

from __future__ import annotations

import base64

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

GMAIL = PROVIDERS["gmail"]
EVIL = "post.example"
CLUB = "chor.example"
STRANGERS = {**published(EVIL), **published(CLUB, key="ed25519")}


def b64(text: str, charset: str = "utf-8") -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def second_from(name: str, field: bytes, message: bytes, domain: str, where: str) -> Trick:
    """One more From field above the signed one."""
    signed = sign(message, domain=domain)
    forged = field + signed
    whole = {
        "unknown": at_unknown(forged),
        "gmail": arrive(GMAIL, forged, said=said(domain, dkim="pass", dmarc="pass")),
        "none": forged,
    }[where]
    zone = {**STRANGERS, **published(domain)}
    return Trick(5, name, whole, zone, at_unknown(signed), "genuine")


SPOTIFY = reset("es", "Spotify", "no-reply@spotify.com")
UBER = reset("pt", "Uber", "noreply@uber.com", html=True)
COINBASE = reset("en", "Coinbase", "no-reply@info.coinbase.com")

TWO_FROM = (
    second_from(
        "evil on top, at gmail, which says pass",
        b"From: Spotify <hola@post.example>\r\n",
        SPOTIFY,
        "spotify.com",
        "gmail",
    ),
    second_from(
        "in capitals, at an unknown server",
        b"FROM: noreply@post.example\r\n",
        UBER,
        "uber.com",
        "unknown",
    ),
    second_from(
        "a friend on top, no server at all",
        b"from:\r\n Anna <anna@chor.example>\r\n",
        COINBASE,
        "info.coinbase.com",
        "none",
    ),
    Trick(
        5,
        "the organisation on top, the signed stranger below",
        at_unknown(b"From: Uber <noreply@uber.com>\r\n" + sign(chat("pt", EVIL), domain=EVIL)),
        {**STRANGERS, **published("uber.com")},
        at_unknown(sign(chat("pt", f"Ana <ana@{EVIL}>"), domain=EVIL)),
        "proven-domain",
    ),
    Trick(
        5,
        "the same field twice, the lower one signed",
        at_unknown(b"From: Uber <noreply@uber.com>\r\n" + sign(UBER, domain="uber.com")),
        published("uber.com"),
        at_unknown(sign(UBER, domain="uber.com")),
        "genuine",
    ),
)


def two_addresses(name: str, sender: str, twin: str, signer: str, becomes: str) -> Trick:
    mail, other = (sign(reset("de", "", "", sender=s), domain=signer) for s in (sender, twin))
    zone = {**STRANGERS, **published("paypal.de"), **published("ebay.fr")}
    return Trick(6, name, at_unknown(mail), zone, at_unknown(other), becomes)


TWO_ADDRESSES = (
    two_addresses(
        "the bank first, the stranger second",
        f"eBay <ebay@ebay.fr>, Anna <anna@{EVIL}>",
        f"Anna <anna@{EVIL}>",
        EVIL,
        "proven-domain|suspicious",
    ),
    two_addresses(
        "bare addresses, folded",
        f"ebay@ebay.fr,\r\n {EVIL}@{EVIL}",
        f"{EVIL}@{EVIL}",
        EVIL,
        "proven-domain|suspicious",
    ),
    two_addresses(
        "the stranger first, signed by the organisation",
        f"Anna <anna@{EVIL}>, eBay <ebay@ebay.fr>",
        "eBay <ebay@ebay.fr>",
        "ebay.fr",
        "genuine",
    ),
    Trick(
        6,
        "gmail says pass for the second",
        arrive(
            GMAIL,
            sign(
                reset("fr", "", "", sender=f"eBay <ebay@ebay.fr>, <a@{EVIL}>"),
                domain=EVIL,
            ),
            said=said(EVIL, spf="pass", dkim="pass", dmarc="pass", envelope=f"a@{EVIL}"),
        ),
        {**STRANGERS, **published("ebay.fr")},
        arrive(
            GMAIL,
            reset("fr", "", "", sender="eBay <ebay@ebay.fr>"),
            said=said("ebay.fr", dkim="pass", dmarc="pass"),
        ),
        "genuine",
    ),
)


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


ZWJ = "\u200d"
TURNED = "\u202elapyaP\u202c"
SPACED = "A\u200bma\u200bzon"
HYPHENED = "Net\u00adflix"
JOINED = ZWJ.join("PayPal")


def hidden(name: str, *, sender: str = "", subject: str = "", twin: str, **how: str) -> Trick:
    """Characters that hide a name; the twin is a mail that uses such characters honestly."""
    mail = chat(
        how.get("language", "en"),
        sender or f"Anna <x@{EVIL}>",
        subject=subject or None,
    )
    honest = chat(
        how.get("language", "en"),
        f"{twin} <x@{EVIL}>" if sender else f"Anna <x@{EVIL}>",
        subject=twin if subject else None,
    )
    mail, honest = (at_unknown(sign(m, domain=EVIL)) for m in (mail, honest))
    return Trick(10, name, mail, published(EVIL), honest, "proven-domain")


def linked(name: str, text: str, honest: str, host: str = "login.post.example") -> Trick:
    mails = (
        at_unknown(
            sign(
                chat(
                    "en",
                    f"Anna <x@{EVIL}>",
                    text=f'Please look: <a href="https://{host}/a">{shown}</a>',
                    html=True,
                ),
                domain=EVIL,
            )
        )
        for shown in (text, honest)
    )
    mail, twin = mails
    return Trick(10, name, mail, published(EVIL), twin, "proven-domain")


HIDDEN = (
    hidden(
        "right-to-left override in the name",
        sender=f"{b64(TURNED)} <x@{EVIL}>",
        twin=b64("מקהלה"),
    ),
    hidden(
        "zero-width spaces in the name",
        sender=f"{b64(SPACED)} <x@{EVIL}>",
        twin=b64(f"👩{ZWJ}💻 Anna"),
        language="de",
    ),
    hidden(
        "soft hyphens in the name",
        sender=f"{b64(HYPHENED)} <x@{EVIL}>",
        twin=b64("Ana Lúcia"),
        language="pt",
    ),
    hidden(
        "word joiners in the name, raw",
        sender=f"San\u2060tander <x@{EVIL}>",
        twin="Peña",
        language="es",
    ),
    hidden(
        "right-to-left override in the subject",
        subject=f"Your {TURNED} account",
        twin="שלום לכולם",
    ),
    hidden(
        "zero-width joiners in the subject",
        subject=f"Votre compte {JOINED}",
        twin=f"Répétition 👨{ZWJ}👩{ZWJ}👧",
        language="fr",
    ),
    linked("zero-width in link text", "https://pay&#8203;pal.com/login", "our page"),
    linked("override in link text", "&#8238;moc.lapyap.www//:sptth&#8236;", "notre page"),
    linked(
        "soft hyphen in link text",
        "www.ama&shy;zon.de",
        "www.post.example",
        host="www.post.example",
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

TRICKS = (*TWO_FROM, *TWO_ADDRESSES, *UNQUOTED, ONE_SENDER_SIGNED, *QUOTED, *ENCODED, *HIDDEN)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
