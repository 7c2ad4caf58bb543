"""Whatever arrives, verifying DKIM and ARC ends in a result or in a plain refusal."""

from __future__ import annotations

import asyncio
import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import OverLimit
from secassist.mail.auth import arc, dkim
from secassist.network.dns import ZoneResolver
from support.sign import key_record, letter, seal, sign
from support.verify import AT, DOMAIN

ZONE = key_record(DOMAIN, key="ed25519") | key_record("list.example", "arc", key="ed25519")
MAIL = seal(sign(letter(), domain=DOMAIN, key="ed25519"), domain="list.example", key="ed25519")
BODY = MAIL.index(b"\r\n\r\n")

pieces = st.one_of(
    st.sampled_from(
        [b"\r\n", b"\r", b"\n", b"\0", b":", b";", b"=", b" ", b"\xff", b"b=", b"i=1;"]
    ),
    st.sampled_from([b"DKIM-Signature:", b"ARC-Seal:", b"ARC-Message-Signature:", b"From: x\r\n"]),
    st.binary(max_size=5),
)


def both(message: bytes) -> tuple[tuple[dkim.SignatureResult, ...], arc.ArcResult]:
    async def ask() -> tuple[tuple[dkim.SignatureResult, ...], arc.ArcResult]:
        resolver = ZoneResolver(ZONE)
        return (
            await dkim.verify(message, resolver, at=AT),
            await arc.verify(message, resolver, at=AT),
        )

    return asyncio.run(ask())


def test_the_mail_passes_as_long_as_it_is_left_alone() -> None:
    signatures, chain = both(MAIL)
    assert [s.result for s in signatures] == ["pass"]
    assert chain.result == "pass"


@given(st.lists(pieces, max_size=40).map(b"".join))
def test_any_octets_end_in_a_result(message: bytes) -> None:
    signatures, _ = both(message)
    assert all(s.result != "pass" for s in signatures)


@given(st.integers(0, BODY - 1), st.integers(0, 30), pieces)
def test_damage_above_the_text_never_widens_what_is_covered(
    place: int, cut: int, new: bytes
) -> None:
    damaged = MAIL[:place] + new + MAIL[place + cut :]
    signatures, _ = both(damaged)
    for found in signatures:
        if found.result == "pass" and found.body_verified and found.uncovered == 0:
            assert b"From: Example Bank <security@bank.example>" in damaged
            assert damaged.endswith(MAIL[BODY:])


@pytest.mark.parametrize(
    "message",
    [
        b"A: b\r\n" + b" folded\r\n" * 200_000 + b"\r\n",
        b"Subject: " + b"x" * 1_000_000 + b"\r\n\r\n",
        b"Received: from x\r\n" * 20_000 + b"\r\n",
        b"DKIM-Signature: " + b"a=b;" * 15_000 + b"\r\n\r\n",
        b"DKIM-Signature: h=" + b"from:" * 12_000 + b"\r\n\r\n",
        b"ARC-Seal: i=1; cv=none\r\n" * 900 + b"\r\n",
        sign(letter(extra=[("X-A", "b")] * 900), domain=DOMAIN, headers=["from", *["x-a"] * 9_000]),
    ],
)
def test_hostile_sizes_are_judged_or_refused_at_once(message: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(OverLimit):
        both(message)
    assert time.process_time() - started < 1
