"""The time of others, from servers of our own on this computer."""

from __future__ import annotations

import asyncio
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from secassist.network import time as network_time
from secassist.network.dns.answer import Outcome
from secassist.network.ledger import Ledger
from secassist.twofactor import clock

OFF = 95.0
Reply = Callable[[bytes], bytes | None]


def ntp_answer(
    question: bytes, *, head: int = 0x24, stratum: int = 2, origin: bytes = b""
) -> bytes:
    stamp = struct.pack(">Q", int((time.time() + OFF + 2_208_988_800) * 2**32) % 2**64)
    start = struct.pack(">BBbb", head, stratum, 0, 0) + bytes(20)
    return start + (origin or question[40:48]) + stamp + stamp


async def ask_ntp(reply: Reply, ledger: Ledger) -> network_time.NtpTimes | None:
    class Server(asyncio.DatagramProtocol):
        def connection_made(self, transport: asyncio.DatagramTransport) -> None:
            self.transport = transport

        def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
            if (answer := reply(data)) is not None:
                self.transport.sendto(answer, address)

    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Server, local_addr=("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    try:
        return await network_time.ask_ntp("127.0.0.1", ledger, port=port, deadline=0.5)
    finally:
        transport.close()


def test_ntp() -> None:
    ledger = Ledger()
    asked: list[bytes] = []

    def reply(question: bytes) -> bytes:
        asked.append(question)
        return ntp_answer(question)

    times = asyncio.run(ask_ntp(reply, ledger))
    assert times is not None
    offset = clock.from_ntp(times.sent, times.received, times.answered, times.arrived)
    assert abs(offset.seconds - OFF) < 0.2
    assert len(asked[0]) == 48
    (entry,) = ledger.entries
    assert (entry.kind, entry.question, entry.outcome) == ("time", "NTP 127.0.0.1", Outcome.FOUND)


@pytest.mark.parametrize(
    "reply",
    [
        lambda question: b"short",
        lambda question: ntp_answer(question, origin=b"x" * 8),  # somebody who did not see it
        lambda question: ntp_answer(question, head=0x23),  # no server
        lambda question: ntp_answer(question, head=0xE4),  # does not know the time itself
        lambda question: ntp_answer(question, stratum=0),  # "go away"
        lambda question: ntp_answer(question, stratum=16),
        lambda question: question[:40] + question[40:48] + bytes(8),
    ],
)
def test_answers_that_say_nothing(reply: Reply) -> None:
    ledger = Ledger()
    assert asyncio.run(ask_ntp(reply, ledger)) is None
    (entry,) = ledger.entries
    assert (entry.outcome, entry.why) == (Outcome.FAILED, "malformed")


def test_silence_and_no_server() -> None:
    ledger = Ledger()
    assert asyncio.run(ask_ntp(lambda question: None, ledger)) is None
    asyncio.run(network_time.ask_ntp("127.0.0.1", ledger, port=9, deadline=0.5))
    asyncio.run(network_time.ask_ntp("nowhere.invalid", ledger, deadline=0.5))
    assert [entry.outcome for entry in ledger.entries] == [Outcome.FAILED] * 3
    assert ledger.entries[0].why == "timeout"


@given(st.binary(max_size=80), st.integers(1, 2**64 - 1))
def test_any_datagram(data: bytes, cookie: int) -> None:
    network_time._ntp_times(data, cookie, 0.0, 1.0)


def certificate(folder: Path) -> Path:
    """For localhost, and long out of date, as everything is by a clock that is years ahead."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    past = datetime(2001, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(past)
        .not_valid_after(past + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@contextmanager
def web_server(path: Path, answer: Callable[[], bytes]) -> Iterator[int]:
    """A web server in a thread of its own, on a port of this computer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    ports: list[int] = []
    ready, end = threading.Event(), threading.Event()

    async def serve() -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer())
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(talk, "localhost", 0, ssl=context)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        async with server:
            await asyncio.to_thread(end.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait(5)
    try:
        yield ports[0]
    finally:
        end.set()
        thread.join(5)


def ask_web(
    path: Path, answer: Callable[[], bytes], ledger: Ledger
) -> network_time.WebTimes | None:
    context = network_time.web_context()
    context.load_verify_locations(path)
    with web_server(path, answer) as port:
        return asyncio.run(network_time.ask_web("localhost", ledger, port=port, context=context))


def test_web(tmp_path: Path) -> None:
    ledger = Ledger()

    def answer() -> bytes:
        date = formatdate(time.time() + OFF, usegmt=True)
        return f"HTTP/1.1 200 OK\r\nServer: x\r\nDate: {date}\r\n\r\n".encode()

    times = ask_web(certificate(tmp_path), answer, ledger)
    assert times is not None
    offset = clock.from_dates([(times.sent, times.arrived, times.date)])
    assert offset is not None
    assert abs(offset.seconds - OFF) <= offset.error + 0.01
    assert ledger.entries[0].question == "HTTPS localhost (the date alone)"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nDate: yesterday\r\n\r\n",
        b"hello\r\nDate: Tue, 15 Nov 1994 08:12:31 GMT\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    ],
)
def test_web_answers_that_say_nothing(tmp_path: Path, answer: bytes) -> None:
    ledger = Ledger()
    assert ask_web(certificate(tmp_path), lambda: answer, ledger) is None
    assert ledger.entries[0].outcome is Outcome.FAILED


def test_a_stranger_s_certificate_is_refused(tmp_path: Path) -> None:
    ledger = Ledger()
    with web_server(certificate(tmp_path), lambda: b"") as port:
        assert asyncio.run(network_time.ask_web("localhost", ledger, port=port)) is None
    assert ledger.entries[0].why == "unreachable"
