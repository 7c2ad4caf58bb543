"""The window's own words: short, plain, without technical terms."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import secassist.ui
from support.reading_level import grade

UI = Path(secassist.ui.__file__).parent
BANNED = re.compile(
    r"\b(SPF|DKIM|DMARC|ARC|spoof\w*|authenticat\w*|phishing|domain|login|log in|2FA|QR|DNS"
    r"|breach|recovery key|safe to|click here)\b",
    re.IGNORECASE,
)
ALLOWED = {
    # What mail programs themselves call their button.
    "In your mail program, open the menu of the mail. Choose “Report phishing” or “Spam”.",
}


def sentences() -> Iterator[str]:
    """Every string that the window marks for translation."""
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            count = {"tr": 1, "plural": 2}.get(name, 0)
            for argument in node.args[:count]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


WORDS = sorted(set(sentences()))


def test_there_are_words() -> None:
    assert len(WORDS) > 120


LONG = [text for text in WORDS if len(text.split()) >= 6]  # the formula means little for less


@pytest.mark.parametrize("text", LONG)
def test_reading_level(text: str) -> None:
    assert grade(text) <= 7.5, text


def test_reading_level_as_a_whole() -> None:
    assert sum(map(grade, LONG)) / len(LONG) <= 3


@pytest.mark.parametrize("text", WORDS)
def test_no_technical_word(text: str) -> None:
    own = re.sub(r"\{[^}]*\}", "", text)
    assert text in ALLOWED or not BANNED.search(own), text
    assert "!" not in text
    assert "click on" not in text.lower() or "nothing" in text
