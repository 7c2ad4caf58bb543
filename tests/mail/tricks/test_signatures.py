"""Rows 11 to 16: right signatures that do not prove what is shown, and wrong ones that do not
matter."""

from __future__ import annotations

from datetime import timedelta

from support.mails import RECEIVED_AT, at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import HEADERS, SIGNED_AT, canonical_body, sign
from support.tricks import (
    OTHER_IP,
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
DOCTOLIB = reset("fr", "Binance", "do-not-reply@post.binance.com")
REVOLUT = reset("fr", "Revolut", "no-reply@revolut.com")
NETFLIX = reset("de", "Netflix", "info@account.netflix.com")


def bulk(message: bytes) -> bytes:
    return sign(message, domain=BULK, key="ed25519", canonicalization="simple/relaxed")


def shop(message: bytes) -> bytes:
    return sign(message, domain=SHOP)


def for_others(name: str, mail: bytes, domain: str, twin: bytes) -> Trick:
    zone = {**OTHERS, **published(domain)}
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
            shop(sign(DOCTOLIB, domain="post.binance.com")),
            said=said(SHOP, dkim="pass", dmarc="pass"),
        ),
        published("post.binance.com"),
        arrive(MICROSOFT, shop(DOCTOLIB), said=said("post.binance.com", dmarc="fail")),
    ),
)


def measured(
    message: bytes, domain: str, style: str, *, key: str = "rsa-2048", part: int | None = None
) -> bytes:
    """Signed with an l= that covers the whole body, or its first part."""
    body = canonical_body(message.partition(b"\r\n\r\n")[2], style.partition("/")[2])
    length = len(body) if part is None else part
    return sign(message, domain=domain, canonicalization=style, length=length, key=key)


def appended(name: str, message: bytes, domain: str, more: bytes, **how: str) -> Trick:
    style, key = how.get("style", "relaxed/relaxed"), how.get("key", "rsa-2048")
    signed = measured(message, domain, style, key=key)
    mail, twin = signed + more, signed
    if how.get("where") == "gmail":
        clauses = said(domain, spf="pass", dkim="pass", dmarc="pass", envelope=f"b@{domain}")
        mail, twin = (
            arrive(GMAIL, m, said=clauses, envelope=f"b@{domain}", ip=SENDING_IP)
            for m in (mail, twin)
        )
    else:
        mail, twin = at_unknown(mail), at_unknown(twin)
    return Trick(13, name, mail, published(domain, key=key), twin, "genuine")


APPENDED = (
    appended("plain text", AMEX, "welcome.americanexpress.com", b"\r\nCall 0800 555 0199 now.\r\n"),
    appended(
        "HTML, at gmail, which says pass",
        STEAM,
        "steampowered.com",
        b'<div style="position:fixed"><a href="https://shop-evil.example">Entrar</a></div>\r\n',
        where="gmail",
    ),
    appended(
        "simple, Ed25519",
        BBVA,
        "bbva.es",
        b"Llame al 900 123 456.\r\n",
        style="simple/simple",
        key="ed25519",
    ),
    appended(
        "behind many blank lines", NETFLIX, "account.netflix.com", b"\r\n" * 200 + b"Hier.\r\n"
    ),
    Trick(
        13,
        "nothing of the text covered",
        at_unknown(measured(REVOLUT, "revolut.com", "relaxed/simple", part=0)),
        published("revolut.com"),
        at_unknown(measured(REVOLUT, "revolut.com", "relaxed/simple")),
        "genuine",
    ),
)

NO_SUBJECT = tuple(h for h in HEADERS if h != "subject")


def retitled(name: str, message: bytes, domain: str, old: str, new: str, **how: str) -> Trick:
    style, key = how.get("style", "relaxed/relaxed"), how.get("key", "rsa-2048")
    mail = changed(
        sign(message, domain=domain, headers=NO_SUBJECT, canonicalization=style, key=key), old, new
    )
    twin = sign(changed(message, old, new), domain=domain, canonicalization=style, key=key)
    clauses = said(domain, dkim="pass", dmarc="pass")
    if how.get("where") == "gmail":
        mail, twin = (arrive(GMAIL, m, said=clauses) for m in (mail, twin))
    elif how.get("where") == "microsoft":
        mail, twin = (arrive(MICROSOFT, m, said=clauses) for m in (mail, twin))
    else:
        mail, twin = at_unknown(mail), at_unknown(twin)
    return Trick(14, name, mail, published(domain, key=key), twin, "genuine")


_AMEX_SUBJECT = "Reset your American Express password"
RETITLED = (
    retitled(
        "at an unknown server",
        AMEX,
        "welcome.americanexpress.com",
        _AMEX_SUBJECT,
        "Call us at 0800 555 0199",
    ),
    retitled(
        "gmail says pass",
        AMEX,
        "welcome.americanexpress.com",
        _AMEX_SUBJECT,
        "Your card is blocked",
        where="gmail",
    ),
    retitled(
        "Microsoft says pass, Ed25519",
        reset("pt", "Steam", "noreply@steampowered.com", subject="Nova senha"),
        "steampowered.com",
        "Nova senha",
        "Voce ganhou",
        where="microsoft",
        key="ed25519",
    ),
    retitled(
        "simple",
        reset("de", "Netflix", "info@account.netflix.com", subject="Neues Passwort"),
        "account.netflix.com",
        "Neues Passwort",
        "Konto gesperrt",
        style="simple/simple",
    ),
)


def replayed(
    name: str,
    days: float,
    mail_to: str,
    *,
    provider: str | None,
    line: bool = False,
    key: str = "rsa-2048",
) -> Trick:
    """A mail for somebody else that comes to a stranger days later; the twin comes at once."""
    signed = sign(
        reset("en", "Revolut", "no-reply@revolut.com", to=mail_to), domain="revolut.com", key=key
    )

    def delivered(after: timedelta) -> bytes:
        when = RECEIVED_AT + after
        clauses = said("revolut.com", spf="fail", dkim="pass", dmarc="pass")
        victim = "victim@other.example"
        if provider is None:
            return at_unknown(signed, to=victim, when=when)
        return arrive(
            PROVIDERS[provider],
            signed,
            said=clauses if line else None,
            envelope="b@revolut.com",
            ip=OTHER_IP,
            to=victim,
            when=when,
        )

    return Trick(
        15,
        name,
        delivered(timedelta(days=days)),
        published("revolut.com", key=key),
        delivered(timedelta(seconds=5)),
        "genuine",
        at=RECEIVED_AT + timedelta(days=days, hours=1),
    )


REPLAYED = (
    replayed("gmail, Delivered-To", 3, "anna@mail.example", provider="gmail", line=True),
    replayed("gmail, no line of its own", 30, "anna@mail.example", provider="gmail"),
    replayed("posteo, Ed25519", 2, "anna@mail.example", provider="posteo", key="ed25519"),
    replayed("Microsoft, no Delivered-To", 5, "anna@mail.example", provider="microsoft", line=True),
    replayed("yahoo, to many", 4, "a@mail.example, b@mail.example", provider="yahoo", line=True),
    replayed("fastmail, to nobody", 9, "undisclosed-recipients:;", provider="fastmail", line=True),
    replayed("an unknown server, with for", 3, "anna@mail.example", provider=None),
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

TRICKS = (*UNRELATED, *ALIGNED_SECOND, *APPENDED, *RETITLED, *REPLAYED, *EXPIRED)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
