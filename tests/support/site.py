"""A site with two-step sign-in, on this computer: it shows a picture code and checks codes.

Its arithmetic is its own, straight from RFC 6238, so that it does not err with the program.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import secrets
import struct
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import segno


class TestSite:
    """What a browser would do there."""

    __test__ = False

    def __init__(self, address: str) -> None:
        self.address = address

    def link(self) -> str:
        """The link behind the picture code."""
        return self._get("/link").decode()

    def picture(self) -> bytes:
        """The picture code, as PNG."""
        return self._get("/picture.png")

    def takes(self, code: str) -> bool:
        """Type a code there."""
        return bool(json.loads(self._get(f"/verify?code={code}"))["ok"])

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=5) as answer:
            return bytes(answer.read())


@contextmanager
def test_site() -> Iterator[TestSite]:
    """Bring the site up."""
    secret = secrets.token_bytes(20)
    letters = base64.b32encode(secret).decode()
    link = f"otpauth://totp/Test%20site:anna?secret={letters}&issuer=Test%20site"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            if url.path == "/link":
                body = link.encode()
            elif url.path == "/picture.png":
                out = io.BytesIO()
                segno.make_qr(link).save(out, kind="png", scale=6, border=4)
                body = out.getvalue()
            else:
                typed = parse_qs(url.query).get("code", [""])[0]
                now = int(time.time()) // 30
                body = json.dumps({"ok": typed in {_code(secret, now), _code(secret, now - 1)}})
                body = body.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield TestSite(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


test_site.__test__ = False  # type: ignore[attr-defined]


def _code(secret: bytes, step: int) -> str:
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
