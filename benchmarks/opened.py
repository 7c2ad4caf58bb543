"""The window as ``start.py`` opens it: measures itself instead of waiting for a person.

    python benchmarks/opened.py DATA-FOLDER MAIL

Imports little of its own, for that would be measured too, and Qt only once the program has: what is
imported first changes what the rest costs. Prints one line of JSON: CPU seconds and clock when Home
was painted, MB resident then and after MAIL was checked, the most that the parser process held, and
the last two together. MB resident is VmRSS: with the pages of libraries that other programs share.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from secassist.cli.main import main as secassist
from secassist.ui import app

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from secassist.ui.window import Window

PATIENCE = 30_000  # milliseconds


def measured(application: QApplication, window: Window) -> int:
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415 (as said)

    figures: dict[str, float] = {}

    class Painted(QObject):
        """Calls ``at_home`` once, when the first frame of a widget is on the screen."""

        waits = True

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
            if event.type() is QEvent.Type.Paint and self.waits:
                QTimer.singleShot(0, at_home)  # once all that belongs to this frame is done
                self.waits = False
            return False

    def at_home() -> None:
        figures["cpu"] = time.process_time()
        figures["wall"] = time.monotonic()
        figures["home"] = memory(os.getpid(), "VmRSS")
        watch_parser(figures)
        window.check_file(Path(sys.argv[2]))
        waiting.start(10)

    def look() -> None:
        if type(window.shown_page()).__name__ == "VerdictPage":
            waiting.stop()
            QTimer.singleShot(300, finish)  # painted, and the parser process gone

    def finish() -> None:
        from secassist.ui.pages.verdict import VerdictPage  # noqa: PLC0415 (as said)

        page = window.shown_page()
        figures["proved"] = isinstance(page, VerdictPage) and page.report.verdict == "genuine"
        figures["resident"] = memory(os.getpid(), "VmRSS")
        figures["together"] = figures["resident"] + figures["parser"]
        application.quit()

    waiting = QTimer()
    waiting.timeout.connect(look)
    watcher = Painted()
    window.shown_page().installEventFilter(watcher)
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(application.quit)
    late.start(PATIENCE)
    application.exec()
    window.close_down()
    print(json.dumps(figures) if "together" in figures else "", flush=True)
    return 0


def watch_parser(figures: dict[str, float]) -> None:
    """Note the most memory that the parser process ever held, right before its end."""
    from secassist.base.worker import Worker  # noqa: PLC0415 (as said)

    end = Worker._kill

    async def noted(self: Worker) -> None:
        if self._process is not None:
            figures["parser"] = memory(self._process.pid, "VmHWM")
        await end(self)

    Worker._kill = noted  # type: ignore[method-assign]


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
