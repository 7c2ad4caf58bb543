"""The form of ``assets/flood.toml``, and that every code in it has its words."""

from __future__ import annotations

from secassist.facts.assets import asset, read_table
from secassist.mailbox.flood import Flood
from secassist.mailbox.words import FILE, words
from secassist.mailbox.words_for_people import KINDS, REASONS, SIGNALS, signs

BUILT_IN = {"amount", "number", "host"}


def test_every_need_names_groups_that_are_there() -> None:
    table = read_table(FILE)
    groups = set(table["words"]) | BUILT_IN
    needs = [*table["sign-up"]["needs"], *table["decoy"]["needs"]]
    needs += [need for entry in table["critical"].values() for need in entry["needs"]]
    assert {name for need in needs for name in need.split(" + ")} <= groups


def test_every_class_has_a_weight_and_words() -> None:
    for entry in words().critical:
        assert 1 <= entry.weight <= 10
        assert entry.name in KINDS
    weights = [entry.weight for entry in words().critical]
    assert weights == sorted(weights, reverse=True)  # the first that fits wins


def test_stars_stand_at_the_end_of_a_word() -> None:
    for entries in read_table(FILE)["words"].values():
        for entry in entries.replace("\n", " ").split(","):
            assert "*" not in entry.replace("* ", " ").strip().removesuffix("*"), entry


def test_codes_are_documented() -> None:
    text = (asset(FILE).parents[1] / "docs" / "codes.md").read_text("utf-8")
    for code in (*KINDS, *REASONS, *SIGNALS):
        assert f"`{code}`" in text


def test_every_signal_has_words() -> None:
    told = signs(Flood(0, 0, 1, 1, 1, tuple(SIGNALS), 0.5))
    assert all(words_of_it in told for words_of_it in SIGNALS.values())
