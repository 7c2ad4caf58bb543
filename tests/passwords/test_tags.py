"""Tags: what they find, what they never are, and what a thief can do with them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from secassist.base.errors import UnusableInput
from secassist.passwords import tags
from secassist.passwords.analysis import judge
from secassist.passwords.memory import Memory, from_data, related, to_data
from support import families, other_families

SECRET = bytes(range(32))
KEYS = tags.keys(SECRET)


def remembered(vault: families.Vault) -> list[Memory]:
    strengths = judge.strengths(vault.credentials)
    return [
        Memory(one.title, one.site, one.username,
               tags.make(one.password, judge.words(one), guesses, KEYS), guesses)
        for one, guesses in zip(vault.credentials, strengths, strict=True)
    ]  # fmt: skip


@pytest.mark.parametrize("make", [families.vault, other_families.vault], ids=["one", "other"])
def test_reuse_across_time_from_tags_alone(make: Callable[[int], families.Vault]) -> None:
    """Of the accounts that have a sibling and may be kept, nearly all find one; no stranger."""
    found = wanted = strangers = 0
    for seed in range(3):
        vault = make(seed)
        kept = [tags.may_be_kept(one.password) for one in vault.credentials]
        family = {
            one.title: group for one, group in zip(vault.credentials, vault.families, strict=True)
        }
        sizes = [sum(k and group == other for k, other in zip(kept, vault.families, strict=True))
                 for group in vault.families]  # fmt: skip
        for place, findings in enumerate(related(remembered(vault))):
            group = vault.families[place]
            others = [family[title] for finding in findings for title in finding.others]
            strangers += sum(other != group or group < 0 for other in others)
            if kept[place] and group >= 0 and sizes[place] > 1:
                wanted += 1
                found += group in others
    assert found / wanted >= 0.92
    assert strangers <= 0.002 * wanted


@pytest.mark.parametrize("password", ["", "abc12!", "1234567890", "2024-1", "１２３４５６７８"])
def test_what_leaves_nothing(password: str) -> None:
    assert tags.make(password, ["shop"], 3.0, KEYS) == tags.Tags()


def test_the_number_of_tags_tells_nothing() -> None:
    for password in ("Sommer2024!", "x" * 200, "xK9#mQ2vLp4z", "пароль123"):
        made = tags.make(password, ["shop"], 9.0, KEYS)
        assert len(made.less) == tags.LESS * tags.SIZE
        assert len(made.alike) == tags.ALIKE * tags.SIZE
        assert (len(made.exact), len(made.fold), len(made.breach_tag)) == (tags.SIZE,) * 3


def test_no_derived_tags_for_what_a_generator_made() -> None:
    generated = [
        (one, guesses)
        for seed in range(3)
        for vault in [families.vault(seed)]
        for one, guesses, machine in zip(
            vault.credentials, judge.strengths(vault.credentials), vault.generated, strict=True
        )
        if machine and tags.may_be_kept(one.password)
    ]
    human = sum(tags.looks_human(one.password, guesses) for one, guesses in generated)
    assert human / len(generated) <= 0.15


def test_nfc_and_nfd_have_the_same_tags() -> None:
    one, other = (tags.make(p, [], 9.0, KEYS) for p in ("Mu\u0308ller-77", "M\u00fcller-77"))
    assert one.exact == other.exact
    assert one.breach_tag == other.breach_tag


def test_rows_come_back_as_they_were() -> None:
    kept = remembered(families.vault(1, 5))
    for one in kept:
        assert from_data(json.loads(json.dumps(to_data(one)))) == one
    changes: tuple[dict[str, object], ...] = (
        {"tags": {}}, {"tags": "é"}, {"tags": "AAAA"}, {"version": 99}, {"guesses_log10": "x"},
        {"number": "x"}, {"changed_at": None},
    )  # fmt: skip
    for change in changes:
        with pytest.raises(UnusableInput):
            from_data({**to_data(kept[0]), **change})


def test_a_row_needs_no_page_of_its_own() -> None:
    """SQLite puts what is longer than a quarter of a page on another one, of 4,096 bytes."""
    for one in remembered(families.vault(1, 50)):
        full = replace(one, title="A title of thirty letters, yes", folder="Work", source="chrome")
        assert len(json.dumps(to_data(full), separators=(",", ":"))) < 930


def test_fresh_ones_are_not_reported_twice() -> None:
    kept = [
        Memory(name, "", "", tags.make("Sommer2024!", [], 6.0, KEYS), 6.0)
        for name in ("a", "b", "c")
    ]
    found = related(kept, fresh=2)
    assert [finding.others for findings in found for finding in findings] == [
        ("c",),
        ("c",),
        ("a", "b"),
    ]


def test_a_thief() -> None:
    """File and key: easy ones fall to guessing, generated ones do not; without the key, nothing."""
    vault = families.vault(5, 300)
    stolen = [one for one in remembered(vault) if one.tags.exact]
    guesses = [
        word.capitalize() + str(number)
        for words in families.WORDS.values()
        for word in words.split()
        for number in range(1990, 2027)
    ]
    fallen = _fallen(stolen, guesses, KEYS)
    passwords = {one.title: one for one in vault.credentials}
    machine = {
        one.title for one, made in zip(vault.credentials, vault.generated, strict=True) if made
    }
    assert not fallen & {title for title in machine if len(passwords[title].password) >= 12}
    assert not _fallen(stolen, [one.password for one in vault.credentials], tags.keys(bytes(32)))
    text = json.dumps([to_data(one) for one in stolen])
    for one in vault.credentials:
        if len(one.password) >= tags.MIN_TAGGED:
            assert one.password not in text
        assert "".join(tags.sha1(one.password)).lower() not in text.lower()


def _fallen(stolen: list[Memory], guesses: list[str], keys: tags.Keys) -> set[str]:
    exact = {tags.tag(keys.exact, guess) for guess in guesses}
    breach = {tags.tag(keys.breach, tags.sha1(guess)[1]) for guess in guesses}
    return {one.title for one in stolen if one.tags.exact in exact or one.tags.breach_tag in breach}
