"""The program ends, though something in it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import asyncio, sys, threading
from secassist.ui import jobs
from secassist.ui.app import finish, make
jobs.END_WITHIN = 0.05
app, window = make()
window.show()
job = jobs.Job(window, lambda _: asyncio.to_thread(stuck))
def stuck():
    jobs_of_window.deliver(app.quit)
    threading.Event().wait()
jobs_of_window = window._jobs
job.run(jobs_of_window)
print("begun")
sys.exit(finish(app, window))
"""


def test_what_hangs_does_not_hold_the_program_open(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        env={**os.environ, "SECASSIST_DATA": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "begun\n"), done.stderr
