from __future__ import annotations

import asyncio
from typing import Any

import pytest

from secassist.network import time as network_time
from secassist.network.ledger import Ledger
from secassist.twofactor.clock import NONE, Offset
from secassist.usecases import clock


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


@pytest.mark.parametrize(("service", "seconds"), [("off", 95), ("unknown", 95), ("on", 0)])
def test_a_correction_counts_until_the_system_set_its_clock(
    monkeypatch: pytest.MonkeyPatch, service: str, seconds: int
) -> None:
    monkeypatch.setattr(clock, "system_service", lambda: service)
    assert clock.correction(95) == seconds
    assert clock.correction(0) == 0


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
