"""The public suite of RFC 7208, where it lies beside the checkout."""

from __future__ import annotations

import asyncio

from secassist.mail.auth.spf import check_host
from secassist.network.dns import ZoneResolver
from support.shared import shared
from support.spf_suite import Case, cases


def test_public_suite_of_rfc_7208() -> None:
    suite = cases(shared("suites/rfc7208-tests.yml"))
    wrong = [line for case in suite if (line := _wrong(case))]
    print(f"SPF: {len(suite) - len(wrong)} of {len(suite)}")
    assert len(suite) == 203
    assert wrong == []


def _wrong(case: Case) -> str:
    found = asyncio.run(check_host(case.ip, case.mail_from, case.helo, ZoneResolver(case.zone)))
    if found.result not in case.results:
        return f"{case.name}: {found.result}, not {' or '.join(case.results)}: {found.trace}"
    if case.explanation is not None and found.explanation != case.explanation:
        return f"{case.name}: explains {found.explanation!r}, not {case.explanation!r}"
    return ""
