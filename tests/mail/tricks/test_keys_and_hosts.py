"""Rows 17 to 22: proof by the sending host, and keys that are gone, withdrawn, for tests, weak."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from support.mails import RECEIVED_AT, at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import sign
from support.tricks import (
    OTHER_IP,
    SENDING_IP,
    Trick,
    Zone,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    each,
    head,
    published,
    reset,
)

REVOLUT = reset("en", "Revolut", "no-reply@revolut.com")
NETFLIX = reset("pt", "Netflix", "info@account.netflix.com", html=True)
ZALANDO = reset("de", "Zalando", "info@service-mail.zalando.de")
SANTANDER = reset("es", "Santander", "avisos@santander.es")
SPOTIFY = reset("fr", "Spotify", "no-reply@spotify.com", html=True)
COINBASE = reset("en", "Coinbase", "no-reply@info.coinbase.com")

BULK: Zone = {
    "amazonses.com": {"TXT": ["v=spf1 ip4:198.51.100.0/24 -all"]},
    "em1234.sendgrid.net": {"TXT": ["v=spf1 ip4:198.51.100.0/24 ~all"]},
    "post.bulk.example": {"TXT": ["v=spf1 ip4:198.51.100.0/24 ?all"]},
}


def through_bulk(
    name: str, message: bytes, domain: str, bounce: str, *, provider: str, line: bool, **more: str
) -> Trick:
    """SPF is right for the mail service alone; the twin's envelope is the organisation's."""
    server = PROVIDERS[provider]
    extra = more.get("extra", "").encode()
    clauses = said(domain, spf="pass", dmarc="fail", envelope=f"x@{bounce}")
    mail = arrive(
        server,
        extra + message,
        said=clauses if line else None,
        envelope=f"x@{bounce}",
        ip=OTHER_IP,
        helo=more.get("helo", "a.mail.example"),
    )
    twin = arrive(server, extra + message, envelope=f"x@{domain}", ip=SENDING_IP)
    return Trick(17, name, mail, {**BULK, **published(domain, key=None)}, twin, "genuine")


SHARED = (
    through_bulk(
        "gmail saw it", REVOLUT, "revolut.com", "amazonses.com", provider="gmail", line=True
    ),
    through_bulk(
        "posteo wrote no line",
        SANTANDER,
        "santander.es",
        "em1234.sendgrid.net",
        provider="posteo",
        line=False,
    ),
    through_bulk(
        "gmail; a Return-Path of the organisation came with the mail",
        NETFLIX,
        "account.netflix.com",
        "post.bulk.example",
        provider="gmail",
        line=False,
        extra="Return-Path: <x@account.netflix.com>\r\n",
    ),
    through_bulk(
        "zoho; the host calls itself the organisation's",
        SPOTIFY,
        "spotify.com",
        "amazonses.com",
        provider="zoho",
        line=False,
        helo="spotify.com",
    ),
    through_bulk(
        "fastmail; a Received-SPF of the organisation came with the mail",
        COINBASE,
        "info.coinbase.com",
        "post.bulk.example",
        provider="fastmail",
        line=True,
        extra="Received-SPF: pass (x) client-ip=192.0.2.1; envelope-from=x@info.coinbase.com;\r\n",
    ),
    Trick(
        17,
        "at an unknown server, which says that SPF passes",
        b"Authentication-Results: mx.small-provider.example; spf=pass"
        b" smtp.mailfrom=x@amazonses.com; dmarc=pass header.from=zalando.de\r\n"
        + at_unknown(ZALANDO, ip=OTHER_IP),
        {**BULK, **published("zalando.de")},
        at_unknown(sign(ZALANDO, domain="zalando.de")),
        "genuine",
    ),
)


def by_host(
    name: str, message: bytes, domain: str, *, provider: str, bounce: str = "", alone: bool = False
) -> Trick:
    """No signature, but the organisation's own host brought it; the twin came from elsewhere."""
    envelope = f"x@{bounce or domain}"
    mail, twin = (
        arrive(PROVIDERS[provider], message, envelope=envelope, ip=ip)
        for ip in (SENDING_IP, OTHER_IP)
    )
    if alone:
        mail, twin = head(mail), head(twin)
    zone = published(domain, key=None)
    if bounce:
        zone |= published(bounce, key=None)
    return Trick(18, name, mail, zone, twin, "fake|suspicious")


BY_HOST = (
    by_host("gmail", REVOLUT, "revolut.com", provider="gmail"),
    by_host("gmail, headers alone", SANTANDER, "santander.es", provider="gmail", alone=True),
    by_host(
        "posteo, the envelope is of a subdomain",
        NETFLIX,
        "account.netflix.com",
        provider="posteo",
        bounce="bounces.account.netflix.com",
    ),
    by_host(
        "fastmail, the envelope is of the domain above",
        COINBASE,
        "info.coinbase.com",
        provider="fastmail",
        bounce="coinbase.com",
    ),
    by_host("gmx", SPOTIFY, "spotify.com", provider="gmx"),
    by_host("proton", SANTANDER, "santander.es", provider="proton"),
    by_host("mail.ru", REVOLUT, "revolut.com", provider="mail-ru"),
    Trick(
        18,
        "an honest club at gmail",
        arrive(
            PROVIDERS["gmail"],
            reset("de", "Chor", "chor@chor-nord.example"),
            envelope="chor@chor-nord.example",
            ip=SENDING_IP,
        ),
        published("chor-nord.example", key=None, policy=None),
        arrive(
            PROVIDERS["gmail"],
            reset("de", "Chor", "chor@chor-nord.example"),
            envelope="chor@chor-nord.example",
            ip=OTHER_IP,
        ),
        "cannot-tell",
    ),
)

