"""Ticking off: one typed password against all that is remembered, in a process of its own."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.passwords.audit import Wanted
from secassist.store.vault import Vault
from secassist.usecases import audit, fixing
from secassist.usecases.audit import Breaches
from support import breach_lists
from support.vaults import new_vault

TABLE = """name,url,username,password
Shop,https://shop.example,anna,canary-Tulip1987
Bank,https://bank.example,anna,canary-Tulip1987
Forum,https://forum.example.org,anna,canary-Tulip1988
Pin,https://pin.example,anna,473829
"""
FRESH = "vK7#qPz2-canary-Lm9x"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    (tmp_path / "list.csv").write_text(TABLE)
    with new_vault(tmp_path / "store") as opened:
        wanted = Wanted((str(tmp_path / "list.csv"),))
        asyncio.run(audit.audit_files(wanted, Breaches(), opened))
        yield opened


def id_of(vault: Vault, title: str) -> str:
    return next(one.id for one in audit.remembered(vault) if one.title == title)


def codes(vault: Vault) -> dict[str, list[str]]:
    accounts = audit.review(vault).accounts
    return {one.title: [str(found.code) for found in one.findings] for one in accounts}


def test_a_new_password_ends_the_finding(vault: Vault, tmp_path: Path) -> None:
    outcome = asyncio.run(fixing.tick_off(vault, id_of(vault, "Bank"), FRESH))
    assert outcome.good
    assert outcome.seen is None  # not checked
    assert codes(vault)["Bank"] == []
    assert codes(vault)["Shop"] == ["similar"]
    first, second = audit.history(vault)
    assert (first.by_code["reused"], "reused" in second.by_code) == (2, False)
    data = b"".join(one.read_bytes() for one in tmp_path.rglob("store/**/*") if one.is_file())
    assert FRESH.encode() not in data
    assert hashlib.sha1(FRESH.encode()).hexdigest().encode() not in data.lower()
    assert FRESH not in repr(outcome)


def test_a_look_into_leaks_takes_nothing_back_that_was_done_meanwhile(
    vault: Vault, tmp_path: Path
) -> None:
    path = tmp_path / "leaks"
    path.write_text("\n".join(breach_lists.lines([], 100)) + "\n")
    where = Breaches(file=str(path))
    before = audit.earlier(vault)
    judgement = asyncio.run(audit.judge_again(where, before))
    shop, bank, forum = (id_of(vault, title) for title in ("Shop", "Bank", "Forum"))
    asyncio.run(fixing.tick_off(vault, bank, FRESH))
    changed = next(one for one in audit.remembered(vault) if one.id == bank)
    audit.forget(vault, [forum])
    audit.keep(vault, judgement, before)
    after = {one.id: one for one in audit.remembered(vault)}
    assert after[bank] == changed
    assert forum not in after
    assert after[shop].breach_checked_at


def test_a_new_password_that_is_no_better(vault: Vault) -> None:
    shop = id_of(vault, "Shop")
    outcome = asyncio.run(fixing.tick_off(vault, shop, "canary-Tulip1989"))
    assert [one.title for one in outcome.similar_to] == ["Bank", "Forum"]
    assert not outcome.good
    shared = asyncio.run(fixing.tick_off(vault, shop, "canary-Tulip1988"))
    assert [(one.title, one.words) for one in shared.shared_with] == [
        ("Forum", "the same password")
    ]
    weak = asyncio.run(fixing.tick_off(vault, shop, "shop1"))
    assert weak.weak
    assert "weak" in codes(vault)["Shop"]
    before = audit.earlier(vault)
    assert audit.news(asyncio.run(audit.check_again(vault, Breaches())), before) is None


def test_the_old_password_again_changes_nothing(vault: Vault) -> None:
    outcome = asyncio.run(fixing.tick_off(vault, id_of(vault, "Shop"), "canary-Tulip1987"))
    assert outcome.unchanged
    assert not outcome.good
    assert len(audit.history(vault)) == 1


def test_the_new_password_is_looked_up_in_breaches(vault: Vault, tmp_path: Path) -> None:
    lines = breach_lists.lines([FRESH, "19283746"], 500)
    path = tmp_path / "breaches"
    path.write_text("\n".join(lines) + "\n")
    shop = id_of(vault, "Shop")
    outcome = asyncio.run(fixing.tick_off(vault, shop, FRESH, Breaches(file=str(path))))
    assert outcome.seen == 7
    assert codes(vault)["Shop"] == ["breached"]
    with breach_lists.served(lines) as server:
        online = Breaches(online=True, server=server.url)
        assert asyncio.run(fixing.tick_off(vault, shop, "19283746", online)).seen == 7
        assert len(server.asked) == 1
    (kept,) = [one for one in audit.remembered(vault) if one.id == shop]
    assert kept.breached == 0  # a number: how often it was seen would tell which one


def test_have_i_used_this(vault: Vault) -> None:
    found = asyncio.run(fixing.tried(vault, "canary-Tulip1987"))
    assert [(one.title, one.relation) for one in found.found] == [
        ("Bank", "same"),
        ("Shop", "same"),
        ("Forum", "suffix"),
    ]
    assert asyncio.run(fixing.tried(vault, FRESH)).found == ()
    assert not asyncio.run(fixing.tried(vault, "473829")).comparable
    with pytest.raises(UnusableInput):
        asyncio.run(fixing.tried(vault, ""))
    with pytest.raises(UnusableInput):
        asyncio.run(fixing.tried(vault, "x" * 5_000))
    with pytest.raises(UnusableCall):
        asyncio.run(fixing.tick_off(vault, "nobody", FRESH))


@pytest.mark.parametrize(
    ("site", "url", "known"),
    [
        ("accounts.google.com", "https://myaccount.google.com/security", True),
        ("shop.example", "https://shop.example/.well-known/change-password", False),
        ("shop17.myshopify.com", "https://shop17.myshopify.com/.well-known/change-password", False),
        ("bücher.example", "https://xn--bcher-kva.example/.well-known/change-password", False),
        ("192.168.0.1", "", False),
        ("router", "", False),
        ("", "", False),
    ],
)
def test_the_address_is_typed_by_us(site: str, url: str, known: bool) -> None:
    assert fixing.change_address(site) == fixing.Address(url, known)
