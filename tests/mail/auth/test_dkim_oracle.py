"""Generated mail, ours and dkimpy's: each verifies what the other signed, and damage in neither."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import dkim as dkimpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secassist.mail.auth import arc, dkim
from secassist.mail.auth.reasons import Reason
from secassist.network.dns import ZoneResolver
from support.keys import private_bytes
from support.sign import SIGNED_AT, key_record, seal, sign

DOMAIN = "bank.example"
KEYS = ("rsa-1024", "ed25519")
STYLES = ("simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed")
NOW = datetime.now(UTC)

RULES_OF_OURS = {Reason.MALFORMED_MESSAGE, Reason.BODY_LENGTH_SHORT, Reason.MALFORMED}

blanks = st.sampled_from([" ", "\t", "  ", " \t ", "\r\n ", "\r\n\t", "\r\n \r\n\t"])
words = st.text(
    st.characters(
        codec="utf-8",
        min_codepoint=0x21,
        exclude_characters="\x7f\x85\xa0",
        exclude_categories=["Zs", "Zl", "Zp", "Cc"],
    ),
    min_size=1,
    max_size=8,
)
values = st.lists(st.one_of(words, blanks), max_size=8).map("".join)
names = st.sampled_from(["Subject", "TO", "x-note", "X-Note", "Received", "Comments", "List-Id"])
line_pieces = st.lists(st.one_of(words, st.sampled_from([" ", "\t", "  "])), max_size=6).map(
    "".join
)
bodies = st.lists(line_pieces, max_size=6).map(lambda lines: "".join(f"{x}\r\n" for x in lines))


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    fields = draw(st.lists(st.tuples(names, values), max_size=6))
    place = draw(st.integers(0, len(fields)))
    fields.insert(
        place, ("From", draw(st.sampled_from([" a@b.example", "\ta  <a@b.example> ", ""])))
    )
    top = "".join(f"{name}:{value}\r\n" for name, value in fields)
    return f"{top}\r\n{draw(bodies)}".encode()


def theirs(message: bytes, zone: dict[str, dict[str, list[str]]]) -> bool:
    texts = {name: entry["TXT"][0].encode() for name, entry in zone.items()}
    try:
        found = dkimpy.DKIM(message).verify(
            dnsfunc=lambda name, timeout=5: texts.get(name.decode().rstrip("."))
        )
    except dkimpy.DKIMException:
        return False
    return bool(found)


def ours(message: bytes, zone: dict[str, dict[str, list[str]]]) -> dkim.SignatureResult:
    return asyncio.run(dkim.verify(message, ZoneResolver(zone), at=NOW))[0]


oracle = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@oracle
@given(messages(), st.sampled_from(KEYS), st.sampled_from(STYLES), st.booleans())
def test_what_dkimpy_signs_we_verify(message: bytes, key: str, style: str, length: bool) -> None:
    header, body = style.encode().split(b"/")
    algorithm = b"ed25519-sha256" if key == "ed25519" else b"rsa-sha256"
    field = dkimpy.sign(
        message,
        b"s",
        DOMAIN.encode(),
        private_bytes(key),
        canonicalize=(header, body),
        signature_algorithm=algorithm,
        length=length,
    )
    zone = key_record(DOMAIN, key=key)
    assert theirs(field + message, zone)
    result = ours(field + message, zone)
    if result.scope == "message":
        assert (result.result, result.reason) == ("pass", "")
        assert (result.body_verified, result.uncovered) == (True, 0)
    else:  # an empty body is only taken for whole without l=
        assert (result.result, result.reason) == ("pass", "body-absent")


listed = st.lists(
    st.sampled_from(["from", "subject", "to", "x-note", "received", "list-id", "absent"]),
    max_size=8,
).map(lambda found: ["from", *found])


@oracle
@given(messages(), st.sampled_from(KEYS), st.sampled_from(STYLES), listed, st.booleans())
def test_what_our_test_signer_signs_both_verify(
    message: bytes, key: str, style: str, headers: list[str], fold: bool
) -> None:
    mail = sign(
        message,
        domain=DOMAIN,
        key=key,
        canonicalization=style,
        headers=headers,
        fold=fold,
        timestamp=int(NOW.timestamp()),
    )
    zone = key_record(DOMAIN, key=key)
    assert theirs(mail, zone)
    assert ours(mail, zone).result == "pass"


@settings(parent=oracle, max_examples=150)
@given(messages(), st.sampled_from(STYLES), st.data())
def test_damage_is_seen_by_both_alike(message: bytes, style: str, data: st.DataObject) -> None:
    mail = sign(
        message,
        domain=DOMAIN,
        key="ed25519",
        canonicalization=style,
        headers=["from", "subject", "to", "x-note", "received"],
        timestamp=int(NOW.timestamp()),
    )
    place = data.draw(st.integers(0, len(mail) - 1))
    if mail[place : place + 1] in b"\r\n":
        return
    new = data.draw(st.sampled_from([b"", b" ", b"x", b"X", b"\t", b"=", b":", b";", b"\xc3\xa4"]))
    damaged = mail[:place] + new + mail[place + 1 :]
    zone = key_record(DOMAIN, key="ed25519")
    results = asyncio.run(dkim.verify(damaged, ZoneResolver(zone), at=NOW))
    if not results:
        return
    full = results[0].result == "pass" and results[0].scope == "message"
    if results[0].reason not in RULES_OF_OURS and results[0].reason != "body-absent":
        assert full == theirs(damaged, zone), (damaged, results[0])


@oracle
@given(messages(), st.integers(1, 3), listed)
def test_chains_that_our_test_signer_seals_both_verify(
    message: bytes, sealers: int, headers: list[str]
) -> None:
    zone = {}
    for place in range(sealers):
        message = seal(
            message,
            domain=f"list{place}.example",
            key="rsa-1024",
            headers=headers,
            timestamp=SIGNED_AT - 10**9,
        )
        zone |= key_record(f"list{place}.example", "arc", key="rsa-1024")
    texts = {name: entry["TXT"][0].encode() for name, entry in zone.items()}
    found = dkimpy.ARC(message).verify(
        dnsfunc=lambda name, timeout=5: texts.get(name.decode().rstrip("."))
    )
    result = asyncio.run(arc.verify(message, ZoneResolver(zone), at=NOW))
    assert found[0] == b"pass"
    assert result.result == "pass" or result.reason == "body-absent"
