"""Kills the window in the middle of an action plan; says what was lost.

    python tests/torture/kill_window.py FOLDER ROUNDS SEED

Each round: a process opens the window on the store, goes on with the plan (or starts the next one)
and presses its buttons, until it is killed by SIGKILL. It says before each press what it is about
to do, and after it what the page shows. Whatever the page showed must be in the store.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PASSPHRASE = "correct horse battery"
PLAN = "flood"
LONGEST = 1.2
"""Seconds from the first page of a plan until the process is killed."""
_PATIENCE = 60


@dataclass
class Found:
    rounds: int = 0
    shown: int = 0
    """Marks that a page has shown."""
    lost: list[str] = field(default_factory=list)


def main(folder: Path, rounds: int, seed: int) -> Found:
    from secassist.usecases import vault

    choose = random.Random(seed)
    found = Found()
    opened, recovery = vault.init(vault.Door(folder, PASSPHRASE))
    with opened:
        vault.confirm(opened, recovery)
    for _ in range(rounds):
        found.rounds += 1
        with subprocess.Popen(
            [sys.executable, __file__, "--press", str(folder)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(choose.uniform(0, LONGEST))
            os.kill(process.pid, signal.SIGKILL)
            said = [first, *process.stdout.readlines()]
        _compare(folder, [line.split() for line in said if line.endswith("\n")], found)
    return found


def _compare(folder: Path, said: list[list[str]], found: Found) -> None:
    """The last page that was shown says how many marks there are at least, and where."""
    from secassist.plans.own import Shelf
    from secassist.plans.plan import plans
    from secassist.usecases import plans as use
    from secassist.usecases import vault

    with (
        vault.door(folder, PASSPHRASE, no_keyring=True) as door,
        vault.unlock(door) as opened,
    ):
        runs = {one.run.id: one for one in use.runs(opened, Shelf(plans()))}
        noted = {
            id_: sum(entry.event in {"done", "not-for-me"} for entry in use.entries(opened, id_))
            for id_ in runs
        }
    last = {line[1]: int(line[2]) for line in said if line and line[0] == "shown"}
    found.shown += sum(last.values())
    for run, marks in last.items():
        kept = len(runs[run].run.marks) if run in runs else -1
        if kept not in {marks, marks + 1} or noted.get(run) != kept:
            found.lost.append(f"{run}: shown {marks}, kept {kept}, noted {noted.get(run)}")


def press(folder: Path) -> None:
    """Open the window, and go through plans until somebody kills it."""
    from PySide6.QtCore import QTimer

    from secassist.network.ledger import Ledger
    from secassist.ui.app import make
    from secassist.ui.pages.plans_page import PlanPage
    from secassist.ui.part import Errand
    from secassist.usecases.desktop import Desktop
    from secassist.usecases.keeper import Keeper
    from secassist.usecases.plans import ToStart

    cases = Desktop(str, folder)
    cases._keeper = Keeper(folder, Ledger, no_keyring=True)
    asyncio.run(cases.keeper().unlock(PASSPHRASE))
    application, window = make(cases)
    window.show()
    window.parts.send(Errand("plans", "start", ToStart(PLAN)))
    seen: list[object] = []

    def look() -> None:
        page = window.shown_page()
        if not isinstance(page, PlanPage) or page in seen:
            return
        seen[:] = [page]
        run = page.kept.progress.run
        print("shown", run.id, len(run.marks), flush=True)
        step = page.kept.progress.open_step
        if step is None:
            window.parts.send(Errand("plans", "start", ToStart(PLAN)))
        else:
            page.marked.emit(step, "done" if len(run.marks) % 3 else "not-for-me")

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(1)
    QTimer.singleShot(_PATIENCE * 1000, application.quit)
    application.exec()


if __name__ == "__main__":
    if sys.argv[1] == "--press":
        press(Path(sys.argv[2]))
    else:
        outcome = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
        print(json.dumps(asdict(outcome)))
