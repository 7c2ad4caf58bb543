"""Flipped bits and cut files: nothing is told wrong, nothing is lost unnoticed, a backup helps."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from secassist.store import database, key_file
from secassist.store.backups import found as found_backups
from secassist.store.states import KEY_FILE_DAMAGED, State
from secassist.store.vault import Row
from secassist.usecases import vault as use
from secassist.usecases.vault import Door
from support.keyring import FakeKeyring
from support.torture import SEED, rounds

ROWS = {f"{n:03}": {"n": n, "secret": f"{n * 7919:032x}"} for n in range(200)}
TOLD = (State.DAMAGED, State.FILE_MISSING, State.KEY_FILE_MISSING)


@dataclass
class Template:
    folder: Path
    keyring: FakeKeyring

    def copy(self, folder: Path) -> Door:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        keyring = FakeKeyring()
        keyring.secrets = dict(self.keyring.secrets)
        return Door(folder, keyring=keyring)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A store of 200 rows, with free pages, and two backups that hold all of them."""
    folder, keyring = tmp_path_factory.mktemp("damage") / "store", FakeKeyring()
    vault, recovery = use.init(Door(folder, keyring=keyring))
    use.confirm(vault, recovery)
    vault.change([Row("plan", str(n), {"fill": "x" * 2000}) for n in range(6)])
    vault.change([], [("plan", str(n)) for n in range(6)])
    vault.change([Row("totp", name, data) for name, data in ROWS.items()])
    use.back_up(vault)
    vault.change([Row("totp", "000", ROWS["000"])])
    use.close(vault)
    return Template(folder, keyring)


def _outcome(door: Door) -> State:
    """Open the damaged store. If it opens, all is right; if not, the way out leads out."""
    status = use.status(door)
    if status.state is State.OPEN:
        assert _rows(door) == ROWS
        return State.OPEN
    assert status.state in TOLD
    assert status.backups
    if status.sentence == KEY_FILE_DAMAGED or status.state is State.KEY_FILE_MISSING:
        assert "new keys" in status.way_out
        use.recover(door, None)[0].close()
    else:
        assert "backup" in status.way_out
        use.restore(door)
    assert use.status(door).state is State.OPEN
    assert _rows(door) == ROWS
    return status.state


def _rows(door: Door) -> dict[str, object]:
    with use.opened(door) as vault:
        assert vault.aside() == ()
        return {row.id: row.data for row in vault.entries("totp")}


@pytest.mark.timeout(1200)
def test_flipped_bits(template: Template, tmp_path: Path) -> None:
    choose = random.Random(SEED)
    seen: Counter[tuple[str, State]] = Counter()
    for _ in range(rounds(1000)):
        door = template.copy(tmp_path / "store")
        name = choose.choice((database.FILE, database.FILE, database.FILE, key_file.FILE))
        _flip(door.folder / name, choose)
        seen[name, _outcome(door)] += 1
    print(seen)
    assert seen[key_file.FILE, State.OPEN] == 0
    assert seen[database.FILE, State.DAMAGED] > 0


@pytest.mark.timeout(600)
def test_cut_files(template: Template, tmp_path: Path) -> None:
    choose = random.Random(SEED)
    seen: Counter[tuple[str, State]] = Counter()
    for number in range(rounds(100)):
        door = template.copy(tmp_path / "store")
        name = choose.choice((database.FILE, database.FILE, database.FILE, key_file.FILE))
        path = door.folder / name
        size = path.stat().st_size
        page = database.PAGE * choose.randrange(size // database.PAGE + 1)
        cut = 0 if number == 0 else choose.choice((choose.randrange(size), min(page, size - 1)))
        with path.open("r+b") as file:
            file.truncate(cut)
        seen[name, _outcome(door)] += 1
    print(seen)
    assert seen[key_file.FILE, State.OPEN] == 0


@pytest.mark.timeout(600)
def test_the_newest_backup_is_damaged_too(template: Template, tmp_path: Path) -> None:
    choose = random.Random(SEED)
    for _ in range(rounds(100, 10)):
        door = template.copy(tmp_path / "store")
        (door.folder / database.FILE).unlink()
        newest, older = found_backups(door.folder)
        broken = choose.choice((newest.path, newest.keys_path))
        with broken.open("r+b") as file:
            file.truncate(choose.randrange(1, broken.stat().st_size // 2))
        restored = use.restore(door)
        assert restored.backup.name == older.name
        assert _rows(door) == ROWS


def _flip(path: Path, choose: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
    path.write_bytes(data)
