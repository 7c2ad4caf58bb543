"""Further mails that must not be taken for real: fields added to a sealed mail, forged lines where
a receiver wrote none, and names that the eye reads and a program does not."""

from __future__ import annotations

import asyncio

import pytest

from secassist.mail import check
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT
from support.providers import PROVIDERS, arrive, result_lines, said
from support.sign import letter, sign
from support.tricks import HTML, OTHER_IP, PLAIN, SENDING_IP, Zone, encoded, published, reset

MAIL = reset("en", "PayPal", "no-reply@paypal.com")
SIGNED = sign(MAIL, domain="paypal.com")
ZONE = published("paypal.com") | published("evil.example", spf=f"v=spf1 ip4:{OTHER_IP} -all")
PASSES = said("paypal.com", spf="pass", dkim="pass", dmarc="pass", envelope="b@paypal.com")


def verdict(mail: bytes, zone: Zone = ZONE) -> str:
    report = asyncio.run(check(mail, resolver=ZoneResolver(zone), at=RECEIVED_AT))
    return report.verdict.value


@pytest.mark.parametrize("field", [b"To: someone@mail.example", b"Date: Mon, 12 Oct 2026 09:00:00"])
def test_a_second_field_above_a_sealed_mail(field: bytes) -> None:
    """RFC 6376, 8.15: whoever sends a stolen mail on makes it look as if it was written to you."""
    added = field + b"\r\n" + SIGNED
    assert verdict(added) == "cannot-tell"
    assert verdict(SIGNED) == "genuine"
    itself = arrive(PROVIDERS["gmail"], added, said=PASSES, ip=SENDING_IP, envelope="b@paypal.com")
    assert verdict(itself) == "genuine"  # PayPal's own computer handed it in like that


@pytest.mark.parametrize("server", ["icloud", "proton"])
def test_lines_for_methods_of_which_the_receiver_said_nothing(server: str) -> None:
    forged = result_lines(
        PROVIDERS[server], PASSES | {"spf": "spf=fail smtp.mailfrom=evil.example"}
    )
    own = {"spf": "spf=pass smtp.mailfrom=a@evil.example"}
    mail = arrive(
        PROVIDERS[server], forged + MAIL, said=own, ip=OTHER_IP, envelope="a@evil.example"
    )
    assert verdict(mail) not in {"genuine", "relayed", "proven-domain"}
    real = arrive(PROVIDERS[server], SIGNED, said=PASSES, ip=SENDING_IP, envelope="b@paypal.com")
    assert verdict(real, zone={}) == "genuine"


@pytest.mark.parametrize(
    "envelope", ["a@evil.example;dmarc=pass", "a@evil.example; dmarc=pass header.from=evil.example"]
)
def test_a_domain_must_stand_beside_dmarc(envelope: str) -> None:
    """Else the sender's own address could say it, where a server copies it as it is."""
    own = {"spf": f"spf=pass smtp.mailfrom={envelope}"}
    mail = arrive(PROVIDERS["gmail"], MAIL, said=own, ip=OTHER_IP, envelope="a@evil.example")
    assert verdict(mail) in {"suspicious", "fake"}


@pytest.mark.parametrize("server", ["gmail", "yandex", "icloud", "yahoo"])
def test_below_another_servers_line_stands_nothing_of_the_receivers(server: str) -> None:
    envelope = "b@paypal.com"
    forged = result_lines(PROVIDERS[server], PASSES)
    foreign = b"Authentication-Results: relay.evil.example; none\r\n" + forged + MAIL
    mail = arrive(PROVIDERS[server], foreign, said=None, ip=OTHER_IP, envelope=envelope)
    assert verdict(mail, zone={}) == "cannot-tell"


def test_the_envelope_at_proton_is_what_stands_above() -> None:
    """Its exports group fields, so a sender's own Received-SPF stands where it would put one."""
    forged = b"Received-SPF: pass client-ip=192.0.2.1; envelope-from=b@paypal.com\r\n"
    mail = arrive(
        PROVIDERS["proton"], forged + MAIL, said={}, ip=SENDING_IP, envelope="a@b.example"
    )
    assert verdict(mail) not in {"genuine", "proven-domain"}