LONG_AGO = datetime(2023, 5, 2, 8, 0, 30, tzinfo=UTC)
WRITTEN = "Tue, 2 May 2023 08:00:20 +0000"


def old(name: str, language: str, who: str, address: str, provider: str, **how: bool) -> Trick:
    """An old mail, judged today: the key is gone, but the provider saw it when it was there."""
    domain = address.rpartition("@")[2]
    signed = sign(
        reset(language, who, address, date=WRITTEN),
        domain=domain,
        selector="s2023",
        timestamp=int(LONG_AGO.timestamp()) - 5,
    )
    clauses = said(domain, spf="none", dkim="pass", dmarc="pass")
    if not how.get("dmarc", True):
        del clauses["dmarc"]
    mail, twin = (
        arrive(PROVIDERS[provider], signed, said=c, when=LONG_AGO) for c in (clauses, None)
    )
    if how.get("alone"):
        mail, twin = head(mail), head(twin)
    zone = published(domain, key=None, spf=None)
    return Trick(19, name, mail, zone, twin, "cannot-tell", at=RECEIVED_AT)


OLD = (
    old("gmail", "en", "Revolut", "no-reply@revolut.com", "gmail"),
    old("gmail, headers alone", "de", "eBay", "ebay@ebay.de", "gmail", alone=True),
    old("yahoo", "fr", "Spotify", "no-reply@spotify.com", "yahoo"),
    old("gmx knows dkim alone", "de", "Netflix", "info@account.netflix.com", "gmx"),
    old("yandex, without dmarc", "es", "Steam", "noreply@steampowered.com", "yandex"),
    old("microsoft", "pt", "Uber", "noreply@uber.com", "microsoft"),
    old("icloud", "en", "Chase", "no.reply.alerts@chase.com", "icloud"),
    old("kasserver", "de", "Zalando", "info@service-mail.zalando.de", "kasserver"),
    old(
        "proton, without dmarc", "fr", "Binance", "do-not-reply@binance.com", "proton", dmarc=False
    ),
)


def by_key(
    row: int,
    name: str,
    message: bytes,
    domain: str,
    tags: dict[str, str | None],
    good: dict[str, str | None] | None = None,
    *,
    key: str = "rsa-2048",
    good_key: str | None = None,
    algorithm: str | None = None,
    provider: str | None = None,
) -> Trick:
    """A mail that is right but for its key; the twin's key is good. Nothing else proves it."""

    def delivered(signed: bytes) -> bytes:
        if provider is None:
            return at_unknown(signed)
        return arrive(PROVIDERS[provider], signed)

    return Trick(
        row,
        name,
        delivered(sign(message, domain=domain, key=key, algorithm=algorithm)),
        published(domain, key=key, spf=None, **tags),
        delivered(sign(message, domain=domain, key=good_key or key)),
        "genuine",
        twin_zone=published(domain, key=good_key or key, spf=None, **(good or {})),
    )


WITHDRAWN = (
    by_key(20, "RSA", REVOLUT, "revolut.com", {"p": ""}),
    by_key(20, "Ed25519", SANTANDER, "santander.es", {"p": ""}, key="ed25519"),
    by_key(20, "gmail wrote no line", NETFLIX, "account.netflix.com", {"p": ""}, provider="gmail"),
    by_key(
        20,
        "a blank in it, nothing else",
        SPOTIFY,
        "spotify.com",
        {"v": None, "k": None, "p": " "},
        {"v": None, "k": None},
    ),
)
FOR_TESTS = (
    by_key(21, "t=y", REVOLUT, "revolut.com", {"t": "y"}, {"t": "s"}),
    by_key(21, "t=s:y", ZALANDO, "service-mail.zalando.de", {"t": "s:y"}, {"t": "s"}),
    by_key(21, "t=y, Ed25519", SPOTIFY, "spotify.com", {"t": "y : s"}, key="ed25519"),
    by_key(21, "at microsoft", NETFLIX, "account.netflix.com", {"t": "y"}, provider="microsoft"),
)
WEAK = (
    by_key(22, "512 bits", REVOLUT, "revolut.com", {}, key="rsa-512", good_key="rsa-1024"),
    by_key(22, "rsa-sha1", SPOTIFY, "spotify.com", {}, algorithm="rsa-sha1"),
    by_key(
        22,
        "rsa-sha1, and the key allows it alone",
        SANTANDER,
        "santander.es",
        {"h": "sha1"},
        {"h": "sha1:sha256"},
        algorithm="rsa-sha1",
    ),
    by_key(
        22,
        "512 bits, at posteo",
        NETFLIX,
        "account.netflix.com",
        {},
        key="rsa-512",
        good_key="ed25519",
        provider="posteo",
    ),
)

TRICKS = (*SHARED, *BY_HOST, *OLD, *WITHDRAWN, *FOR_TESTS, *WEAK)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)


def test_the_old_mails_are_old() -> None:
    assert timedelta(days=1_000) < RECEIVED_AT - LONG_AGO
