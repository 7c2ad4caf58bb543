"""A DNS server on loopback, over UDP and TCP, that speaks real messages and fails on demand.

    with DnsServer({"a.test": {"TXT": ["v=spf1 -all"]}}, faults={"b.test": "servfail"}) as server:
        LiveResolver([Server(server.address, server.port)])

The zone has the form of ``ZoneResolver``. As a program, for tools in other languages:

    python dns_server.py ZONE.json [--port N] [--delay SECONDS]     (prints its port)
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.TXT
import dns.rrset

Fault = Literal[
    "servfail",
    "refused",
    "formerr",  # as old servers do when they see EDNS; without it they answer
    "drop",  # silence
    "drop-first",  # silence once for each name
    "truncated",  # over UDP and over TCP
    "drip",  # truncated over UDP, then a few octets over TCP and silence
    "hang-up",  # truncated over UDP, then TCP closes at once
    "wrong-id",  # a reply with another number, then silence
    "wrong-id-first",  # a reply with another number, then the right one
    "wrong-question",  # a reply to something else, then silence
    "cname-loop",
    "garbage",  # number and question are right, the rest is noise
    "nxdomain",
    "nxdomain-bare",  # without an SOA
    "referral",
    "empty",  # no answer, no SOA, and no recursion
]
FAULTS = {"TIMEOUT": "drop", "SERVFAIL": "servfail", "REFUSED": "refused"}
TTL = 300


class Question(NamedTuple):
    name: str
    rdtype: str
    transport: Literal["udp", "tcp"]


class DnsServer:
    """Serves ``zone`` from its own thread; the fault ``"*"`` holds for every name."""

    def __init__(
        self,
        zone: Mapping[str, Any] | None = None,
        *,
        delay: float = 0.0,
        faults: Mapping[str, Fault] | None = None,
        ttl: int = TTL,
        address: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.zone = {_key(name): value for name, value in (zone or {}).items()}
        self.faults: dict[str, str] = {_key(n): fault for n, fault in (faults or {}).items()}
        self.delay = delay
        self.ttl = ttl
        self.address = address
        self.port = port
        self.questions: list[Question] = []
        self._loop: Any = None
        self._thread = threading.Thread(target=self._run, name="dns-server", daemon=True)
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._failed: OSError | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    def __enter__(self) -> DnsServer:
        self._thread.start()
        self._ready.wait(10)
        if self._failed:
            raise self._failed
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        self._loop = asyncio.new_event_loop()
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()
            self._ready.set()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        try:
            udp, tcp = _sockets(self.address, self.port)
        except OSError as error:
            self._failed = error
            return
        self.port = udp.getsockname()[1]
        transport, _ = await self._loop.create_datagram_endpoint(lambda: _Udp(self), sock=udp)
        server = await asyncio.start_server(self._tcp, sock=tcp)
        self._ready.set()
        await self._stop.wait()
        server.close()
        for writer in list(self._writers):
            writer.close()
        transport.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)

    async def _tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while True:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
                query = await reader.readexactly(length)
                for reply in self.replies(query, "tcp"):
                    await asyncio.sleep(self.delay)
                    fault = self._fault(dns.message.from_wire(query).question[0].name)
                    if fault == "hang-up":
                        return
                    framed = struct.pack("!H", len(reply)) + reply
                    writer.write(framed[:7] if fault == "drip" else framed)
                    await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            return
        finally:
            self._writers.discard(writer)
            writer.close()

    def replies(self, data: bytes, transport: Literal["udp", "tcp"]) -> list[bytes]:
        """What is sent for one query, in order."""
        try:
            query = dns.message.from_wire(data)
        except dns.exception.DNSException:
            return []
        name, rdtype = query.question[0].name, query.question[0].rdtype
        self.questions.append(Question(_text(name), dns.rdatatype.to_text(rdtype), transport))
        fault = self._fault(name)
        if fault == "drop" or (fault == "drop-first" and self._times(name) == 1):
            return []
        if fault == "garbage":
            header = struct.pack("!6H", query.id, 0x8180, 1, 3, 0, 0)
            return [header + _question_wire(query) + b"\xc0\x0c\x00\x10\x00\x01\xff"]
        if fault == "wrong-question":
            other = dns.message.make_query(f"other.{_text(name)}", rdtype)
            other.id = query.id
            return [_wire(self._respond(other, ""), transport, query.payload)]
        response = self._respond(query, fault)
        if fault == "truncated" or (fault in {"drip", "hang-up"} and transport == "udp"):
            response.flags |= dns.flags.TC
            response.answer.clear()
        wire = _wire(response, transport, query.payload)
        if fault in {"wrong-id", "wrong-id-first"}:
            wrong = struct.pack("!H", query.id ^ 0x5555) + wire[2:]
            return [wrong, wire] if fault == "wrong-id-first" else [wrong]
        return [wire]

    def _fault(self, name: dns.name.Name) -> str:
        key = _key(_text(name))
        fault = self.faults.get(key) or self.faults.get("*") or ""
        entry = self.zone.get(key)
        return fault or (FAULTS.get(entry, "") if isinstance(entry, str) else "")

    def _times(self, name: dns.name.Name) -> int:
        return sum(question.name == _text(name) for question in self.questions)

    def _respond(self, query: dns.message.Message, fault: str) -> dns.message.Message:
        response = dns.message.make_response(query, recursion_available=fault != "empty")
        if fault == "formerr" and query.edns >= 0:
            bare = dns.message.make_response(query)
            bare.use_edns(False)
            bare.set_rcode(dns.rcode.FORMERR)
            return bare
        if fault in {"servfail", "refused"}:
            response.set_rcode(dns.rcode.from_text(fault.upper()))
            return response
        name, rdtype = query.question[0].name, query.question[0].rdtype
        if fault == "cname-loop":
            response.answer.append(dns.rrset.from_text(name, self.ttl, "IN", "CNAME", str(name)))
        elif fault in {"nxdomain", "nxdomain-bare"}:
            response.set_rcode(dns.rcode.NXDOMAIN)
            if fault == "nxdomain":
                self._negative(response)
        elif fault == "referral":
            response.authority.append(dns.rrset.from_text("test.", 300, "IN", "NS", "ns.test."))
        elif fault != "empty":  # no fault, or one of how the reply is sent
            self._look_up(response, name, rdtype)
        return response

    def _look_up(
        self, response: dns.message.Message, name: dns.name.Name, rdtype: dns.rdatatype.RdataType
    ) -> None:
        for _ in range(16):
            entry = self.zone.get(_key(_text(name)))
            if entry is None:
                response.set_rcode(dns.rcode.NXDOMAIN)
                break
            types = {t.upper(): v for t, v in entry.items()}
            wanted = types.get(dns.rdatatype.to_text(rdtype))
            listed = _listed(wanted)
            if any(value in FAULTS for value in listed if isinstance(value, str)):
                response.set_rcode(dns.rcode.SERVFAIL)
                return
            if listed:
                response.answer.append(_rrset(name, self.ttl, rdtype, listed))
                return
            if "CNAME" not in types:
                break
            alias = _rrset(name, self.ttl, dns.rdatatype.CNAME, _listed(types["CNAME"]))
            response.answer.append(alias)
            name = alias[0].target
        self._negative(response)

    def _negative(self, response: dns.message.Message) -> None:
        soa = f"ns.test. hostmaster.test. 1 7200 900 86400 {self.ttl}"
        response.authority.append(dns.rrset.from_text(".", self.ttl, "IN", "SOA", soa))


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, server: DnsServer) -> None:
        self._server = server
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        for reply in self._server.replies(data, "udp"):
            if self._server.delay:
                loop = asyncio.get_running_loop()
                loop.call_later(self._server.delay, self._transport.sendto, reply, addr)
            else:
                self._transport.sendto(reply, addr)


def _sockets(address: str, port: int) -> tuple[socket.socket, socket.socket]:
    """A UDP and a TCP socket on the same port; tries again where a free one is free only once."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for attempt in range(20):
        udp = socket.socket(family, socket.SOCK_DGRAM)
        tcp = socket.socket(family, socket.SOCK_STREAM)
        try:
            udp.bind((address, port))
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tcp.bind((address, udp.getsockname()[1]))
        except OSError:
            udp.close()
            tcp.close()
            if port or attempt == 19:
                raise
            continue
        udp.setblocking(False)
        tcp.setblocking(False)
        return udp, tcp
    raise AssertionError


