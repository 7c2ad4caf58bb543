"""Stores for tests, without a keyring: made and opened by their bare key."""

from __future__ import annotations

from pathlib import Path

import pytest

from secassist.store import creation, wraps
from secassist.store.key_file import KeyFile
from secassist.store.vault import Vault

KEY = bytes(range(32))
RECOVERY = b"r" * 17
NOW = 1_780_000_000


@pytest.fixture
def quick_stretching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases of new stores cost next to nothing."""
    monkeypatch.setattr(wraps, "TIME", 1)
    monkeypatch.setattr(wraps, "MEMORY_KIB", 64)
    monkeypatch.setattr(wraps, "LANES", 1)


def make_store(folder: Path) -> None:
    """A new, empty store in ``folder``, opened by KEY, and by RECOVERY."""
    store = creation.new_id()
    recovery = wraps.wrap_by_recovery(KEY, RECOVERY, store, NOW, confirmed=True)
    keys = KeyFile(
        store=store,
        check=wraps.check_value(KEY),
        generation=0,
        keyring="none",
        half_check=b"",
        recovery=(recovery,),
        passphrase=None,
    )
    creation.create(folder, KEY, keys)


def new_vault(folder: Path) -> Vault:
    """A new, empty, open store."""
    make_store(folder)
    return Vault.open(folder, KEY, now=lambda: NOW)
