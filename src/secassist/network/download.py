"""One file over HTTPS, on a person's request, written into the ledger."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import httpx

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.base.language import mark as _
from secassist.network.dns.answer import Outcome
from secassist.network.ledger import Entry, Ledger

_TIMEOUT: Final = 10.0  # seconds for each part of the answer
_DEADLINE: Final = 60.0  # seconds for all of it, however slowly its parts come
# As it is: what is packed may be a thousand times as long as what came.
_HEADERS: Final = {"User-Agent": "Secassist", "Accept-Encoding": "identity"}
_LOCAL: Final = ("127.0.0.1", "localhost", "::1")
_NO_ADDRESS: Final = _("The address must begin with https://.")
_NO_ANSWER: Final = _("The list could not be fetched. What was here before is still used.")


async def fetch(address: str, *, kind: str, ledger: Ledger, limit: int) -> bytes:
    """At most ``limit`` octets, without following to another place.

    ``kind`` is that of the entry in the ledger. Raises UnusableCall for what is no https address,
    and CouldNotFinish for every other answer than the file itself.
    """
    parts = urlsplit(address)
    local = parts.hostname in _LOCAL
    if parts.scheme not in (("http", "https") if local else ("https",)) or not parts.hostname:
        raise UnusableCall(_NO_ADDRESS)
    at, began = datetime.now(UTC), time.monotonic()
    data, why = b"", ""
    try:
        async with (
            asyncio.timeout(_DEADLINE),
            httpx.AsyncClient(
                headers=_HEADERS, timeout=_TIMEOUT, follow_redirects=False, trust_env=not local
            ) as client,
            client.stream("GET", address) as response,
        ):
            if response.status_code != httpx.codes.OK:
                why = f"HTTP {response.status_code}"
            else:
                async for chunk in response.aiter_raw():
                    data += chunk
                    if len(data) > limit:
                        why = "too long"
                        break
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        why = type(error).__name__
    outcome = Outcome.FAILED if why else Outcome.FOUND
    ms = round(1000 * (time.monotonic() - began))
    ledger.add(Entry(kind, parts.hostname, outcome, why, False, ms, at))
    if why:
        raise CouldNotFinish(_NO_ANSWER)
    return data
