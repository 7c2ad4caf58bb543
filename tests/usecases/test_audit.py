"""Password hygiene over a real store: imports, checking again, exclusions, history, clusters."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from secassist.base.errors import UnusableCall
from secassist.passwords.audit import Wanted
from secassist.passwords.findings import Code, Report
from secassist.store.vault import Row, Vault
from secassist.twofactor.account import Account
from secassist.usecases import audit, hygiene, twofactor
from secassist.usecases.audit import Breaches
from support import breach_lists
from support.vaults import new_vault

HEAD = "folder,favorite,type,name,notes,login_uri,login_username,login_password,login_totp\n"
ROWS = (
    ("Work", "Shop", "https://shop.example", "anna", "canary-Tulip1987"),
    ("Work", "Bank", "https://bank.example", "anna", "canary-Tulip1987"),
    ("Home", "Forum", "https://forum.example.org", "anna", "canary-Tulip1988"),
    ("", "Pin", "https://pin.example", "anna", "473829"),
    ("", "GitHub", "https://github.com", "anna", "xK9#mQ2v-canary-7Lp"),
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with new_vault(tmp_path / "store") as opened:
        yield opened


def listed(folder: Path, rows: tuple[tuple[str, ...], ...] = ROWS) -> Wanted:
    path = folder / "list.csv"
    lines = [
        f"{place},,login,{name},,{url},{user},{word},\n" for place, name, url, user, word in rows
    ]
    path.write_text(HEAD + "".join(lines))
    return Wanted((str(path),))


def imported(
    vault: Vault,
    folder: Path,
    rows: tuple[tuple[str, ...], ...] = ROWS,
    where: Breaches = Breaches(),  # noqa: B008 (frozen)
) -> Report:
    return asyncio.run(audit.audit_files(listed(folder, rows), where, vault))


def codes(report: Report) -> dict[str, list[str]]:
    return {one.title: [str(found.code) for found in one.findings] for one in report.accounts}


def ids(report: Report) -> dict[str, str]:
    return {one.title: one.id for one in report.accounts}


def test_others_are_named_by_their_ids_which_last(vault: Vault, tmp_path: Path) -> None:
    report = imported(vault, tmp_path)
    shop = next(one for one in report.accounts if one.title == "Shop")
    reused, similar = shop.findings[:2]
    assert (reused.others, reused.other_ids) == (("Bank",), (ids(report)["Bank"],))
    assert similar.other_ids == (ids(report)["Forum"],)
    assert ids(audit.review(vault)) == ids(report) == ids(imported(vault, tmp_path))
    assert {one.title: one.folder for one in audit.review(vault).accounts}["Shop"] == "Work"


def test_two_entries_of_one_name_are_two(vault: Vault, tmp_path: Path) -> None:
    twice = (("", "Shop", "https://shop.example", "anna", "canary-First-1"),
             ("", "Shop", "https://shop.example", "anna", "Zweites!canary"))  # fmt: skip
    report = imported(vault, tmp_path, twice)
    assert len({one.id for one in report.accounts}) == 2
    assert len(audit.remembered(vault)) == 2


def test_clusters_join_same_and_similar(vault: Vault, tmp_path: Path) -> None:
    (cluster,) = audit.clusters(imported(vault, tmp_path))
    assert [one.title for one in cluster.members] == ["Bank", "Shop", "Forum"]
    assert [(one.one, one.other, one.relation) for one in cluster.links] == [
        (0, 1, "same"),
        (0, 2, "year"),
    ]
    assert cluster.kind == "similar"
    assert cluster.links[1].words == "the same but for the year"


def test_exclusions_are_honoured_and_can_be_taken_back(vault: Vault, tmp_path: Path) -> None:
    report = imported(vault, tmp_path)
    assert report.by_code == {"reused": 2, "similar": 3, "weak": 1, "no-2fa": 1}
    entry = audit.exclude(vault, "entry", ids(report)["Pin"], "a lock at home")
    audit.exclude(vault, "folder", "Work", "our admin minds them")
    audit.exclude(vault, "rule", "no-2fa", "not now")
    left = audit.review(vault)
    assert left.by_code == {"similar": 1}
    assert imported(vault, tmp_path).by_code == {"similar": 1}
    shop = next(one for one in left.accounts if one.title == "Shop")
    assert not shop.findings
    assert [one.code for one in shop.hidden] == [Code.REUSED, Code.SIMILAR]
    assert next((one.kind, one.reason) for one in audit.exclusions(vault)) == (
        "entry",
        "a lock at home",
    )
    assert audit.include_again(vault, entry.id) == entry
    assert audit.review(vault).by_code == {"similar": 1, "weak": 1}
    with pytest.raises(UnusableCall):
        audit.include_again(vault, entry.id)


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [("entry", "nobody", "x"), ("site", "not a site", "x"), ("rule", "sometimes", "x"),
     ("colour", "red", "x"), ("folder", "Work", " "), ("folder", " ", "x")],
)  # fmt: skip
def test_what_cannot_be_excluded(vault: Vault, kind: str, value: str, reason: str) -> None:
    with pytest.raises(UnusableCall):
        audit.exclude(vault, kind, value, reason)
    assert audit.exclusions(vault) == ()


def test_a_site_is_excluded_with_its_hosts(vault: Vault, tmp_path: Path) -> None:
    imported(vault, tmp_path)
    audit.exclude(vault, "site", "https://example.org/", "closed")
    assert codes(audit.review(vault))["Forum"] == []


def test_each_run_leaves_its_counts_and_nothing_more(vault: Vault, tmp_path: Path) -> None:
    assert audit.history(vault) == ()
    first = imported(vault, tmp_path)
    asyncio.run(audit.check_again(vault, Breaches()))
    runs = audit.history(vault)
    assert [(run.accounts, run.by_code) for run in runs] == [
        (5, first.by_code),
        (5, first.by_code),
    ]
    (row, _) = vault.entries("password-run")
    assert set(row.data) == {"version", "accounts", "by_code"}


def test_what_a_look_into_breaches_found_is_not_forgotten(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "breaches"
    path.write_text("\n".join(breach_lists.lines(["canary-Tulip1988", "473829"], 500)) + "\n")
    report = imported(vault, tmp_path, where=Breaches(file=str(path)))
    assert report.by_code["breached"] == 2
    assert report.by_code["breached-variant"] == 2
    later = audit.review(vault)
    assert codes(later)["Forum"][0] == "breached"
    assert codes(later)["Shop"][0] == "breached-variant"
    assert codes(later)["Pin"] == ["weak"]  # how often it was seen would tell which one it is
    assert "breached" in later.not_checked
    assert codes(imported(vault, tmp_path))["Forum"][0] == "breached"
    with breach_lists.served(breach_lists.lines([], 10)) as server:
        online = Breaches(online=True, server=server.url)
        again = codes(asyncio.run(audit.check_again(vault, online)))
    assert again["Forum"] == ["similar"]
    assert again["Shop"][0] == "breached-variant"  # the service is not asked about neighbours


def test_our_own_codes_count_as_two_step_sign_in(vault: Vault, tmp_path: Path) -> None:
    assert "no-2fa" in codes(imported(vault, tmp_path))["GitHub"]
    twofactor.add(vault, Account(b"12345678901234567890", issuer="GitHub", name="anna"))
    assert codes(audit.review(vault))["GitHub"] == []
    assert codes(imported(vault, tmp_path))["GitHub"] == []


def test_a_broken_row_is_set_aside(vault: Vault, tmp_path: Path) -> None:
    imported(vault, tmp_path)
    vault.change([Row("password", "x", {"version": 1}), Row("password-run", "y", {}),
                  Row("password-exclusion", "z", {"kind": "colour"})])  # fmt: skip
    assert len(audit.review(vault).accounts) == 5
    assert len(audit.history(vault)) == 1
    assert audit.exclusions(vault) == ()
    assert len(vault.aside()) == 3


def test_i_changed_it_counts_until_the_next_import(vault: Vault, tmp_path: Path) -> None:
    bank = ids(imported(vault, tmp_path))["Bank"]
    hygiene.ticked(vault, bank)
    later = audit.review(vault)
    assert codes(later)["Bank"] == []
    assert codes(later)["Shop"] == ["similar"]  # it is shared no more
    assert next(one for one in later.accounts if one.title == "Bank").ticked_at
    hygiene.not_ticked(vault, bank)
    assert "reused" in codes(audit.review(vault))["Bank"]
    hygiene.ticked(vault, bank)
    assert "reused" in codes(imported(vault, tmp_path))["Bank"]
    with pytest.raises(UnusableCall):
        hygiene.ticked(vault, "nobody")


def test_only_what_is_new_is_told_and_once(vault: Vault, tmp_path: Path) -> None:
    imported(vault, tmp_path)
    lines = breach_lists.lines(["canary-Tulip1988"], 300)
    with breach_lists.served(lines) as server:
        online = Breaches(online=True, server=server.url)

        def told(where: Breaches) -> str:
            before = audit.earlier(vault)
            report = asyncio.run(audit.check_again(vault, where))
            found = audit.news(report, before)
            return found.headline if found else ""

        assert told(Breaches()) == ""  # the report of the import was shown
        assert told(online) == "One password turned up in a leak"
        assert told(online) == ""
        imported(vault, tmp_path, (("", "New", "https://new.example", "x", "473829"),))
        assert told(online) == ""
        hygiene.forget(vault, [one.id for one in audit.remembered(vault)])
    with pytest.raises(UnusableCall):
        told(Breaches())
    assert {row.kind for row in vault.entries("password-told")} == {"password-told"}


def test_a_look_keeps_nothing(vault: Vault) -> None:
    before = vault.generation()
    assert audit.review(vault).accounts == ()
    assert vault.generation() == before


def test_what_a_later_list_of_the_program_has_no_more(vault: Vault, tmp_path: Path) -> None:
    imported(vault, tmp_path)
    later = imported(vault, tmp_path, ROWS[1:])
    assert later.gone == ((ids(audit.review(vault))["Shop"], "Shop"),)
    assert audit.forget(vault, [id_ for id_, _ in later.gone]) == 1
    assert "Shop" not in codes(audit.review(vault))
    assert imported(vault, tmp_path, ROWS[1:2]).gone == ()  # another list altogether
    assert audit.forget(vault, ["nobody"]) == 0
