"""``secassist audit`` as acceptance calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secassist.cli.main import main

CHROME = (
    "name,url,username,password,note\r\n"
    'Shop,https://shop.example/login,anna,Zq#canary-One7,"line 1\r\nline 2"\r\n'
    "Bank,https://www.bank.example,anna,Zq#canary-One7,\r\n"
    "Empty,https://empty.example,anna,,\r\n"
    "Old,http://old.example.org,bo,x9Kd83#kd0Qm-canary,\r\n"
)


def audit(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, list[dict[str, Any]], str]:
    code = main(["audit", "--json", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert "canary" not in out + err
    return code, [json.loads(line) for line in out.splitlines()], err


def test_reuse_in_chromes_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "passwords.csv"
    path.write_bytes(b"\xef\xbb\xbf" + CHROME.encode())
    code, (*accounts, summary), err = audit(capsys, path)
    assert code == 1
    found = {line["account"]["title"]: line["findings"] for line in accounts}
    assert set(found) == {"Shop", "Bank", "Old"}
    (reused,) = [one for one in found["Shop"] if one["code"] == "reused"]
    assert (reused["with"], reused["relation"]) == (["Bank"], "same")
    assert "plain-http" in [one["code"] for one in found["Old"]]
    assert summary["schema"] == "secassist.audit.summary/1"
    assert summary["accounts"] == 3
    assert summary["by_code"]["reused"] == 2
    assert summary["skipped"] == {"no password": 1}
    assert "breached" in summary["not_checked"]
    assert "no password" in err


def test_what_is_no_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for data in (b"", b"hello, canary", b"\x7fELF\x00\x00,", b"a,b\n1,2\n"):
        path = tmp_path / "file"
        path.write_bytes(data)
        code, lines, err = audit(capsys, path)
        assert (code, lines) == (2, [])
        assert len(err.splitlines()) == 1
    assert audit(capsys, tmp_path / "missing")[0] == 2
