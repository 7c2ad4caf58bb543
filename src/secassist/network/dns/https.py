"""DNS over HTTPS (RFC 8484): the same messages, in a POST.

Imported only where such a server was chosen. The server's own name is looked up by the system.
"""

from __future__ import annotations

import asyncio

import httpx

from secassist.network.dns.server import Server
from secassist.network.dns.transport import ServerFault
from secassist.network.dns.wire import (
    MAX_MESSAGE,
    MalformedReply,
    Reply,
    decode_reply,
    encode_query,
)

MEDIA_TYPE = "application/dns-message"
_HEADERS = {"accept": MEDIA_TYPE, "content-type": MEDIA_TYPE, "user-agent": "secassist"}


class HttpsClient:
    """Keeps connections open between questions; ``aclose`` ends them."""

    def __init__(self) -> None:
        self._http = httpx.AsyncClient(timeout=None, headers=_HEADERS)  # our own deadline holds

    async def exchange(
        self, server: Server, name: str, rdtype: str, *, edns: bool, patience: float
    ) -> Reply:
        """Ask ``server.url``; ``name`` as ``ascii_name`` gives it. Raises ServerFault."""
        query = encode_query(0, name, rdtype, edns=edns)  # number 0: RFC 8484, 4.1
        try:
            async with asyncio.timeout(patience):
                reply = decode_reply(await self._post(server.url, query), 0, name, rdtype)
        except TimeoutError as error:
            raise ServerFault("timeout") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise ServerFault("unreachable") from error
        except MalformedReply as error:
            raise ServerFault("malformed") from error
        if reply is None:
            raise ServerFault("malformed")
        if reply.truncated:
            raise ServerFault("truncated")
        return reply

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _post(self, url: str, query: bytes) -> bytes:
        body = b""
        async with self._http.stream("POST", url, content=query) as response:
            if response.status_code != httpx.codes.OK:
                raise ServerFault("unreachable")
            if response.headers.get("content-type", "").partition(";")[0].strip() != MEDIA_TYPE:
                raise ServerFault("malformed")  # a captive portal's page, most likely
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_MESSAGE:
                    raise ServerFault("malformed")
        return body
