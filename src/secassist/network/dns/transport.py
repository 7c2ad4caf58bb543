"""One question to one server: UDP first, TCP where the reply does not fit (RFC 7766)."""

from __future__ import annotations

import asyncio
import secrets
import struct
from collections.abc import Callable

from secassist.network.dns.server import Server
from secassist.network.dns.wire import MalformedReply, Reply, decode_reply, encode_query

Accept = Callable[[bytes], Reply | None]


class ServerFault(Exception):
    """No reply that can be used; ``why`` is a word of ``Answer.why``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def exchange(
    server: Server, name: str, rdtype: str, *, edns: bool, patience: float, resend: float
) -> Reply:
    """Ask ``server``; ``name`` as ``ascii_name`` gives it. Times in seconds.

    The question is sent again after every ``resend``, on the same socket, for a server may be slow
    as well as a datagram lost. What matches neither number nor question is ignored; the socket is
    connected, so nothing from another address arrives. Raises ServerFault.
    """
    number = secrets.randbelow(1 << 16)
    query = encode_query(number, name, rdtype, edns=edns)

    def accept(data: bytes) -> Reply | None:
        return decode_reply(data, number, name, rdtype)

    try:
        async with asyncio.timeout(patience):
            reply = await _over_udp(server, query, accept, resend)
            if reply.truncated:
                reply = await _over_tcp(server, query, accept)
    except TimeoutError as error:
        raise ServerFault("timeout") from error
    except OSError as error:
        raise ServerFault("unreachable") from error
    if reply.truncated:
        raise ServerFault("truncated")
    return reply


class _Waiting(asyncio.DatagramProtocol):
    """Waits for the datagram that is the reply."""

    def __init__(self, accept: Accept) -> None:
        self.reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._accept = accept

    def datagram_received(self, data: bytes, addr: object) -> None:
        if self.reply.done():
            return
        try:
            reply = self._accept(data)
        except MalformedReply:
            self.reply.set_exception(ServerFault("malformed"))
            return
        if reply is not None:
            self.reply.set_result(reply)

    def error_received(self, exc: Exception) -> None:
        if not self.reply.done():
            self.reply.set_exception(ServerFault("unreachable"))


async def _over_udp(server: Server, query: bytes, accept: Accept, resend: float) -> Reply:
    loop = asyncio.get_running_loop()
    transport, waiting = await loop.create_datagram_endpoint(
        lambda: _Waiting(accept), remote_addr=(server.host, server.port)
    )
    try:
        while True:
            transport.sendto(query)
            done, _ = await asyncio.wait({waiting.reply}, timeout=resend)
            if done:
                return waiting.reply.result()
    finally:
        waiting.reply.cancel()
        transport.close()


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
