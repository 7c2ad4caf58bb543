"""Rows 5 and 6: more than one sender."""

from __future__ import annotations

from support.mails import at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import sign
from support.tricks import (
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    chat,
    each,
    published,
    reset,
)

GMAIL = PROVIDERS["gmail"]
EVIL = "post.example"
CLUB = "chor.example"
STRANGERS = {**published(EVIL), **published(CLUB, key="ed25519")}


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


TRICKS = (*TWO_FROM, *TWO_ADDRESSES)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
