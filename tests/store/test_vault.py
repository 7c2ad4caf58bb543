from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.base.errors import CouldNotFinish
from secassist.store import database, files, key_file, lock
from secassist.store.states import State, StoreClosed
from secassist.store.vault import Row, Vault
from support.vaults import KEY, NOW, make_store, new_vault


def test_what_is_put_is_there_after_the_next_start(tmp_path: Path) -> None:
    with new_vault(tmp_path) as vault:
        vault.change([Row("totp", "b", {"issuer": "Ü"}), Row("totp", "a", {"n": [1, None]})])
        vault.change([Row("plan", "a", {})], deletes=[("totp", "none")])
    with Vault.open(tmp_path, KEY) as vault:
        assert vault.entries("totp") == (
            Row("totp", "a", {"n": [1, None]}, NOW),
            Row("totp", "b", {"issuer": "Ü"}, NOW),
        )
        assert vault.count() == 3


def test_put_replaces_and_delete_deletes(tmp_path: Path) -> None:
    with new_vault(tmp_path) as vault:
        vault.change([Row("totp", "a", {"n": 1}), Row("totp", "b", {})])
        vault.change([Row("totp", "a", {"n": 2})], deletes=[("totp", "b")])
        assert [(row.id, row.data) for row in vault.entries("totp")] == [("a", {"n": 2})]


def test_a_transaction_that_raises_changes_nothing(tmp_path: Path) -> None:
    with new_vault(tmp_path) as vault:
        before = vault.generation()
        with pytest.raises(TypeError), vault.transaction() as transaction:
            transaction.put(Row("totp", "a", {"not JSON": b""}))
        assert vault.entries("totp") == ()
        assert vault.generation() == before


def test_what_is_read_inside_a_transaction_is_what_it_changed(tmp_path: Path) -> None:
    with new_vault(tmp_path) as vault:
        with vault.transaction() as transaction:
            transaction.put(Row("totp", "a", {}))
            files.mark_locked(tmp_path)  # by another program: it holds from the next step on
            assert vault.count() == 1
        with pytest.raises(StoreClosed) as caught:
            vault.count()
    assert caught.value.state is State.LOCKED


def test_nothing_on_disk_can_be_read_without_the_key(tmp_path: Path) -> None:
    with new_vault(tmp_path) as vault:
        vault.change([Row("totp", "a", {"secret": "FINDMEFINDMEFINDME" * 50})])
    for path in tmp_path.rglob("*"):
        assert b"FINDME" not in path.read_bytes()
        assert KEY not in path.read_bytes()
        assert KEY.hex().encode() not in path.read_bytes()
    assert b"SQLite format 3" not in (tmp_path / database.FILE).read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with new_vault(folder) as vault:
        vault.change([Row("totp", "a", {})])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_no_file_but_three_is_left(tmp_path: Path) -> None:
    with new_vault(tmp_path) as vault:
        vault.change([Row("totp", "a", {})])
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {database.FILE, key_file.FILE, lock.FILE}


def test_another_key_does_not_open_it(tmp_path: Path) -> None:
    make_store(tmp_path)
    with pytest.raises(StoreClosed) as caught:
        Vault.open(tmp_path, bytes(32))
    assert caught.value.state is State.WRONG_KEY


