"""``secassist vault``, as a person or a script calls it, in a store without a keyring."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from secassist.cli.main import main
from secassist.store import database, key_file
from secassist.store.recovery_key import RecoveryKey
from secassist.store.vault import Row
from secassist.usecases import schedule
from secassist.usecases import vault as use
from secassist.usecases.vault import Door
from support.vaults import quick_stretching  # noqa: F401 (a fixture)

pytestmark = pytest.mark.usefixtures("quick_stretching")
PASSPHRASE = "correct horse"
ROOT = Path(__file__).resolve().parents[2]


class Person:
    """Calls the command, with the folder and the passphrase file that they always use."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.store = home / "store"
        self.recovery = home / "recovery.txt"
        (home / "passphrase").write_text(PASSPHRASE + "\nsecond line\n")
        self._capsys = capsys
        self.said = ""

    def call(self, command: str, *words: str, passphrase: bool = True) -> tuple[int, Any]:
        """The exit code and the one JSON object; what went to stderr is in ``said``."""
        options = ["--data", str(self.store), "--no-keyring", "--json"]
        if passphrase:
            options += ["--passphrase-file", str(self.home / "passphrase")]
        self._capsys.readouterr()
        code = main(["vault", command, *options, *words])
        out, self.said = self._capsys.readouterr()
        assert PASSPHRASE not in out + self.said
        assert "Traceback" not in self.said
        return code, json.loads(out) if out else None

    def init(self) -> None:
        assert self.call("init", "--recovery-file", str(self.recovery))[0] == 0

    def add(self, number: int = 1) -> None:
        with use.opened(Door(self.store, PASSPHRASE)) as vault:
            vault.change([Row("totp", str(number), {"n": number})])


@pytest.fixture
def person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Person:
    return Person(tmp_path, capsys)


def test_a_store_without_a_question(person: Person) -> None:
    assert person.call("status")[1]["state"] == "none"
    code, told = person.call("init", "--recovery-file", str(person.recovery))
    assert (code, told["state"]) == (0, "open")
    assert "recovery_key" not in told
    RecoveryKey.parse(person.recovery.read_text().splitlines()[0])
    if os.name != "nt":
        assert stat.S_IMODE(person.recovery.stat().st_mode) == 0o600
    code, told = person.call("status")
    assert (code, told["state"], told["entries"], told["backups"]) == (0, "open", 0, [])
    assert told["where_the_key_lives"] == "in your passphrase"
    assert told["recovery_key_confirmed"]
    assert person.call("status", passphrase=False)[1]["state"] == "locked"


def test_what_the_program_notes_for_itself_is_no_entry(person: Person) -> None:
    person.init()
    person.add()
    with use.opened(Door(person.store, PASSPHRASE)) as vault:
        vault.change([Row("totp-setup", "draft", {}), Row("journal", "1", {})])
    assert person.call("status")[1]["entries"] == 1
    assert person.call("unlock")[1]["entries"] == 1


def test_a_recovery_file_is_never_written_over(person: Person) -> None:
    person.recovery.write_text("precious")
    assert person.call("init", "--recovery-file", str(person.recovery))[0] == 2
    assert "there already" in person.said
    assert person.recovery.read_text() == "precious"
    assert person.call("status")[1]["state"] == "none"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_recovery_file_is_for_its_owner_alone_also_where_it_was_there(person: Person) -> None:
    person.recovery.touch(mode=0o644)
    person.recovery.chmod(0o644)
    person.init()
    assert person.recovery.stat().st_size
    assert person.recovery.stat().st_mode & 0o777 == 0o600


def test_a_second_init_and_one_without_a_passphrase(person: Person) -> None:
    assert person.call("init", passphrase=False)[0] == 2
    person.init()
    assert person.call("init")[0] == 2
    assert "store in this folder already" in person.said


def test_where_no_store_is_made_no_empty_recovery_file_stays(person: Person) -> None:
    person.init()
    other = person.recovery.with_name("other.txt")
    assert person.call("init", "--recovery-file", str(other))[0] == 2
    assert not other.exists()


