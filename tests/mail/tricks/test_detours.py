"""Rows 23 and 24: mailing lists and forwarders."""

from __future__ import annotations

from support.mails import at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import HEADERS, key_record, seal, sign
from support.tricks import (
    OTHER_IP,
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    changed,
    chat,
    each,
    head,
    published,
    reset,
)

GMAIL = PROVIDERS["gmail"]
LIST_FIELDS = (
    b"List-Id: <announce.lists.example>\r\nList-Post: <mailto:announce@lists.example>\r\n"
    b"Precedence: list\r\n"
)


def through_list(
    name: str,
    message: bytes,
    domain: str,
    sealer: str,
    *,
    fields: bytes = b"",
    provider: str | None = "gmail",
    dmarc: str = "fail",
    policy: str = "reject",
    key: str = "rsa-2048",
    becomes: str = "fake|suspicious",
) -> Trick:
    """A list changed subject and text, and sealed; in the twin nobody whom we know sealed."""
    signed = sign(message, domain=domain)
    altered = changed(signed, "Subject: ", "Subject: [announce] ")
    altered = fields + altered + b"-- \r\nannounce, a list. Leave it at lists.example.\r\n"

    def sealed(by: str) -> bytes:
        mail = seal(
            altered,
            domain=by,
            key=key,
            results=f"mx.lists.example; dkim=pass header.d={domain}; dmarc=pass"
            f" header.from={domain}",
        )
        if provider is None:
            return at_unknown(mail)
        clauses = said(domain, spf="pass", dkim="fail", dmarc=dmarc, policy=policy.upper())
        return arrive(PROVIDERS[provider], mail, said=clauses)

    zone = published(domain, policy=policy)
    for by in (sealer, "seals.example"):
        zone |= key_record(by, "arc", key)
    return Trick(23, name, sealed(sealer), zone, sealed("seals.example"), becomes)


PAYPAL = reset("en", "PayPal", "noreply@mail.paypal.com")
APPLE = reset("de", "Apple", "news@insideapple.apple.com", html=True)
NETFLIX = reset("fr", "Netflix", "info@account.netflix.com")
ANNA = chat("es", "Ana <ana@club-coral.example>")

LISTS = (
    through_list(
        "google.com, List-Id, at gmail",
        PAYPAL,
        "mail.paypal.com",
        "google.com",
        fields=LIST_FIELDS,
    ),
    through_list("microsoft.com, no List-Id", APPLE, "insideapple.apple.com", "microsoft.com"),
    through_list(
        "a list host, Ed25519", NETFLIX, "account.netflix.com", "groups.io", key="ed25519"
    ),
    through_list(
        "lists.debian.org, at posteo",
        PAYPAL,
        "mail.paypal.com",
        "lists.debian.org",
        fields=LIST_FIELDS,
        provider="posteo",
    ),
    through_list(
        "a person with p=quarantine",
        ANNA,
        "club-coral.example",
        "python.org",
        policy="quarantine",
    ),
    through_list(
        "a person with p=none, at an unknown server",
        ANNA,
        "club-coral.example",
        "google.com",
        fields=LIST_FIELDS,
        provider=None,
        policy="none",
        becomes="cannot-tell",
    ),
    Trick(
        23,
        "the list took over From and signed",
        at_unknown(
            sign(
                LIST_FIELDS
                + chat("pt", '"Ana via coral" <coral@lists.example>', subject="[coral] Ensaio"),
                domain="lists.example",
            )
        ),
        published("lists.example"),
        at_unknown(
            sign(
                LIST_FIELDS
                + chat("pt", '"Bradesco via coral" <coral@lists.example>', subject="Sua senha"),
                domain="other.example",
            )
        ),
        "cannot-tell|suspicious|fake",
    ),
)


def forwarded(
    name: str,
    message: bytes,
    domain: str,
    *,
    provider: str | None,
    fields: bytes = b"",
    dmarc: str | None = "pass",
    to: str = "new@other.example",
    key: str = "rsa-2048",
    style: str = "relaxed/relaxed",
    becomes: str = "cannot-tell|suspicious|fake",
) -> Trick:
    """Sent on as it was: SPF fails, the signature is right. The twin's text was changed."""
    signed = sign(message, domain=domain, key=key, canonicalization=style)
    broken = signed.rstrip() + b" Call 0800 555 0199.\r\n"
    hop = (
        b"Received: from mail.sender.example (mail.sender.example [192.0.2.1])\r\n"
        b"\tby forward.example (Postfix) with ESMTPS id 3X\r\n"
        b"\tfor <old@forward.example>; Tue, 13 Oct 2026 10:00:10 +0000\r\n"
    )

    def delivered(mail: bytes, ok: bool) -> bytes:
        if provider is None:
            return at_unknown(fields + hop + mail, to=to, ip=OTHER_IP)
        clauses = said(
            domain,
            spf="fail",
            dkim="pass" if ok else "fail",
            dmarc=(dmarc or "none") if ok else "fail",
            envelope=f"x@{domain}",
        )
        return arrive(
            PROVIDERS[provider],
            fields + hop + mail,
            said=clauses if dmarc else None,
            envelope=f"x@{domain}",
            ip=OTHER_IP,
            to=to,
        )

    zone = published(domain, key=key)
    return Trick(24, name, delivered(signed, True), zone, delivered(broken, False), becomes)


FORWARDED = (
    forwarded("gmail", PAYPAL, "mail.paypal.com", provider="gmail"),
    forwarded("microsoft", APPLE, "insideapple.apple.com", provider="microsoft"),
    forwarded("gmail wrote no line", NETFLIX, "account.netflix.com", provider="gmail", dmarc=None),
    forwarded("posteo, Ed25519", NETFLIX, "account.netflix.com", provider="posteo", key="ed25519"),
    forwarded(
        "an unknown server, with traces of a forwarder",
        APPLE,
        "insideapple.apple.com",
        provider=None,
        fields=b"X-Forwarded-To: new@other.example\r\nX-Forwarded-For: old@forward.example\r\n",
    ),
    forwarded(
        "zoho, a rewritten envelope below",
        PAYPAL,
        "mail.paypal.com",
        provider="zoho",
        fields=b"Return-Path: <SRS0=abcd=XY=mail.paypal.com=x@forward.example>\r\n",
        style="simple/simple",
    ),
    forwarded(
        "gmx, resent",
        PAYPAL,
        "mail.paypal.com",
        provider="gmx",
        fields=b"Resent-From: old@forward.example\r\nResent-To: new@other.example\r\n",
    ),
    forwarded("a club", ANNA, "club-coral.example", provider="fastmail"),
    forwarded(
        "the receiver could not see the signature",
        NETFLIX,
        "account.netflix.com",
        provider="gmail",
        dmarc="fail",
    ),
)


ALONE = Trick(
    24,
    "headers alone, gmail saw the signature",
    head(
        arrive(
            GMAIL,
            sign(PAYPAL, domain="mail.paypal.com", headers=(*HEADERS, "from")),
            said=said("mail.paypal.com", spf="softfail", dkim="pass", dmarc="pass"),
        )
    ),
    published("mail.paypal.com"),
    head(at_unknown(sign(PAYPAL, domain="mail.paypal.com"))),
    "cannot-tell",
)

TRICKS = (*LISTS, *FORWARDED, ALONE)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