def test_a_closed_vault_has_no_key(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    vault.close()
    vault.close()
    assert not vault.is_open
    with pytest.raises(StoreClosed) as caught:
        vault.entries("totp")
    assert caught.value.state is State.LOCKED


def test_every_commit_raises_the_generation_and_the_key_file_knows(tmp_path: Path) -> None:
    with new_vault(tmp_path) as vault:
        for expected in (2, 3):
            vault.change([Row("totp", "a", {})])
            assert vault.generation() == expected
            keys = key_file.read(tmp_path / key_file.FILE)
            assert keys is not None
            assert keys.generation == expected


def test_an_old_file_that_was_put_back_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / database.FILE
    with new_vault(tmp_path) as vault:
        vault.change([Row("totp", "a", {})])
        old = path.read_bytes()
        vault.change([Row("totp", "b", {})])
    path.write_bytes(old)
    with pytest.raises(StoreClosed, match="older copy") as caught:
        Vault.open(tmp_path, KEY)
    assert caught.value.state is State.DAMAGED


@pytest.mark.parametrize("in_place", [True, False])
def test_an_old_file_is_noticed_by_an_open_vault(tmp_path: Path, in_place: bool) -> None:
    path = tmp_path / database.FILE
    with new_vault(tmp_path) as vault:
        vault.change([Row("totp", "a", {})])
        (tmp_path / "old").write_bytes(path.read_bytes())
        vault.change([Row("totp", "b", {})])
        if in_place:
            path.write_bytes((tmp_path / "old").read_bytes())
        else:
            (tmp_path / "old").replace(path)
        with pytest.raises(StoreClosed):
            vault.entries("totp")
        with pytest.raises(StoreClosed):
            vault.change([Row("totp", "c", {})])


def test_a_mirror_that_is_behind_is_mended(tmp_path: Path) -> None:
    path = tmp_path / key_file.FILE
    with new_vault(tmp_path) as vault:
        old = path.read_bytes()
        vault.change([Row("totp", "a", {})])
    path.write_bytes(old)
    with Vault.open(tmp_path, KEY) as vault:
        assert len(vault.entries("totp")) == 1
    keys = key_file.read(path)
    assert keys is not None
    assert keys.generation == 2


def test_a_broken_row_is_set_aside_byte_for_byte_and_the_rest_opens(tmp_path: Path) -> None:
    with new_vault(tmp_path) as vault:
        vault.change([Row("totp", f"{n:04}", {"n": n}) for n in range(1000)])
        broken = b'{"secret": "ABC\xff'
        _write_raw(tmp_path, vault.store, "0500", broken)
        assert len(vault.entries("totp")) == 999
        (aside,) = vault.aside()
        assert (aside.kind, aside.id, aside.data) == ("totp", "0500", broken)
        assert vault.count() == 999


def test_the_file_is_gone(tmp_path: Path) -> None:
    with new_vault(tmp_path) as vault:
        (tmp_path / database.FILE).unlink()
        with pytest.raises(StoreClosed) as caught:
            vault.change([Row("totp", "a", {})])
    assert caught.value.state is State.FILE_MISSING
    assert not (tmp_path / database.FILE).exists()


def test_two_vaults_in_turn_lose_nothing(tmp_path: Path) -> None:
    make_store(tmp_path)

    def work(name: str) -> None:
        with Vault.open(tmp_path, KEY) as vault:
            for n in range(20):
                vault.change([Row("totp", f"{name}{n}", {})])

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Vault.open(tmp_path, KEY) as vault:
        assert vault.count() == 40
        assert vault.generation() == 41


def test_a_lock_that_stays_taken_is_said(tmp_path: Path) -> None:
    taken = pytest.raises(CouldNotFinish, match="Another Secassist")
    with lock.held(tmp_path), taken, lock.held(tmp_path, 0.02):
        pass
    with lock.held(tmp_path, 0.02):
        pass


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=25)
@given(st.dictionaries(st.text(max_size=5), JSON), st.text(min_size=1, max_size=5))
def test_any_row_comes_back(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object], kind: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    if not folder.exists():
        make_store(folder)
    kind = kind.encode("utf-8", "replace").decode()
    with Vault.open(folder, KEY, now=lambda: NOW) as vault:
        vault.change([Row(kind, "x", data)])
        assert vault.entries(kind) == (Row(kind, "x", data, NOW),)


def _write_raw(folder: Path, store: bytes, id_: str, data: bytes) -> None:
    connection: apsw.Connection = database.connect(folder / database.FILE, KEY, store)
    connection.execute("UPDATE entries SET data = ? WHERE id = ?", (data, id_))
    connection.close()
