from __future__ import annotations

import asyncio

import pytest

from secassist.base.errors import UnusableCall
from secassist.network import https
from secassist.network.ledger import Ledger
from support import breach_lists

LISTED = breach_lists.lines(["hello"], 200)


def test_one_padded_question_a_prefix() -> None:
    ledger = Ledger()
    prefixes = [line[:5] for line in LISTED[:40]]
    with breach_lists.served(LISTED) as server:
        found = asyncio.run(https.ranges(prefixes * 2, server=server.url, ledger=ledger))
    assert sorted(server.asked) == sorted(f"/range/{one}" for one in set(prefixes))
    assert set(server.padding) == {"true"}
    assert all(count for range_ in found.values() for count in range_.values())
    hashes = {prefix + suffix for prefix, range_ in found.items() for suffix in range_}
    assert hashes >= {line[:40] for line in LISTED[:40]}
    assert [entry.kind for entry in ledger.entries] == ["breaches"] * len(set(prefixes))


def test_faults_are_tried_again_and_then_said() -> None:
    with breach_lists.served(LISTED) as server:
        server.faults = [503, 429]
        found = asyncio.run(https.ranges(["00000"], server=server.url, back_off=0))
        assert "00000" in found
        assert len(server.asked) == 3
        server.faults = [500] * 3
        found = asyncio.run(https.ranges(["11111"], server=server.url, back_off=0))
    assert found == {}


def test_a_server_that_is_not_there_is_given_up() -> None:
    ledger = Ledger()
    many = [f"{n:05X}" for n in range(100)]
    call = https.ranges(many, server="http://127.0.0.1:9", ledger=ledger, back_off=0)
    assert asyncio.run(call) == {}
    assert len(ledger.entries) <= 60


@pytest.mark.parametrize("server", ["http://example.org", "ftp://127.0.0.1", "nonsense", ""])
def test_addresses_that_are_none(server: str) -> None:
    with pytest.raises(UnusableCall):
        asyncio.run(https.ranges(["00000"], server=server))
