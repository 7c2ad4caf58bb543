"""Row 25: services that hide an address put their own into From, and drop the signature."""

from __future__ import annotations

from support.mails import at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import sign
from support.tricks import (
    SENDING_IP,
    Trick,
    Zone,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    each,
    published,
    reset,
)


def hidden(
    name: str,
    language: str,
    sender: str,
    twin: str,
    *,
    who: str = "PayPal",
    signer: str | None = None,
    provider: str | None = None,
    fields: tuple[tuple[str, str], ...] = (),
    becomes: str = "fake|suspicious",
    text: str | None = None,
) -> Trick:
    """A relay put its own address in From; the twin comes from a domain that is no relay."""

    def delivered(value: str) -> bytes:
        domain = value.rpartition("@")[2].rstrip(">")
        mail = reset(language, who, "", sender=value, extra=fields, text=text)
        if signer is not None:
            mail = sign(mail, domain=domain if value == twin else signer)
        if provider is None:
            return at_unknown(mail)
        clauses = said(domain, spf="pass", dkim="pass", dmarc="pass", envelope=f"b@{domain}")
        return arrive(
            PROVIDERS[provider], mail, said=clauses, envelope=f"b@{domain}", ip=SENDING_IP
        )

    zone: Zone = {}
    for value in (sender, twin):
        zone |= published(value.rpartition("@")[2].rstrip(">"))
    if signer:
        zone |= published(signer)
    return Trick(25, name, delivered(sender), zone, delivered(twin), becomes)


HIDING = (
    hidden(
        "apple, Hide My Email at iCloud",
        "es",
        "PayPal <service_at_paypal_com_8hzk2m9xqw_1a2b3c4d@icloud.com>",
        "PayPal <service_at_paypal@icloud.com>",
        signer="icloud.com",
        provider="icloud",
    ),
    hidden(
        "simplelogin, at gmail",
        "en",
        '"PayPal - service(a)paypal.com" <service_at_paypal_com_ab@simplelogin.co>',
        '"PayPal - service(a)paypal.com" <service_at_paypal_com_ab@simplelogln.example>',
        provider="gmail",
        signer="simplelogin.co",
    ),
    hidden(
        "simplelogin names the address in full",
        "fr",
        '"service@paypal.fr" <ra+cdef@simplelogin.io>',
        '"service@paypal.fr" <ra+cdef@alias-login.example>',
        fields=(("X-SimpleLogin-Original-From", "PayPal <service@paypal.fr>"),),
    ),
    hidden(
        "duck.com, signed by it",
        "de",
        "PayPal <service_at_paypal.de_abc@duck.com>",
        "PayPal <service_at_paypal.de_abc@duck-mail.example>",
        signer="duck.com",
    ),
    hidden(
        "Firefox Relay",
        "es",
        '"Santander avisos@santander.es [via Relay]" <x1y2@mozmail.com>',
        '"Santander avisos@santander.es [via Relay]" <x1y2@relay-mail.example>',
        who="Santander",
        provider="microsoft",
    ),
    hidden(
        "addy.io, the body links to the organisation",
        "pt",
        "'Netflix' <abc+info=account.netflix.com@anonaddy.me>",
        "'Netflix' <abc+info=account.netflix.com@anon-mail.example>",
        who="Netflix",
        text="Olá, redefina a sua senha: https://www.netflix.com/password",
    ),
    hidden(
        "Apple's, at fastmail",
        "en",
        "Dropbox <no-reply_at_dropbox_com_9x@privaterelay.appleid.com>",
        "Dropbox <no-reply_at_dropbox_com_9x@privaterelay.example>",
        who="Dropbox",
        provider="fastmail",
    ),
    hidden(
        "Proton's, with a link counter",
        "de",
        "Spotify <no-reply_at_spotify_com@passmail.net>",
        "Spotify <no-reply_at_spotify_com@pass-mail.example>",
        who="Spotify",
        text="Guten Tag, hier ist Ihr Link: https://click.mailer.example/abc",
    ),
)

TRICKS = HIDING


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
