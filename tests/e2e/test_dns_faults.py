"""Whatever DNS does, no mail becomes genuine by it, and none becomes fake because of a fault."""

from __future__ import annotations

import asyncio

import pytest

from secassist.mail import check
from secassist.mail.report import Report
from secassist.mail.verdict import Verdict
from secassist.network.dns.live import LiveResolver
from secassist.network.dns.server import Server
from support.dns_server import DnsServer, Fault
from support.mails import RECEIVED_AT, at_gmail, at_unknown
from support.sign import key_record, letter, sign

DOMAIN = "mail.instagram.com"
RESET = letter(sender=f"Instagram <security@{DOMAIN}>", subject="Reset your Instagram password")
SIGNED = at_unknown(sign(RESET, domain=DOMAIN))
UNSIGNED = at_gmail(RESET, ip="198.51.100.66", mail_from=f"b@{DOMAIN}")
ZONE = {
    **key_record(DOMAIN),
    f"_dmarc.{DOMAIN}": {"TXT": ["v=DMARC1; p=reject"]},
    DOMAIN: {"TXT": ["v=spf1 ip4:192.0.2.1 -all"]},
}
FAULTS: tuple[Fault, ...] = (
    "servfail",
    "refused",
    "formerr",
    "drop",
    "truncated",
    "drip",
    "hang-up",
    "wrong-id",
    "wrong-question",
    "cname-loop",
    "garbage",
    "nxdomain",
    "nxdomain-bare",
    "referral",
    "empty",
)
HELPED = {"formerr"}  # a server that answers once we ask in the old way
WAITING = {"drop", "drip", "wrong-id", "wrong-question", "garbage"}  # nothing comes any more


def judge(mail: bytes, server: DnsServer, fault: str = "") -> Report:
    deadline = 0.3 if fault in WAITING else 4.0

    async def ask() -> Report:
        asked = Server(server.address, server.port)
        async with LiveResolver([asked], deadline=deadline) as resolver:
            return await check(mail, resolver=resolver.for_check(), at=RECEIVED_AT)

    return asyncio.run(ask())


def test_without_a_fault() -> None:
    with DnsServer(ZONE) as server:
        assert judge(SIGNED, server).verdict is Verdict.GENUINE
        assert judge(UNSIGNED, server).verdict is Verdict.FAKE


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("where", ["*", f"s._domainkey.{DOMAIN}"])
def test_a_good_mail_is_never_genuine_nor_blamed(fault: Fault, where: str) -> None:
    with DnsServer(ZONE, faults={where: fault}) as server:
        report = judge(SIGNED, server, fault)
    expected = Verdict.GENUINE if fault in HELPED else Verdict.CANNOT_TELL
    assert report.verdict is expected


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("where", ["*", f"_dmarc.{DOMAIN}", DOMAIN])
def test_a_bad_mail_is_not_called_fake_because_of_a_fault(fault: Fault, where: str) -> None:
    """What is lacking is the policy, or SPF's record: then there is no proof that it is fake."""
    with DnsServer(ZONE, faults={where: fault}) as server:
        report = judge(UNSIGNED, server, fault)
    allowed = {Verdict.CANNOT_TELL, Verdict.SUSPICIOUS}
    assert report.verdict in (allowed | {Verdict.FAKE} if fault in HELPED else allowed)


def test_a_large_record_is_read() -> None:
    zone = {**ZONE, DOMAIN: {"TXT": ["x" * 60_000, "v=spf1 ip4:192.0.2.1 -all"]}}
    with DnsServer(zone) as server:
        assert judge(UNSIGNED, server).verdict is Verdict.FAKE


@pytest.mark.parametrize(
    "lie",
    [
        {"TXT": ["captive portal: please sign in"]},
        {"TXT": ["v=spf1 -all"]},
        {"TXT": ["v=DKIM1; p="]},
        {"TXT": ["v=DMARC1; p=reject"]},
        {"A": ["10.0.0.1"]},
    ],
)
def test_a_portal_that_answers_everything_alike(lie: dict[str, list[str]]) -> None:
    names = (*ZONE, f"_dmarc.{DOMAIN}", "_dmarc.instagram.com", "_dmarc.com")
    with DnsServer(dict.fromkeys(names, lie)) as server:
        assert judge(SIGNED, server).verdict is Verdict.CANNOT_TELL
