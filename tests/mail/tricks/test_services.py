"""Row 29: strangers write through a real service."""

from __future__ import annotations

from support.mails import at_unknown
from support.providers import PROVIDERS, arrive, said
from support.sign import HEADERS, sign
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


def delivered(message: bytes, domain: str, provider: str | None, key: str = "rsa-2048") -> bytes:
    """Signed by the domain, and everything passes."""
    signed = sign(message, domain=domain, key=key, headers=(*HEADERS, "reply-to"))
    if provider is None:
        return at_unknown(signed)
    clauses = said(domain, spf="pass", dkim="pass", dmarc="pass", envelope=f"b@{domain}")
    return arrive(PROVIDERS[provider], signed, said=clauses, envelope=f"b@{domain}", ip=SENDING_IP)


def through_service(
    name: str,
    language: str,
    sender: str,
    own: str,
    subject: str,
    text: str,
    *,
    provider: str | None = None,
    key: str = "rsa-2048",
    html: bool = False,
    becomes: str = "genuine",
) -> Trick:
    """A stranger's words through a service; the twin is the service's own mail."""
    domain, twin_domain = (s.rpartition("@")[2].rstrip(">") for s in (sender, own))
    mail = chat(language, sender, subject=subject, text=text, html=html)
    twin = chat(language, own, subject=subject, text="Hello.", html=html)
    zone = {**published(domain, key=key), **published(twin_domain, key=key)}
    return Trick(
        29,
        name,
        delivered(mail, domain, provider, key),
        zone,
        delivered(twin, twin_domain, provider, key),
        becomes,
    )


CALL = "Your account was charged $699.99. If it was not you, call +1 (888) 555-0199 now."
SERVICES = (
    through_service(
        "an invoice by PayPal, at gmail",
        "en",
        "PayPal <service@paypal.com>",
        "PayPal <noreply@mail.paypal.com>",
        "Invoice from Norton Support (1042)",
        CALL,
        provider="gmail",
    ),
    through_service(
        "a money request by PayPal in German",
        "de",
        '"service@paypal.de" <service@paypal.de>',
        "PayPal <noreply@mail.paypal.de>",
        "Zahlungsaufforderung von Hilfe-Center",
        "Rufen Sie sofort 030 5550 1990 an.",
        html=True,
    ),
    through_service(
        "DocuSign",
        "fr",
        '"Comptabilité via DocuSign" <dse_eu@docusign.net>',
        "DocuSign <no-reply@docusign.com>",
        "À signer : facture",
        "Votre document est prêt.",
        provider="microsoft",
    ),
    through_service(
        "Google Drive",
        "es",
        '"Premios (via Google Drive)" <drive-shares-dm-noreply@google.com>',
        "Google <no-reply@accounts.google.com>",
        "Elemento compartido: ha ganado 5.000 EUR",
        "Pulse aquí para cobrar su premio hoy.",
        provider="gmail",
        key="ed25519",
    ),
    through_service(
        "Google Forms",
        "pt",
        "Google Forms <forms-receipts-noreply@google.com>",
        "Google <no-reply@accounts.google.com>",
        "Formulário: regularize seu CPF",
        "Obrigado por preencher o formulário.",
    ),
    through_service(
        "Google Calendar",
        "en",
        "Google Calendar <calendar-notification@google.com>",
        "Google <no-reply@accounts.google.com>",
        "Invitation: Bitcoin payout",
        "Your payout of 1.3 BTC is waiting.",
        provider="yahoo",
    ),
    through_service(
        "Zendesk",
        "en",
        "Coinbase Support <support@help-desk77.zendesk.com>",
        "Zendesk <info@zendesk.com>",
        "Your ticket",
        CALL,
        provider="gmail",
    ),
    through_service(
        "Zendesk, nobody named",
        "de",
        "Hilfe <support@beispiel.zendesk.com>",
        "Zendesk <info@zendesk.com>",
        "Ihr Ticket",
        "Wir melden uns bald.",
    ),
    through_service(
        "QuickBooks",
        "en",
        "Acme <quickbooks@notification.intuit.com>",
        "Intuit <no_reply@intuit.com>",
        "Invoice 77 from Acme",
        CALL,
        provider="fastmail",
    ),
    through_service(
        "Dropbox",
        "fr",
        '"Jean (via Dropbox)" <no-reply@dropbox.com>',
        "Dropbox <security@dropbox.com>",
        "Jean a partagé « facture.pdf »",
        "Voir le fichier.",
    ),
    through_service(
        "Stripe",
        "es",
        "Tienda <invoice+statements+acct_1@stripe.com>",
        "Stripe <support@stripe.com>",
        "Factura de Tienda",
        "Pague hoy.",
        provider="posteo",
    ),
    through_service(
        "a mail service's own domain",
        "en",
        "Netflix <netflix@em77.sendgrid.net>",
        "SendGrid <news@sendgrid.com>",
        "Your membership",
        "Update your payment details.",
        provider="gmail",
    ),
    through_service(
        "Amazon's marketplace",
        "de",
        "Verkauf <ab12@marketplace.amazon.de>",
        "Amazon <konto-update@amazon.de>",
        "Anfrage zu Ihrer Bestellung",
        "Bitte schreiben Sie mir an meine private Adresse.",
        provider="gmx",
    ),
    through_service(
        "GitHub",
        "en",
        "octocat <notifications@github.com>",
        "GitHub <support@github.com>",
        "[x/y] Security alert: your repository (Issue #1)",
        "Please sign in at https://evil-hub.example/ within 24 hours.",
    ),
)


TRICKS = SERVICES


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
