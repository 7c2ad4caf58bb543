"""``secassist runbook`` over a real store, as acceptance calls it."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from secassist.cli.main import main
from secassist.plans.plan import plans
from secassist.store import wraps
from secassist.usecases import share
from support import reports


class Store:
    """A store with a passphrase and no keyring, and the command line that uses it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.files = folder
        self.data = folder / "data"
        self._capsys = capsys
        self.out = self.err = ""
        self._door = ["--data", str(self.data), "--no-keyring", "--passphrase-file",
                      str(self.file("passphrase", b"correct horse battery\n"))]  # fmt: skip

    def file(self, name: str, data: bytes) -> Path:
        path = self.files / name
        path.write_bytes(data)
        return path

    def init(self) -> None:
        recovery = str(self.files / "recovery")
        assert main(["vault", "init", *self._door, "--recovery-file", recovery]) == 0
        self._capsys.readouterr()

    def run(self, *arguments: str | Path) -> int:
        code = main(["runbook", *map(str, arguments), *self._door])
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, *arguments: str | Path, code: int = 0) -> list[dict[str, Any]]:
        assert self.run(*arguments, "--json") == code, self.err
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


def test_plans_can_be_read_without_a_store(bare: Store) -> None:
    listed = bare.json("list")
    assert [plan["id"] for plan in listed] == list(plans())
    assert {plan["schema"] for plan in listed} == {"secassist.runbook/1"}
    (shown,) = bare.json("show", "flood")
    assert shown["run"] is None
    assert [step["id"] for step in shown["steps"]] == [s.id for s in plans()["flood"].steps]
    assert [s["id"] for s in shown["steps"] if not s["for_everybody"]] == ["close-page"]
    assert bare.run("show", "flood") == 0
    assert "Not every step is for everybody" in bare.out
    assert not bare.data.exists()


def test_to_start_a_plan_takes_a_store(bare: Store) -> None:
    assert bare.run("start", "flood") == 3
    assert "vault init" in bare.err


def test_from_start_to_finish(store: Store) -> None:
    known = "--organisation instagram --verdict genuine --kind reset-requested --asked no"
    (started,) = store.json("start", "unexpected", *known.split())
    assert (started["run"], started["organisation"]) == ("unexpected-1", "instagram")
    assert started["started_at"].endswith("+00:00")
    steps = {step["id"]: step for step in started["steps"]}
    assert "ask-at-home" not in steps  # the person did not ask, for sure
    assert "Recent emails" in steps["sent-list"]["place"]
    assert steps["two-step"]["url"].startswith("https://help.instagram.com/")
    one = started
    while one["open_step"]:
        (one,) = store.json("done", "unexpected", one["open_step"])
    assert one["finished_at"]
    assert one["contained_at"]
    (listed,) = (plan for plan in store.json("list") if plan["id"] == "unexpected")
    assert listed["runs"][0]["finished_at"] == one["finished_at"]
    assert store.run("report", "unexpected") == 0
    assert "Finished: 20" in store.out


def test_from_a_saved_check(store: Store) -> None:
    check = store.file("check.json", share.as_json(reports.fake()).encode() + b"\n")
    mail = store.file("mail.eml", b"From: a@b.example\n\nHello\n")
    (one,) = store.json("start", "forged", "--check", check, "--mail", mail, "--noticed",
                        "2026-01-31T12:00:00Z")  # fmt: skip
    assert (one["verdict"], one["organisation"]) == ("fake", "paypal")
    assert one["message"] == hashlib.sha256(mail.read_bytes()).hexdigest()
    assert one["noticed_at"] == "2026-01-31T12:00:00+00:00"
    assert one["judged_at"]
    (report,) = store.json("report", "forged")
    assert "Verdict on the mail: fake" in report["report"]


def test_a_step_that_is_done_stays_as_it_is(store: Store) -> None:
    """Said twice, it keeps its time, and one “undo” takes it back."""
    store.json("start", "flood")
    (once,) = store.json("done", "flood", "1")
    (twice,) = store.json("done", "flood", "1")
    assert twice == once
    (back,) = store.json("undo", "flood")
    assert back["open_step"] == "delete-nothing"


def test_not_for_me_and_undo(store: Store) -> None:
    store.json("start", "forged")
    (one,) = store.json("done", "forged-1", "report", "--not-for-me")
    assert {s["id"]: s["state"] for s in one["steps"]}["report"] == "not-for-me"
    (one,) = store.json("undo", "forged-1")
    assert {s["state"] for s in one["steps"]} == {"open"}
    assert store.run("undo", "forged-1") == 2
    assert "nothing to take back" in store.err
    (one,) = store.json("remind", "forged-1")
    assert one["remind_at"] > one["started_at"]


@pytest.mark.parametrize("step", ["0", "4", "99999", "-", "²", "Report"])
def test_a_step_that_is_not_there(store: Store, step: str) -> None:
    store.json("start", "forged")  # of two steps, without an organisation
    assert store.run("done", "forged", step) == 2
    assert "no such step" in store.err


def test_in_words(store: Store) -> None:
    assert store.run("start", "flood", "--touched", "looked") == 0
    assert "[ ]  2 Close the page that you opened" in store.out
    store.run("done", "flood", "2")
    assert store.run("show", "flood") == 0
    assert "[x]  2 Close the page" in store.out
    assert store.run("list") == 0
    assert "started: flood-1, now at: delete-nothing" in store.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["show", "nonsense"], "There is no plan “nonsense”"),
        (["start", "nonsense"], "There is no plan “nonsense”"),
        (["start", "flood", "--organisation", "nobody"], "do not know “nobody”"),
        (["start", "flood", "--noticed", "yesterday"], "is no time"),
        (["start", "flood", "--check", "no-such-file"], "could not be read"),
        (["start", "flood", "--mail", "no-such-file"], "could not be read"),
        (["start", "flood", "--kind", "moon"], "kind"),
        (["done", "flood", "money"], "No plan “flood” was started"),
        (["done", "flood"], "STEP"),
        (["undo"], "ID"),
    ],
)
def test_a_wrong_call_is_one_sentence(store: Store, arguments: list[str], says: str) -> None:
    assert store.run(*arguments) == 2
    assert says in store.err
    assert len(store.err.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"[" * 9000, b'{"verdict": "fine"}'])
def test_a_check_that_is_none(store: Store, content: bytes) -> None:
    assert store.run("start", "flood", "--check", store.file("check.json", content)) == 2
    assert "is not what" in store.err


def test_a_newer_plan_of_ones_own_is_set_aside_with_a_sentence(bare: Store) -> None:
    (bare.data / "plans").mkdir(parents=True)
    (bare.data / "plans" / "mine.toml").write_text("version = 9\n")
    listed = bare.json("list", code=1)
    assert len(listed) == len(plans())
    assert "plans/mine.toml is for a newer Secassist" in bare.err


def test_what_was_started_is_not_shown_without_the_key(store: Store, capsys: Any) -> None:
    store.json("start", "flood")
    assert main(["runbook", "list", "--data", str(store.data), "--no-keyring"]) == 0
    out, err = capsys.readouterr()
    assert "flood" in out
    assert "flood-1" not in out
    assert "What was started is not shown" in err
