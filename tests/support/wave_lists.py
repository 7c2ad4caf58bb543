"""A signer of lists of known waves, and a server that hands them out on loopback."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

WAVE = """
[paypal-codes-2026-11]
organisation = "paypal"
kinds = ["code", "reset-requested"]
first = 2026-11-20
last = 2026-11-24
statement = "A slip of ours sent codes that nobody had asked for."
said_by = "PayPal"
said_on = 2026-11-24
said_where = "PayPal's own site"
reported_in = "a test"
as_of = 2026-11-25
"""


class Signer:
    """Keeps a list, and signs it."""

    def __init__(self, seed: int = 1) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.key = base64.b64encode(self._private.public_key().public_bytes_raw()).decode()

    def signed(self, waves: str = WAVE, made_at: str = "2026-11-25T08:00:00Z") -> bytes:
        """A list of these waves."""
        body = f"made_at = {made_at}\n{waves}".encode()
        return b"secassist-incidents-1 " + base64.b64encode(self._private.sign(body)) + b"\n" + body


@dataclass
class ListServer:
    """What it hands out, and what was asked."""

    data: bytes
    status: int = 200
    url: str = ""
    asked: list[str] = field(default_factory=list)
    goes_on: threading.Event = field(default_factory=threading.Event)
    """While it is not set, the answer stops after its first octet."""


@contextmanager
def list_server(data: bytes) -> Iterator[ListServer]:
    state = ListServer(data)
    state.goes_on.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            self.send_response(state.status)
            if state.status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", str(len(state.data)))
            self.end_headers()
            self.wfile.write(state.data[:1])
            state.goes_on.wait()
            self.wfile.write(state.data[1:])

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/waves"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        state.goes_on.set()
        server.shutdown()
        thread.join()
        server.server_close()
