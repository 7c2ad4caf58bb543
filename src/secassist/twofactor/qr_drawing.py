"""QR codes, drawn: for a second device, and on paper."""

from __future__ import annotations

import segno

from secassist.base.errors import OverLimit


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the code for a text, row by row, dark ones true, without the quiet zone."""
    return tuple(tuple(bool(module) for module in row) for row in _code(text).matrix)


def _code(text: str) -> segno.QRCode:
    try:
        return segno.make_qr(text, error="m", boost_error=True)
    except segno.DataOverflowError:
        pass
    try:
        return segno.make_qr(text, error="l")
    except segno.DataOverflowError:
        raise OverLimit("This is too long for one picture code.") from None
