"""The material beside the project: real mail and public suites, never part of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def shared_folder() -> Path:
    """Where the material would be: ``SECASSIST_SHARED``, else ``../shared``."""
    return Path(os.environ.get("SECASSIST_SHARED", ROOT.parent / "shared"))


def shared(path: str) -> Path:
    """A file or folder of the material; skips the test, saying so, where it is absent."""
    found = shared_folder() / path
    if not found.exists():
        pytest.skip(f"{path} is not beside this checkout (set SECASSIST_SHARED to its folder)")
    return found
