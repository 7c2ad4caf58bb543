"""Row 4: the result line of Microsoft 365, which carries no name."""

from __future__ import annotations

from support.providers import PROVIDERS, arrive, result_lines, said
from support.tricks import (
    OTHER_IP,
    SENDING_IP,
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    changed,
    each,
    head,
    published,
    reset,
)

MICROSOFT = PROVIDERS["microsoft"]
AMAZON = reset("de", "Amazon", "konto-update@amazon.de")
SANTANDER = reset("es", "Santander", "avisos@santander.es", html=True)
NETFLIX = reset("pt", "Netflix", "info@account.netflix.com")
DROPBOX = reset("fr", "Dropbox", "security@dropbox.com")


def passing(domain: str) -> dict[str, str]:
    return said(domain, spf="pass", dkim="pass", dmarc="pass", envelope=f"bounce@{domain}")


def failing(domain: str, spf: str = "softfail", **more: str) -> dict[str, str]:
    return said(domain, spf=spf, dmarc="fail", **more)


def line(provider: str, domain: str) -> bytes:
    return result_lines(PROVIDERS[provider], passing(domain))


def nameless(name: str, mail: bytes, domain: str, twin: bytes, becomes: str) -> Trick:
    return Trick(4, name, mail, published(domain, key=None), twin, becomes)


def _at_microsoft(message: bytes, domain: str, **options: str) -> bytes:
    return arrive(MICROSOFT, message, said=passing(domain), **options)  # type: ignore[arg-type]


NOT_PROVED = "cannot-tell|suspicious|fake"
NAMELESS = (
    nameless(
        "whole mail; the line is of another domain",
        _at_microsoft(AMAZON, "amazon.de"),
        "amazon.de",
        _at_microsoft(AMAZON, "sender.example"),
        NOT_PROVED,
    ),
    nameless(
        "headers alone; the line stands below the border",
        head(_at_microsoft(NETFLIX, "account.netflix.com")),
        "account.netflix.com",
        head(arrive(MICROSOFT, line("microsoft", "account.netflix.com") + NETFLIX)),
        NOT_PROVED,
    ),
    nameless(
        "forwarded, so SPF fails; the border has another name",
        arrive(
            MICROSOFT,
            SANTANDER,
            said=said("santander.es", spf="fail", dkim="pass", dmarc="pass"),
        ),
        "santander.es",
        _at_microsoft(SANTANDER, "santander.es").replace(
            b"protection.outlook.com", b"protection.outlook.example"
        ),
        NOT_PROVED,
    ),
    nameless(
        "with Microsoft's own words; the domain failed",
        changed(
            _at_microsoft(DROPBOX, "dropbox.com"),
            "dmarc=pass (p=REJECT dis=NONE) header.from=dropbox.com",
            "dmarc=pass action=none header.from=dropbox.com;compauth=pass reason=100",
        ),
        "dropbox.com",
        arrive(MICROSOFT, DROPBOX, said=failing("dropbox.com")),
        "fake|suspicious",
    ),
)


def _below(ip: str) -> bytes:
    """The line and what goes with it below the border's Received, as some copies have it."""
    spf = b"Received-SPF: Pass (protection.outlook.com: domain of amazon.de designates it)\r\n"
    own = spf + line("microsoft", "amazon.de") + b"X-MS-Exchange-Organization-SCL: 1\r\n"
    return arrive(MICROSOFT, own + AMAZON, ip=ip)


TURNED_ROUND = (
    nameless(
        "below the border, of a computer that may send for the domain",
        _below(SENDING_IP),
        "amazon.de",
        _below(OTHER_IP),
        NOT_PROVED,
    ),
)
TRICKS = (*NAMELESS, *TURNED_ROUND)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
