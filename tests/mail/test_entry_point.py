"""``await secassist.mail.check(…)`` as other programs call it."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

import secassist.mail
from secassist.mail.auth import arc, dkim
from secassist.mail.verdict import Verdict
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT, at_unknown
from support.sign import key_record, letter, sign

DOMAIN = "mail.instagram.com"
MAIL = at_unknown(
    sign(
        letter(sender=f"Instagram <security@{DOMAIN}>", subject="Reset your Instagram password"),
        domain=DOMAIN,
    )
)


@pytest.mark.parametrize("at", [None, RECEIVED_AT, RECEIVED_AT.replace(tzinfo=None)])
@pytest.mark.parametrize("provider", [None, "gmail", "mx.example.org"])
def test_bytes_and_text_with_every_option(at: datetime | None, provider: str | None) -> None:
    async def judged() -> tuple[Verdict, Verdict, str, str]:
        resolver = ZoneResolver(key_record(DOMAIN))
        of_bytes = await secassist.mail.check(MAIL, resolver=resolver, at=at, provider=provider)
        of_text = await secassist.mail.check(
            MAIL.decode(), resolver=resolver, at=at, offline=True, provider=provider
        )
        (signature,) = await dkim.verify(MAIL, resolver, at=at)
        chain = await arc.verify(MAIL, resolver, at=at)
        return of_bytes.verdict, of_text.verdict, signature.result, chain.result

    assert asyncio.run(judged()) == (Verdict.GENUINE, Verdict.CANNOT_TELL, "pass", "none")
