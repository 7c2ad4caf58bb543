"""Lists of breached passwords, made here, and a server of their ranges."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CANARIES = ("password", "123456")


def digest(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def lines(passwords: Iterable[str], others: int, seed: int = 1) -> list[str]:
    """Lines ordered by hash: these passwords, the canaries, and so many random hashes."""
    rng = random.Random(seed)
    known = {digest(one): 7 for one in (*CANARIES, *passwords)}
    known.update({f"{rng.getrandbits(160):040X}": rng.randint(1, 99) for _ in range(others)})
    return [f"{one}:{known[one]}" for one in sorted(known)]


class Server:
    """What was asked for, and how the next answers go wrong: one status a question."""

    def __init__(self, listed: list[str]) -> None:
        self.ranges: dict[str, list[str]] = {}
        for line in listed:
            self.ranges.setdefault(line[:5], []).append(line[5:])
        self.asked: list[str] = []
        self.padding: list[str | None] = []
        self.faults: list[int] = []
        self.url = ""


@contextmanager
def served(listed: list[str]) -> Iterator[Server]:
    state = Server(listed)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            state.padding.append(self.headers.get("Add-Padding"))
            status = state.faults.pop(0) if state.faults else 200
            prefix = self.path.rpartition("/")[2]
            found = state.ranges.get(prefix, []) + [f"{number:035X}:0" for number in range(20)]
            body = "\r\n".join(found).encode() if status == 200 else b"no"
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
