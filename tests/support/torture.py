"""How long the torture is: a seeded sample in ``make test``, all of it in ``make torture``."""

from __future__ import annotations

import os

FULL = os.environ.get("SECASSIST_TORTURE") == "full"
SEED = int(os.environ.get("SECASSIST_SEED", "20260131"))


def rounds(full: int, sample: int = 50) -> int:
    return full if FULL else sample
