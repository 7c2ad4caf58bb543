"""The window as ``start.py`` opens it: measures itself instead of waiting for a person.

    python benchmarks/opened.py DATA-FOLDER MAIL

Imports little of its own, for that would be measured too. Prints one line of JSON: CPU seconds and
clock when Home was painted, MB resident then and after MAIL was checked, the most that the parser
process held, and the last two together.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from secassist.cli.main import main as secassist
from secassist.ui import app
from secassist.ui.window import Window

PATIENCE = 30_000  # milliseconds


class Painted(QObject):
    """Calls once, when the first frame of a widget is on the screen."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call: Callable[[], None] | None = call

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's own name)
        if event.type() is QEvent.Type.Paint and self._call is not None:
            QTimer.singleShot(0, self._call)  # once all that belongs to this frame is done
            self._call = None
        return False


def measured(application: QApplication, window: Window) -> int:
    figures: dict[str, float] = {}

    def at_home() -> None:
        figures["cpu"] = time.process_time()
        figures["wall"] = time.monotonic()
        figures["home"] = memory(os.getpid(), "VmRSS")
        window.check_file(Path(sys.argv[2]))
        waiting.start(10)

    def look() -> None:
        # The last reading counts: just after its fork, a child still has our own size.
        figures["parser"] = parser_peak() or figures.get("parser", 0.0)
        if type(window.shown_page()).__name__ == "VerdictPage":
            waiting.stop()
            QTimer.singleShot(300, finish)  # painted, and the parser process gone

    def finish() -> None:
        figures["resident"] = memory(os.getpid(), "VmRSS")
        figures["together"] = figures["resident"] + figures["parser"]
        application.quit()

    waiting = QTimer()
    waiting.timeout.connect(look)
    watcher = Painted(at_home)
    window.shown_page().installEventFilter(watcher)
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(application.quit)
    late.start(PATIENCE)
    application.exec()
    window.close_down()
    print(json.dumps(figures) if "together" in figures else "", flush=True)
    return 0


def parser_peak() -> float:
    """The most memory that a child of this process has held so far, in MB."""
    threads = Path("/proc/self/task").iterdir()
    children = [pid for t in threads for pid in (t / "children").read_text("ascii").split()]
    return max((memory(int(pid), "VmHWM") for pid in children), default=0.0)


def memory(pid: int, kind: str) -> float:
    """A figure of Linux's process table in MB; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(kind)), 0.0)


if __name__ == "__main__":
    app.finish = measured
    sys.exit(secassist(["--page", "home", "--data", sys.argv[1]]))
