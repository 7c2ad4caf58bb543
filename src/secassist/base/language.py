"""Marking and choosing of words: gettext, and two pseudo-languages that show layout faults early.

Sentences are marked where they stand in tables (``mark``) and translated where they are put on
the screen, so that no language is fixed when a module is loaded.
"""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]


def mark(sentence: str) -> str:
    """Mark a sentence for the catalogue (``pybabel extract -k mark``) and leave it as it is."""
    return sentence


def english(sentence: str) -> str:
    """The translation into the language that the sentences are written in."""
    return sentence
