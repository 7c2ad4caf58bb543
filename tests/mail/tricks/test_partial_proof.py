"""Rows 13 to 15: right signatures of something else than this mail to this person."""

from __future__ import annotations

from datetime import timedelta

from support.mails import RECEIVED_AT, at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import HEADERS, canonical_body, sign
from support.tricks import (
    OTHER_IP,
    SENDING_IP,
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    changed,
    each,
    published,
    reset,
)

GMAIL, MICROSOFT = PROVIDERS["gmail"], PROVIDERS["microsoft"]
AMEX = reset("en", "American Express", "AmericanExpress@welcome.americanexpress.com")
STEAM = reset("pt", "Steam", "noreply@steampowered.com", html=True)
BBVA = reset("es", "BBVA", "bbva@bbva.es")
REVOLUT = reset("fr", "Revolut", "no-reply@revolut.com")
NETFLIX = reset("de", "Netflix", "info@account.netflix.com")


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


TRICKS = (*APPENDED, *RETITLED, *REPLAYED)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
