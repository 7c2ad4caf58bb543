"""The keeper of the store: how it is closed."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from secassist.network.ledger import Ledger
from secassist.store import backups
from secassist.store.vault import Row, Vault
from secassist.usecases.keeper import Keeper
from support import codes


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    codes.quicken(monkeypatch)
    made = Keeper(tmp_path, Ledger, no_keyring=True)
    asyncio.run(made.begin(codes.PASSPHRASE))
    return made


def test_closing_waits_for_what_is_written_and_for_the_backup(
    keeper: Keeper, tmp_path: Path
) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slowly(vault: Vault) -> None:
        started.set()
        assert go_on.wait(20)
        vault.change([Row("totp", "1", {"n": 1})])

    before = len(backups.found(tmp_path))
    writer = threading.Thread(target=lambda: asyncio.run(keeper.read(slowly)))
    writer.start()
    assert started.wait(20)
    threading.Timer(0.2, go_on.set).start()
    vault = keeper._vault
    assert keeper.close()
    assert vault is not None
    assert not vault.is_open
    assert len(backups.found(tmp_path)) == before + 1
    writer.join(20)
    assert keeper.close(), "twice is no fault"


def test_closing_does_not_wait_for_ever_and_the_store_is_closed_afterwards(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secassist.usecases.keeper.CLOSED_WITHIN", 0.05)
    started, go_on = threading.Event(), threading.Event()

    def stuck(vault: Vault) -> None:
        started.set()
        go_on.wait()

    reader = threading.Thread(target=lambda: asyncio.run(keeper.read(stuck)))
    reader.start()
    assert started.wait(20)
    vault, thread = keeper._vault, keeper._thread
    assert vault is not None
    assert thread is not None
    assert not keeper.close()
    assert vault.is_open
    go_on.set()
    thread.shutdown()
    assert not vault.is_open
    reader.join(20)
