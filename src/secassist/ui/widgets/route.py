"""The way of the mail, drawn: solid is proved, dotted is not proved, thin is plain delivery.

Whom the mail only claims to come from is a dashed ghost whose way does not arrive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from secassist.mail.report import Leg, Role, Route, RouteLeg, RouteNode
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.plain import holds_address, isolated, showable
from secassist.ui.theme import Role as Type
from secassist.ui.widgets.label import Painted
from secassist.ui.widgets.painting import painting

_BADGES: Final = {
    "✓": ("check", "good"),
    "✕": ("x", "bad"),
    "?": ("ask", "slate"),
    "!": ("!", "warn"),
}
_EDGE: Final = 105  # from the edge to the first stop
_LEAST_STEP: Final = 140  # between two stops side by side


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Lengths of the drawing at one text scale, in pixels."""

    radius: int
    badge: int
    line: int
    """Height of a line of text."""
    pad: int


class RouteView(Painted):
    """Three to five stops; side by side where there is room, else upright."""

    def __init__(self, look: Look, route: Route, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._route = route
        small = QFontMetrics(look.font(Type.SMALL))
        self._sizes = _Sizes(look.px(24), look.px(9), small.height(), 24)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        a11y.name(self, route.sentence)
        self.setFixedHeight(self._height_at(800))

    def sizeHint(self) -> QSize:
        return QSize(400, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._height_at(event.size().width()))

    @property
    def route(self) -> Route:
        return self._route

    def upright_at(self, width: int) -> bool:
        """Whether the stops stand one under the other at ``width``."""
        steps = max(len(self._route.nodes) - 1, 1)
        return width < 2 * self._edge() + steps * self._look.px(_LEAST_STEP)

    def _edge(self) -> int:
        return self._look.px(_EDGE)

    def _height_at(self, width: int) -> int:
        sizes = self._sizes
        if self.upright_at(width):
            stops = len(self._route.nodes) + (1 if self._route.claimed else 0)
            return stops * self._upright_step() - (self._upright_step() - 2 * sizes.radius) + 40
        height = sizes.pad + 2 * sizes.line + 3 * sizes.radius + 24 - sizes.line
        return height + (self._ghost_height() if self._route.claimed else 0)

    def _ghost_height(self) -> int:
        return 2 * self._sizes.radius + 2 * self._sizes.line

    def _upright_step(self) -> int:
        return 2 * self._sizes.radius + self._sizes.line + self._look.px(26)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 16, 16)
        # Texts and coordinates are mirrored by hand, one at a time.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if self.upright_at(self.width()):
            self._paint_upright(painter)
        else:
            self._paint_across(painter)

    def _paint_across(self, painter: QPainter) -> None:
        sizes, nodes = self._sizes, self._route.nodes
        y = float(sizes.pad + 8 + sizes.radius)
        if self._route.claimed:
            y += self._ghost_height()
        step = (self.width() - 2 * self._edge()) / max(len(nodes) - 1, 1)
        xs = [self._edge() + index * step for index in range(len(nodes))]
        for index, leg in enumerate(self._route.legs):
            start = QPointF(self._x(xs[index]), y)
            end = QPointF(self._x(xs[index + 1]), y)
            self._leg(painter, nodes[index], leg, start, end)
            if leg.label:
                width = step - 2 * sizes.radius - 4
                middle = (xs[index] + xs[index + 1]) / 2
                place = QRectF(self._x(middle) - width / 2, y - 14 - sizes.line, width, sizes.line)
                self._text(painter, leg.label, place, Type.SMALL, "text2")
        for x, node in zip(xs, nodes, strict=True):
            self._stop(painter, node, QPointF(self._x(x), y))
            width = min(step, 2 * self._edge()) - 10
            place = QRectF(self._x(x) - width / 2, y + sizes.radius + 7, width, sizes.line)
            self._text(painter, node.name, place, Type.SMALL_STRONG, "text")
            place.translate(0, sizes.line)
            self._text(painter, node.caption, place, Type.SMALL, "text2")
        if self._route.claimed:
            self._ghost_across(painter, self._route.claimed, xs, y)

    def _ghost_across(self, painter: QPainter, ghost: RouteNode, xs: list[float], y: float) -> None:
        """The claimed sender above, on a dotted way that stops short of the provider."""
        sizes, look = self._sizes, self._look
        top = sizes.pad + sizes.radius
        self._stop(painter, ghost, QPointF(self._x(xs[0]), top), dashed=True)
        target = xs[-2] if len(xs) > 2 else xs[-1]
        metrics = QFontMetrics(look.font(Type.SMALL_STRONG))
        words = max(metrics.horizontalAdvance(ghost.name), metrics.horizontalAdvance(ghost.caption))
        left = xs[0] + sizes.radius + 12
        width = min(words + 8, (target - left) * 0.5)
        for row, (text, role) in enumerate(
            ((ghost.name, Type.SMALL_STRONG), (ghost.caption, Type.SMALL))
        ):
            x = self._x(left) - width if look.rtl else left
            place = QRectF(x, top - sizes.line + row * sizes.line, width, sizes.line)
            self._text(painter, text, place, role, "text2", look.leading)
        start, end = left + width + 16, target
        bend = min(24.0, (end - start) / 2)
        path = QPainterPath(QPointF(self._x(start), top))
        path.lineTo(self._x(end - bend), top)
        path.quadTo(self._x(end), top, self._x(end), top + bend)
        path.lineTo(self._x(end), y - sizes.radius - 10)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_dotted(QPen(look.colour("outline"), 2)))
        painter.drawPath(path)
        middle = (start + end - bend) / 2
        self._badge(painter, "✕", QPointF(self._x(middle), top))
        label = look.tr("Never passed through {name}", name=ghost.name)
        room = end - 8 - left
        below = top + max(sizes.badge + 6, sizes.line + 1)
        width = min(metrics.horizontalAdvance(label) + 4.0, room)
        middle = min(middle, end - 8 - width / 2)
        place = QRectF(self._x(middle) - width / 2, below, width, sizes.line)
        self._text(painter, label, place, Type.SMALL_STRONG, "bad")

    def _paint_upright(self, painter: QPainter) -> None:
        sizes, look = self._sizes, self._look
        x = 20.0 + sizes.radius
        y = float(20 + sizes.radius)
        step = self._upright_step()
        beside = x + sizes.radius + 16
        width = self.width() - beside - 16

        def words(text: str, top: float, role: Type, colour: str) -> None:
            left = self._x(beside) - width if look.rtl else beside
            place = QRectF(left, top, width, sizes.line)
            self._text(painter, text, place, role, colour, look.leading)

        if self._route.claimed:
            ghost = self._route.claimed
            self._stop(painter, ghost, QPointF(self._x(x), y), dashed=True)
            words(ghost.name, y - sizes.line, Type.SMALL_STRONG, "text2")
            words(ghost.caption, y, Type.SMALL, "text2")
            end = y + step - sizes.radius - 14
            painter.setPen(_dotted(QPen(look.colour("outline"), 2)))
            painter.drawLine(QLineF(self._x(x), y + sizes.radius + 6, self._x(x), end))
            middle = (y + sizes.radius + 6 + end) / 2
            self._badge(painter, "✕", QPointF(self._x(x), middle))
            never = look.tr("Never passed through {name}", name=ghost.name)
            words(never, middle - sizes.line / 2, Type.SMALL_STRONG, "bad")
            y += step
        for index, node in enumerate(self._route.nodes):
            self._stop(painter, node, QPointF(self._x(x), y))
            words(
                node.name,
                y - (sizes.line if node.caption else sizes.line / 2),
                Type.SMALL_STRONG,
                "text",
            )
            words(node.caption, y, Type.SMALL, "text2")
            if index < len(self._route.legs):
                leg = self._route.legs[index]
                start, end_point = QPointF(self._x(x), y), QPointF(self._x(x), y + step)
                self._leg(painter, node, leg, start, end_point)
                words(leg.label, y + step / 2 - sizes.line / 2, Type.SMALL, "text2")
            y += step

    # Parts

    def _x(self, x: float) -> float:
        return self.width() - x if self._look.rtl else x

    def _stop(
        self, painter: QPainter, node: RouteNode, centre: QPointF, *, dashed: bool = False
    ) -> None:
        radius = self._sizes.radius
        colour = "text3" if dashed else node.tone
        pen = QPen(self._look.colour(colour), 2)
        if dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(self._look.colour("surface"))
        painter.drawEllipse(centre, radius - 1, radius - 1)
        size = round(radius * 0.92)
        pixmap = self._look.icon(_icon(node), size, colour, dpr=self.devicePixelRatioF())
        painter.drawPixmap(QPointF(centre.x() - size / 2, centre.y() - size / 2), pixmap)

    def _leg(
        self, painter: QPainter, node: RouteNode, leg: RouteLeg, start: QPointF, end: QPointF
    ) -> None:
        line = QLineF(start, end)
        inset = self._sizes.radius + 5
        line.setP1(line.pointAt(inset / line.length()))
        line.setLength(line.length() - inset)
        if leg.kind is Leg.PROVED:
            tone = "bad" if node.tone == "bad" else "good"
            pen = QPen(self._look.colour(tone), 3)
        elif leg.kind is Leg.UNPROVED:
            pen = _dotted(QPen(self._look.colour(node.tone), 2.4))
        else:
            pen = QPen(self._look.colour("slate"), 1.8)
        painter.setPen(pen)
        painter.drawLine(line)
        if leg.badge:
            self._badge(painter, leg.badge, line.center())

    def _badge(self, painter: QPainter, badge: str, centre: QPointF) -> None:
        icon, tone = _BADGES.get(badge, ("", "slate"))
        radius = self._sizes.badge
        painter.setPen(QPen(self._look.colour("surface"), 3))
        painter.setBrush(self._look.colour(tone))
        painter.drawEllipse(centre, radius + 1, radius + 1)
        if badge in "✓✕":
            size = round(radius * 1.5)
            pixmap = self._look.icon(icon, size, "on_tone", dpr=self.devicePixelRatioF())
            painter.drawPixmap(QPointF(centre.x() - size / 2, centre.y() - size / 2), pixmap)
            return
        font = self._look.font(Type.SMALL_STRONG)
        painter.setFont(font)
        painter.setPen(self._look.colour("on_tone"))
        place = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, badge)

    def _text(
        self,
        painter: QPainter,
        text: str,
        place: QRectF,
        role: Type,
        colour: str,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    ) -> None:
        if not text:
            return
        font = self._look.font(role, address=holds_address(text))
        painter.setFont(font)
        painter.setPen(self._look.colour(colour))
        shown = showable(text).replace("\n", " ")
        shown = QFontMetrics(font).elidedText(
            shown, Qt.TextElideMode.ElideMiddle, round(place.width())
        )
        if shown.isascii():
            shown = isolated(shown)
        painter.drawText(place, int(alignment | Qt.AlignmentFlag.AlignVCenter), shown)


def _dotted(pen: QPen) -> QPen:
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.1, 2.6])
    return pen


def _icon(node: RouteNode) -> str:
    by_role: dict[Role, str] = {
        Role.CLAIMED: "building",
        Role.SERVER: "server",
        Role.LIST: "server",
        Role.PROVIDER: "inbox",
        Role.YOU: "user",
    }
    by_tone: dict[str, str] = {"good": "building", "slate": "building", "plum": "user"}
    return by_role.get(node.role) or by_tone.get(node.tone, "at")
