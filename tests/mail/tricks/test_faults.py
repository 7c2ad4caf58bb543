"""Rows 36 to 38: DNS that is down or lies, small honest senders, tags that receivers add."""

from __future__ import annotations

import asyncio

import pytest

from secassist.mail import check
from secassist.mail.report import Report
from secassist.network.dns import Answer, ZoneResolver
from support.mails import RECEIVED_AT, at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import letter, sign
from support.tricks import (
    OTHER_IP,
    PLAIN,
    ROWS,
    SENDING_IP,
    Trick,
    Zone,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    chat,
    each,
    encoded,
    head,
    published,
    reset,
)

REVOLUT = sign(reset("en", "Revolut", "no-reply@revolut.com"), domain="revolut.com")
NETFLIX = sign(
    reset("pt", "Netflix", "info@account.netflix.com", html=True),
    domain="account.netflix.com",
    key="ed25519",
    canonicalization="simple/simple",
)
GOOD = {**published("revolut.com"), **published("account.netflix.com", key="ed25519")}


def down(name: str, mail: bytes, zone: Zone) -> Trick:
    return Trick(36, name, mail, {**GOOD, **zone}, mail, "genuine", twin_zone=GOOD)


def at(provider: str, mail: bytes, ip: str = OTHER_IP) -> bytes:
    return arrive(PROVIDERS[provider], mail, envelope="b@revolut.com", ip=ip)


KEY = "s._domainkey.revolut.com"
DOWN = (
    down("the key's server fails", at_unknown(REVOLUT), {KEY: "SERVFAIL"}),
    down("the key's server is silent", at_unknown(REVOLUT), {KEY: {"TXT": "TIMEOUT"}}),
    down("the key's server refuses, at gmail", at("gmail", REVOLUT), {KEY: "REFUSED"}),
    down(
        "aliases in a circle",
        at_unknown(REVOLUT),
        {KEY: {"CNAME": ["a.example"]}, "a.example": {"CNAME": [KEY]}},
    ),
    down(
        "all silent, at posteo",
        at("posteo", REVOLUT, SENDING_IP),
        {KEY: "TIMEOUT", "revolut.com": "TIMEOUT", "_dmarc.revolut.com": "SERVFAIL"},
    ),
    down(
        "Ed25519, simple, headers and text",
        at_unknown(NETFLIX),
        {"s._domainkey.account.netflix.com": "SERVFAIL"},
    ),
    down(
        "the key's server fails, SPF fails at gmx",
        at("gmx", REVOLUT),
        {KEY: "SERVFAIL"},
    ),
)


