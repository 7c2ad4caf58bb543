"""Contrast of all pairs of colours, computed (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import json

import pytest

from secassist.facts.assets import asset
from secassist.ui.theme import Role, ThemeName, load_theme, palette, style_sheet

TOKENS = json.loads(asset("theme.json").read_text("utf-8"))
PAIRS = [
    (theme, ink, paper, least)
    for theme in TOKENS["themes"]
    for ink, paper, least in TOKENS["contrast"]
]


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_most_that_there_is() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_all_pairs_are_there() -> None:
    assert len(PAIRS) == 225
    assert set(TOKENS["themes"]) == set(ThemeName)


@pytest.mark.parametrize(("theme", "ink", "paper", "least"), PAIRS)
def test_contrast(theme: str, ink: str, paper: str, least: float) -> None:
    colours = TOKENS["themes"][theme]
    assert contrast(colours[ink], colours[paper]) >= least


@pytest.mark.parametrize("name", ThemeName)
def test_selected_text_can_be_read(name: ThemeName, qapp: object) -> None:
    made = palette(load_theme(asset("theme.json"), name, 100))
    ink, paper = made.highlightedText().color().name(), made.highlight().color().name()
    assert contrast(ink, paper) >= 4.5


def test_text_scale_stays_between_one_and_two(qapp: object) -> None:
    sizes = {
        percent: load_theme(asset("theme.json"), ThemeName.LIGHT, percent).scale
        for percent in (0, 100, 150, 200, 900)
    }
    assert sizes[0] == sizes[100]
    assert sizes[100] < sizes[150] < sizes[200] == sizes[900] == 2


def test_type_grows_with_the_text_size(qapp: object) -> None:
    small = load_theme(asset("theme.json"), ThemeName.LIGHT, 100)
    large = load_theme(asset("theme.json"), ThemeName.LIGHT, 200)
    for role in Role:
        assert large.font(role).pointSizeF() > 1.9 * small.font(role).pointSizeF()


def test_style_sheet_names_only_colours_of_the_theme(qapp: object) -> None:
    theme = load_theme(asset("theme.json"), ThemeName.CONTRAST, 100)
    sheet = style_sheet(theme)
    assert theme.colours["focus"] in sheet
    assert "{" in sheet
    assert "None" not in sheet