def test_a_file_is_no_folder(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    person.init()
    assert main(["vault", "status", "--data", str(person.recovery)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_without_a_recovery_file_the_key_is_shown_and_not_yet_confirmed(person: Person) -> None:
    told = person.call("init")[1]
    RecoveryKey.parse(told["recovery_key"])
    assert not person.call("status")[1]["recovery_key_confirmed"]


def test_lock_and_unlock(person: Person) -> None:
    assert person.call("lock")[0] == 3  # nothing to lock
    person.init()
    assert person.call("lock") == (0, {"state": "locked"})
    assert person.call("status")[1]["state"] == "locked"
    assert person.call("backup")[0] == 3
    (person.home / "passphrase").write_text("wrong")
    assert person.call("unlock")[0] == 3
    (person.home / "passphrase").write_text(PASSPHRASE)
    assert person.call("unlock")[0] == 0
    assert person.call("status")[1]["state"] == "open"


def test_a_wrong_passphrase_is_told_in_one_line(person: Person) -> None:
    person.init()
    (person.home / "passphrase").write_text("wrong")
    code, told = person.call("status")
    assert (code, told["state"]) == (1, "wrong-key")
    assert person.call("backup")[0] == 3
    assert person.said.count("\n") == 1
    assert "passphrase is not right" in person.said


def test_the_passphrase_is_changed(person: Person) -> None:
    person.init()
    new = person.home / "new"
    new.write_text("battery staple")
    assert person.call("passphrase", "--new-passphrase-file", str(new))[0] == 0
    assert person.call("status")[1]["state"] == "wrong-key"
    (person.home / "passphrase").write_text("battery staple")
    assert person.call("status")[1]["state"] == "open"
    assert person.call("passphrase", "--remove")[0] == 2  # there is no keyring to hold the key


def test_recover_with_a_new_passphrase(person: Person) -> None:
    person.init()
    person.add()
    (person.home / "passphrase").write_text("another one")
    new = person.home / "new.txt"
    words = ["--recovery-file", str(person.recovery), "--new-recovery-file", str(new)]
    code, told = person.call("recover", *words)
    assert (code, told["state"], told["entries"]) == (0, "open", 1)
    assert person.call("status")[1]["entries"] == 1
    assert person.call("recover", "--recovery-file", str(person.recovery))[0] == 3
    assert person.call("recover", "--recovery-file", str(new))[0] == 0


def test_a_slip_in_the_recovery_key(person: Person) -> None:
    person.init()
    text = person.recovery.read_text()
    person.recovery.write_text(("1" if text[0] != "1" else "2") + text[1:])
    assert person.call("recover", "--recovery-file", str(person.recovery))[0] == 2
    assert "slip" in person.said


@pytest.mark.parametrize("name", [database.FILE, key_file.FILE])
def test_missing_and_damaged_files(person: Person, name: str) -> None:
    person.init()
    person.add()
    backups = person.call("status")[1]["backups"]
    assert [backup["entries"] for backup in backups] == [1]
    path = person.store / name
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    code, told = person.call("status")
    assert (code, told["state"]) == (1, "damaged")
    path.unlink()
    told = person.call("status")[1]
    assert told["state"] == ("file-missing" if name == database.FILE else "key-file-missing")
    command = "restore" if name == database.FILE else "recover"
    assert person.call(command)[0] == 0
    assert person.call("status")[1]["entries"] == 1


def test_backup_list_and_restore_by_name(person: Person) -> None:
    person.init()
    person.add(1)
    code, made = person.call("backup")
    assert code == 0
    person.add(2)
    listed = person.call("backup", "--list")[1]["backups"]
    assert made["name"] in [backup["name"] for backup in listed]
    assert person.call("restore", made["name"])[0] == 0
    assert person.call("status")[1]["entries"] == 1
    assert person.call("restore", "none such")[0] == 2


def test_restore_on_another_computer_by_the_recovery_key(person: Person) -> None:
    person.init()
    person.add()
    for name in (database.FILE, key_file.FILE):
        (person.store / name).unlink()
    words = ["--recovery-file", str(person.recovery)]
    assert person.call("restore", *words, passphrase=False)[0] == 0
    assert person.call("status")[1]["entries"] == 1


def test_a_row_that_was_set_aside_needs_attention(person: Person) -> None:
    person.init()
    person.add()
    with use.opened(Door(person.store, PASSPHRASE)) as vault:
        vault.set_aside("totp", "1", "for the test")
    code, told = person.call("status")
    assert (code, told["state"], told["entries"], told["set_aside"]) == (1, "open", 0, 1)


def test_forget_asks_first(person: Person) -> None:
    person.init()
    assert person.call("forget")[0] == 2
    assert person.call("status")[1]["state"] == "open"
    assert person.call("forget", "--yes")[0] == 0
    assert person.call("status")[1]["state"] == "none"


def test_with_the_store_goes_its_schedule(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(schedule, "_has_systemd", lambda: False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    person.init()
    schedule.change(person.store, "week", 0)
    assert schedule.install(schedule.Every.WEEK, person.store).by == "autostart"
    assert person.call("forget", "--yes")[0] == 0
    assert schedule.installed().by == ""
    assert not (person.store / schedule.FILE).exists()


def test_unusable_passphrase_files(person: Person) -> None:
    for content in (b"", b"\n", b"\xff\xfe\xff"):
        (person.home / "passphrase").write_bytes(content)
        assert person.call("init")[0] == 2
    (person.home / "passphrase").unlink()
    assert person.call("init")[0] == 2


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_secret_in_arguments_or_environment_and_no_core_dumps(person: Person) -> None:
    person.init()
    code = (
        "import resource, sys; from pathlib import Path;"
        "from secassist.usecases import vault as use; from secassist.usecases.vault import Door;"
        "phrase = Path(sys.argv[2]).read_text().split('\\n')[0];"
        "vault = use.unlock(Door(Path(sys.argv[1]), phrase));"
        "print(resource.getrlimit(resource.RLIMIT_CORE),"
        "Path('/proc/self/coredump_filter').read_text(), Path('/proc/self/cmdline').read_bytes(),"
        "dict(__import__('os').environ), vault.key.hex() in str(vars(vault)), repr(vault))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(person.store), str(person.home / "passphrase")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("(0, 0) 00000000")
    assert PASSPHRASE not in done.stdout
    assert "correct" not in done.stderr


@pytest.mark.parametrize("command", [["totp", "list"], ["runbook", "report", "flood"], ["audit"]])
def test_what_is_closed_says_what_to_type(
    command: list[str], person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*options: str) -> str:
        assert main([*command, "--data", str(person.store), "--no-keyring", *options]) == 3
        (line,) = capsys.readouterr().err.splitlines()
        return line

    own = ("--passphrase-file", str(person.home / "passphrase"))
    assert "vault init" in said(*own)
    person.init()
    assert "--passphrase-file" in said()
    assert person.call("lock")[0] == 0
    assert "vault unlock" in said(*own)
