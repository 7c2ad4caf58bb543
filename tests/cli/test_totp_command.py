"""``secassist totp`` over a real store, as acceptance calls it."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from secassist.cli.main import main
from secassist.store import settings, wraps
from secassist.store.vault import Row
from secassist.twofactor import importers, migration
from secassist.twofactor.account import Account
from secassist.usecases import vault as use
from support import exports, qr_pictures
from support.exports import ACCOUNTS, PASSWORD, same

URI = "otpauth://totp/ACME:anna@example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ACME&digits=8"
COUNTED = "otpauth://hotp/Count:er?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0"


class Store:
    """A store with a passphrase and no keyring, and the command line that uses it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder / "data"
        self.files = folder
        self._capsys = capsys
        self.err = ""
        self.out = ""
        self._door = ["--data", str(self.folder), "--no-keyring", "--passphrase-file",
                      str(self.file("passphrase", b"correct horse battery\n"))]  # fmt: skip

    def file(self, name: str, data: bytes) -> Path:
        path = self.files / name
        path.write_bytes(data)
        return path

    def init(self) -> None:
        recovery = str(self.files / "recovery")
        assert main(["vault", "init", *self._door, "--recovery-file", recovery]) == 0
        self._capsys.readouterr()

    def run(self, name: str, *arguments: str | Path) -> int:
        code = main(["totp", name, *map(str, arguments), *self._door])
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, name: str, *arguments: str | Path, code: int = 0) -> list[dict[str, Any]]:
        assert self.run(name, "--json", *arguments) == code, self.err
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def bare(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> Store:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    # New stores ask for little work: each command here would stretch the passphrase once more.
    monkeypatch.setattr(wraps, "TIME", 1)
    monkeypatch.setattr(wraps, "MEMORY_KIB", 1024)
    monkeypatch.setattr(wraps, "LANES", 1)
    return Store(tmp_path, capsys)


@pytest.fixture
def store(bare: Store) -> Store:
    bare.init()
    return bare


def test_add_and_show(store: Store) -> None:
    (added,) = store.json("add", URI)
    assert added == {
        "issuer": "ACME",
        "account": "anna@example.com",
        "type": "totp",
        "algorithm": "SHA1",
        "digits": 8,
        "period": 30,
        "counter": None,
        "status": "new",
        "reason": None,
    }
    for name in ("anna@example.com", "ACME:anna@example.com", "acme", "ANNA@example.com"):
        (shown,) = store.json("code", name, "--at", "59")
        assert shown == {"code": "94287082", "next": "37359152", "valid_for": 1}
    (shown,) = store.json("code", "acme", "--at", "2005-03-18T01:58:29+00:00")
    assert (shown["code"], shown["valid_for"]) == ("07081804", 1)
    (again,) = store.json("add", URI)
    assert again["status"] == "duplicate"
    assert len(store.json("list")) == 1


def test_add_from_stdin(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"\n{URI}\n".encode())))
    assert store.json("add", "-")[0]["status"] == "new"


def test_too_much_from_stdin_is_refused_and_not_cut_off(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"\n" * (1024 * 1024 - len(URI) + 1) + URI.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    before = store.json("list")
    assert store.run("add", "-") == 2
    assert store.json("list") == before


def test_a_counter_is_counted_up_on_disk(store: Store) -> None:
    store.json("add", COUNTED)
    shown = [store.json("code", "er")[0] for _ in range(3)]
    assert [one["code"] for one in shown] == ["755224", "287082", "359152"]
    assert shown[0] == {"code": "755224", "next": "287082", "valid_for": None}
    assert store.json("list")[0]["counter"] == 3


def test_names_that_fit_several(store: Store) -> None:
    store.json("add", URI)
    store.json("add", URI.replace("ACME", "Bank").replace("GEZD", "GEZC"))
    assert store.run("code", "anna@example.com") == 2
    assert store.out == ""
    assert "ACME:anna@example.com, Bank:anna@example.com" in store.err
    assert len(store.err.splitlines()) == 1
    assert store.run("code", "nobody") == 2
    assert store.run("code", "Bank:anna@example.com") == 0


@pytest.mark.parametrize("uri", ["hello", "otpauth://totp/x", URI.replace("GEZD", "1234"), ""])
def test_what_is_no_address(store: Store, uri: str) -> None:
    assert store.run("add", uri) == 2
    assert store.out == ""
    assert len(store.err.splitlines()) == 1
    assert "GEZD" not in store.err


def test_import_dry_then_real(store: Store) -> None:
    path = store.file("aegis.json", exports.aegis_encrypted())
    password = store.file("password", f"{PASSWORD}\n".encode())
    store.json("add", "otpauth://totp/ACME:anna@example.com?secret=GEZDGNBVGY3TQOJQ&issuer=ACME")
    dry = store.json("import", path, "--password-file", password, "--dry-run")
    assert [line["status"] for line in dry] == ["duplicate", "new", "new", "new", "new"]
    assert dry[0]["reason"]
    assert "secret" not in dry[0]
    assert len(store.json("list")) == 1
    done = store.json("import", path, "--password-file", password, "--show-secrets")
    assert [line["status"] for line in done] == [line["status"] for line in dry]
    assert done[3] == {
        "issuer": "Count", "account": "er", "type": "hotp", "algorithm": "SHA1", "digits": 6,
        "period": None, "counter": 42, "secret": done[3]["secret"], "status": "new", "reason": None,
    }  # fmt: skip
    assert len(store.json("list")) == 5
    again = store.json("import", path, "--password-file", password)
    assert {line["status"] for line in again} == {"duplicate"}


def test_a_backup_is_made_before_an_import(store: Store) -> None:
    store.json("add", URI)
    before = {path.name for path in (store.folder / "backups").iterdir()}
    store.json("import", store.file("x", exports.uri_list()))
    assert len({path.name for path in (store.folder / "backups").iterdir()} - before) >= 1


def test_dry_run_before_there_is_a_store(bare: Store) -> None:
    lines = bare.json("import", bare.file("x.txt", exports.uri_list()), "--dry-run")
    assert [line["status"] for line in lines] == ["new"] * 5
    assert not bare.folder.exists()


def test_nothing_begins_without_a_person(bare: Store) -> None:
    assert bare.run("add", URI) == 3
    assert "vault init" in bare.err
    assert bare.run("list") == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (exports.aegis_encrypted(), "needs its password"),
        (exports.aegis()[:-20], "damaged"),
        (b"hello", "no export that we know"),
    ],
)
def test_files_that_do_not_open(store: Store, data: bytes, words: str) -> None:
    assert store.run("import", store.file("x", data), "--dry-run") == 2
    assert store.out == ""
    assert words in store.err


