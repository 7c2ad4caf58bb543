"""Rows 1 to 3: result lines that a stranger wrote."""

from __future__ import annotations

import pytest

from support.mails import at_unknown
from support.providers import PROVIDERS, arrive, result_lines, said
from support.tricks import (
    OTHER_IP,
    SENDING_IP,
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    each,
    head,
    published,
    reset,
)

GMAIL, MICROSOFT = PROVIDERS["gmail"], PROVIDERS["microsoft"]
AMAZON = reset("de", "Amazon", "konto-update@amazon.de")
SANTANDER = reset("es", "Santander", "avisos@santander.es", html=True)
NETFLIX = reset("pt", "Netflix", "info@account.netflix.com")
DROPBOX = reset("fr", "Dropbox", "security@dropbox.com")
REVOLUT = reset("en", "Revolut", "no-reply@revolut.com")


def passing(domain: str) -> dict[str, str]:
    return said(domain, spf="pass", dkim="pass", dmarc="pass", envelope=f"bounce@{domain}")


def failing(domain: str, spf: str = "softfail", **more: str) -> dict[str, str]:
    return said(domain, spf=spf, dmarc="fail", **more)


def line(provider: str, domain: str) -> bytes:
    return result_lines(PROVIDERS[provider], passing(domain))


def below(provider: str, domain: str, message: bytes, own: dict[str, str] | None) -> Trick:
    """A forged line below the provider's own one; the twin's own line says pass."""
    forged = line(provider, domain) + message
    server = PROVIDERS[provider]
    return Trick(
        1,
        f"{provider} for {domain}",
        arrive(server, forged, said=own, ip=OTHER_IP),
        published(domain, key=None),
        arrive(server, forged, said=passing(domain), ip=SENDING_IP, envelope=f"b@{domain}"),
        "genuine",
    )


ONLY_SPF = {"spf": "spf=softfail smtp.mailfrom=bounce@dropbox.com"}
BELOW = (
    below("gmail", "amazon.de", AMAZON, failing("amazon.de")),
    below("microsoft", "santander.es", SANTANDER, failing("santander.es", spf="pass")),
    below("yahoo", "account.netflix.com", NETFLIX, failing("account.netflix.com", spf="neutral")),
    below("icloud", "revolut.com", REVOLUT, failing("revolut.com", spf="none")),
    below("proton", "amazon.de", head(AMAZON), failing("amazon.de", spf="fail")),
    below("fastmail", "santander.es", SANTANDER, failing("santander.es")),
    below("mail-ru", "revolut.com", REVOLUT, failing("revolut.com", spf="pass")),
    below("zoho", "dropbox.com", DROPBOX, failing("dropbox.com")),
    below("posteo", "dropbox.com", DROPBOX, ONLY_SPF),
    below("fastmail", "dropbox.com", head(DROPBOX), ONLY_SPF),
    Trick(
        1,
        "gmx, which says nothing of a mail without a signature; the envelope is the bank's",
        arrive(
            PROVIDERS["gmx"],
            line("gmx", "santander.es") + SANTANDER,
            said={},
            envelope="b@santander.es",
        ),
        published("santander.es", spf="v=spf1 ip4:192.0.2.1 ~all", key=None),
        arrive(PROVIDERS["gmx"], SANTANDER, said=passing("santander.es"), ip=SENDING_IP),
        "genuine",
    ),
    Trick(
        1,
        "gmail, two forged lines in other letters, folded",
        arrive(
            GMAIL,
            b"AUTHENTICATION-RESULTS:\r\n mx.google.com ;\r\n dmarc=pass\r\n"
            b" header.from=amazon.de\r\n" + line("gmail", "amazon.de") + AMAZON,
            said=failing("amazon.de", spf="pass"),
        ),
        published("amazon.de", key=None),
        arrive(GMAIL, AMAZON, said=passing("amazon.de")),
        "genuine",
    ),
)


def on_top(name: str, provider: str, domain: str, message: bytes, forged: bytes) -> Trick:
    """A forged line above a Received line of nobody known; the twin came to the real provider."""
    real = arrive(PROVIDERS[provider], message, said=passing(domain), ip=SENDING_IP)
    return Trick(2, name, forged, published(domain, key=None), real, "genuine")


def _lookalike_server(server: str) -> bytes:
    mail = at_unknown(REVOLUT, ip=SENDING_IP, by=server)
    return line("gmail", "revolut.com") + mail


OWN_SERVER = b"Authentication-Results: mx.small-provider.example; spf=softfail; dmarc={}\r\n"


def _own_server(verdict: bytes) -> bytes:
    forged = at_unknown(line("gmail", "revolut.com") + REVOLUT)
    return OWN_SERVER.replace(b"{}", verdict + b" header.from=revolut.com") + forged