class Lying:
    """A resolver that answers every question in the same way."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def query(self, name: str, rdtype: str) -> Answer:
        if self._answer.records and rdtype != "TXT":
            return Answer.none("nodata")
        return self._answer


def asked(mail: bytes, answer: Answer) -> Report:
    return asyncio.run(check(mail, resolver=Lying(answer), at=RECEIVED_AT))


@pytest.mark.parametrize(
    "answer",
    [
        Answer.fault("servfail"),
        Answer.fault("timeout"),
        Answer.fault("truncated"),
        Answer.none("nxdomain"),
        Answer.none("nodata"),
        Answer.of(b"please log in to the hotel's network"),
        Answer.of(b"v=spf1 -all"),
        Answer.of(b"v=spf1 ?all"),
        Answer.of(b"\xff\x00\xfe" * 80),
        Answer.of(b""),
        Answer.of(b"v=DMARC1; p=reject"),
        Answer.of(b"v=DKIM1; p="),
        Answer.of(b"v=DKIM1; p=not+a/key=="),
        Answer.of(b"v=spf1 -all", b"v=DKIM1; p=AAAA", b"v=DMARC1; p=reject"),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "mail",
    [at_unknown(REVOLUT), at_unknown(NETFLIX), at("gmail", REVOLUT, SENDING_IP)],
    ids=["unknown", "unknown-ed25519", "gmail"],
)
def test_a_good_mail_while_dns_lies(mail: bytes, answer: Answer) -> None:
    report = asked(mail, answer)
    row = ROWS[36]
    assert report.verdict.value in row.allowed, [e.code for e in report.evidence]


@pytest.mark.parametrize("ok", [at_unknown(REVOLUT), at_unknown(NETFLIX)], ids=["rsa", "ed25519"])
def test_the_same_mails_while_dns_is_well(ok: bytes) -> None:
    report = asyncio.run(check(ok, resolver=ZoneResolver(GOOD), at=RECEIVED_AT))
    assert report.verdict.value == "genuine"


def raw(text: str, charset: str, provider: str | None, spf: str = "none", **how: str) -> Trick:
    """A small sender with raw letters in its header, no signature, p=none; the twin's host is
    the one that its SPF record names."""
    name, subject, body = text.split("|")
    domain = how.get("domain", "kleiner-verein.example")
    mail = (
        letter(
            sender=f"{name} <post@{domain}>",
            subject=subject,
            body=body.encode(charset),
            extra=(("MIME-Version", "1.0"), ("Content-Type", f"text/plain; charset={charset}")),
        )
        .decode("utf-8", "surrogateescape")
        .encode(charset, "surrogateescape")
        if charset != "utf-8"
        else letter(sender=f"{name} <post@{domain}>", subject=subject, body=body, extra=PLAIN)
    )
    record = {"softfail": "~all", "fail": "-all", "neutral": "?all"}.get(spf)
    zone = published(
        domain,
        key=None,
        policy="none",
        spf=f"v=spf1 ip4:{SENDING_IP} {record}" if record else None,
    )
    clauses = said(domain, spf=spf, dmarc=how.get("dmarc", "fail"), policy="NONE")
    clauses["dmarc"] = clauses["dmarc"].replace("dis=", "sp=NONE dis=")
    envelope = f"post@{domain}"
    if provider is None:
        delivered = at_unknown(mail)
    else:
        delivered = arrive(PROVIDERS[provider], mail, said=clauses, envelope=envelope)
    twin = arrive(PROVIDERS["gmail"], mail, envelope=envelope, ip=SENDING_IP)
    twin_zone = published(domain, key=None, policy="none")
    where = f"{charset}, {provider or 'an unknown server'}, spf={spf}, {name}"
    return Trick(37, where, delivered, zone, twin, "proven-domain", twin_zone=twin_zone)


GERMAN = "Bürgerverein Süd|Einladung: Grünkohlessen|Liebe Mitglieder,\r\nschöne Grüße!\r\n"
FRENCH = "Théâtre du Nord|Répétition générale|Chers amis,\r\nà bientôt.\r\n"
SPANISH = "Peña Montañesa|Reunión de mañana|Queridos socios:\r\nhasta mañana.\r\n"
PORTUGUESE = "Associação São João|Reunião de terça|Olá,\r\naté amanhã.\r\n"
POLISH = "Koło Łowieckie|Zaproszenie na spotkanie|Zażółć gęślą jaźń.\r\n"
RAW = (
    raw(GERMAN, "utf-8", "gmail", "softfail"),
    raw(GERMAN, "iso-8859-1", "gmail", "none", dmarc="none"),
    raw(GERMAN, "cp1252", None),
    raw(FRENCH, "utf-8", "microsoft", "fail"),
    raw(FRENCH, "iso-8859-15", "posteo", "softfail"),
    raw(SPANISH, "iso-8859-1", "yahoo", "neutral"),
    raw(SPANISH, "utf-8", None),
    raw(PORTUGUESE, "iso-8859-1", "fastmail", "none"),
    raw(PORTUGUESE, "utf-8", "icloud", "softfail"),
    raw(POLISH, "iso-8859-2", "zoho", "fail"),
    raw(POLISH, "utf-8", "proton", "none", dmarc="none"),
)


def tagged(
    name: str,
    language: str,
    tag: str,
    *,
    provider: str | None = None,
    subject: str | None = None,
    style: str = "relaxed/relaxed",
    key: str = "rsa-2048",
    sender: str = "Revolut <no-reply@revolut.com>",
) -> Trick:
    """The receiver wrote a tag into Subject; the twin's Subject is another one altogether."""
    domain = sender.rpartition("@")[2].rstrip(">")
    signed = sign(
        reset(language, "Revolut", "", sender=sender, subject=subject),
        domain=domain,
        canonicalization=style,
        key=key,
    )

    def delivered(mail: bytes) -> bytes:
        return at_unknown(mail) if provider is None else arrive(PROVIDERS[provider], mail)

    field = b"\r\nSubject: "
    mail = signed.replace(field, field + tag.encode(), 1)
    twin = signed.replace(field, field + b"Call 0800 555 0199 at once, ", 1)
    return Trick(
        38,
        name,
        delivered(mail),
        published(domain, key=key, spf=None),
        delivered(twin),
        "cannot-tell|suspicious",
    )


TAGS = (
    tagged("[EXTERN]", "de", "[EXTERN] "),
    tagged("[EXTERNAL], microsoft", "en", "[EXTERNAL] ", provider="microsoft"),
    tagged("***SPAM***", "es", "***SPAM*** ", style="relaxed/simple"),
    tagged("*** SPAM ***, gmx", "de", "*** SPAM *** ", provider="gmx"),
    tagged("{Spam?}", "pt", "{Spam?} ", key="ed25519"),
    tagged("[SPAM] over an encoded word", "fr", "[SPAM] ", subject="Réinitialisez"),
    tagged("EXTERN:", "de", "EXTERN: ", subject="Neues Passwort"),
    tagged("two tags", "en", "[EXT] [SPAM] ", subject="New password"),
    tagged("simple", "en", "[EXTERN] ", style="simple/simple", subject="New password"),
    tagged("[Spam-Verdacht], posteo", "de", "[Spam-Verdacht] ", provider="posteo"),
    tagged("(extern)", "es", "(externo) ", subject="Nueva clave"),
    tagged("a club", "fr", "[EXTERNE] ", sender="Club <a@club-lyon.example>", subject="Samedi"),
)
ALONE = Trick(
    38,
    "headers alone, gmail saw it",
    head(
        arrive(
            PROVIDERS["gmail"],
            REVOLUT.replace(b"\r\nSubject: ", b"\r\nSubject: [EXTERN] ", 1),
            said=said("revolut.com", dkim="pass", dmarc="pass"),
        )
    ),
    GOOD,
    head(at_unknown(REVOLUT.replace(b"\r\nSubject: ", b"\r\nSubject: Call us, ", 1))),
    "cannot-tell",
)
RIGHTLY_TAGGED = Trick(
    38,
    "the sender's own brackets",
    at_unknown(
        sign(
            chat("de", "Chor <a@chor-nord.example>", subject="[Chor] Probe"),
            domain="chor-nord.example",
        )
    ),
    published("chor-nord.example"),
    at_unknown(
        sign(
            chat("de", "Chor <a@chor-nord.example>", subject="[Chor] Probe"),
            domain="chor-nord.example",
        ).replace(b"[Chor] Probe", encoded("[Chor] Konzert").encode())
    ),
    "cannot-tell",
)

TRICKS = (*DOWN, *RAW, *TAGS, ALONE, RIGHTLY_TAGGED)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
