"""What time it is elsewhere: one NTP exchange, or the Date field of a web server's answer.

Asked only after the person said yes; each question stands in the ledger. Nothing is sent but the
question itself: the NTP packet carries a random number in place of our time, and the web request
no more than the host's name.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import ssl
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

from secassist.network.dns.answer import Outcome
from secassist.network.ledger import Entry, Ledger

T = TypeVar("T")

NTP_HOSTS: Final = ("time.cloudflare.com", "pool.ntp.org", "time.apple.com")
WEB_HOSTS: Final = ("www.cloudflare.com", "www.wikipedia.org", "www.apple.com")
DEADLINE: Final = 3.0
"""Seconds for one question."""
_NTP_PORT: Final = 123
_HTTPS_PORT: Final = 443
_NTP_EPOCH: Final = 2_208_988_800  # Unix time 0 in seconds since 1900
_ERA: Final = 2**32  # seconds; the present one ends in 2036
_PACKET: Final = struct.Struct(">BBbb3I4Q")  # RFC 5905, 7.3
_CLIENT, _SERVER = 3, 4  # modes
_NTP_VERSION: Final = 4
_MAX_STRATUM: Final = 15
_MAX_HEAD: Final = 16 * 1024  # bytes of an HTTP answer
_DATE: Final = re.compile(rb"\r\nDate:[ \t]*([^\r\n]{1,60})\r\n", re.IGNORECASE)
_NO_CHECK_TIME: Final = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME. By a wrong clock each certificate looks out of date, and the
clock is what is being asked for; everything else about the certificate is verified."""


@dataclass(frozen=True, slots=True)
class NtpTimes:
    """The four times of one exchange, Unix seconds: sent (ours), received and answered (theirs),
    arrived (ours).
    """

    sent: float
    received: float
    answered: float
    arrived: float


@dataclass(frozen=True, slots=True)
class WebTimes:
    """When a request was sent and its answer came (ours), and the answer's Date (theirs)."""

    sent: float
    arrived: float
    date: int


async def ask_ntp(
    host: str, ledger: Ledger, *, port: int = _NTP_PORT, deadline: float = DEADLINE
) -> NtpTimes | None:
    """Ask a time server once. None where no usable answer came; the ledger says why."""
    return await _noted(f"NTP {host}", ledger, lambda: _exchange_ntp(host, port), deadline)


async def ask_web(
    host: str,
    ledger: Ledger,
    *,
    port: int = _HTTPS_PORT,
    deadline: float = DEADLINE,
    context: ssl.SSLContext | None = None,
) -> WebTimes | None:
    """Ask a web server for its Date, over TLS. None where no usable answer came."""
    return await _noted(
        f"HTTPS {host} (the date alone)",
        ledger,
        lambda: _exchange_web(host, port, context or web_context()),
        deadline,
    )


def web_context() -> ssl.SSLContext:
    """Certificates are verified in everything but their dates."""
    context = ssl.create_default_context()
    context.verify_flags |= _NO_CHECK_TIME
    return context


async def _noted(
    question: str, ledger: Ledger, ask: Callable[[], Awaitable[T | None]], deadline: float
) -> T | None:
    started, at = time.monotonic(), datetime.now(UTC)
    answer, why = None, ""
    try:
        async with asyncio.timeout(deadline):
            answer = await ask()
        why = "" if answer is not None else "malformed"
    except TimeoutError:
        why = "timeout"
    except (OSError, asyncio.IncompleteReadError, ValueError):
        why = "unreachable"
    except asyncio.CancelledError:
        why = "cancelled"
        raise
    finally:
        outcome = Outcome.FAILED if why else Outcome.FOUND
        passed = round((time.monotonic() - started) * 1000)
        ledger.add(Entry("time", question, outcome, why, False, passed, at))
    return answer


class _OneDatagram(asyncio.DatagramProtocol):
    """The first datagram that comes, and when."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[tuple[bytes, float]] = loop.create_future()

    def datagram_received(self, data: bytes, address: object) -> None:
        if not self.answer.done():
            self.answer.set_result((data, time.time()))

    def error_received(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


async def _exchange_ntp(host: str, port: int) -> NtpTimes | None:
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(
        _OneDatagram, remote_addr=(host, port)
    )
    try:
        cookie = secrets.randbits(64) | 1
        head = _NTP_VERSION << 3 | _CLIENT
        sent = time.time()
        transport.sendto(_PACKET.pack(head, 0, 0, 0, 0, 0, 0, 0, 0, 0, cookie))
        data, arrived = await protocol.answer
    finally:
        transport.close()
    return _ntp_times(data, cookie, sent, arrived)


def _ntp_times(data: bytes, cookie: int, sent: float, arrived: float) -> NtpTimes | None:
    """None for what is no answer to our question, or one of a server that does not know."""
    if len(data) < _PACKET.size:
        return None
    head, stratum, *_, origin, received, answered = _PACKET.unpack_from(data)
    unsynchronised = head >> 6 == 3
    if head & 7 != _SERVER or unsynchronised or not 1 <= stratum <= _MAX_STRATUM:
        return None
    if origin != cookie or not received or not answered:
        return None
    return NtpTimes(sent, _unix(received, sent), _unix(answered, sent), arrived)


def _unix(stamp: int, near: float) -> float:
    """Unix time of a timestamp, in the era that is nearest to our own time."""
    seconds = stamp / 2**32 - _NTP_EPOCH
    return seconds + _ERA * round((near - seconds) / _ERA)


async def _exchange_web(host: str, port: int, context: ssl.SSLContext) -> WebTimes | None:
    reader, writer = await asyncio.open_connection(
        host, port, ssl=context, limit=_MAX_HEAD, server_hostname=host
    )
    try:
        request = f"HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        sent = time.time()
        writer.write(request.encode("ascii"))
        await writer.drain()
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            return None
        arrived = time.time()
    finally:
        writer.close()
    match = _DATE.search(head)
    if match is None or not head.startswith(b"HTTP/"):
        return None
    date = parsedate_to_datetime(match.group(1).decode("ascii"))
    return WebTimes(sent, arrived, int(date.timestamp()))
