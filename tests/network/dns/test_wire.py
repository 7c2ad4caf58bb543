"""Our codec against dnspython's, message by message, and against octets from nowhere."""

from __future__ import annotations

import struct
import time
from ipaddress import ip_address

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.network.dns.wire import (
    MAX_RECORDS,
    NXDOMAIN,
    PAYLOAD,
    TYPES,
    MalformedReply,
    Reply,
    decode_reply,
    encode_query,
)

NAME = "Selector.a.test"

labels = st.binary(min_size=1, max_size=12) | st.sampled_from([b"a", b"B", b"test", b"x.y", b"\\"])
names = st.lists(labels, min_size=1, max_size=5).map(lambda parts: dns.name.Name([*parts, b""]))
ttls = st.integers(0, 0xFFFFFFFF)


def rdata(kind: str) -> st.SearchStrategy[dns.rdata.Rdata]:
    number = dns.rdatatype.from_text(kind)
    match kind:
        case "A":
            octets = st.binary(min_size=4, max_size=4)
        case "AAAA":
            octets = st.binary(min_size=16, max_size=16)
        case "TXT":
            strings = st.lists(st.binary(max_size=255), min_size=1, max_size=4)
            octets = strings.map(lambda s: b"".join(bytes((len(p),)) + p for p in s))
        case "MX":
            octets = st.tuples(st.binary(min_size=2, max_size=2), names).map(
                lambda pair: pair[0] + pair[1].to_wire()
            )
        case _:
            octets = names.map(lambda name: name.to_wire())
    return octets.map(lambda o: dns.rdata.from_wire("IN", number, o, 0, len(o)))


@st.composite
def responses(draw: st.DrawFn) -> tuple[str, bytes]:
    """A reply as dnspython writes it, with names compressed, and the type that was asked for."""
    asked = draw(st.sampled_from(sorted(TYPES)))
    query = dns.message.make_query(NAME, asked, use_edns=0)
    query.id = 7
    response = dns.message.make_response(query, recursion_available=True)
    response.set_rcode(draw(st.sampled_from([0, 2, 3, 5, 16])))
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(sorted(TYPES)))
        owner = draw(st.sampled_from([query.question[0].name]) | names)
        record = draw(rdata(kind))
        rrset = dns.rrset.from_rdata(owner, draw(ttls) & 0x7FFFFFFF, record)
        response.answer.append(rrset)
    if draw(st.booleans()):
        soa = f"ns.test. me.test. 1 2 3 4 {draw(st.integers(0, 90_000))}"
        response.authority.append(dns.rrset.from_text("test.", 600, "IN", "SOA", soa))
    return asked, response.to_wire()


@given(responses())
def test_replies_are_read_as_dnspython_reads_them(case: tuple[str, bytes]) -> None:
    asked, octets = case
    theirs = dns.message.from_wire(octets, one_rr_per_rrset=True)
    ours = decode_reply(octets, 7, NAME, asked)
    assert ours is not None
    assert ours.rcode == theirs.rcode()
    # One set for each record, or dnspython keeps only the last CNAME of a name.
    expected = {
        (_text(rrset.name), dns.rdatatype.to_text(rrset.rdtype), _data(record))
        for rrset in theirs.answer
        for record in rrset
    }
    assert {(r.owner.lower(), r.rdtype, _lower(r.data)) for r in ours.records} == expected
    soa = [rrset for rrset in theirs.authority if rrset.rdtype == dns.rdatatype.SOA]
    assert ours.negative_ttl == (max(1, min(600, soa[0][0].minimum)) if soa else 0)


@given(names.filter(lambda name: len(name.to_wire()) < 250), st.sampled_from(sorted(TYPES)))
def test_dnspython_reads_our_questions(name: dns.name.Name, rdtype: str) -> None:
    text = ".".join("a" * len(label) for label in name.labels[:-1])
    query = dns.message.from_wire(encode_query(4711, text, rdtype))
    assert query.id == 4711
    assert query.flags == dns.flags.RD
    assert query.payload == PAYLOAD
    assert query.question[0].name == dns.name.from_text(text)
    assert query.question[0].rdtype == dns.rdatatype.from_text(rdtype)
    assert dns.message.from_wire(encode_query(1, text, rdtype, edns=False)).edns == -1


@given(st.binary(max_size=300))
def test_octets_from_nowhere_are_no_reply(octets: bytes) -> None:
    header = struct.pack("!6H", 7, 0x8180, 1, 3, 1, 1)
    question = encode_query(7, NAME, "TXT")[12:-11]
    for data in (octets, header + question + octets):
        try:
            found = decode_reply(data, 7, NAME, "TXT")
        except MalformedReply:
            continue
        assert found is None or isinstance(found, Reply)


@given(st.data())
def test_a_reply_cut_or_bent_is_refused_or_read_but_never_raises(data: st.DataObject) -> None:
    asked, octets = data.draw(responses())
    at = data.draw(st.integers(0, len(octets) - 1))
    bent = bytearray(octets)
    bent[at] = data.draw(st.integers(0, 255))
    for damaged in (octets[:at], bytes(bent)):
        try:
            decode_reply(damaged, 7, NAME, asked)
        except MalformedReply:
            continue


