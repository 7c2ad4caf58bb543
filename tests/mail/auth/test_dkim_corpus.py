"""What dkimpy verifies we verify, and the other way round: on real mail and on generated mail."""

from __future__ import annotations

import os
import subprocess
import sys

from support.shared import ROOT, shared


def compared(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "compare_signatures.py", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_on_real_mail_we_differ_only_by_our_rules() -> None:
    assert "we verify, dkimpy does not: 0" in compared(str(shared("corpus")))


def test_on_generated_mail_we_differ_only_by_our_rules() -> None:
    assert "we verify, dkimpy does not: 0" in compared("--generated", "100")
