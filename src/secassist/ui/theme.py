"""Colours, type and sizes: tokens in, palette and style sheet out.

The tokens stand in ``assets/theme.json``; a test computes the contrast of every pair that is
named there. Sizes are pixels at 96 dpi, times the text scale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette


class ThemeName(StrEnum):
    """The three sets of colours."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Role(StrEnum):
    """What a text is for; decides its size and weight."""

    HERO = "hero"
    DISPLAY = "display"
    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    SMALL_STRONG = "smallstrong"
    CODE = "code"


class _Type(NamedTuple):
    size: float
    weight: QFont.Weight


_TYPE: Final[Mapping[Role, _Type]] = {
    Role.HERO: _Type(34, QFont.Weight.Bold),
    Role.DISPLAY: _Type(28, QFont.Weight.Bold),
    Role.TITLE: _Type(21, QFont.Weight.DemiBold),
    Role.HEADING: _Type(16.5, QFont.Weight.DemiBold),
    Role.BODY: _Type(15, QFont.Weight.Normal),
    Role.STRONG: _Type(15, QFont.Weight.DemiBold),
    Role.SMALL: _Type(13.5, QFont.Weight.Normal),
    Role.SMALL_STRONG: _Type(13.5, QFont.Weight.DemiBold),
    Role.CODE: _Type(28, QFont.Weight.DemiBold),
}
_DISPLAY_FROM: Final = 20  # from this size on Inter has a cut of its own
_SYSTEM_POINTS: Final = 11.0  # the system's font size at which our sizes hold as they are
MIN_TEXT: Final = 100
MAX_TEXT: Final = 200
LARGE_TEXT: Final = 1.5
"""From this text scale on rows become columns, whatever the width."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours at one text scale."""

    name: ThemeName
    colours: Mapping[str, str]
    scale: float
    """1.0 is the size of the drawings."""
    families: tuple[str, ...] = ()
    display_families: tuple[str, ...] = ()
    dots_per_inch: float = 96.0
    _fonts: dict[tuple[Role, bool], QFont] = field(default_factory=dict, repr=False, compare=False)

    def colour(self, name: str) -> QColor:
        return QColor(self.colours[name])

    def px(self, size: float) -> int:
        """``size`` of something that grows with the text: a control, an icon, a mark."""
        return round(size * self.scale)

    def font(self, role: Role, *, address: bool = False) -> QFont:
        """The font for ``role``; ``address`` tells I, l, 1, O and 0 apart."""
        cached = self._fonts.get((role, address))
        if cached is None:
            cached = self._fonts[role, address] = self._make_font(role, address)
        return QFont(cached)

    def _make_font(self, role: Role, address: bool) -> QFont:
        size, weight = _TYPE[role]
        font = QFont()
        families = self.display_families if size >= _DISPLAY_FROM else self.families
        if families:
            font.setFamilies(list(families))
        font.setPointSizeF(size * self.scale * 72 / self.dots_per_inch)
        font.setWeight(weight)
        if address:
            font.setFeature(QFont.Tag("ss02"), 1)
            font.setFeature(QFont.Tag("zero"), 1)
        if role is Role.CODE:  # so that a code does not move when it changes
            font.setFeature(QFont.Tag("tnum"), 1)
        return font


def load_theme(file: Path, name: ThemeName, text_per_cent: int) -> Theme:
    """The theme ``name`` from ``file`` with text of ``text_per_cent`` (100 to 200).

    The system's own font size counts too: whoever set a large one finds it here as well.
    """
    colours = json.loads(file.read_text("utf-8"))["themes"][name.value]
    # Not the application's font: that one is ours once a theme was put on.
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    system = max(general, _SYSTEM_POINTS) / _SYSTEM_POINTS
    wanted = min(max(text_per_cent, MIN_TEXT), MAX_TEXT) / 100
    screen = QGuiApplication.primaryScreen()
    inter = QFontDatabase.hasFamily("Inter")
    return Theme(
        name,
        colours,
        min(system * wanted, MAX_TEXT / 100),
        ("Inter",) if inter else (),
        ("Inter Display", "Inter") if inter else (),
        screen.logicalDotsPerInch() if screen else 96.0,
    )


def palette(theme: Theme) -> QPalette:
    """The palette for all parts of Qt that we do not draw ourselves."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, token in {
        roles.Window: "window",
        roles.WindowText: "text",
        roles.Base: "surface",
        roles.AlternateBase: "sunken",
        roles.Text: "text",
        roles.Button: "surface",
        roles.ButtonText: "text",
        roles.Highlight: "accent",
        roles.HighlightedText: "on_accent",
        roles.ToolTipBase: "surface",
        roles.ToolTipText: "text",
        roles.PlaceholderText: "text3",
        roles.Link: "accent",
        roles.LinkVisited: "accent",
        roles.Accent: "accent",
    }.items():
        made.setColor(role, theme.colour(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("disabled"))
    return made


def style_sheet(theme: Theme) -> str:
    """The style of fields, lists and scroll bars; all else is drawn by our own parts."""
    c = theme.colours
    pad, bar = theme.px(12), theme.px(10)
    return f"""
QPlainTextEdit, QLineEdit, QComboBox {{
  background: {c["surface"]}; color: {c["text"]};
  border: 1px solid {c["outline"]}; border-radius: 10px; padding: {pad // 2}px {pad}px;
  selection-background-color: {c["accent"]}; selection-color: {c["on_accent"]};
}}
QPlainTextEdit:focus, QLineEdit:focus, QComboBox:focus {{
  border: 2px solid {c["focus"]}; padding: {pad // 2 - 1}px {pad - 1}px;
}}
QComboBox {{ min-height: {theme.px(44) - 2 * (pad // 2) - 2}px; padding-right: {theme.px(36)}px; }}
QComboBox::drop-down {{ border: none; width: {theme.px(34)}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{
  background: {c["surface"]}; color: {c["text"]}; border: 1px solid {c["outline"]};
  selection-background-color: {c["accent"]}; selection-color: {c["on_accent"]};
}}
QToolTip {{
  background: {c["surface"]}; color: {c["text"]}; border: 1px solid {c["outline"]}; padding: 6px;
}}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 2px; }}
QScrollBar::handle:vertical {{
  background: {c["outline"]}; border-radius: {max((bar - 4) // 2, 1)}px; min-height: 40px;
}}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
