"""Secrets for two-step sign-in in lists of passwords: counted, and handed over when wanted."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from secassist.passwords.audit import Wanted
from secassist.twofactor.entries import Rejected
from secassist.usecases import audit, codes_found, twofactor
from secassist.usecases.audit import Breaches
from support.vaults import new_vault

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
URI = f"otpauth://totp/Shop:anna?secret={SECRET}&issuer=Shop"
TABLE = (
    "folder,favorite,type,name,notes,login_uri,login_username,login_password,login_totp\n"
    f",,login,Shop,,https://shop.example,anna,canary-1,{URI}\n"
    f",,login,Bare,,https://bare.example,bo,canary-2,{SECRET}\n"
    f',,login,Spaced,,https://s.example,cy,,"{SECRET[:4]} {SECRET[4:].lower()}"\n'
    ",,login,Broken,,https://b.example,di,canary-4,not a secret!\n"
    ",,login,None,,https://n.example,ed,canary-5,\n"
)
ITEM = {"title": "Shop", "login": "anna", "password": "canary"}
TREES: dict[str, Any] = {
    "bitwarden": {"items": [{"type": 1, "name": "Shop", "login":
        {"username": "anna", "password": "canary", "totp": URI}}]},
    "1password": {"accounts": [{"vaults": [{"items": [{"categoryUuid": "001",
        "overview": {"title": "Shop"},
        "details": {"loginFields": [{"designation": "username", "value": "anna"},
                                    {"designation": "password", "value": "canary"}],
                    "sections": [{"fields": [{"value": {"totp": SECRET}}]}]}}]}]}]},
    "proton": {"vaults": {"v": {"items": [{"data": {"type": "login", "metadata": {"name": "Shop"},
        "content": {"itemUsername": "anna", "password": "canary", "totpUri": URI}}}]}}},
    "enpass": {"items": [{"title": "Shop", "category": "login", "fields": [
        {"type": "username", "value": "anna"}, {"type": "password", "value": "canary"},
        {"type": "totp", "value": SECRET}]}]},
    "keeper": {"records": [{**ITEM, "custom_fields": {"$oneTimeCode::1": URI}}]},
    "cxf": {"exporterRpId": "x", "accounts": [{"items": [{"title": "Shop", "credentials": [
        {"type": "basic-auth", "username": {"value": "anna"}, "password": {"value": "canary"}},
        {"type": "totp", "secret": SECRET, "period": 30, "digits": 6, "username": "anna",
         "algorithm": "sha1", "issuer": "Shop"}]}]}]},
}  # fmt: skip


def wanted(path: Path, text: str) -> Wanted:
    path.write_text(text)
    return Wanted((str(path),))


def test_counted_without_coming_out_and_handed_over_when_wanted(tmp_path: Path) -> None:
    files = wanted(tmp_path / "list.csv", TABLE)
    report = asyncio.run(audit.audit_files(files, Breaches()))
    assert report.codes_found == 4
    assert SECRET not in repr(report)
    outcome = asyncio.run(codes_found.codes_of(files))
    with new_vault(tmp_path / "store") as vault:
        assert len(twofactor.plan_import(vault, outcome)) == 4
        twofactor.run_import(vault, outcome)
        kept = [(saved.account.issuer, saved.account.name) for saved in twofactor.entries(vault)]
    assert kept == [("Bare", "bo"), ("Shop", "anna"), ("Spaced", "cy")]
    assert outcome.batch is not None
    (rejected,) = [one for one in outcome.batch.entries if isinstance(one, Rejected)]
    assert rejected.issuer == "Broken"


@pytest.mark.parametrize("name", TREES)
def test_each_format_in_json_gives_its_code(name: str, tmp_path: Path) -> None:
    outcome = asyncio.run(
        codes_found.codes_of(wanted(tmp_path / "export.json", json.dumps(TREES[name])))
    )
    assert outcome.batch is not None
    (entry,) = outcome.batch.entries
    assert not isinstance(entry, Rejected)
    assert (entry.issuer, entry.name) == ("Shop", "anna")
    assert entry.secret == b"12345678901234567890"
