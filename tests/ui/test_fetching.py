"""Where the modules of the window and of other rooms are imported, each in a fresh program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from secassist.base.language import english
from secassist.ui.places import Place, places

FETCHED = [place for place in places(english) if place.needs]

ALL_PLACES = """
import sys, threading

elsewhere = []

class Watch:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is not threading.main_thread():
            if name.startswith(("secassist.ui", "PySide6", "shiboken6")):
                elsewhere.append(name)

sys.meta_path.insert(0, Watch())
from PySide6.QtCore import QEventLoop, QTimer
from secassist.ui.app import make
from secassist.ui.places import PAGES

def wait(until):
    for _ in range(2_000):
        if until():
            return
        turn = QEventLoop()
        QTimer.singleShot(10, turn.quit)
        turn.exec()  # unlike QTest.qWait it lets other threads of Python work

app, window = make()
window.show()
for name in PAGES:
    window.go(name)
    wait(lambda: type(window.shown_page()).__name__ != "ArrivingPage")
    print(name, type(window.shown_page()).__name__)
window.check_text("From: a@b.example\\r\\nDate: Mon, 2 Nov 2026 10:00:00 +0000\\r\\n\\r\\nhi")
wait(lambda: type(window.shown_page()).__name__ == "VerdictPage")
print(type(window.shown_page()).__name__)
window.close_down()
print("elsewhere", elsewhere)
"""
ONE_PART = """
import sys
from importlib import import_module
import secassist.ui.window
for name in sys.argv[2:]:
    import_module(name)
before = set(sys.modules)
import_module(sys.argv[1])
new = [name for name in sys.modules if name not in before]
print(sorted(n for n in new if n.startswith("secassist.") and not n.startswith("secassist.ui.")))
"""


def run(script: str, *words: str, data: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env=os.environ | {"SECASSIST_DATA": str(data), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_the_window_defines_is_imported_in_its_own_thread(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"offline": true}', "utf-8")
    said = run(ALL_PLACES, data=tmp_path)
    assert "ArrivingPage" not in said
    assert "VerdictPage" in said
    assert said.splitlines()[-1] == "elsewhere []"


@pytest.mark.parametrize("place", FETCHED, ids=lambda place: place.name)
def test_nothing_of_other_rooms_is_left_for_the_windows_thread(
    place: Place, tmp_path: Path
) -> None:
    module = place.part.partition(":")[0]
    assert run(ONE_PART, module, *place.needs, data=tmp_path).strip() == "[]"
