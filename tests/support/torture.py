"""How long the torture is (a seeded sample in ``make test``, all of it in ``make torture``), and
how the programs that kill are run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
"""The folder of the tests."""

FULL = os.environ.get("SECASSIST_TORTURE") == "full"
SEED = int(os.environ.get("SECASSIST_SEED", "20260131"))


def rounds(full: int, sample: int = 50) -> int:
    return full if FULL else sample


def killed(program: str, folder: Path, number: int) -> dict[str, Any]:
    """What ``tests/torture/PROGRAM`` found after it killed something ``number`` times."""
    done = subprocess.run(
        [sys.executable, str(HERE / "torture" / program), str(folder), str(number), str(SEED)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent / "src"), str(HERE)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
