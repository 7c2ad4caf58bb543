"""On real mail, what dkimpy verifies we verify, and the other way round."""

from __future__ import annotations

import os
import subprocess
import sys

from support.shared import ROOT, shared


def test_we_differ_from_dkimpy_only_by_our_rules() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "compare_signatures.py", shared("corpus")],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "we verify, dkimpy does not: 0" in done.stdout
