"""Rows 30 and 35: honest names with a hyphen, and replies that go elsewhere."""

from __future__ import annotations

from support.mails import at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import HEADERS, sign
from support.tricks import (
    SENDING_IP,
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    chat,
    each,
    published,
    reset,
)


def delivered(message: bytes, domain: str, provider: str | None, key: str = "rsa-2048") -> bytes:
    """Signed by the domain, and everything passes."""
    signed = sign(message, domain=domain, key=key, headers=(*HEADERS, "reply-to"))
    if provider is None:
        return at_unknown(signed)
    clauses = said(domain, spf="pass", dkim="pass", dmarc="pass", envelope=f"b@{domain}")
    return arrive(PROVIDERS[provider], signed, said=clauses, envelope=f"b@{domain}", ip=SENDING_IP)


def hyphened(
    language: str,
    sender: str,
    *,
    provider: str | None = None,
    key: str = "rsa-2048",
    text: str | None = None,
    html: bool = False,
) -> Trick:
    """A right signature of an unknown owner; the twin's is broken."""
    domain = sender.rpartition("@")[2].rstrip(">")
    message = chat(language, sender, text=text, html=html)
    signed = sign(message, domain=domain, key=key)
    broken = signed.replace(b"Subject: ", b"Subject: Re: ")

    def arrived(mail: bytes, ok: bool) -> bytes:
        if provider is None:
            return at_unknown(mail)
        clauses = said(domain, dkim="pass", dmarc="pass", policy="NONE")
        return arrive(PROVIDERS[provider], mail, said=clauses if ok else None)

    return Trick(
        30,
        domain,
        arrived(signed, True),
        published(domain, policy="none", key=key, spf=None),
        arrived(broken, False),
        "cannot-tell",
    )


HYPHENS = (
    hyphened("de", "Chor <info@chor-musterstadt.example>"),
    hyphened("de", "Kundenservice <post@kunden-service-mueller.de>", provider="gmail"),
    hyphened("en", "Choir <hello@my-bank-of-songs.example>", key="ed25519"),
    hyphened("es", "Club <hola@club-de-seguridad.es>", provider="microsoft", html=True),
    hyphened("fr", "Theatre <a@theatre-du-nord.fr>"),
    hyphened("pt", "Escola <ola@escola-conta-certa.com.br>", provider="posteo"),
    hyphened(
        "de",
        "Blumen <shop@blumen-am-markt.de>",
        text="Sie können bei uns mit PayPal, Klarna und Amazon Pay bezahlen.",
    ),
    hyphened("en", "Update Press <news@update-verlag.example>", provider="fastmail"),
    hyphened(
        "en",
        "Fan Club <fans@apple-pie-recipes.example>",
        text="Read us on Facebook and Instagram.",
        html=True,
    ),
)


def replies(
    name: str,
    language: str,
    sender: str,
    reply: str,
    *,
    provider: str | None,
    key: str = "rsa-2048",
) -> Trick:
    """A reset mail of nobody known that wants its replies elsewhere; the twin does not."""
    domain = sender.rpartition("@")[2].rstrip(">")
    mail = reset(language, "Forum", "", sender=sender, extra=(("Reply-To", reply),))
    twin = reset(language, "Forum", "", sender=sender)
    return Trick(
        35,
        name,
        delivered(mail, domain, provider, key),
        published(domain, key=key),
        delivered(twin, domain, provider, key),
        "proven-domain",
    )


REPLIES = (
    replies(
        "another unknown domain, at gmail",
        "en",
        "Forum <noreply@forum-garden.example>",
        "help@other-desk.example",
        provider="gmail",
    ),
    replies(
        "an organisation's",
        "de",
        "Forum <noreply@forum-garten.example>",
        "PayPal <service@paypal.de>",
        provider=None,
    ),
    replies(
        "a mailbox",
        "fr",
        "Forum <noreply@forum-jardin.example>",
        "forum.jardin@gmail.com",
        provider="microsoft",
        key="ed25519",
    ),
    replies(
        "two of them",
        "es",
        "Foro <noreply@foro-jardin.example>",
        "a@uno.example, b@dos.example",
        provider="posteo",
    ),
)

TRICKS = (*HYPHENS, *REPLIES)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
