"""Row 34: the text of a link shows an organisation, and the link goes elsewhere."""

from __future__ import annotations

from support.mails import at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import sign
from support.tricks import (
    SENDING_IP,
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    chat,
    each,
    published,
)

SENDER = "verein-nord.example"
AWAY = "https://konto-dienst.example/login"


def shown(
    name: str,
    language: str,
    html: str,
    honest: str,
    *,
    provider: str | None = None,
    key: str = "rsa-2048",
    extra: tuple[tuple[str, str], ...] = (),
) -> Trick:
    """A link in a mail for which everything passes; the twin's link goes where it says."""

    def delivered(text: str) -> bytes:
        message = chat(language, f"Info <info@{SENDER}>", text=text, html=True, extra=extra)
        signed = sign(message, domain=SENDER, key=key)
        if provider is None:
            return at_unknown(signed)
        clauses = said(SENDER, spf="pass", dkim="pass", dmarc="pass", envelope=f"b@{SENDER}")
        return arrive(
            PROVIDERS[provider], signed, said=clauses, envelope=f"b@{SENDER}", ip=SENDING_IP
        )

    words = {"en": "Look here:", "de": "Bitte hier:", "es": "Aquí:", "pt": "Aqui:", "fr": "Ici :"}
    mail, twin = (delivered(f"{words[language]} {text}") for text in (html, honest))
    return Trick(34, name, mail, published(SENDER, key=key), twin, "proven-domain")


def link(href: str, text: str) -> str:
    return f'<a href="{href}">{text}</a>'


PAYPAL = "https://www.paypal.com/signin"
TRICKS = (
    shown("a whole address", "en", link(AWAY, PAYPAL), link(PAYPAL, PAYPAL)),
    shown(
        "to the sender's own pages, at gmail",
        "de",
        link(f"https://www.{SENDER}/x", "https://www.amazon.de"),
        link(f"https://www.{SENDER}/x", f"https://www.{SENDER}"),
        provider="gmail",
    ),
    shown(
        "a host alone",
        "es",
        link(AWAY, "www.santander.es"),
        link("https://www.santander.es/", "www.santander.es"),
        key="ed25519",
    ),
    shown(
        "without www, capitals, blanks around",
        "fr",
        link(AWAY, "\r\n  PayPal.FR \r\n"),
        link("https://paypal.fr/", "PayPal.FR"),
        provider="microsoft",
    ),
    shown(
        "cut into pieces by tags",
        "pt",
        link(AWAY, "<b>https://</b><i>www.</i><span>nubank</span>.com.br/conta"),
        link("https://www.nubank.com.br/conta", "<b>https://</b>www.nubank.com.br/conta"),
    ),
    shown(
        "an organisation before the at sign",
        "en",
        link("https://www.paypal.com@konto-dienst.example/", PAYPAL),
        link("https://www.paypal.com/", PAYPAL),
    ),
    shown(
        "no scheme",
        "de",
        link("//konto-dienst.example/a", "https://www.sparkasse.de"),
        link("//www.sparkasse.de/a", "https://www.sparkasse.de"),
        provider="posteo",
    ),
    shown(
        "by a base address",
        "en",
        '<base href="https://konto-dienst.example/">' + link("signin", PAYPAL),
        '<base href="https://www.paypal.com/">' + link("signin", PAYPAL),
    ),
    shown(
        "by a redirect of a search site",
        "es",
        link(f"https://www.google.com/url?q={AWAY}", "https://www.bbva.es"),
        link("https://www.google.com/url?q=https://www.bbva.es/", "https://www.bbva.es"),
    ),
    shown(
        "by a short link",
        "fr",
        link("https://bit.ly/3xyzabc", "https://www.revolut.com/login"),
        link("https://www.revolut.com/login", "https://www.revolut.com/login"),
        provider="fastmail",
    ),
    shown(
        "to free hosting",
        "pt",
        link("https://minha-conta.pages.dev/", "https://www.netflix.com/login"),
        link("https://www.netflix.com/login", "https://www.netflix.com/login"),
    ),
    shown(
        "to a look-alike",
        "en",
        link("https://paypaI.com/signin", PAYPAL),
        link("https://paypal.com/signin", PAYPAL),
    ),
    shown(
        "to a name in another script",
        "de",
        link("https://www.аmazon.de/", "www.amazon.de"),
        link("https://www.amazon.de/", "www.amazon.de"),
    ),
    shown(
        "to a number",
        "en",
        link("http://3221225994/login", "https://www.chase.com"),
        link("https://www.chase.com/login", "https://www.chase.com"),
        provider="yahoo",
    ),
    shown(
        "to a page inside the mail",
        "es",
        link("data:text/html;base64,PGgxPkhvbGE8L2gxPg==", "https://www.bbva.es/acceso"),
        link("https://www.bbva.es/acceso", "https://www.bbva.es/acceso"),
    ),
    shown(
        "by an area of a picture",
        "en",
        f'<map name="m"><area href="{AWAY}" alt="https://www.paypal.com"></map>',
        '<map name="m"><area href="https://www.paypal.com/" alt="https://www.paypal.com"></map>',
    ),
    shown(
        "among other words",
        "en",
        link(AWAY, "Go to www.chase.com now"),
        link("https://www.chase.com/", "Go to www.chase.com now"),
    ),
    shown(
        "with an arrow behind, to the sender's own pages",
        "de",
        link(f"https://www.{SENDER}/l", "https://www.paypal.com/signin →"),
        link(f"https://www.{SENDER}/l", "https://www.youtube.com/watch?v=abc →"),
    ),
    shown(
        "with full stops of another script",
        "es",
        link(AWAY, "www。bbva。es"),
        link("https://www.bbva.es/", "www。bbva。es"),
    ),
    shown(
        "a page to log in at, of somebody to whose pages honest mail links",
        "fr",
        link(f"https://www.{SENDER}/l", "https://accounts.google.com/signin"),
        link(f"https://www.{SENDER}/l", "https://play.google.com/store/apps"),
    ),
    shown(
        "over a counter that the mail itself calls its carrier",
        "de",
        link("https://t.konto-dienst.example/1", PAYPAL),
        link(PAYPAL, PAYPAL),
        extra=(("List-Unsubscribe", "<https://u.konto-dienst.example/1>"),),
    ),
)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
