"""kill -9 in the middle of an action plan loses nothing that was acknowledged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.torture import SEED, rounds

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs to be killed are forked")
@pytest.mark.timeout(1800)
def test_every_acknowledged_step_survives(tmp_path: Path) -> None:
    number = rounds(1000, 40)
    script = [sys.executable, str(HERE / "kill_plan.py"), str(tmp_path / "store")]
    done = subprocess.run(
        [*script, str(number), str(SEED)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(done.stdout)
    assert found["rounds"] == number
    assert found["lost"] == []
    assert found["acknowledged"] > number / 2  # or else nothing was tried
    assert found["under_way"] > number / 4
