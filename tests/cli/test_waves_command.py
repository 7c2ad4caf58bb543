"""Known waves in the terminal: named with the age of the list, and a newer list fetched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secassist.cli.main import main
from support.wave_lists import Signer, list_server

CapSys = pytest.CaptureFixture[str]


def test_the_waves_and_the_age_of_the_list(tmp_path: Path, capsys: CapSys) -> None:
    assert main(["waves", "--data", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "instagram, 2026-01-08 to 2026-01-11: reset-requested" in out
    assert " old) and came with the program." in out


def test_a_newer_list(tmp_path: Path, capsys: CapSys) -> None:
    with list_server(Signer().signed()) as server:
        words = ["waves", "--data", str(tmp_path), "--refresh", "--json"]
        assert main([*words, "--from", server.url, "--key", Signer().key]) == 0
        head, *waves = map(json.loads, capsys.readouterr().out.splitlines())
        assert head["fetched"] is True
        assert "paypal-codes-2026-11" in {wave["id"] for wave in waves}
        assert main([*words, "--from", server.url, "--key", Signer(2).key]) == 2
        assert "not signed" in capsys.readouterr().err
        server.status = 503
        assert main([*words, "--from", server.url, "--key", Signer().key]) == 3


def test_calls_that_make_no_sense(tmp_path: Path, capsys: CapSys) -> None:
    words = ["waves", "--data", str(tmp_path), "--refresh"]
    assert main(words) == 2
    assert main([*words, "--from", "http://example.org/", "--key", Signer().key]) == 2
    (tmp_path / "settings.json").write_text('{"offline": true}', "utf-8")
    assert main([*words, "--from", "https://example.org/", "--key", Signer().key]) == 2
    assert "offline" in capsys.readouterr().err


def test_offline_and_more_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["waves", "--json", "--data", str(tmp_path)]
    assert main([*words, "--refresh", "--offline"]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert main([*words, "--offline", "-v"]) == 0
    assert str(tmp_path) in capsys.readouterr().err