def reply(**changes: int) -> bytes:
    query = dns.message.make_query(NAME, "A")
    query.id = changes.get("number", 7)
    response = dns.message.make_response(query, recursion_available=True)
    response.flags |= changes.get("flags", 0)
    response.set_rcode(changes.get("rcode", 0))
    response.answer.append(dns.rrset.from_text(NAME + ".", 60, "IN", "A", "192.0.2.1"))
    return response.to_wire()


def test_only_the_reply_to_this_question_counts() -> None:
    assert decode_reply(reply(), 7, NAME, "A") is not None
    assert decode_reply(reply(), 7, NAME.upper(), "A") is not None
    assert decode_reply(reply(number=8), 7, NAME, "A") is None
    assert decode_reply(reply(), 7, NAME, "AAAA") is None
    assert decode_reply(reply(), 7, "other.a.test", "A") is None
    assert decode_reply(encode_query(7, NAME, "A"), 7, NAME, "A") is None
    assert decode_reply(reply(flags=0x0800), 7, NAME, "A") is None  # another opcode
    assert decode_reply(b"", 7, NAME, "A") is None


def test_what_is_left_of_a_truncated_reply_is_not_used() -> None:
    assert decode_reply(reply(flags=dns.flags.TC), 7, NAME, "A") == Reply(0, True)


def test_code_of_a_name_that_is_not_there() -> None:
    found = decode_reply(reply(rcode=3), 7, NAME, "A")
    assert found is not None
    assert found.rcode == NXDOMAIN


def _with_answers(count: int, body: bytes) -> bytes:
    header = struct.pack("!6H", 7, 0x8180, 1, count, 0, 0)
    return header + encode_query(7, NAME, "TXT")[12:-11] + body


POINTER_TO_ITSELF = struct.pack("!HHHIH", 0xC000 | 33, 16, 1, 60, 0)


@pytest.mark.parametrize(
    "body",
    [
        POINTER_TO_ITSELF,
        b"\xc0\xff" + POINTER_TO_ITSELF[2:],  # forward
        b"\x80" + POINTER_TO_ITSELF[2:],  # a kind of label that does not exist
        b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 60, 3) + b"abc",  # an address of three octets
        b"\xc0\x0c" + struct.pack("!HHIH", 16, 1, 60, 2) + b"\x05a",  # a string beyond its end
        b"\xc0\x0c" + struct.pack("!HHIH", 15, 1, 60, 6) + b"\x00\x01\x01a\x00x",  # MX and more
        b"\xc0\x0c" + struct.pack("!HHIH", 16, 1, 60, 9) + b"\x01a",  # data beyond the message
        (b"\x3f" + b"a" * 63) * 5 + b"\x00" + struct.pack("!HHIH", 16, 1, 60, 0),  # 320 octets
        b"",
    ],
)
def test_damage_is_named(body: bytes) -> None:
    with pytest.raises(MalformedReply):
        decode_reply(_with_answers(1, body), 7, NAME, "TXT")


def test_more_records_than_anyone_has_are_not_read() -> None:
    record = b"\xc0\x0c" + struct.pack("!HHIH", 16, 1, 60, 2) + b"\x01a"
    full = decode_reply(_with_answers(MAX_RECORDS, record * MAX_RECORDS), 7, NAME, "TXT")
    assert full is not None
    assert len(full.records) == MAX_RECORDS
    with pytest.raises(MalformedReply):
        decode_reply(_with_answers(MAX_RECORDS + 1, record * (MAX_RECORDS + 1)), 7, NAME, "TXT")


def test_chains_of_pointers_take_little_time() -> None:
    start = 12 + len(encode_query(7, NAME, "TXT")[12:-11])
    pointers = b"".join(struct.pack("!H", 0xC000 | (start - 2 + 2 * n)) for n in range(7_000))
    record = struct.pack("!HHHIH", 0xC000 | 12, 99, 1, 60, len(pointers)) + pointers
    owner = struct.pack("!HHHIH", 0xC000 | 16_000, 16, 1, 60, 0)
    data = _with_answers(2, record + owner)
    began = time.process_time()
    with pytest.raises(MalformedReply):
        decode_reply(data, 7, NAME, "TXT")
    assert time.process_time() - began < 0.2


def _text(name: dns.name.Name) -> str:
    """The name with everything unusual as its number, in lower case."""
    usual = {b: chr(b) for b in range(32, 127) if b not in b".\\"}
    labels = ("".join(usual.get(b, f"\\{b:03d}") for b in label) for label in name.labels[:-1])
    return ".".join(labels).lower()


def _data(record: dns.rdata.Rdata) -> object:
    match dns.rdatatype.to_text(record.rdtype):
        case "A" | "AAAA":
            return str(ip_address(record.to_text()))
        case "TXT":
            return b"".join(record.strings)
        case "MX":
            return record.preference, _text(record.exchange)
        case _:
            return _text(record.target)


def _lower(data: object) -> object:
    if isinstance(data, tuple):
        return data[0], data[1].lower()
    return data.lower() if isinstance(data, str) else data
