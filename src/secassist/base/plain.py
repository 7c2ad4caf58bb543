"""Text from outside as one harmless line: nothing moves a cursor or turns the reading round."""

from __future__ import annotations

from typing import Final

JOINERS: Final = "\u200c\u200d"
"""Invisible, and part of how Persian, Hindi and some emoji are written."""


def one_line(text: str, instead: str = " ") -> str:
    """``text`` without control, direction and other invisible characters, nor ends of lines."""
    return "".join(c if c.isprintable() or c in JOINERS else instead for c in text)
