"""ENOSPC and EIO at every write, sync, rename and deletion of a day with the store."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.store import backups, database, files, key_file, keys, lock
from secassist.store.states import OF_THE_KEYRING
from secassist.store.vault import Row, Vault, read_keys
from secassist.usecases import vault as use
from secassist.usecases.vault import Door
from support.faulty_disk import Fault, FaultyDisk
from support.keyring import FakeKeyring
from support.torture import FULL, SEED, rounds
from support.vaults import quick_stretching  # noqa: F401 (a fixture)

PASSPHRASE = "new"
pytestmark = pytest.mark.usefixtures("quick_stretching")
OWN = {database.FILE, key_file.FILE, lock.FILE, files.BACKUPS, files.ASIDE}
Rows = dict[str, object]


class Day:
    """What a person does, step by step, and what they were told."""

    def __init__(self, folder: Path, keyring: FakeKeyring) -> None:
        self.door = Door(folder, PASSPHRASE, keyring)
        self.sure: Rows = {str(n): {"n": n} for n in range(40)}
        self.allowed = [dict(self.sure)]
        """Every state of the rows that may be found: what was told, and what was under way."""
        self.told: list[str] = []

    def live(self) -> None:
        try:
            vault = use.unlock(self.door)
        except CouldNotFinish as error:
            self.told.append(error.sentence)
            return
        self._change(vault, {"a": {"n": 1}})
        self._change(vault, {str(n): {"n": -n, "long": "x" * 400} for n in range(30)})
        self._try(lambda: use.set_passphrase(vault, PASSPHRASE, self.door.keyring))
        self._change(vault, {"0": None, "b": {"n": 2}})
        self._try(lambda: backups.make(vault))
        self._change(vault, {"c": {"n": 3}})
        use.close(vault)

    def _change(self, vault: Vault, change: Rows) -> None:
        after = {**self.sure, **change}
        after = {name: data for name, data in after.items() if data is not None}
        self.allowed = [self.sure, after]
        puts = [Row("totp", name, data) for name, data in change.items() if isinstance(data, dict)]
        gone = [("totp", name) for name, data in change.items() if data is None]
        if self._try(lambda: vault.change(puts, gone)):
            self.sure = after
            self.allowed = [after]
        elif (found := _rows(vault)) is not None:
            assert found in self.allowed
            self.sure = found
            self.allowed = [found]

    def _try(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except CouldNotFinish as error:
            self.told.append(error.sentence)
            return False
        return True


def _rows(vault: Vault) -> Rows | None:
    try:
        return {row.id: dict(row.data) for row in vault.entries("totp")}
    except CouldNotFinish:
        return None


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FakeKeyring]:
    folder = tmp_path_factory.mktemp("template") / "store"
    keyring = FakeKeyring()
    vault, recovery = use.init(Door(folder, keyring=keyring))
    use.confirm(vault, recovery)
    vault.change([Row("totp", str(n), {"n": n}) for n in range(40)])
    use.close(vault)
    return folder, keyring


def _live(
    template: tuple[Path, FakeKeyring], folder: Path, at: int, fault: Fault, *, sticky: bool = False
) -> tuple[Day, FaultyDisk]:
    shutil.copytree(template[0], folder)
    keyring = FakeKeyring()
    keyring.secrets = dict(template[1].secrets)
    day = Day(folder, keyring)
    with FaultyDisk(at, fault, sticky=sticky) as disk:
        day.live()
    return day, disk


def _check(day: Day, disk: FaultyDisk) -> None:
    """On the next day all is well, and nobody was told less than what happened."""
    status = use.status(day.door)
    assert status.state not in OF_THE_KEYRING
    with use.opened(day.door) as vault:
        found = _rows(vault)
        assert found in day.allowed, (disk.failed, day.told)
        assert vault.aside() == ()
        assert keys.holder(read_keys(day.door.folder)) in ("keyring", "passphrase+keyring")
    for backup in backups.found(day.door.folder):
        backups.check(backup, _key(day))
    assert {path.name for path in day.door.folder.iterdir()} <= OWN
    strays = [p for p in (day.door.folder / files.BACKUPS).iterdir() if p.name.startswith(".")]
    assert strays == []


def _key(day: Day) -> bytes:
    with use.opened(day.door) as vault:
        return vault.key


def test_a_day_without_faults(template: tuple[Path, FakeKeyring], tmp_path: Path) -> None:
    day, disk = _live(template, tmp_path / "store", 0, "EIO")
    assert (day.told, disk.failed) == ([], [])
    assert disk.calls > 100
    _check(day, disk)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("sticky", [False, True])
@pytest.mark.parametrize("fault", ["ENOSPC", "EIO"])
def test_a_fault_at_every_call(
    template: tuple[Path, FakeKeyring], tmp_path: Path, fault: Fault, sticky: bool
) -> None:
    calls = _live(template, tmp_path / "clean", 0, fault)[1].calls
    moments = list(range(1, calls + 1))
    if not FULL:
        moments = random.Random(SEED).sample(moments, rounds(calls, 13))
    for at in moments:
        folder = tmp_path / str(at)
        day, disk = _live(template, folder, at, fault, sticky=sticky)
        assert disk.failed
        _check(day, disk)
        shutil.rmtree(folder)
