"""The sentences of the action plans for ``pybabel``: they stand in TOML, not in calls of ``mark``.

    PYTHONPATH=packaging pybabel extract -F packaging/babel.cfg -k mark -k _ -k tr -k plural:1,2 \\
        -o secassist.pot .
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

Found = tuple[int, None, str, list[str]]
_OF_PLAN = ("title", "about")
_OF_STEP = ("what", "why", "label")


def extract(
    file: IO[bytes],
    _keywords: Mapping[str, Any] | Collection[str],
    _comment_tags: Collection[str],
    options: Mapping[str, Any],  # Babel names it in its call
) -> Iterator[Found]:
    """Every sentence of one plan with its line, in Babel's form."""
    text = file.read().decode("utf-8")
    table = tomllib.loads(text)
    lines = text.splitlines()
    sentences = [table[name] for name in _OF_PLAN]
    sentences += [step[name] for step in table["steps"] for name in _OF_STEP if name in step]
    for sentence in sentences:
        yield _line(lines, sentence), None, sentence, []


def _line(lines: list[str], sentence: str) -> int:
    """Where it stands, from 1; 1 where it is written in another way there."""
    quoted = f'"{sentence}"'
    return next((number for number, line in enumerate(lines, 1) if quoted in line), 1)
