"""The window as ``first_code.py`` opens it: looks at itself until the codes are painted.

    python benchmarks/codes_shown.py DATA-FOLDER

Imports little of its own, for that would be measured too. Prints a line of JSON: the clock and the
CPU seconds when the codes were painted, and the CPU seconds of the keyring process.
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from secassist.cli.main import main as secassist
from secassist.ui import app
from secassist.ui.window import Window

PATIENCE = 30_000  # milliseconds


def measured(application: QApplication, window: Window) -> int:
    figures: dict[str, float] = {}

    def look() -> None:
        page = window.shown_page()
        if type(page).__name__ != "CodesPage":
            return
        waiting.stop()
        page.grab()  # paints it, text and all
        figures["wall"] = time.monotonic()
        figures["program"] = time.process_time()
        application.quit()

    waiting = QTimer()
    waiting.timeout.connect(look)
    waiting.start(2)
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(application.quit)
    late.start(PATIENCE)
    application.exec()
    window.close_down()
    children = os.times()
    figures["keyring"] = children.children_user + children.children_system
    print(json.dumps(figures) if "wall" in figures else "", flush=True)
    return 0


if __name__ == "__main__":
    app.finish = measured
    sys.exit(secassist(["--page", "two-factor", "--data", sys.argv[1]]))
