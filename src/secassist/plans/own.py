"""Plans that the person put into a folder of their own. What cannot be used is set aside.

The files stay as they are, where they are: a plan for a newer Secassist waits there for it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from secassist.base.errors import CouldNotFinish
from secassist.base.language import Translate, english, mark
from secassist.mail.words.evidence import fill
from secassist.plans.plan import Plan, plans, read

FOLDER: Final = "plans"
"""Inside the data folder."""
MAX_FILES: Final = 50
MAX_BYTES: Final = 64 * 1024
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NOT_READ: Final = mark("The plan “{file}” in your own folder cannot be read. It was left out.")
_TOO_LARGE: Final = mark("The plan “{file}” in your own folder is too large. It was left out.")
_NAME: Final = mark(
    "The plan “{file}” in your own folder was left out: its name may hold small letters, digits "
    "and hyphens only."
)
_TOO_MANY: Final = mark(
    "There are more than {number} plans in your own folder. Some were left out."
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All plans by id, and a sentence for each of the person's own that was set aside."""

    plans: Mapping[str, Plan]
    set_aside: tuple[str, ...] = ()


def shelf(data: Path, translate: Translate = english) -> Shelf:
    """The plans that ship, and the person's own in ``data``/plans, which win over those."""
    found = dict(plans())
    sentences: list[str] = []
    paths = _files(data / FOLDER)
    if len(paths) > MAX_FILES:
        sentences.append(fill(translate(_TOO_MANY), {"number": str(MAX_FILES)}))
    for path in paths[:MAX_FILES]:
        try:
            found[path.stem] = _plan(path, translate)
        except CouldNotFinish as error:
            sentences.append(error.sentence)
    return Shelf(MappingProxyType(found), tuple(sentences))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError:  # mostly: there is none
        return []


def _plan(path: Path, translate: Translate) -> Plan:
    name = {"file": "".join(c if c.isprintable() else "?" for c in path.name[:60])}
    if not _ID.fullmatch(path.stem):
        raise CouldNotFinish(fill(translate(_NAME), name))
    try:
        text = _text(path)
    except (OSError, UnicodeDecodeError) as error:
        raise CouldNotFinish(fill(translate(_NOT_READ), name)) from error
    if text is None:
        raise CouldNotFinish(fill(translate(_TOO_LARGE), name))
    return read(path.stem, text, own=True)


def _text(path: Path) -> str | None:
    """The text of an ordinary file; None for one that is too large. Raises OSError."""
    # Without O_NONBLOCK a pipe that nobody writes to would let us wait for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)  # not by ``fdopen``, which leaves a folder open
        raise OSError("no ordinary file")
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    return None if len(data) > MAX_BYTES else data.decode("utf-8")
