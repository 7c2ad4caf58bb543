from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from secassist.network import time as network_time
from secassist.network.ledger import Ledger
from secassist.store.vault import Row
from secassist.twofactor.clock import NONE, Offset
from secassist.usecases import clock
from support.vaults import new_vault


def compare(monkeypatch: pytest.MonkeyPatch, ntp: Any, web: Any) -> clock.Compared:
    async def ask_ntp(host: str, ledger: Ledger) -> Any:
        return ntp

    async def ask_web(host: str, ledger: Ledger) -> Any:
        return web

    monkeypatch.setattr(network_time, "ask_ntp", ask_ntp)
    monkeypatch.setattr(network_time, "ask_web", ask_web)
    return asyncio.run(clock.compare(Ledger()))


def test_by_ntp(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compare(monkeypatch, network_time.NtpTimes(100.0, 195.1, 195.1, 100.2), None)
    assert found.offset is not None
    assert found.offset.whole_seconds == 95
    assert "95 seconds behind" in found.sentence
    assert found.way_out


def test_by_the_web_where_ntp_is_blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compare(monkeypatch, None, network_time.WebTimes(100.0, 100.1, 5))
    assert found.offset is not None
    assert found.offset.source == "https"
    assert "95 seconds ahead" in found.sentence


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compare(monkeypatch, None, None)
    assert found.offset is None
    assert "do not know" in found.sentence


def test_words() -> None:
    assert clock.in_words(NONE).way_out == ""
    assert clock.in_words(Offset(60, 1, "ntp")).way_out
    assert clock.system_service() in ("on", "off", "unknown")


def test_the_correction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "system_service", lambda: "off")
    with new_vault(tmp_path) as vault:
        assert clock.correction(vault) == NONE
        clock.correct(vault, Offset(95.2, 0.5, "https"), 1_780_000_000)
        assert clock.correction(vault) == Offset(95.2, 0.5, "https")
        monkeypatch.setattr(clock, "system_service", lambda: "on")
        assert clock.correction(vault) == NONE
        monkeypatch.setattr(clock, "system_service", lambda: "unknown")
        clock.stop_correcting(vault)
        assert clock.correction(vault) == NONE
        for broken in ({}, {"seconds": "x"}, {"seconds": 1e300, "error": 0, "source": ""}):
            vault.change([Row(clock.KIND, "offset", broken)])
            assert clock.correction(vault) == NONE


def test_what_is_corrected_already_is_not_corrected_twice() -> None:
    behind = Offset(95.0, 0.1, "ntp")
    again = clock.in_words(behind, corrected_by=95)
    assert again.offset is not None
    assert not again.offset.matters
    assert again.sentence == "Your codes go by the right time."
    mended = clock.in_words(NONE, corrected_by=95)  # the computer's clock was set since
    assert mended.offset is not None
    assert mended.offset.whole_seconds == -95
    assert "95 seconds ahead" in mended.sentence
    assert mended.way_out