def test_wrong_password(store: Store) -> None:
    path = store.file("aegis.json", exports.aegis_encrypted())
    wrong = store.file("password", b"no\n")
    assert store.run("import", path, "--password-file", wrong) == 2
    assert "password does not open" in store.err


def test_rejected_entries_are_said_and_the_rest_comes(store: Store) -> None:
    path = store.file("x", exports.uri_list() + b"otpauth://totp/Odd:one?secret=ABC0\n")
    lines = store.json("import", path, code=1)
    assert [line["status"] for line in lines] == ["new"] * 5 + ["rejected"]
    assert lines[-1]["reason"]
    assert lines[-1]["type"] is None
    assert len(store.json("list")) == 5


def test_pictures_and_what_is_missing(store: Store) -> None:
    accounts = [Account(secret=bytes([n]) * 20, issuer="A", name=f"u{n}") for n in range(15)]
    texts, _ = migration.write(accounts)
    pictures = [store.file(f"{n}.png", qr_pictures.drawn(text)) for n, text in enumerate(texts)]
    store.json("import", pictures[0], "--dry-run", code=1)
    assert "Picture 2 of 2 is missing." in store.err
    assert len(store.json("import", *pictures)) == 15


def test_exports_come_back(store: Store) -> None:
    store.json("import", store.file("x", exports.uri_list()))
    password = store.file("password", f"{PASSWORD}\n".encode())
    encrypted, plain, paper = (store.files / name for name in ("a.json", "b.txt", "c.pdf"))
    assert store.run("export", encrypted, "--password-file", password) == 0
    assert encrypted.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    expected = sorted(ACCOUNTS, key=lambda account: account.title.casefold())
    assert same(importers.read([encrypted.read_bytes()], PASSWORD).accounts, expected)
    assert store.run("export", plain, "--format", "addresses") == 0
    assert "can make these codes" in store.err
    assert same(importers.read([plain.read_bytes()]).accounts, expected)
    assert store.run("export", paper, "--format", "paper") == 0
    assert paper.read_bytes().startswith(b"%PDF")
    google = store.files / "google.txt"
    assert store.json("export", google, "--format", "google", code=1)[0]["left_out"] == 3
    assert len(importers.read([google.read_bytes()]).accounts) == 2
    assert store.run("export", plain, "--format", "addresses") == 2
    assert store.run("export", store.files / "new") == 2
    only = store.files / "only"
    assert (
        store.json("export", only, "--format", "addresses", "--only", "player")[0]["written"] == 1
    )


def test_an_export_to_stdout_and_json_exclude_each_other(store: Store) -> None:
    store.json("import", store.file("x", exports.uri_list()))
    assert store.run("export", "-", "--format", "addresses", "--json") == 2
    assert store.out == ""
    assert len(store.err.splitlines()) == 1


def test_remove(store: Store) -> None:
    store.json("add", URI)
    assert store.run("remove", "acme") == 2
    assert store.json("remove", "acme", "--yes")[0]["removed"] is True
    assert store.json("list") == []


def test_search_and_secrets(store: Store) -> None:
    store.json("import", store.file("x", exports.uri_list()))
    (found,) = store.json("list", "БАНК", "анн", "--show-secrets")
    assert found["issuer"] == "Банк"
    assert found["secret"].startswith("AAAQEAYE")
    assert "secret" not in store.json("list")[0]


def test_a_broken_row_is_set_aside_and_the_rest_opens(store: Store) -> None:
    store.json("add", URI)
    passphrase = "correct horse battery"
    with use.door(store.folder, passphrase, no_keyring=True) as door, use.opened(door) as vault:
        vault.change([Row("totp", "bad", {"version": 1, "issuer": 5})])
    assert len(store.json("list")) == 1
    with use.door(store.folder, passphrase, no_keyring=True) as door, use.opened(door) as vault:
        assert [row.id for row in vault.aside()] == ["bad"]


@pytest.mark.parametrize("at", ["yesterday", "-5", "1e9", "9" * 400, "1900-01-01"])
def test_no_time(store: Store, at: str) -> None:
    store.json("add", URI)
    assert store.run("code", "acme", f"--at={at}") == 2


def test_the_clock_that_was_put_right_in_the_window_counts_here_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secassist.usecases.clock.system_service", lambda: "off")
    monkeypatch.setattr(time, "time", lambda: 1_780_000_000.0)
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert store.run("add", f"otpauth://totp/ACME:anna?secret={secret}&issuer=ACME") == 0
    settings.save(settings.Settings(clock_offset=95), store.folder)
    (now,) = store.json("code", "anna")
    (later,) = store.json("code", "anna", "--at", "1780000095")
    assert now["code"] == later["code"]