NAMED = (
    Trick(
        1,
        "a server of one's own, which the person named",
        _own_server(b"fail (p=REJECT)"),
        published("revolut.com", key=None),
        _own_server(b"pass (p=REJECT)"),
        "genuine",
        provider="mx.small-provider.example",
    ),
    Trick(
        2,
        "the person says gmail, as text",
        (line("gmail", "amazon.de") + at_unknown(AMAZON)).decode().replace("\r\n", "\n"),
        published("amazon.de", key=None),
        arrive(GMAIL, AMAZON, said=passing("amazon.de")).decode().replace("\r\n", "\n"),
        "genuine",
        provider="gmail",
    ),
    Trick(
        2,
        "the person says outlook.com, nameless",
        line("microsoft", "dropbox.com") + at_unknown(DROPBOX),
        published("dropbox.com", key=None),
        arrive(MICROSOFT, DROPBOX, said=passing("dropbox.com")),
        "genuine",
        provider="outlook",
    ),
)
ABOVE_UNKNOWN = (
    on_top(
        "gmail's name",
        "gmail",
        "amazon.de",
        AMAZON,
        line("gmail", "amazon.de") + at_unknown(AMAZON),
    ),
    on_top(
        "microsoft's nameless form",
        "microsoft",
        "santander.es",
        SANTANDER,
        line("microsoft", "santander.es") + at_unknown(SANTANDER),
    ),
    on_top(
        "microsoft's own headers below",
        "microsoft",
        "dropbox.com",
        DROPBOX,
        line("microsoft", "dropbox.com")
        + at_unknown(arrive(MICROSOFT, DROPBOX, said=passing("dropbox.com"))),
    ),
    on_top(
        "headers alone, fastmail's name",
        "fastmail",
        "account.netflix.com",
        NETFLIX,
        line("fastmail", "account.netflix.com") + head(at_unknown(NETFLIX)),
    ),
    on_top(
        "a server called like gmail's",
        "gmail",
        "revolut.com",
        REVOLUT,
        _lookalike_server("mx.google.com.mail.example"),
    ),
    on_top(
        "a server called like microsoft's",
        "microsoft",
        "revolut.com",
        REVOLUT,
        line("microsoft", "revolut.com")
        + at_unknown(REVOLUT, by="am.mail.protection.outlook.com.example"),
    ),
    on_top(
        "no Received line at all", "yahoo", "amazon.de", AMAZON, line("yahoo", "amazon.de") + AMAZON
    ),
    on_top(
        "everything of gmail's below an unknown hop",
        "gmail",
        "santander.es",
        SANTANDER,
        line("gmail", "santander.es")
        + at_unknown(arrive(GMAIL, SANTANDER, said=passing("santander.es"))),
    ),
)


def misplaced(provider: str, own: bool, message: bytes, domain: str) -> Trick:
    """The provider's line where it does not put it: among the sender's own fields, further down,
    or, where its place is right below the border, above it."""
    server = PROVIDERS[provider]
    forged = line(provider, domain)
    ours = failing(domain, spf="fail", envelope=f"b@{domain}") if own else None
    inner = b"X-Mailer: Post 1.0\r\n" + forged
    if server.line_above:
        inner = forged + b"Received: from a (a [10.1.2.3]) by b with ESMTP; 1 Jan 2026 1:00\r\n"
    mail = arrive(server, inner + message, said=ours, envelope=f"b@{domain}")
    return Trick(
        3,
        f"{provider}, {'with' if own else 'without'} its own line",
        mail,
        published(domain, key=None),
        arrive(server, message, said=passing(domain), envelope=f"b@{domain}"),
        "genuine",
    )


MISPLACED = tuple(
    misplaced(provider, own, message, domain)
    for provider in PROVIDERS
    for own, message, domain in ((True, SANTANDER, "santander.es"), (False, AMAZON, "amazon.de"))
)
ABOVE_ITS_PLACE = tuple(
    Trick(
        3,
        f"{provider}, above the border",
        line(provider, "revolut.com") + arrive(PROVIDERS[provider], REVOLUT, said=None),
        published("revolut.com", key=None),
        arrive(PROVIDERS[provider], REVOLUT, said=passing("revolut.com")),
        "genuine",
    )
    for provider in ("gmail", "yahoo", "icloud", "yandex")
)


TRICKS = (*BELOW, *NAMED, *ABOVE_UNKNOWN, *MISPLACED, *ABOVE_ITS_PLACE)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_of_the_tests_writes_a_line(provider: str) -> None:
    assert line(provider, "amazon.de").startswith(b"Authentication-Results: ")
