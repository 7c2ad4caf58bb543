"""Every state of the store, how it comes about, and that its way out leads out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.store import creation, database, files, key_file, keys, opening, schema, states
from secassist.store.recovery_key import RecoveryKey
from secassist.store.states import OF_THE_KEYRING, WORDS, State, StoreClosed
from secassist.store.vault import Row, Vault, read_keys
from secassist.usecases import schedule
from secassist.usecases import vault as use
from secassist.usecases.vault import Door
from support.keyring import FakeKeyring
from support.reading_level import grade
from support.vaults import quick_stretching  # noqa: F401 (a fixture)

pytestmark = pytest.mark.usefixtures("quick_stretching")
PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


def _made(door: Door) -> RecoveryKey:
    """A store with one entry and a backup; the recovery key that was confirmed."""
    vault, recovery = use.init(door)
    use.confirm(vault, recovery)
    vault.change([Row("totp", "a", {"n": 1})])
    use.close(vault)
    return recovery


def _state(door: Door) -> State:
    return use.status(door).state


@contextmanager
def _closed(state: State) -> Iterator[None]:
    with pytest.raises(StoreClosed) as caught:
        yield
    assert caught.value.state is state


def test_a_new_store_opens_by_the_keyring_alone(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, keyring=keyring)
    assert _state(door) is State.NONE
    _made(door)
    shown = use.status(door)
    assert (shown.state, shown.entries) == (State.OPEN, 1)
    assert "keyring" in shown.where_the_key_lives
    assert "signed-in computer" in shown.warning
    assert shown.recovery_key_confirmed
    assert len(keyring.secrets) == 1


def test_with_a_passphrase_the_keyring_holds_no_usable_key(
    tmp_path: Path, keyring: FakeKeyring
) -> None:
    door = Door(tmp_path, PASSPHRASE, keyring)
    _made(door)
    vault = opening.unlock(tmp_path, keyring, PASSPHRASE)
    assert vault.key not in keyring.secrets.values()
    vault.close()
    shown = use.status(Door(tmp_path, keyring=keyring))
    assert (shown.state, shown.warning) == (State.LOCKED, "")
    wrong = use.status(Door(tmp_path, "wrong", keyring))
    assert (wrong.state, wrong.sentence) == (State.WRONG_KEY, "That passphrase is not right.")
    assert _state(Door(tmp_path, PASSPHRASE)) is State.KEYRING_MISSING
    assert _state(door) is State.OPEN


def test_a_passphrase_is_enough_where_there_is_no_keyring(tmp_path: Path) -> None:
    door = Door(tmp_path, PASSPHRASE)
    _made(door)
    assert _state(door) is State.OPEN
    assert _state(Door(tmp_path)) is State.LOCKED


@pytest.mark.parametrize("fault", sorted(OF_THE_KEYRING - {State.KEYRING_EMPTY}))
def test_a_keyring_that_fails_is_told_and_the_recovery_key_leads_out(
    tmp_path: Path, keyring: FakeKeyring, fault: State
) -> None:
    door = Door(tmp_path, keyring=keyring)
    recovery = _made(door)
    keyring.fault = fault
    assert _state(door) is fault
    with pytest.raises(CouldNotFinish):  # the keyring still fails, and there is no passphrase
        use.recover(door, recovery)
    vault, new = use.recover(door, recovery, PASSPHRASE)
    with vault:
        assert vault.entries("totp")[0].data == {"n": 1}
        use.confirm(vault, new)
    keyring.fault = None
    assert _state(Door(tmp_path, PASSPHRASE)) is State.OPEN
    assert _state(Door(tmp_path, keyring=keyring)) is State.LOCKED


def test_an_empty_keyring_gets_its_key_back(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, keyring=keyring)
    recovery = _made(door)
    keyring.secrets.clear()
    before = (tmp_path / database.FILE).read_bytes()
    assert _state(door) is State.KEYRING_EMPTY
    with _closed(State.KEYRING_EMPTY), use.opened(door, begun=lambda _: pytest.fail("a new store")):
        pass
    assert (tmp_path / database.FILE).read_bytes() == before
    vault, _ = use.recover(door, recovery)
    vault.close()
    assert use.status(door).entries == 1


def test_a_keyring_with_another_key(tmp_path: Path, keyring: FakeKeyring) -> None:
    for passphrase in (None, PASSPHRASE):
        door = Door(tmp_path / str(passphrase), passphrase, keyring)
        recovery = _made(door)
        keyring.secrets = dict.fromkeys(keyring.secrets, b"x" * 32)
        shown = use.status(door)
        assert shown.state is State.WRONG_KEY
        assert "another key" in shown.sentence
        vault, _ = use.recover(door, recovery, passphrase)
        vault.close()
        assert _state(door) is State.OPEN


def test_a_used_recovery_key_is_replaced(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, keyring=keyring)
    first = _made(door)
    vault, second = use.recover(door, first)
    assert not use.status(door).recovery_key_confirmed
    opening.unlock_by_recovery(tmp_path, first).close()  # until the new one is confirmed
    use.confirm(vault, second)
    vault.close()
    with _closed(State.WRONG_KEY):
        opening.unlock_by_recovery(tmp_path, first)
    opening.unlock_by_recovery(tmp_path, second).close()
    # An older backup still opens with the old one.
    (tmp_path / key_file.FILE).unlink()
    (tmp_path / database.FILE).unlink()
    use.restore(door, recovery=first)
    assert use.status(door).entries == 1


def test_a_new_recovery_key_for_an_open_store(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, keyring=keyring)
    first = _made(door)
    for _ in range(3):  # one that was never confirmed does not pile up
        use.recover(door, None)[0].close()
    assert len(read_keys(tmp_path).recovery) == 2
    opening.unlock_by_recovery(tmp_path, first).close()
    with use.opened(door) as vault, _closed(State.WRONG_KEY):
        use.confirm(vault, RecoveryKey.new())


def test_the_passphrase_is_set_changed_and_removed(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, keyring=keyring)
    _made(door)
    with use.opened(door) as vault:
        assert use.set_passphrase(vault, "one", keyring)
    with use.opened(replace(door, passphrase="one")) as vault:
        assert use.set_passphrase(vault, "two", keyring)
    assert _state(replace(door, passphrase="one")) is State.WRONG_KEY
    with use.opened(replace(door, passphrase="two")) as vault:
        assert use.remove_passphrase(vault, keyring)
    assert _state(door) is State.OPEN
    assert len(keyring.secrets) == 1
    with use.opened(door) as vault, pytest.raises(UnusableCall, match="empty"):
        use.set_passphrase(vault, "", keyring)


def test_what_could_not_be_removed_from_the_keyring_goes_later(
    tmp_path: Path, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(tmp_path, keyring=keyring)
    _made(door)

    def silent(_name: str) -> None:
        raise StoreClosed(State.KEYRING_SILENT)

    with use.opened(door) as vault, monkeypatch.context() as patched:
        patched.setattr(keyring, "delete", silent)
        assert not use.set_passphrase(vault, PASSPHRASE, keyring)
    assert len(keyring.secrets) == 2
    assert _state(replace(door, passphrase=PASSPHRASE)) is State.OPEN
    assert len(keyring.secrets) == 1


def test_a_failed_write_of_the_key_file_strands_nobody(
    tmp_path: Path, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(tmp_path, keyring=keyring)
    _made(door)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with use.opened(door) as vault, monkeypatch.context() as patched:
        patched.setattr(key_file, "write_atomically", full)
        with pytest.raises(CouldNotFinish):
            use.set_passphrase(vault, PASSPHRASE, keyring)
    assert _state(door) is State.OPEN


def test_the_file_is_missing(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, keyring=keyring)
    _made(door)
    (tmp_path / database.FILE).unlink()
    shown = use.status(door)
    assert shown.state is State.FILE_MISSING
    assert "backup" in shown.way_out
    with pytest.raises(UnusableCall):
        use.init(door)
    use.restore(door)
    assert use.status(door).entries == 1


@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("with_backup", [False, True])
def test_the_key_file_is_missing_or_damaged(
    tmp_path: Path, keyring: FakeKeyring, damaged: bool, with_backup: bool
) -> None:
    door = Door(tmp_path, keyring=keyring)
    recovery = _made(door)
    path = tmp_path / key_file.FILE
    if damaged:
        path.write_bytes(path.read_bytes().replace(b"recovery", b"recovory"))
    else:
        path.unlink()
    if not with_backup:
        for backup in (tmp_path / files.BACKUPS).iterdir():
            backup.unlink()
    shown = use.status(door)
    assert shown.state is (State.DAMAGED if damaged else State.KEY_FILE_MISSING)
    assert "new keys" in shown.way_out
    vault, new = use.recover(door, None)
    use.confirm(vault, new)
    vault.close()
    assert use.status(door).entries == 1
    opening.unlock_by_recovery(tmp_path, new).close()
    with _closed(State.WRONG_KEY):
        opening.unlock_by_recovery(tmp_path, recovery)
    assert damaged is any((tmp_path / files.ASIDE).glob("*/vault.keys"))


def test_the_key_file_is_missing_and_nothing_has_another(tmp_path: Path) -> None:
    door = Door(tmp_path, PASSPHRASE)
    _made(door)
    for path in ((tmp_path / key_file.FILE), *(tmp_path / files.BACKUPS).iterdir()):
        path.unlink()
    with _closed(State.KEY_FILE_MISSING):
        use.recover(door, None)
    assert (tmp_path / database.FILE).exists()


def test_a_key_file_that_another_wrote_is_not_believed(
    tmp_path: Path, keyring: FakeKeyring
) -> None:
    door = Door(tmp_path, keyring=keyring)
    _made(door)
    path = tmp_path / key_file.FILE
    path.write_bytes(key_file.serialise(replace(read_keys(tmp_path), generation=0)))
    assert _state(door) is State.DAMAGED


def test_an_older_file_can_be_taken_for_good(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, keyring=keyring)
    _made(door)
    path = tmp_path / database.FILE
    old = path.read_bytes()
    with use.opened(door) as vault:
        vault.change([Row("totp", "b", {})])
    path.write_bytes(old)
    shown = use.status(door)
    assert (shown.state, "older copy" in shown.sentence) == (State.DAMAGED, True)
    use.accept_as_it_is(door)
    assert use.status(door).entries == 1


def test_locked_for_every_program_until_it_is_unlocked(
    tmp_path: Path, keyring: FakeKeyring
) -> None:
    door = Door(tmp_path, PASSPHRASE, keyring)
    _made(door)
    with use.opened(door) as vault:
        use.lock(tmp_path)
        with _closed(State.LOCKED):
            vault.entries("totp")
        assert not vault.is_open
    assert _state(door) is State.LOCKED
    with _closed(State.WRONG_KEY):
        use.unlock(replace(door, passphrase="wrong"))
    assert _state(door) is State.LOCKED
    use.unlock(door).close()
    assert _state(door) is State.OPEN


def test_a_newer_store_is_left_alone(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, keyring=keyring)
    _made(door)
    with use.opened(door) as vault:
        key, store = vault.key, vault.store
    connection: apsw.Connection = database.connect(tmp_path / database.FILE, key, store)
    connection.pragma("user_version", len(schema.MIGRATIONS) + 1)
    connection.close()
    before = (tmp_path / database.FILE).read_bytes()
    assert _state(door) is State.NEWER
    assert (tmp_path / database.FILE).read_bytes() == before


def test_a_stop_while_the_store_is_made_leaves_none(
    tmp_path: Path, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(tmp_path, keyring=keyring)
    with monkeypatch.context() as patched:
        patched.setattr(creation, "sync_folder", _stop)
        patched.setattr(Path, "replace", _stop)
        with pytest.raises(KeyboardInterrupt):
            use.init(door)
    assert (tmp_path / key_file.FILE).exists() is False
    assert _state(door) is State.NONE
    _made(door)
    assert use.status(door).entries == 1
    assert not list(tmp_path.glob(".*"))


def test_nothing_starts_a_store_but_none(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, keyring=keyring)
    shown: list[RecoveryKey] = []
    for _ in range(2):
        with use.opened(door, begun=shown.append) as vault:
            vault.change([Row("totp", "a", {})])
    assert len(shown) == 1


def test_no_keyring_and_no_passphrase_makes_no_store(tmp_path: Path, keyring: FakeKeyring) -> None:
    with pytest.raises(UnusableCall, match="passphrase"):
        use.init(Door(tmp_path))
    keyring.fault = State.KEYRING_MISSING
    with pytest.raises(StoreClosed, match="Choose a passphrase"):
        use.init(Door(tmp_path, keyring=keyring))
    assert _state(Door(tmp_path)) is State.NONE
    use.init(Door(tmp_path, PASSPHRASE, keyring))[0].close()
    assert keys.holder(read_keys(tmp_path)) == "passphrase"


def test_forgotten_is_gone(tmp_path: Path, keyring: FakeKeyring) -> None:
    door = Door(tmp_path, PASSPHRASE, keyring)
    _made(door)
    assert use.forget(door)
    assert _state(door) is State.NONE
    assert keyring.secrets == {}
    assert {path.name for path in tmp_path.iterdir()} == {"vault.lock"}


def test_the_keyring_forgets_also_where_the_schedule_stays(
    tmp_path: Path, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> None:
        raise CouldNotFinish("It could not be deleted.")

    door = Door(tmp_path, PASSPHRASE, keyring)
    _made(door)
    monkeypatch.setattr(schedule, "forget", refused)
    with pytest.raises(CouldNotFinish):
        use.forget(door)
    assert keyring.secrets == {}


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_plain_words(state: State) -> None:
    words = WORDS[state]
    for sentence in (words.sentence, words.way_out):
        assert sentence.endswith(".")
        assert grade(sentence) <= 10, sentence


@pytest.mark.parametrize(
    "name", [name for name, value in vars(states).items() if name.isupper() and type(value) is str]
)
def test_every_sentence_is_plain(name: str) -> None:
    sentence = getattr(states, name)
    assert sentence.endswith(".")
    assert grade(sentence) <= 10, sentence


def test_nothing_secret_gets_into_a_log(tmp_path: Path) -> None:
    door = Door(tmp_path, "the passphrase")
    vault, _ = use.init(door)
    with vault:
        vault.change([Row("totp", "a", {"secret": "JBSWY3DP"})])
        logged = f"{door} {vault} {vault.entries('totp')} {read_keys(tmp_path)}"
        assert vault.key.hex() not in logged
        assert repr(vault.key) not in logged
    assert "the passphrase" not in logged
    assert "JBSWY3DP" not in logged


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_open_store_cannot_be_opened_by_a_wrong_key(
    tmp_path: Path, keyring: FakeKeyring
) -> None:
    _made(Door(tmp_path, keyring=keyring))
    with _closed(State.WRONG_KEY):
        Vault.open(tmp_path, b"x" * 32)
