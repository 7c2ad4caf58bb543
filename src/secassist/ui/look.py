"""What every part of the window is given: colours, type, icons and language in one object."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QByteArray, QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from secassist.facts.assets import asset
from secassist.ui.i18n import Language
from secassist.ui.theme import Role, Theme


@dataclass(frozen=True, slots=True)
class Look:
    """A theme and a language. Pages are built anew when either changes."""

    theme: Theme
    language: Language
    reduced_motion: bool = False
    _pixmaps: dict[tuple[str, int, str, str, float], QPixmap] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def rtl(self) -> bool:
        return self.language.rtl

    @property
    def leading(self) -> Qt.AlignmentFlag:
        """The side on which a line starts, whatever script stands in it."""
        side = Qt.AlignmentFlag.AlignRight if self.rtl else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignAbsolute

    @property
    def trailing(self) -> Qt.AlignmentFlag:
        """The side on which a line ends."""
        side = Qt.AlignmentFlag.AlignLeft if self.rtl else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignAbsolute

    @property
    def locale(self) -> QLocale:
        return QLocale() if self.language.code.startswith("pseudo") else QLocale(self.language.code)

    def tr(self, text: str, **facts: object) -> str:
        return self.language.tr(text, **facts)

    def plural(self, one: str, many: str, count: int, **facts: object) -> str:
        return self.language.plural(one, many, count, **facts)

    def px(self, size: float) -> int:
        return self.theme.px(size)

    def colour(self, name: str) -> QColor:
        return self.theme.colour(name)

    def font(self, role: Role, *, address: bool = False) -> QFont:
        return self.theme.font(role, address=address)

    def icon(
        self, name: str, size: int, colour: str = "text", *, ink: str = "on_tone", dpr: float = 1.0
    ) -> QPixmap:
        """The icon ``name`` of ``assets/icons``, ``size`` pixels wide, in the token ``colour``.

        ``ink`` colours what lies on top in marks with two colours.
        """
        key = (name, size, colour, ink, dpr)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = self._draw(name, size, colour, ink, dpr)
        return pixmap

    def _draw(self, name: str, size: int, colour: str, ink: str, dpr: float) -> QPixmap:
        text = asset(f"icons/{name}.svg").read_text("utf-8")
        colours = self.theme.colours
        # In two steps, since a theme may itself hold black or white.
        text = text.replace("#000000", "@a").replace("#FFFFFF", "@b")
        text = text.replace("@a", colours[colour]).replace("@b", colours[ink])
        pixmap = QPixmap(round(size * dpr), round(size * dpr))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(text.encode())).render(
            painter, QRectF(0, 0, pixmap.width(), pixmap.height())
        )
        painter.end()
        pixmap.setDevicePixelRatio(dpr)
        return pixmap
