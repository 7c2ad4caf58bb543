from __future__ import annotations

import re
from pathlib import Path

import pytest

from secassist.ui.i18n import PSEUDO, PSEUDO_RTL, Spoken, language, lengthen

NOWHERE = Path("no/such/folder")


def test_english_needs_no_catalogue() -> None:
    english = language("en", NOWHERE)
    assert english.tr("Open a file…") == "Open a file…"
    assert not english.rtl


def test_facts_take_the_place_of_their_names() -> None:
    assert language("en", NOWHERE).tr("{name} asked", name="Bo") == "Bo asked"


def test_braces_of_a_mail_are_left_alone() -> None:
    assert language("en", NOWHERE).tr("{name} asked", name="{0.__class__}") == (
        "{0.__class__} asked"
    )


@pytest.mark.parametrize(("count", "words"), [(0, "0 checks"), (1, "1 check"), (2, "2 checks")])
def test_plural(count: int, words: str) -> None:
    assert language("en", NOWHERE).plural("{count} check", "{count} checks", count) == words


@pytest.mark.parametrize("code", [PSEUDO, PSEUDO_RTL])
def test_pseudo_languages_are_longer_and_keep_facts(code: str) -> None:
    said = language(code, NOWHERE).tr("Really sent by {name}.", name="example.org")
    assert len(said) > len("Really sent by example.org.")
    assert "example.org" in said
    assert "Really" not in said


def test_pseudo_rtl_runs_from_the_right() -> None:
    turned = language(PSEUDO_RTL, NOWHERE)
    assert turned.rtl
    assert turned.tr("Home").startswith("\u200f")


def test_lengthening_leaves_placeholders_alone() -> None:
    assert re.findall(r"{[^}]*}", lengthen("{a} of {b:>3}")) == ["{a}", "{b:>3}"]


def test_hebrew_runs_from_the_right() -> None:
    assert language("he", NOWHERE).rtl
    assert language("ar_EG", NOWHERE).rtl


def test_use_cases_speak_what_the_window_speaks() -> None:
    spoken = Spoken(language("en", NOWHERE))
    assert spoken.translate("Home") == "Home"
    spoken.now = language(PSEUDO, NOWHERE)
    assert spoken.translate("Home") != "Home"
