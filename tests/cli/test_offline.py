"""“Stay offline” in the settings, and ``--offline``, hold for all that would ask somebody."""

from __future__ import annotations

import inspect
from dataclasses import replace
from pathlib import Path

import pytest

from secassist.cli import audit
from secassist.cli.main import main
from secassist.store import settings

LIST = "name,url,username,password\nShop,https://shop.example,anna,Zq#canary-One7\n"
ASKS = [
    ["audit", "LIST", "--breaches", "online"],
    ["audit", "--fetch-sites"],
    ["mailbox", "imap://anna@mail.example"],
    ["waves", "--refresh", "--from", "https://lists.example/waves", "--key", "AAAA"],
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path / "data"


def refused(words: list[str], data: Path, capsys: pytest.CaptureFixture[str]) -> str:
    call = [str(data.parent / "list.csv") if word == "LIST" else word for word in words]
    assert main([*call, "--data", str(data)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    return line


@pytest.mark.parametrize("words", ASKS, ids=lambda words: " ".join(words[:2]))
def test_by_the_call(words: list[str], data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--offline" in refused([*words, "--offline"], data, capsys)


@pytest.mark.parametrize("words", ASKS, ids=lambda words: " ".join(words[:2]))
def test_by_the_settings(words: list[str], data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.save(replace(settings.Settings(), offline=True), data)
    assert "stay offline" in refused(words, data, capsys)


@pytest.mark.parametrize("offline", [False, True])
def test_the_check_by_itself(offline: bool, data: Path) -> None:
    """What was allowed once is not done while the person wants to stay offline."""
    settings.save(replace(settings.Settings(), leaks="online", offline=offline), data)
    nothing = dict.fromkeys(inspect.signature(audit.Options).parameters)
    options = audit.Options(**{**nothing, "notify": True, "data": data})  # type: ignore[arg-type]
    assert audit._breaches(options).online is not offline
