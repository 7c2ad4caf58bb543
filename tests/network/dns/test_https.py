"""DNS over HTTPS, here without the S: the messages, and a web server that misbehaves."""

from __future__ import annotations

import asyncio
import importlib.util
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from secassist.base.errors import UnusableCall
from secassist.network.dns import Answer, Outcome
from secassist.network.dns.live import LiveResolver
from secassist.network.dns.server import Server
from support.dns_server import DnsServer

pytest.importorskip("httpx", reason="DNS over HTTPS needs httpx, which is not installed")

ZONE = {"a.test": {"TXT": ["hello"]}, "large.test": {"TXT": ["x" * 60_000]}}


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


class Gateway(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    zone = DnsServer(ZONE)
    behaviour = ""

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["content-length"]))
        assert self.headers["content-type"] == "application/dns-message"
        body = self.zone.replies(query, "tcp")[0]
        media = "application/dns-message"
        match self.behaviour:
            case "silent":
                time.sleep(0.5)
                self.close_connection = True
                return
            case "page":
                media, body = "text/html", b"<h1>Please sign in</h1>"
            case "flood":
                body = b"\x00" * 200_000
            case "other":
                body = b"\x12\x34" + body[2:]
            case "cut":
                body = body[:-3]
        self.send_response(500 if self.behaviour == "error" else 200)
        self.send_header("content-type", media)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def gateway(behaviour: str = "") -> Iterator[Server]:
    handler = type("Handler", (Gateway,), {"behaviour": behaviour})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        port = server.server_address[1]
        try:
            yield Server("127.0.0.1", port, f"http://127.0.0.1:{port}/dns-query")
        finally:
            server.shutdown()
            thread.join()


def asked(server: Server, *names: str, deadline: float = 5.0) -> list[Answer]:
    async def run() -> list[Answer]:
        async with LiveResolver([server], deadline=deadline) as live:
            return [await live.query(name, "TXT") for name in names]

    return asyncio.run(run())


def test_answers_as_over_udp() -> None:
    with gateway() as server:
        small, large, gone = asked(server, "a.test", "large.test", "gone.test")
    assert small.texts == (b"hello",)
    assert large.texts == (b"x" * 60_000,)
    assert (gone.outcome, gone.why) == (Outcome.ABSENT, "nxdomain")


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        ("silent", "timeout"),
        ("page", "malformed"),
        ("flood", "malformed"),
        ("other", "malformed"),
        ("cut", "malformed"),
        ("error", "unreachable"),
    ],
)
def test_a_fault_is_never_absence(behaviour: str, why: str) -> None:
    with gateway(behaviour) as server:
        (answer,) = asked(server, "a.test", deadline=0.2 if behaviour == "silent" else 5.0)
    assert (answer.outcome, answer.why) == (Outcome.FAILED, why)


def test_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UnusableCall, match="httpx"):
        LiveResolver([Server("dns.a.test", 443, "https://dns.a.test/dns-query")])
