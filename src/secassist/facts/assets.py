"""Where the files that ship beside the code are found, and how their tables are read.

A checkout (an editable install is one) keeps them in ``assets/`` at its root, where people who
cannot program find them; an installed wheel and a frozen app carry them inside the package.
Nothing else in the program knows this.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from secassist.base.errors import CouldNotFinish

_TABLES: Final = re.compile(r"^(?=\[[\w-]+\]$)", re.MULTILINE)
"""Where a table of the top level begins, e.g. ``[instagram]``."""


def asset(path: str) -> Path:
    """The file or folder ``assets/<path>`` (``/`` between the parts, on every system).

    Raises CouldNotFinish where it is absent, which means that the installation is damaged, and
    ValueError for a path that would lead out of the assets.
    """
    found = _root() / path
    if not found.resolve().is_relative_to(_root()):
        raise ValueError(f"{path!r} does not stay inside the assets")
    if not found.exists():
        raise CouldNotFinish(
            f"A part of Secassist is missing ({path}). Please install Secassist again."
        )
    return found


def read_table(path: str) -> Mapping[str, Any]:
    """A TOML asset as nested mappings; CouldNotFinish names file and line of a slip in it."""
    try:
        return parse_table(asset(path).read_text("utf-8"))
    except ValueError as slip:  # tomllib.TOMLDecodeError and UnicodeDecodeError
        raise CouldNotFinish(f"The file {path} cannot be read: {slip}.") from slip


def parse_table(text: str) -> dict[str, Any]:
    """What ``tomllib.loads`` makes of ``text``, table by table: of a long file the library holds
    several times its size at once, and each process that judges mail reads the longest one.
    """
    found: dict[str, Any] = {}
    try:
        for piece in _TABLES.split(text):
            table = tomllib.loads(piece)
            if found.keys() & table.keys():  # one table in several places
                return tomllib.loads(text)
            found |= table
    except tomllib.TOMLDecodeError:
        return tomllib.loads(text)  # knows the line; or it was a text that looked like a table
    return found


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parents[1]
    inside = package / "assets"
    return inside if inside.is_dir() else package.parents[1] / "assets"
