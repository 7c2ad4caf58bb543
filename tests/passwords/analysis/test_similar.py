"""Families of passwords are found, whole and without strangers, in eight languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.passwords.analysis import forms, judge, reuse, similar
from secassist.passwords.analysis.relations import Shape, relation
from secassist.passwords.credential import Credential
from support import families, other_families


def related(vault: families.Vault) -> list[tuple[int, int]]:
    """All pairs of accounts that are found to share a password or to have much the same one."""
    groups = list(reuse.by_password(vault.credentials).items())
    shapes = [
        Shape(
            password,
            frozenset(w for place in places for w in judge.words(vault.credentials[place])),
        )
        for password, places in groups
    ]
    found = [(places[0], other) for _, places in groups for other in places[1:]]
    return found + [(groups[a][1][0], groups[b][1][0]) for a, b in similar.pairs(shapes)]


@pytest.mark.parametrize("make", [families.vault, other_families.vault], ids=["one", "other"])
def test_families_of_all_languages(make: Callable[[int], families.Vault]) -> None:
    recalls, precisions = [], []
    for seed in range(4):
        vault = make(seed)
        clusters = families.clusters(len(vault.credentials), related(vault))
        recall, precision = families.scores(vault, clusters)
        recalls.append(recall)
        precisions.append(precision)
    assert sum(recalls) / 4 >= 0.95
    assert sum(precisions) / 4 >= 0.998


@pytest.mark.parametrize("language", families.WORDS)
def test_families_of_one_language(language: str) -> None:
    recalls, precisions = [], []
    for seed in range(6):
        vault = families.vault(seed, 100, language)
        clusters = families.clusters(len(vault.credentials), related(vault))
        recall, precision = families.scores(vault, clusters)
        recalls.append(recall)
        precisions.append(precision)
    assert sum(recalls) / 6 >= 0.92
    assert sum(precisions) / 6 >= 0.99


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [
        ("Sommer2024!", "Sommer2025!", "year"),
        ("Sommer'23", "Sommer'24", "year"),
        ("dragon1", "dragon22", "suffix"),
        ("dragon77", "dragon77!", "suffix"),
        ("dragon77", "DRAGON77", "case"),
        ("Müller-1977", "muller-1977", "case"),
        ("password77", "p4ssw0rd77", "leet"),
        ("dragon77", "77dragon", "order"),
        ("dragon77!", "!77nogard", "reversed"),
        ("dragon77", "dragon77dragon77", "repeated"),
        ("butterfly77", "buterfly77", "letters"),
        ("xdragon77", "dragon77", "part"),
        ("пароль2023", "Пароль2024", "year"),
        ("betrug.", "betrug.home", "suffix"),
        ("dragon77", "dragon77qwerty", "suffix"),
        ("dragon77", "dragon77DE", "suffix"),
        ("dragon77", "dragonA1!", "suffix"),
        ("dragon77", "abcdragon77", "prefix"),
        ("Tulpenzwiebel19", "zwiebel19Tulpen", "order"),
        ("suturAug", "sutur007", "suffix"),
        ("Sanchez1983", "mySanchez1983", "prefix"),
    ],
)
def test_relations(one: str, other: str, word: str) -> None:
    assert relation(Shape(one), Shape(other)) == word
    assert relation(Shape(other), Shape(one)) == word


def test_the_sites_name() -> None:
    words = judge.words(Credential("Amazon", "u", "x", ("https://www.amazon.com",)))
    for one, other in (
        ("Tulpe#99-amazon", "Tulpe#99-ebay"),
        ("amaTulpe#99", "Tulpe#99"),
        ("Tulpe#99@amazon.com", "Tulpe#99"),
        ("am:Tulpe#99", "Tulpe#99"),
        ("TulpeAma1999", "Tulpe1999"),
        ("mznTulpe#99", "Tulpe#99"),
        ("AmTulpe#99on", "Tulpe#99"),
    ):
        a, b = Shape(one, frozenset(words)), Shape(other, frozenset({"ebay"}))
        assert relation(a, b) == "site", one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("homeless", "shameless"),
        ("7086", "7089"),
        ("12345678", "12345679"),
        ("Contract998$", "Contrast953"),
        ("Clare1979!", "Carte1994"),
        ("xK9#mQ2vLp", "wR4$tN7bZc"),
        ("rainbow2016", "dragon_rainbow2016"),
        ("abc", "abd"),
        ("Neueste35", "Aelteste25"),
        ("calamar9", "calabaza9"),
    ],
)
def test_chance(one: str, other: str) -> None:
    assert relation(Shape(one), Shape(other)) is None


def test_nfc_and_nfd_are_the_same() -> None:
    listed = [Credential("a", "u", "Mu\u0308ller1"), Credential("b", "u", "M\u00fcller1")]
    (sharing,) = reuse.by_password(listed).values()
    assert sharing == [0, 1]


def test_one_sign_in_written_down_twice_is_no_reuse() -> None:
    listed = [
        Credential("a", "u", "same", ("https://www.shop.example/x",)),
        Credential("b", "u", "same", ("https://shop.example",)),
        Credential("c", "v", "same", ("https://shop.example",)),
    ]
    findings = judge.shared_and_alike(listed, [str(at) for at in range(len(listed))])
    assert [finding[0].others for finding in findings] == [("c",), ("c",), ("a", "b")]


@given(st.lists(st.text(max_size=40), max_size=8, unique=True))
def test_any_passwords(passwords: list[str]) -> None:
    shapes = [Shape(forms.canonical(password), frozenset({"shop"})) for password in passwords]
    for (one, other), word in similar.pairs(shapes).items():
        assert one < other
        assert word
