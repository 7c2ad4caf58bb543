"""One question to one server: UDP first, TCP where the reply does not fit (RFC 7766)."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import struct
from collections.abc import Callable, Sequence
from typing import Any, Final

from secassist.network.dns.server import Server, is_address
from secassist.network.dns.wire import (
    MAX_MESSAGE,
    MalformedReply,
    Reply,
    decode_reply,
    encode_query,
)

MIN_RESEND: Final = 0.05  # seconds
MAX_ADDRESSES: Final = 4  # of one server that was given by its name

Accept = Callable[[bytes], Reply | None]


class ServerFault(Exception):
    """No reply that can be used; ``why`` is a word of ``Answer.why``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def addresses_of(servers: Sequence[Server]) -> tuple[Server, ...]:
    """Each server that is given by its name once for each of its addresses, in their order.

    One whose name leads nowhere stays as it is, and then fails as *unreachable*.
    """
    loop = asyncio.get_running_loop()
    known: dict[Server, None] = {}
    for server in servers:
        if server.is_exact:
            known[server] = None
            continue
        try:
            found = await loop.getaddrinfo(server.host, server.port, type=socket.SOCK_DGRAM)
        except (OSError, UnicodeError):
            known[server] = None
            continue
        for *_, address in found[:MAX_ADDRESSES]:
            known[Server(str(address[0]), server.port)] = None
    return tuple(known)


async def exchange(
    server: Server, name: str, rdtype: str, *, edns: bool, patience: float, resend: float
) -> Reply:
    """Ask ``server``; ``name`` as ``ascii_name`` gives it. Times in seconds.

    The question is sent again after every ``resend``, on the same socket, for a server may be slow
    as well as a datagram lost. What matches neither number nor question is ignored; the socket is
    connected, so nothing from another address arrives. Raises ServerFault.
    """
    until = asyncio.get_running_loop().time() + patience
    number = secrets.randbelow(1 << 16)
    query = encode_query(number, name, rdtype, edns=edns)

    def accept(data: bytes) -> Reply | None:
        return decode_reply(data, number, name, rdtype)

    try:
        reply = await _over_udp(server, query, accept, resend, until)
        if reply.truncated:
            async with asyncio.timeout_at(until):
                reply = await _over_tcp(server, query, accept)
    except TimeoutError as error:
        raise ServerFault("timeout") from error
    except OSError as error:
        raise ServerFault("unreachable") from error
    if reply.truncated:
        raise ServerFault("truncated")
    return reply


async def _over_udp(
    server: Server, query: bytes, accept: Accept, resend: float, until: float
) -> Reply:
    loop = asyncio.get_running_loop()
    family, address = await _address(server, until)
    # Bare sockets: asyncio's datagram transports take half as much time again.
    with socket.socket(family, socket.SOCK_DGRAM) as udp:
        udp.setblocking(False)
        udp.connect(address)
        while True:
            again = loop.time() + max(resend, MIN_RESEND)
            try:
                async with asyncio.timeout_at(min(again, until)):
                    _send(udp, query)
                    return await _received(udp, accept)
            except TimeoutError:
                if again >= until:
                    raise
            except MalformedReply as error:
                raise ServerFault("malformed") from error


def _send(udp: socket.socket, query: bytes) -> None:
    """Send, or lose the datagram where the system has no room for it: it will be sent again."""
    with contextlib.suppress(BlockingIOError):
        udp.send(query)


async def _received(udp: socket.socket, accept: Accept) -> Reply:
    """The first datagram that is the reply."""
    loop = asyncio.get_running_loop()
    while True:
        reply = accept(await loop.sock_recv(udp, MAX_MESSAGE))
        if reply is not None:
            return reply
        await asyncio.sleep(0)  # a flood of forged replies must not hold the loop


async def _address(server: Server, until: float) -> tuple[int, tuple[Any, ...]]:
    """Family and socket address; only a name or a scoped address must be looked up."""
    if "%" not in server.host and is_address(server.host):
        family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
        return family, (server.host, server.port)
    loop = asyncio.get_running_loop()
    async with asyncio.timeout_at(until):
        found = await loop.getaddrinfo(server.host, server.port, type=socket.SOCK_DGRAM)
    return found[0][0], found[0][4]


async def _over_tcp(server: Server, query: bytes, accept: Accept) -> Reply:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    try:
        writer.write(struct.pack("!H", len(query)) + query)
        (length,) = struct.unpack("!H", await reader.readexactly(2))
        reply = accept(await reader.readexactly(length))
    except asyncio.IncompleteReadError as error:
        raise ServerFault("unreachable") from error
    except MalformedReply as error:
        raise ServerFault("malformed") from error
    finally:
        writer.transport.abort()  # nothing is left to say, and a silent peer must not hold us
    if reply is None:
        raise ServerFault("malformed")
    return reply