def test_proton_puts_its_lines_at_one_place() -> None:
    proton = PROVIDERS["proton"]
    forged = result_lines(proton, {"dmarc": PASSES["dmarc"]})
    mail = arrive(proton, forged + SIGNED, said={"spf": "spf=none smtp.mailfrom=x@evil.example"})
    assert verdict(mail, zone={}) != "genuine"


@pytest.mark.parametrize(
    "sender",
    [
        '<"no-reply@paypal.com"@evil.example>',
        "Max Muster (PayPal) <x@evil.example>",
        "Pay-Pal Inc. <x@evil.example>",
        "Pay Pal <x@evil.example>",
        "Insta gram <x@evil.example>",
        "P@yPal <x@evil.example>",
        "P∂yP∂l <x@evil.example>",
        "🅿ayPal <x@evil.example>",
        "Support €bay <x@evil.example>",
    ],
)
def test_a_name_that_the_eye_reads(sender: str) -> None:
    name, angle, address = sender.partition("<")
    shown = f"{encoded(name.strip())} {angle}{address}" if not name.isascii() else sender
    text = "Hello,\r\n\r\nreset your password.\r\n"
    mail = letter(sender=shown, subject="Reset your password", body=text, extra=PLAIN)
    assert verdict(sign(mail, domain="evil.example")) in {"suspicious", "fake"}


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("domain", ["news.paypal.com", "paypal.com"])
def test_a_domain_that_wants_exact_alignment(domain: str, signed: bool) -> None:
    """adkim=s, aspf=s (RFC 9989, 4.7): a name below may be in the hands of somebody else."""
    zone = published("paypal.com") | published(domain, policy=None)
    zone["_dmarc.paypal.com"] = {"TXT": ["v=DMARC1; p=reject; adkim=s; aspf=s"]}
    if signed:
        mail = sign(MAIL, domain=domain)
    else:
        own = {"spf": f"spf=pass smtp.mailfrom=b@{domain}"}
        mail = arrive(PROVIDERS["gmail"], MAIL, said=own, ip=SENDING_IP, envelope=f"b@{domain}")
    assert (verdict(mail, zone) == "genuine") == (domain == "paypal.com")


@pytest.mark.parametrize("server", ["icloud", "gmx", "kasserver", "posteo"])
def test_what_a_user_of_the_same_provider_handed_in(server: str) -> None:
    """After signing in (RFC 3848: ESMTPSA) he may write any line below his server's own."""
    real = arrive(PROVIDERS[server], MAIL, said=PASSES, ip=SENDING_IP, envelope="b@paypal.com")
    handed_in = real.replace(b"with ESMTPS ", b"with ESMTPSA ")
    assert handed_in != real
    assert verdict(handed_in, zone={}) == "cannot-tell"
    assert verdict(real, zone={}) == "genuine"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://portal.evil.example/"><img alt="www.paypal.com" src="cid:x"></a>',
        '<a href="https://portal.evil.example/">Jetzt auf www.allegro.pl anmelden</a>',
        '<a href="https://portal.evil.example/">Zaloguj się do PayPal</a>',
        '<a href="https://portal.evil.example/">PayPal hesabınıza giriş yapın</a>',
    ],
)
def test_a_link_that_shows_an_organisation_and_leads_elsewhere(link: str) -> None:
    body = f"<html><body><p>Guten Tag,</p>{link}</body></html>\r\n"
    mail = letter(sender="Info <a@evil.example>", subject="Mitteilung", body=body, extra=HTML)
    assert verdict(sign(mail, domain="evil.example")) in {"suspicious", "fake"}


@pytest.mark.parametrize(
    "sender",
    [
        "Ann (work) <ann@club.example>",
        "Drop Boxes Ltd <a@club.example>",
        "Pay day <a@club.example>",
    ],
)
def test_a_name_that_says_nothing(sender: str) -> None:
    mail = letter(sender=sender, subject="Tuesday", body="See you at seven.\r\n", extra=PLAIN)
    assert verdict(sign(mail, domain="club.example"), published("club.example")) == "proven-domain"
