from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.store import backups, database, files, key_file, lock, schema
from secassist.store.backups import DAYS, LATEST
from secassist.store.states import State, StoreClosed
from secassist.store.vault import Row, Vault, read_keys
from support.vaults import KEY, NOW, make_store, new_vault


class Clock:
    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(tmp_path: Path, clock: Clock) -> Iterator[Vault]:
    make_store(tmp_path)
    with Vault.open(tmp_path, KEY, now=clock) as opened:
        yield opened


def _put(vault: Vault, number: int) -> None:
    vault.change([Row("totp", str(number), {"n": number})])


def test_a_backup_is_a_pair_that_opens(vault: Vault) -> None:
    _put(vault, 1)
    assert vault.changed
    made = backups.make(vault)
    assert not vault.changed
    assert (made.entries, made.generation, made.made_at.timestamp()) == (1, 2, NOW)
    assert made.path.exists()
    assert made.keys_path.exists()
    assert backups.found(vault.folder) == (made,)
    backups.check(made, KEY)
    with pytest.raises(StoreClosed) as caught:
        backups.check(made, bytes(32))
    assert caught.value.state is State.WRONG_KEY


def test_five_latest_and_seven_days_are_kept(vault: Vault, clock: Clock) -> None:
    for day in range(12):
        for hour in range(3):
            clock.now = NOW + 86_400 * day + 3_600 * hour
            _put(vault, day)
            backups.make(vault)
    kept = backups.found(vault.folder)
    start = datetime.fromtimestamp(NOW, UTC)
    last = [start + timedelta(days=11, hours=hour) for hour in (2, 1, 0)]
    last += [start + timedelta(days=10, hours=hour) for hour in (2, 1)]
    daily = [start + timedelta(days=day, hours=2) for day in range(9, 4, -1)]
    assert [backup.made_at for backup in kept] == last + daily
    assert (len(last), len({moment.date() for moment in last + daily})) == (LATEST, DAYS)
    assert len(list((vault.folder / files.BACKUPS).iterdir())) == 2 * len(kept)


def test_restore_puts_it_back_and_keeps_what_was_there(vault: Vault) -> None:
    _put(vault, 1)
    made = backups.make(vault)
    _put(vault, 2)
    present = (vault.folder / database.FILE).read_bytes()
    backups.restore(vault.folder, made, KEY)
    # The vault that is open meanwhile sees the other file, and goes on with it.
    assert [row.id for row in vault.entries("totp")] == ["1"]
    assert vault.generation() == 4
    assert read_keys(vault.folder).generation == 4
    (aside,) = (vault.folder / files.ASIDE).iterdir()
    assert (aside / database.FILE).read_bytes() == present
    _put(vault, 3)
    assert [row.id for row in vault.entries("totp")] == ["1", "3"]
    # What was set aside is an old file now.
    vault.close()
    (vault.folder / database.FILE).write_bytes(present)
    with pytest.raises(StoreClosed, match="older copy"):
        Vault.open(vault.folder, KEY)


def test_restore_with_nothing_left_but_the_backup(vault: Vault) -> None:
    _put(vault, 1)
    made = backups.make(vault)
    vault.close()
    for name in (database.FILE, key_file.FILE, lock.FILE):
        (vault.folder / name).unlink()
    backups.restore(vault.folder, made, KEY)
    with Vault.open(vault.folder, KEY) as opened:
        assert opened.count() == 1
    assert read_keys(vault.folder).backup is None


def test_a_damaged_backup_is_not_put_back(vault: Vault) -> None:
    _put(vault, 1)
    made = backups.make(vault)
    data = bytearray(made.path.read_bytes())
    data[5000] ^= 1
    made.path.write_bytes(data)
    before = (vault.folder / database.FILE).read_bytes()
    with pytest.raises(StoreClosed) as caught:
        backups.restore(vault.folder, made, KEY)
    assert caught.value.state is State.DAMAGED
    assert (vault.folder / database.FILE).read_bytes() == before
    assert not (vault.folder / files.ASIDE).exists()


def test_a_journal_of_the_damaged_file_is_not_applied_to_the_backup(vault: Vault) -> None:
    _put(vault, 1)
    made = backups.make(vault)
    vault.close()
    journal = vault.folder / f"{database.FILE}-journal"
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(4096))
    backups.restore(vault.folder, made, KEY)
    assert not journal.exists()
    with Vault.open(vault.folder, KEY) as opened:
        assert opened.count() == 1


def test_a_full_disk_keeps_the_older_backups(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backups.make(vault)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(backups, "_sync", full)
        with pytest.raises(CouldNotFinish):
            backups.make(vault, "again")
    assert backups.found(vault.folder) == (made,)
    vault.close()
    Vault.open(vault.folder, KEY).close()
    assert {path.suffix for path in (vault.folder / files.BACKUPS).iterdir()} == {".db", ".keys"}
    assert len(list((vault.folder / files.BACKUPS).iterdir())) == 2


def test_a_name_that_is_not_there(vault: Vault) -> None:
    with pytest.raises(UnusableCall, match="no backup"):
        backups.named(vault.folder, "../vault")


def test_strange_files_among_the_backups_are_left_alone(vault: Vault) -> None:
    made = backups.make(vault)
    (vault.folder / files.BACKUPS / "holiday.db").write_bytes(b"x")
    (vault.folder / files.BACKUPS / "notes.txt").write_bytes(b"x")
    assert backups.found(vault.folder) == (made,)


def test_a_migration_keeps_a_copy_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_vault(tmp_path) as vault:
        vault.change([Row("totp", "a", {})])

    (first,) = schema.MIGRATIONS

    def second(connection: apsw.Connection) -> None:
        connection.execute("CREATE TABLE more (x INTEGER) STRICT")

    def failing(connection: apsw.Connection) -> None:
        second(connection)
        connection.execute("SELECT no_such_function()")

    monkeypatch.setattr(schema, "MIGRATIONS", (first, failing))
    with pytest.raises(CouldNotFinish):
        Vault.open(tmp_path, KEY)
    (kept,) = backups.found(tmp_path)
    assert kept.name.endswith("-before-version-2")
    monkeypatch.setattr(schema, "MIGRATIONS", (first,))
    with Vault.open(tmp_path, KEY) as vault:  # still as it was
        assert vault.count() == 1
    monkeypatch.setattr(schema, "MIGRATIONS", (first, second))
    with Vault.open(tmp_path, KEY) as vault:
        assert vault.count() == 1
        vault.change([Row("totp", "b", {})])
