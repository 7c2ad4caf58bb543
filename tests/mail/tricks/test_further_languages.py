"""Rows 26 to 28 in the words of further languages, and with names too short for a look-alike."""

from __future__ import annotations

import pytest

from support.sign import sign
from support.tricks import (
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    each,
    encoded_word,
    published,
    reset,
)

WORDS = {
    "it": (
        "Assistenza",
        "Reimposta la password del tuo account {}",
        "Gentile cliente,\r\n\r\nqualcuno ha chiesto una nuova password.",
    ),
    "nl": ("Klantenservice", "Je inlogcode voor {}", "Beste klant,\r\n\r\nje code is 482910."),
    "pl": (
        "Obsługa",
        "Zresetuj hasło do konta {}",
        "Dzień dobry,\r\n\r\notrzymaliśmy prośbę o zmianę hasła.",
    ),
    "tr": (
        "Destek",
        "{} şifrenizi sıfırlayın",
        "Merhaba,\r\n\r\n{} hesabınız için bir istek aldık.",
    ),
    "es": ("Avisos", "Tu código de {}", "Tu código es 482910."),
}


def imitation(row: int, language: str, who: str, domain: str, honest: str) -> Trick:
    """Signed for the look-alike, whose name only subject and text speak out; the twin is honest."""

    def signed(name: str, at: str) -> bytes:
        display, subject, text = (w.format(name) for w in WORDS[language])
        mail = reset(
            "en",
            name,
            f"info@{at}",
            sender=f"{encoded_word(display)} <info@{at}>",
            subject=subject,
            text=text,
        )
        return sign(mail, domain=at)

    at = domain if domain.isascii() else domain.encode("idna").decode()
    zone = published(at) | published(honest)
    return Trick(
        row,
        f"{language} {domain} for {who}",
        signed(who, at),
        zone,
        signed("Chor am Hafen", honest),
        "proven-domain",
    )


TRICKS = (
    imitation(28, "it", "PostePay", "mypostepay-verifica.it", "coro.example"),
    imitation(28, "it", "Netflix", "netflix.rinnova-oggi.example", "rinnova-oggi.example"),
    imitation(28, "nl", "bol.com", "bol.com.mijn-zaken.example", "mijn-zaken.example"),
    imitation(28, "nl", "PayPal", "mijn-paypal.nl", "mijn-koor.nl"),
    imitation(28, "pl", "Allegro", "allegro-haslo.pl", "haslo-dnia.pl"),
    imitation(28, "pl", "InPost", "inpost.doplata.example", "doplata.example"),
    imitation(28, "tr", "Netflix", "netflixhesap.com", "hesap-kitap.example"),
    imitation(28, "tr", "Garanti BBVA", "garantibbva.giris.example", "giris.example"),
    imitation(28, "es", "PayPal", "paypal-fans.org", "fans.example"),
    imitation(28, "es", "Microsoft", "microsoft.secure-login.example", "secure-login.example"),
    imitation(26, "es", "eBay", "ebаy.com", "ebro.example"),
    imitation(26, "es", "BBVA", "bbvа.com", "bravo.example"),
    imitation(26, "it", "UPS", "uрs.com", "upside.example"),
    imitation(27, "es", "Itaú", "1tau.com.br", "tauro.example"),
    imitation(27, "es", "Netflix", "netfliix.com", "netfix.example"),
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


@pytest.mark.parametrize(
    ("domain", "subject"),
    [("paypal-fans.org", "PayPal fans meet in May"), ("adobe-kurse.de", "Adobe-Kurse im Herbst")],
)
def test_a_fan_or_a_school_with_the_name_in_its_address(domain: str, subject: str) -> None:
    mail = reset("en", "Anna", f"anna@{domain}", subject=subject, text="We meet at seven.")
    zone = published(domain)
    honest = Trick(30, domain, sign(mail, domain=domain), zone, b"", "")
    assert_allowed(honest)
