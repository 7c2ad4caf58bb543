"""What people do with their codes, over a real store. (The command line tests the rest.)"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish, UnusableCall, UnusableInput
from secassist.store.vault import Row, Vault
from secassist.twofactor import importers
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.planning import Status, plan
from secassist.twofactor.repository import KIND, Saved, from_data, to_data
from secassist.usecases import twofactor as use
from support import exports
from support.exports import ACCOUNTS, PASSWORD
from support.vaults import KEY, new_vault

SECRET = b"12345678901234567890"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return new_vault(tmp_path)


def test_rows_there_and_back() -> None:
    for account in ACCOUNTS:
        saved = Saved(account, "github.com", False, ("1", "2"), "here", 5)
        assert from_data(account.id, to_data(saved)) == saved
    assert "1234567890" not in repr(Saved(ACCOUNTS[0], spare_codes=("1234567890",)))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": None},
        {"issuer": None},
        {"name": 5},
        {"kind": "motp"},
        {"kind": []},
        {"secret": ""},
        {"secret": "0"},
        {"algorithm": "MD5"},
        {"digits": "6"},
        {"digits": 60},
        {"period": 0},
        {"extra": []},
        {"extra": {"a": 1}},
        {"spare_codes": None},
        {"spare_codes": [1]},
        {"remind_at": "soon"},
    ],
)
def test_rows_that_make_no_sense(change: dict[str, object]) -> None:
    with pytest.raises(UnusableInput):
        from_data("x", {**to_data(Saved(ACCOUNTS[0])), **change})


def test_rows_that_lack_something() -> None:
    good = to_data(Saved(ACCOUNTS[0]))
    for missing in good:
        with pytest.raises(UnusableInput):
            from_data("x", {key: value for key, value in good.items() if key != missing})


def test_one_broken_row_of_many(vault: Vault) -> None:
    for number in range(50):
        use.add(vault, Account(secret=SECRET, name=f"n{number}"))
    vault.change(
        [Row(KIND, "broken", {"version": 1, "issuer": None}), Row(KIND, "new", {"version": 9})]
    )
    assert len(use.entries(vault)) == 50
    assert {row.id for row in vault.aside()} == {"broken", "new"}


def test_plans() -> None:
    there = Account(secret=SECRET, issuer="ACME", name="anna")
    counted = Account(secret=b"y" * 20, kind=Kind.HOTP, counter=9)
    planned = plan(
        [there, Account(secret=b"y" * 20, kind=Kind.HOTP, counter=5)],
        [
            Account(secret=SECRET, issuer="acme ", name="ANNA"),
            Account(secret=SECRET, issuer="Other", name="anna"),
            Account(secret=SECRET, issuer="ACME", name="anna", digits=8),
            Account(secret=b"z" * 20),
            Account(secret=b"z" * 20),
            counted,
        ],
    )
    assert [step.status for step in planned] == [
        Status.DUPLICATE, Status.NEW, Status.NEW, Status.NEW, Status.DUPLICATE, Status.DUPLICATE,
    ]  # fmt: skip
    assert "same codes" in planned[1].reason
    assert "5" in planned[5].reason


def test_an_import_that_cannot_be_saved_changes_nothing(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    use.add(vault, Account(secret=SECRET))
    outcome = importers.read_or_say([exports.aegis()])
    count = 0

    def third_time(saved: Saved) -> dict[str, object]:
        nonlocal count
        count += 1
        if count == 3:
            raise CouldNotFinish("The disk is full.")
        return to_data(saved)

    monkeypatch.setattr(use, "to_data", third_time)
    with pytest.raises(CouldNotFinish):
        use.run_import(vault, outcome)
    assert len(use.entries(vault)) == 1


def test_two_programs_count_one_counter(vault: Vault, tmp_path: Path) -> None:
    account = Account(secret=SECRET, kind=Kind.HOTP)
    use.add(vault, account)
    with Vault.open(tmp_path, KEY) as other:
        shown = [use.code(v, account.id, 0).code for v in (vault, other, vault, other)]
    assert shown == ["755224", "287082", "359152", "969429"]
    use.remove(vault, account.id)
    with pytest.raises(UnusableCall):
        use.code(vault, account.id, 0)


def test_encrypted_exports_carry_the_spare_codes() -> None:
    saved = Saved(ACCOUNTS[0], spare_codes=("1111-2222", "3333-4444"))
    data = use.export_encrypted([saved], PASSWORD).data
    assert importers.read([data], PASSWORD).accounts[0].note == "1111-2222\n3333-4444"
    assert use.export_paper([saved]).data.startswith(b"%PDF")


def test_reading_happens_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = asyncio.run(use.read_files([exports.aegis_encrypted()], PASSWORD))
    assert outcome.batch is not None
    assert len(outcome.batch.accounts) == len(ACCOUNTS)
    assert (
        asyncio.run(use.read_files([exports.proton_encrypted()], "x")).problem == "wrong-password"
    )
    monkeypatch.setattr(use, "IMPORT_TIMEOUT", 0.001)
    stopped = asyncio.run(use.read_files([exports.aegis()]))
    assert stopped.problem == "unusable"
    assert "time or memory" in stopped.sentence


def test_a_reminder_leaves_the_counter_where_it_is_by_now(vault: Vault) -> None:
    account = Account(secret=SECRET, kind=Kind.HOTP)
    use.add(vault, account)
    use.code(vault, account.id, 0)
    use.remind(vault, account.id, 5)
    (saved,) = use.entries(vault)
    assert (saved.remind_at, saved.account.counter) == (5, 1)
    with pytest.raises(UnusableCall):
        use.remind(vault, "gone", 5)
