"""Verify DKIM signatures of own messages (see ``support.sign``) against own key records."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from secassist.mail.auth import dkim
from secassist.mail.auth.dkim import SignatureResult
from secassist.network.dns import ZoneResolver
from support.sign import SIGNED_AT, key_record

DOMAIN = "bank.example"
ZONE = key_record(DOMAIN)
AT = datetime.fromtimestamp(SIGNED_AT + 60, UTC)


def verified(
    message: bytes, zone: Mapping[str, object] = ZONE, at: datetime = AT
) -> tuple[SignatureResult, ...]:
    return asyncio.run(dkim.verify(message, ZoneResolver(zone), at=at))


def only(message: bytes, zone: Mapping[str, object] = ZONE, at: datetime = AT) -> SignatureResult:
    """The result of the one signature."""
    (result,) = verified(message, zone, at)
    return result


def said(result: SignatureResult) -> tuple[str, str]:
    return result.result.value, result.reason.value