def _wire(message: dns.message.Message, transport: str, payload: int) -> bytes:
    limit = 65_535 if transport == "tcp" else max(payload, 512)
    try:
        return message.to_wire(max_size=limit)
    except dns.exception.TooBig:
        message.answer.clear()
        message.authority.clear()
        message.flags |= dns.flags.TC
        return message.to_wire(max_size=limit)


def _question_wire(query: dns.message.Message) -> bytes:
    question = query.question[0]
    return question.name.to_wire() + struct.pack("!HH", question.rdtype, question.rdclass)


def _rrset(
    name: dns.name.Name, ttl: int, rdtype: dns.rdatatype.RdataType, values: list[Any]
) -> dns.rrset.RRset:
    rrset = dns.rrset.RRset(name, dns.rdataclass.IN, rdtype)
    rrset.update_ttl(ttl)
    for value in values:
        rrset.add(_rdata(rdtype, value))
    return rrset


def _rdata(rdtype: dns.rdatatype.RdataType, value: Any) -> dns.rdata.Rdata:
    if rdtype == dns.rdatatype.TXT:
        pieces = value if isinstance(value, list | tuple) else [value]
        octets = [p if isinstance(p, bytes) else str(p).encode("utf-8") for p in pieces]
        strings = [o[i : i + 255] for o in octets for i in range(0, max(len(o), 1), 255)]
        return dns.rdtypes.ANY.TXT.TXT(dns.rdataclass.IN, rdtype, strings)
    if rdtype == dns.rdatatype.MX:
        preference, host = value.split() if isinstance(value, str) else value
        value = f"{preference} {str(host).rstrip('.')}."
    elif rdtype in {dns.rdatatype.PTR, dns.rdatatype.CNAME}:
        value = str(value).rstrip(".") + "."
    return dns.rdata.from_text("IN", rdtype, str(value))


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return [value] if isinstance(value, str | bytes) else list(value)


def _text(name: dns.name.Name) -> str:
    """The labels as they are, without the escapes of zone files."""
    return ".".join(label.decode("latin-1") for label in name.labels[:-1])


def _key(name: str) -> str:
    return name.rstrip(".").lower() or "."


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description="Serve a zone (JSON) over DNS on loopback.")
    parser.add_argument("zone", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each reply")
    call = parser.parse_args(arguments)
    zone = json.loads(call.zone.read_text("utf-8"))
    with DnsServer(zone, port=call.port, delay=call.delay) as server:
        print(server.port, flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main(sys.argv[1:])
