"""Rows 11, 12 and 16: signatures of others beside the one that matters, and an expired one."""

from __future__ import annotations

from support.mails import RECEIVED_AT, at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import SIGNED_AT, key_record, seal, sign
from support.tricks import (
    SENDING_IP,
    Trick,
    Zone,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    changed,
    each,
    head,
    published,
    reset,
)

GMAIL, MICROSOFT = PROVIDERS["gmail"], PROVIDERS["microsoft"]
BULK, SHOP = "bulk.example", "shop-evil.example"
OTHERS: Zone = {
    **published(BULK, key="ed25519", policy=None),
    **published(SHOP, policy=None),
}

ZALANDO = reset("de", "Zalando", "info@service-mail.zalando.de")
AMEX = reset("en", "American Express", "AmericanExpress@welcome.americanexpress.com")
STEAM = reset("pt", "Steam", "noreply@steampowered.com", html=True)
BBVA = reset("es", "BBVA", "bbva@bbva.es")
BINANCE = reset("fr", "Binance", "do-not-reply@post.binance.com")
REVOLUT = reset("fr", "Revolut", "no-reply@revolut.com")
NETFLIX = reset("de", "Netflix", "info@account.netflix.com")


def bulk(message: bytes) -> bytes:
    return sign(message, domain=BULK, key="ed25519", canonicalization="simple/relaxed")


def shop(message: bytes) -> bytes:
    return sign(message, domain=SHOP)


def for_others(name: str, mail: bytes, domain: str, twin: bytes) -> Trick:
    zone = {**OTHERS, **published(domain), **key_record("google.com", "arc")}
    return Trick(11, name, mail, zone, twin, "genuine")


def _at_gmail(message: bytes, signer: str, domain: str, verdict: str) -> bytes:
    clauses = said(domain, spf="pass", dmarc=verdict, envelope=f"b@{signer}")
    clauses["dkim"] = f"dkim=pass header.i=@{signer} header.s=s"
    return arrive(GMAIL, message, said=clauses, envelope=f"b@{signer}", ip=SENDING_IP)


UNRELATED = (
    for_others(
        "at an unknown server",
        at_unknown(shop(AMEX)),
        "welcome.americanexpress.com",
        at_unknown(sign(shop(AMEX), domain="welcome.americanexpress.com")),
    ),
    for_others(
        "gmail saw it fail",
        _at_gmail(bulk(STEAM), BULK, "steampowered.com", "fail"),
        "steampowered.com",
        _at_gmail(sign(bulk(STEAM), domain="steampowered.com"), BULK, "steampowered.com", "pass"),
    ),
    for_others(
        "two unrelated ones, and a List-Id to excuse it",
        at_unknown(bulk(shop(b"List-Id: <news.shop-evil.example>\r\n" + BBVA))),
        "bbva.es",
        at_unknown(bulk(sign(BBVA, domain="bbva.es"))),
    ),
    for_others(
        "an aligned one of an invented selector beside it",
        at_unknown(sign(shop(REVOLUT), domain="revolut.com", selector="invented")),
        "revolut.com",
        at_unknown(sign(shop(REVOLUT), domain="revolut.com")),
    ),
    for_others(
        "a known forwarder sealed it, and saw it fail",
        at_unknown(
            seal(
                shop(REVOLUT),
                domain="google.com",
                results="mx.google.com; dkim=pass header.d=shop-evil.example;"
                " dmarc=fail (p=REJECT) header.from=revolut.com",
            )
        ),
        "revolut.com",
        at_unknown(sign(shop(REVOLUT), domain="revolut.com")),
    ),
    for_others(
        "at gmail, which wrote no line",
        arrive(GMAIL, shop(NETFLIX), envelope=f"b@{SHOP}", ip=SENDING_IP),
        "account.netflix.com",
        arrive(GMAIL, sign(NETFLIX, domain="account.netflix.com"), ip=SENDING_IP),
    ),
    Trick(
        11,
        "the policy stands at the organisation's own domain",
        at_unknown(shop(ZALANDO)),
        {**OTHERS, **published("zalando.de")},
        at_unknown(sign(ZALANDO, domain="zalando.de")),
        "genuine",
    ),
)


def second(name: str, mail: bytes, zone: Zone, twin: bytes) -> Trick:
    """The twin lacks the aligned signature."""
    return Trick(12, name, mail, {**OTHERS, **zone}, twin, "cannot-tell|suspicious|fake")


ALIGNED_SECOND = (
    second(
        "the one of a mail service on top",
        at_unknown(bulk(sign(AMEX, domain="welcome.americanexpress.com"))),
        published("welcome.americanexpress.com"),
        at_unknown(bulk(AMEX)),
    ),
    second(
        "of the organisational domain, Ed25519, simple",
        at_unknown(
            shop(
                sign(ZALANDO, domain="zalando.de", key="ed25519", canonicalization="simple/simple")
            )
        ),
        published("zalando.de", key="ed25519"),
        at_unknown(shop(ZALANDO)),
    ),
    second(
        "two on top of which one is broken",
        arrive(
            GMAIL,
            changed(bulk(shop(sign(STEAM, domain="steampowered.com"))), "d=bulk", "d=hulk"),
            said=None,
        ),
        published("steampowered.com", spf=None),
        arrive(GMAIL, bulk(shop(STEAM))),
    ),
    second(
        "the upper one is expired, the name of the lower in capitals",
        at_unknown(
            sign(
                sign(BBVA, domain="BBVA.es", canonicalization=None),
                domain=SHOP,
                expires=SIGNED_AT - 10,
                timestamp=SIGNED_AT - 100,
            )
        ),
        published("bbva.es"),
        at_unknown(shop(BBVA)),
    ),
    second(
        "headers alone; gmail saw both",
        head(
            _at_gmail(bulk(sign(REVOLUT, domain="revolut.com")), BULK, "revolut.com", "pass"),
        ),
        published("revolut.com"),
        head(at_unknown(bulk(REVOLUT))),
    ),
    second(
        "Microsoft saw the unrelated one only",
        arrive(
            MICROSOFT,
            shop(sign(BINANCE, domain="post.binance.com")),
            said=said(SHOP, dkim="pass", dmarc="pass"),
        ),
        published("post.binance.com"),
        arrive(MICROSOFT, shop(BINANCE), said=said("post.binance.com", dmarc="fail")),
    ),
)


def expired(name: str, message: bytes, domain: str, seconds: int, **how: str) -> Trick:
    """The signature expired so many seconds before receipt; the twin's lasts a day longer."""
    key = how.get("key", "rsa-2048")
    ends = int(RECEIVED_AT.timestamp()) - seconds
    mail, twin = (
        sign(message, domain=domain, timestamp=None, expires=x, key=key)
        for x in (ends, ends + seconds + 86_400)
    )
    if how.get("provider"):
        mail, twin = (arrive(PROVIDERS[how["provider"]], m) for m in (mail, twin))
    else:
        mail, twin = at_unknown(mail), at_unknown(twin)
    zone = published(domain, key=key, spf=how.get("spf"))
    return Trick(16, name, mail, zone, twin, "genuine")


EXPIRED = (
    expired("an hour ago", AMEX, "welcome.americanexpress.com", 3_600),
    expired("a week ago, Ed25519", BBVA, "bbva.es", 600_000, key="ed25519"),
    expired("at gmail, which wrote no line", STEAM, "steampowered.com", 4_000, provider="gmail"),
    expired("at gmx", NETFLIX, "account.netflix.com", 90_000, provider="gmx", spf="v=spf1 ?all"),
)

TRICKS = (*UNRELATED, *ALIGNED_SECOND, *EXPIRED)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
