"""Kills a program in the middle of an action plan; says what was found afterwards.

    python tests/torture/kill_plan.py FOLDER ROUNDS SEED

Each round: a program (forked, so that it starts at once) starts plans, marks steps and takes marks
back until it is killed by SIGKILL. It says before each change what it is about to do, and after it
that it is done. Then every run has to be as it was last acknowledged, or as the one change under
way would leave it; and the journal has to tell the same as the runs.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from secassist.plans.journal import Event
from secassist.plans.own import Shelf
from secassist.plans.plan import plans
from secassist.plans.progress import Marked, State
from secassist.store.vault import Vault
from secassist.usecases import plans as use
from secassist.usecases.plans import Begin, Progress
from support.vaults import KEY, make_store

SHELF = Shelf(plans())
LONGEST = 0.2
"""Seconds until the program is killed."""
MOST = 20
"""So many runs, then one of them is gone on with."""
Marks = list[list[object]]


@dataclass
class Found:
    rounds: int = 0
    acknowledged: int = 0
    under_way: int = 0
    lost: list[str] = field(default_factory=list)


def main(folder: Path, rounds: int, seed: int) -> Found:
    choose = random.Random(seed)
    found = Found()
    make_store(folder)
    plans()  # read once, not by each program anew
    expected: dict[str, Marks] = {}
    for _ in range(rounds):
        found.rounds += 1
        process, pipe = _start(folder, choose.randrange(2**32))
        time.sleep(choose.uniform(0, LONGEST))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        _check(folder, expected, _told(pipe, expected, found), found)
    return found


def _start(folder: Path, seed: int) -> tuple[int, int]:
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read)
        try:
            _work(folder, random.Random(seed), write)
        finally:
            os._exit(1)
    os.close(write)
    return process, read


def _work(folder: Path, choose: random.Random, told: int) -> None:
    vault = Vault.open(folder, KEY)
    now = 0
    while True:
        now += 1
        runs = use.runs(vault, SHELF)
        if len(runs) < MOST and choose.random() < 0.2:
            plan = choose.choice(list(plans()))
            _tell(told, {"starts": plan})
            _tell(told, {"done": _seen(use.start(vault, SHELF, plan, Begin(), now))})
        elif runs:
            one = choose.choice(runs)
            marks: Marks = [[m.step, str(m.state), m.at] for m in one.run.marks]
            if marks and choose.random() < 0.4:
                _tell(told, {"do": {one.run.id: marks[:-1]}})
                after = use.undo(vault, SHELF, one.run.id, now)
            else:
                step = choose.choice(one.steps).step.id
                states: tuple[Marked, ...] = (State.DONE, State.NOT_FOR_ME)
                state = choose.choice(states)
                _tell(told, {"do": {one.run.id: [*marks, [step, str(state), now]]}})
                after = use.mark(vault, SHELF, one.run.id, step, state, now)
            _tell(told, {"done": _seen(after)})


def _seen(one: Progress) -> dict[str, Marks]:
    return {one.run.id: [[m.step, str(m.state), m.at] for m in one.run.marks]}


def _tell(pipe: int, what: object) -> None:
    os.write(pipe, json.dumps(what).encode() + b"\n")


def _told(pipe: int, expected: dict[str, Marks], found: Found) -> dict[str, object]:
    """What was under way. What was acknowledged is expected from now on."""
    with os.fdopen(pipe, "rb") as told:
        lines = [json.loads(line) for line in told if line.endswith(b"\n")]
    pending: dict[str, object] = {}
    for line in lines:
        pending = {} if "done" in line else line
        expected.update(line.get("done", {}))
        found.acknowledged += "done" in line
    found.under_way += bool(pending)
    return pending


def _check(
    folder: Path, expected: dict[str, Marks], pending: dict[str, object], found: Found
) -> None:
    with Vault.open(folder, KEY) as vault:
        runs = {one.run.id: one for one in use.runs(vault, SHELF)}
        entries = use.entries(vault)
        found.lost += [f"set aside: {row.id}" for row in vault.aside()]
    here: dict[str, Marks] = {}
    for one in runs.values():
        here.update(_seen(one))
    doing = pending.get("do", {})
    assert isinstance(doing, dict)
    for id_, marks in here.items():
        started_now = id_ not in expected and runs[id_].plan.id == pending.get("starts")
        if started_now or marks == doing.get(id_):
            expected[id_] = marks
    found.lost += [f"{id_} is not as it was" for id_ in {*here, *expected}
                   if here.get(id_) != expected.get(id_)]  # fmt: skip
    counted = Counter((entry.run, entry.event) for entry in entries)
    for id_, marks in here.items():
        made = counted[id_, Event.DONE] + counted[id_, Event.NOT_FOR_ME]
        if made - counted[id_, Event.UNDONE] != len(marks) or not counted[id_, Event.STARTED]:
            found.lost.append(f"{id_}: the journal tells something else")


if __name__ == "__main__":
    result = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(result.__dict__))
