"""Rows 26 to 28: addresses that were made to be taken for an organisation's."""

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
    head,
    published,
    reset,
)


def imitation(
    row: int,
    language: str,
    who: str,
    domain: str,
    honest: str,
    *,
    local: str = "service",
    provider: str | None = "gmail",
    key: str = "rsa-2048",
    html: bool = False,
    alone: bool = False,
    subject: str | None = None,
) -> Trick:
    """Everything passes for the look-alike; the twin is a small sender whom one could confuse."""

    def delivered(message: bytes, at: str) -> bytes:
        signed = sign(message, domain=at, key=key)
        if provider is None:
            mail = at_unknown(signed)
        else:
            clauses = said(at, spf="pass", dkim="pass", dmarc="pass", envelope=f"b@{at}")
            mail = arrive(
                PROVIDERS[provider],
                signed,
                said=clauses,
                envelope=f"b@{at}",
                ip=SENDING_IP,
            )
        return head(mail) if alone else mail

    ascii_domain = domain.encode("idna").decode() if not domain.isascii() else domain
    mail = reset(language, who, f"{local}@{domain}", html=html, subject=subject)
    twin = chat(language, f"Anna <anna@{honest}>", html=html)
    zone = {**published(ascii_domain, key=key), **published(honest, key=key)}
    becomes = "cannot-tell|proven-domain" if alone else "proven-domain"
    return Trick(
        row,
        f"{domain} for {who}",
        delivered(mail, ascii_domain),
        zone,
        delivered(twin, honest),
        becomes,
    )


SCRIPTS = (
    imitation(26, "en", "PayPal", "xn--pypal-4ve.com", "xn--mller-kva.example"),
    imitation(26, "de", "Amazon", "аmazon.de", "xn--brnsberg-o4a.example", provider=None),
    imitation(26, "es", "Netflix", "nеtflix.com", "xn--espaa-rta.example", html=True),
    imitation(26, "pt", "Santander", "sаntander.com.br", "xn--so-jia.example", provider="posteo"),
    imitation(26, "fr", "Spotify", "ѕpotify.com", "xn--caf-dma.example", key="ed25519"),
    imitation(26, "en", "Coinbase", "cοinbase.com", "xn--jxalpdlp.example", provider="microsoft"),
    imitation(26, "de", "Apple", "xn--80ak6aa92e.com", "xn--80akhbyknj4f.example", provider=None),
    imitation(26, "en", "Revolut", "revolút.com", "xn--rsum-bpad.example", local="no-reply"),
    imitation(26, "en", "Dropbox", "drоpbox-security.com", "xn--bcher-kva.example"),
    imitation(26, "es", "Facebook", "fаcebook.com", "xn--nio-8ma.example", alone=True),
)

LETTERS = (
    imitation(27, "en", "PayPal", "paypaI.com", "pappal.example"),
    imitation(27, "en", "Microsoft", "rnicrosoft.com", "born-soft.example", provider="microsoft"),
    imitation(27, "de", "Microsoft", "micros0ft.com", "mikrosoft-ag.example", provider="fastmail"),
    imitation(27, "de", "Amazon", "arnazon.de", "arnsberg-chor.example", html=True),
    imitation(27, "fr", "Google", "g00gle.com", "golfclub.example", provider=None),
    imitation(27, "es", "LinkedIn", "1inkedin.com", "linden-club.example", key="ed25519"),
    imitation(27, "pt", "Netflix", "netfIix.com", "nett-fit.example", provider="gmx"),
    imitation(27, "pt", "Nubank", "nub4nk.com.br", "nubes.example"),
    imitation(27, "en", "Coinbase", "co1nbase.com", "coin-club.example", alone=True),
    imitation(27, "de", "Sparkasse", "sparkas5e.de", "sparsam.example", provider="posteo"),
    imitation(27, "en", "Facebook", "faceb00k-mail.com", "face-masks.example", html=True),
    imitation(27, "fr", "Instagram", "lnstagram.com", "install-grams.example"),
)

WORDS = (
    imitation(28, "en", "PayPal", "paypal-security.com", "pay-palace.example"),
    imitation(28, "de", "Amazon", "konto-amazon.de", "konto-mueller.example", html=True),
    imitation(28, "es", "BBVA", "bbva-clientes-seguro.com", "clientes-seguro.example"),
    imitation(28, "pt", "Nubank", "nubankatendimento.com.br", "atendimento.example"),
    imitation(28, "fr", "Netflix", "netflix.support-client.example", "support-client.example"),
    imitation(28, "en", "PayPal", "paypal.co", "palace.co", provider=None),
    imitation(28, "de", "Zalando", "zalando.shop", "zander.shop", provider="posteo"),
    imitation(28, "en", "Coinbase", "coinbase.app", "coinclub.app", key="ed25519"),
    imitation(28, "pt", "Netflix", "netflix.pt", "netos.pt"),
    imitation(28, "en", "PayPal", "paypal.com.evil.example", "com.evil.example"),
    imitation(28, "fr", "Microsoft", "microsoft.com-login.example", "com-login.example"),
    imitation(28, "es", "Santander", "santander.es.cuenta.example", "cuenta.example", alone=True),
    imitation(28, "de", "Sparkasse", "sparkasse-pushtan.de", "push-chor.de", provider="gmx"),
    imitation(28, "en", "Dropbox", "dropbox-login.github.io", "chor-nord.example"),
    imitation(28, "de", "Netflix", "netflix.pages.dev", "verein.example", provider="fastmail"),
    imitation(28, "pt", "Apple", "appleid.web.app", "maca.example", html=True),
    imitation(28, "en", "Facebook", "facebook-recovery.vercel.app", "recovery-club.example"),
    imitation(28, "es", "WhatsApp", "whatsapp.blogspot.com", "que-tal.example"),
    imitation(28, "fr", "DHL", "suivi-dhl-colis.com", "suivi-cheval.example"),
    imitation(28, "en", "HSBC", "hsbc-online-verify.com", "choir-online.example"),
)

OWN_DOMAINS = tuple(
    Trick(
        28,
        f"{domain} against its own {real}",
        at_unknown(sign(reset(language, who, f"a@{domain}"), domain=domain)),
        {**published(domain), **published(real)},
        at_unknown(sign(reset(language, who, f"a@{real}"), domain=real)),
        "genuine",
    )
    for language, who, domain, real in (
        ("en", "PayPal", "mail-paypal.com", "mail.paypal.com"),
        ("en", "Facebook", "facebookmail.co", "facebookmail.com"),
        ("de", "Google", "accounts-google.com", "accounts.google.com"),
        ("es", "Netflix", "account-netflix.com", "account.netflix.com"),
        ("fr", "Amazon", "amazon.fr.compte.example", "compte.amazon.fr"),
    )
)

TRICKS = (*SCRIPTS, *LETTERS, *WORDS, *OWN_DOMAINS)


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
