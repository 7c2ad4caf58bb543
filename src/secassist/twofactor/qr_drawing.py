"""QR codes, drawn: for a second device, and on paper."""

from __future__ import annotations

import io

import segno

from secassist.base.errors import OverLimit


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the code for a text, row by row, dark ones true, without the quiet zone."""
    return tuple(tuple(bool(module) for module in row) for row in _code(text).matrix)


def draw_png(text: str, *, scale: int = 6) -> bytes:
    """The code for a text as a PNG, ``scale`` pixels a module, with its quiet zone."""
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()


def draw_svg(text: str) -> str:
    """The code for a text as an SVG, with its quiet zone; black on white in dark windows too."""
    return _code(text).svg_inline(border=4, dark="black", light="white")


def _code(text: str) -> segno.QRCode:
    try:
        return segno.make_qr(text, error="m", boost_error=True)
    except segno.DataOverflowError:
        pass
    try:
        return segno.make_qr(text, error="l")
    except segno.DataOverflowError:
        raise OverLimit("This is too long for one picture code.") from None
