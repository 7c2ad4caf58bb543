"""A newer list of known waves: fetched on request, signed, never older, written in the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from secassist.base.errors import CouldNotFinish, SecassistError, UnusableCall, UnusableInput
from secassist.facts.incident_list import MAX_BYTES, read_key, read_list
from secassist.facts.incidents import incident_of, incidents
from secassist.network.dns.answer import Outcome
from secassist.network.ledger import Ledger
from secassist.usecases.incidents import FILE, known, refresh
from support.wave_lists import WAVE, ListServer, Signer, list_server

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
SIGNER = Signer()
LIST = SIGNER.signed()


@pytest.fixture
def server() -> Iterator[ListServer]:
    with list_server(LIST) as made:
        yield made


def fetch(folder: Path, server: ListServer, ledger: Ledger | None = None, key: str = "") -> object:
    call = refresh(folder, server.url, key or SIGNER.key, ledger or Ledger(), NOW)
    return asyncio.run(call)


def test_a_newer_list_is_used_and_the_shipped_one_stays(tmp_path: Path, server: ListServer) -> None:
    before = known(tmp_path, NOW)
    assert not before.fetched
    assert before.incidents == incidents()
    ledger = Ledger()
    found = fetch(tmp_path, server, ledger)
    assert found == known(tmp_path, NOW)
    assert found.fetched
    assert found.as_of == date(2026, 11, 25)
    assert found.days_old(NOW.date()) == 1
    assert {one.id for one in found.incidents} >= {one.id for one in incidents()}
    wave = incident_of("paypal", "code", date(2026, 11, 21), found.incidents)
    assert wave is not None
    assert incident_of("paypal", "code", date(2026, 11, 21)) is None
    (entry,) = ledger.entries
    assert (entry.kind, entry.question, entry.outcome) == ("incidents", "127.0.0.1", Outcome.FOUND)
    assert server.asked == ["/waves"]


def test_a_server_that_never_ends_its_answer_is_not_waited_for(
    tmp_path: Path, server: ListServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secassist.network.download._DEADLINE", 0.2)
    server.goes_on.clear()
    ledger = Ledger()
    with pytest.raises(CouldNotFinish):
        fetch(tmp_path, server, ledger)
    assert server.asked
    assert [entry.outcome for entry in ledger.entries] == [Outcome.FAILED]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (Signer(2).signed(), "not signed"),
        (LIST.replace(b"A slip", b"A slap"), "not signed"),
        (b"<html>", "no list"),
        (LIST[:40], "no list"),
        (b"", "no list"),
        (LIST + b" " * MAX_BYTES, "could not be fetched"),
        (SIGNER.signed(WAVE.replace('"paypal"', "7")), "slip"),
        (SIGNER.signed("[a]\nb = 1"), "slip"),
        (SIGNER.signed(made_at="2026-11-25"), "slip"),
        (SIGNER.signed(made_at="2027-11-25T00:00:00Z"), "future"),
    ],
)
def test_what_is_not_to_be_trusted_changes_nothing(
    data: bytes, words: str, tmp_path: Path, server: ListServer
) -> None:
    server.data = data
    with pytest.raises(SecassistError, match=words):
        fetch(tmp_path, server)
    assert known(tmp_path, NOW).incidents == incidents()
    assert not (tmp_path / FILE).exists()


def test_an_older_list_does_not_take_the_place_of_a_newer_one(
    tmp_path: Path, server: ListServer
) -> None:
    fetch(tmp_path, server)
    server.data = SIGNER.signed("", "2026-11-24T00:00:00Z")
    with pytest.raises(UnusableInput, match="older"):
        fetch(tmp_path, server)
    assert known(tmp_path, NOW).as_of == date(2026, 11, 25)


def test_faults_of_the_server_are_said_and_listed(tmp_path: Path, server: ListServer) -> None:
    ledger = Ledger()
    for status in (404, 500, 302):
        server.status = status
        with pytest.raises(CouldNotFinish):
            fetch(tmp_path, server, ledger)
    assert [entry.outcome for entry in ledger.entries] == [Outcome.FAILED] * 3
    gone = ListServer(b"", url="http://127.0.0.1:9/")
    with pytest.raises(CouldNotFinish):
        fetch(tmp_path, gone)


@pytest.mark.parametrize("address", ["http://example.org/list", "ftp://example.org", "list", ""])
def test_only_https_addresses_are_asked(address: str, tmp_path: Path) -> None:
    ledger = Ledger()
    with pytest.raises(UnusableCall):
        asyncio.run(refresh(tmp_path, address, SIGNER.key, ledger, NOW))
    assert not ledger.entries


@pytest.mark.parametrize("key", ["", "abc", "A" * 44, SIGNER.key[:-2], "ä" * 44])
def test_a_key_that_is_none_is_refused(key: str, tmp_path: Path, server: ListServer) -> None:
    with pytest.raises(SecassistError):
        fetch(tmp_path, server, key=key or " ")
    assert not (tmp_path / FILE).exists()


def test_a_damaged_copy_counts_for_nothing(tmp_path: Path, server: ListServer) -> None:
    fetch(tmp_path, server)
    path = tmp_path / FILE
    for damaged in (path.read_bytes()[:-3], b"", b"\xff\xfe\n", b"\n" * 9):
        path.write_bytes(damaged)
        assert known(tmp_path, NOW).incidents == incidents()
    path.unlink()
    path.mkdir()
    assert known(tmp_path, NOW).incidents == incidents()


@given(st.integers(0, len(LIST) - 1), st.integers(1, 255))
@example(len("secassist-incidents-1 ") + 85, 1)  # bits of Base64 that mean nothing
def test_no_octet_can_be_changed(place: int, by: int) -> None:
    changed = bytearray(LIST)
    changed[place] ^= by
    with pytest.raises(UnusableInput):
        read_list(bytes(changed), read_key(SIGNER.key), NOW)


def test_a_wave_of_an_organisation_that_we_do_not_know_is_left_out() -> None:
    data = SIGNER.signed(WAVE.replace('"paypal"', '"not-known-here"'))
    assert read_list(data, read_key(SIGNER.key), NOW).incidents == ()
