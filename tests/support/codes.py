"""A real store with accounts in it, for tests of the window: a passphrase, and no keyring."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from secassist.store import wraps
from secassist.store.vault import Row
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.repository import Saved, to_data
from secassist.usecases import vault
from secassist.usecases.keeper import Keeper

PASSPHRASE = "correct horse battery"
NOW = 1_780_000_000.0
SECRET = b"12345678901234567890"
ACCOUNTS = (
    Account(SECRET, "Google", "anna.meier@gmail.com", id="google"),
    Account(SECRET[::-1], "Instagram", "anna.m", id="instagram"),
    Account(b"abcdefghijklmnopqrst", "GitHub", "annameier", id="github"),
    Account(b"tsrqponmlkjihgfedcba", "Count", "anna", kind=Kind.HOTP, id="count"),
)


def quicken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases of new stores cost next to nothing; what the system says of its clock is open."""
    monkeypatch.setattr(wraps, "TIME", 1)
    monkeypatch.setattr(wraps, "MEMORY_KIB", 64)
    monkeypatch.setattr(wraps, "LANES", 1)
    monkeypatch.setattr("secassist.usecases.keeper.system_service", lambda: "unknown")


def fill(folder: Path, accounts: Sequence[Account] = ACCOUNTS, *, confirmed: bool = True) -> str:
    """Make a store with these accounts; its recovery key."""
    opened, recovery = vault.init(vault.Door(folder, PASSPHRASE))
    with opened:
        if confirmed:
            vault.confirm(opened, recovery)
        opened.change([Row("totp", one.id, to_data(Saved(one))) for one in accounts])
    return recovery.text


def unlock(keeper: Keeper) -> None:
    """Open it before the window looks."""
    asyncio.run(keeper.unlock(PASSPHRASE))
