"""The public suite of RFC 7208, where it lies beside the checkout."""

from __future__ import annotations

import asyncio

from secassist.mail.auth.spf import check_host
from secassist.network.dns import Resolver, ZoneResolver
from secassist.network.dns.live import LiveResolver
from secassist.network.dns.server import Server
from support.dns_server import DnsServer
from support.shared import shared
from support.spf_suite import Case, cases


def test_public_suite_of_rfc_7208() -> None:
    suite = cases(shared("suites/rfc7208-tests.yml"))
    wrong = [line for case in suite if (line := _wrong(case))]
    print(f"SPF: {len(suite) - len(wrong)} of {len(suite)}")
    assert len(suite) == 203
    assert wrong == []


def test_public_suite_over_real_dns_messages() -> None:
    suite = cases(shared("suites/rfc7208-tests.yml"))

    async def run(server: DnsServer) -> list[str]:
        wrong = []
        for case in suite:
            server.zone = {name.lower(): entry for name, entry in case.zone.items()}
            live = LiveResolver([Server(server.address, server.port)])
            wrong.append(await _judge(case, live.for_check()))
        return [line for line in wrong if line]

    with DnsServer() as server:
        assert asyncio.run(run(server)) == []


def _wrong(case: Case) -> str:
    return asyncio.run(_judge(case, ZoneResolver(case.zone)))


async def _judge(case: Case, resolver: Resolver) -> str:
    found = await check_host(case.ip, case.mail_from, case.helo, resolver)
    if found.result not in case.results:
        return f"{case.name}: {found.result}, not {' or '.join(case.results)}: {found.trace}"
    if case.explanation is not None and found.explanation != case.explanation:
        return f"{case.name}: explains {found.explanation!r}, not {case.explanation!r}"
    return ""
