from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.base.errors import UnusableCall
from secassist.twofactor import importers
from secassist.twofactor.account import Account
from secassist.twofactor.exporters import aegis, paper, uri_list
from secassist.twofactor.importers import WrongPassword
from support.exports import ACCOUNTS, PASSWORD, same


def test_aegis_there_and_back() -> None:
    data = aegis.write(ACCOUNTS, PASSWORD)
    assert same(importers.read([data], PASSWORD).accounts, ACCOUNTS)
    with pytest.raises(WrongPassword):
        importers.read([data], "no")
    with pytest.raises(UnusableCall):
        aegis.write(ACCOUNTS, "")
    slot = json.loads(data)["header"]["slots"][0]
    assert (slot["n"], slot["r"], slot["p"], slot["repaired"]) == (32768, 8, 1, True)


def test_uri_list_there_and_back() -> None:
    assert same(importers.read([uri_list.write(ACCOUNTS)]).accounts, ACCOUNTS)


def test_paper() -> None:
    spare = [f"{number:04}-{number * 7:04}" for number in range(12)]
    data = paper.write(
        [(account, spare if place == 0 else ()) for place, account in enumerate(ACCOUNTS * 3)],
        title="My codes",
        intro="Keep this sheet where only you can get at it.",
    )
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert data.count(b"/Type /Page\n") >= 3


def test_paper_without_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", lambda path: False)
    assert paper.write([(ACCOUNTS[1], ())], title="Мои коды", intro="x").startswith(b"%PDF-")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.text(max_size=40), max_size=70))
def test_any_name_on_paper(issuer: str, name: str, spare: list[str]) -> None:
    account = Account(secret=b"x" * 20, issuer=issuer, name=name)
    assert paper.write([(account, spare)], title="t", intro="i")
