"""Where the files that ship beside the code are found, and how their tables are read.

A checkout keeps them in ``assets/`` beside ``src/``; an installed wheel and a frozen app carry
them as ``secassist/assets/``. Nothing else in the program knows this.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from secassist.base.errors import CouldNotFinish

_PACKAGE = Path(__file__).resolve().parents[1]


def asset(path: str) -> Path:
    """The file ``assets/PATH``; CouldNotFinish where it did not come with the program."""
    for folder in (_PACKAGE / "assets", _PACKAGE.parents[1] / "assets"):
        if (folder / path).exists():
            return folder / path
    raise CouldNotFinish(f"A part of this program is missing ({path}). Installing it again helps.")


def read_table(path: str) -> Mapping[str, Any]:
    """A TOML asset as nested mappings; CouldNotFinish names file and line of a slip in it."""
    try:
        return tomllib.loads(asset(path).read_text("utf-8"))
    except ValueError as slip:  # tomllib.TOMLDecodeError and UnicodeDecodeError
        raise CouldNotFinish(f"The file {path} cannot be read: {slip}.") from slip
