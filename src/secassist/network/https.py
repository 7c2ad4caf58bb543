"""Ranges of breached passwords over HTTPS: five digits of a hash out, all that begin so back.

Each answer is padded by the server, so that its length does not tell which one it was. Every
question is written into the ledger.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import httpx

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.base.progress import News, Tell, untold
from secassist.network.dns.answer import Outcome
from secassist.network.ledger import Entry, Ledger

SERVER: Final = "https://api.pwnedpasswords.com"
AT_ONCE: Final = 8
_TRIES: Final = 3
_TIMEOUT: Final = 10.0  # seconds for each part of an answer
_DEADLINE: Final = 60.0  # seconds for all of it, however slowly its parts come
_MAX_WAIT: Final = 10.0
_BACK_OFF: Final = 0.5
_MAX_ANSWER: Final = 1024 * 1024
_GIVE_UP_AFTER: Final = 8  # prefixes in a row without an answer: the server is not there
_HEADERS: Final = {"Add-Padding": "true", "User-Agent": "Secassist", "Accept": "text/plain"}
_LINE: Final = re.compile(r"([0-9A-Fa-f]{35}):([0-9]{1,12})")
_LOCAL: Final = ("127.0.0.1", "localhost", "::1")

SITES_SERVER: Final = "https://haveibeenpwned.com"
MAX_SITES: Final = 8 * 1024 * 1024

Ranges = Mapping[str, Mapping[str, int]]


@dataclass
class _State:
    answers: dict[str, Mapping[str, int]] = field(default_factory=dict)
    silent: int = 0
    done: int = 0


async def ranges(
    prefixes: Iterable[str],
    *,
    server: str = SERVER,
    ledger: Ledger | None = None,
    tell: Tell = untold,
    back_off: float | None = None,
) -> Ranges:
    """The suffixes and counts of each prefix that was answered; one question a prefix.

    A prefix without an answer is not in the result, which must never read as "not breached".
    ``back_off``: seconds before the second try, else half a second. Raises
    UnusableCall for an address that is none.
    """
    local = _is_local(server)
    wanted = sorted(set(prefixes))
    state = _State()
    slots = asyncio.Semaphore(AT_ONCE)
    book = Ledger() if ledger is None else ledger
    first_wait = _BACK_OFF if back_off is None else back_off
    async with httpx.AsyncClient(
        headers=_HEADERS, timeout=_TIMEOUT, follow_redirects=False, trust_env=not local
    ) as client:

        async def ask(prefix: str) -> None:
            async with slots:
                if state.silent < _GIVE_UP_AFTER:
                    url = f"{server.rstrip('/')}/range/{prefix}"
                    answer = await _asked(client, url, prefix, book, first_wait)
                    state.silent = state.silent + 1 if answer is None else 0
                    if answer is not None:
                        state.answers[prefix] = answer
                state.done += 1
                note = f"{state.done} of {len(wanted)}"
                tell(News("breaches", "Asking about breaches", "asking", note))

        await asyncio.gather(*map(ask, wanted))
    return state.answers


async def breached_sites(*, server: str = SITES_SERVER, ledger: Ledger | None = None) -> bytes:
    """The service's list of sites that lost data, as it is; one question, which names no site.

    Raises CouldNotFinish, UnusableCall.
    """
    book = Ledger() if ledger is None else ledger
    local = _is_local(server)
    at, began = datetime.now(UTC), time.monotonic()
    outcome, why = Outcome.FAILED, ""
    try:
        async with httpx.AsyncClient(
            headers=_HEADERS, timeout=_TIMEOUT, follow_redirects=False, trust_env=not local
        ) as client:
            data, status, _ = await _got(client, f"{server.rstrip('/')}/api/v3/breaches", MAX_SITES)
        why = "" if status == httpx.codes.OK else f"HTTP {status}"
        outcome = Outcome.FAILED if why else Outcome.FOUND
    except httpx.HTTPError as error:
        why = type(error).__name__
    ms = round(1000 * (time.monotonic() - began))
    book.add(Entry("breached-sites", "all", outcome, why, False, ms, at))
    if why:
        raise CouldNotFinish(f"The list of breached sites could not be fetched ({why}).")
    return data


def _is_local(server: str) -> bool:
    """Is it on this computer? Raises UnusableCall for what is no https address."""
    address = urlsplit(server)
    local = address.hostname in _LOCAL
    if address.scheme not in (("http", "https") if local else ("https",)) or not address.hostname:
        raise UnusableCall("The server for breaches must be an https:// address.")
    return local


async def _asked(
    client: httpx.AsyncClient, url: str, prefix: str, ledger: Ledger, back_off: float
) -> Mapping[str, int] | None:
    for attempt in range(_TRIES):
        at, began = datetime.now(UTC), time.monotonic()
        wait, why, found = back_off * 2**attempt, "", None
        try:
            data, status, after = await _got(client, url, _MAX_ANSWER)
            found = _parsed(data.decode("ascii", "replace")) if status == httpx.codes.OK else None
            why = "" if found is not None else f"HTTP {status}"
            wait = min(_MAX_WAIT, max(wait, after))
        except httpx.HTTPError as error:
            why = type(error).__name__
        outcome = Outcome.FAILED if found is None else Outcome.FOUND
        ms = round(1000 * (time.monotonic() - began))
        ledger.add(Entry("breaches", prefix, outcome, why, False, ms, at))
        if found is not None:
            return found
        if attempt + 1 < _TRIES:
            await asyncio.sleep(wait)
    return None


async def _got(client: httpx.AsyncClient, url: str, most: int) -> tuple[bytes, int, float]:
    """At most so many bytes, the status, and the seconds that the server asks us to wait."""
    try:
        async with asyncio.timeout(_DEADLINE), client.stream("GET", url) as response:
            data = b""
            async for chunk in response.aiter_bytes():
                data += chunk
                if len(data) > most:
                    raise httpx.DecodingError("too long")
            after = response.headers.get("Retry-After", "")
            seconds = float(after) if after.isascii() and after.isdigit() else 0.0
            return data, response.status_code, seconds
    except TimeoutError as error:
        raise httpx.ReadTimeout("too slow") from error


def _parsed(text: str) -> Mapping[str, int] | None:
    """Suffix → count, without the padding (count 0); None for what is no such list."""
    found: dict[str, int] = {}
    for line in text.split():
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        if int(match[2]):
            found[match[1].upper()] = int(match[2])
    return found
