"""Kills programs that change a store, at random moments; says what was found afterwards.

    python tests/torture/kill.py FOLDER ROUNDS SEED

Each round: a program (forked, so that it starts at once) opens the store and changes it until it is
killed by SIGKILL; sometimes two do. Each says before a change what it is about to do, and after it
that it is done. Then the store is opened, and has to hold what was acknowledged: each row as it was
last acknowledged, or as the one change that was under way would leave it. Now and then the store is
made anew, so that its making is interrupted, too.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from secassist.base.errors import CouldNotFinish
from secassist.store import backups, database, files, key_file, keys, lock, opening
from secassist.store.states import State
from secassist.store.vault import Row, Vault
from support.vaults import KEY, make_store

OWN = {database.FILE, key_file.FILE, lock.FILE, files.BACKUPS}
LONGEST = 0.1
"""Seconds until a program is killed: long enough for some changes and a backup."""
ANEW = 40
"""Every so many rounds the store is made anew."""


@dataclass
class Found:
    rounds: int = 0
    acknowledged: int = 0
    under_way: int = 0
    interrupted_makings: int = 0
    lost: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)


def main(folder: Path, rounds: int, seed: int) -> Found:
    choose = random.Random(seed)
    found = Found()
    expected: dict[str, int] = {}
    for number in range(rounds):
        found.rounds += 1
        if number % ANEW == 0:
            shutil.rmtree(folder, ignore_errors=True)
            expected = {}
            _interrupt_making(folder, choose, found)
        names = ("a", "b") if choose.random() < 0.3 else ("a",)
        started = [_start(folder, name, choose.randrange(2**32)) for name in names]
        time.sleep(choose.uniform(0, LONGEST))
        pending = [_end(process, pipe, expected, found) for process, pipe in started]
        _check(folder, expected, pending, found)
    return found


def _interrupt_making(folder: Path, choose: random.Random, found: Found) -> None:
    process = os.fork()
    if process == 0:
        make_store(folder)
        os._exit(0)
    time.sleep(choose.uniform(0, 0.02))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    if opening.look(folder) is State.NONE:
        found.interrupted_makings += 1
        make_store(folder)


def _start(folder: Path, name: str, seed: int) -> tuple[int, int]:
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read)
        try:
            _work(folder, name, random.Random(seed), write)
        finally:
            os._exit(1)
    os.close(write)
    return process, read


def _work(folder: Path, name: str, choose: random.Random, told: int) -> None:
    """Change rows of one's own, tell of it, and back up and change keys in between."""
    vault = Vault.open(folder, KEY)
    while True:
        changes = {f"{name}{choose.randrange(30)}": choose.randrange(-9, 10**6) for _ in range(4)}
        _tell(told, {"do": changes})
        puts = [
            Row("totp", id_, {"n": number, "fill": "x" * choose.randrange(300)})
            for id_, number in changes.items()
            if number >= 0
        ]
        vault.change(puts, [("totp", id_) for id_, number in changes.items() if number < 0])
        _tell(told, {"done": changes})
        dice = choose.random()
        if dice < 0.1:
            backups.make(vault)
        elif dice < 0.2:
            keys.new_recovery_key(vault)


def _tell(pipe: int, what: dict[str, dict[str, int]]) -> None:
    os.write(pipe, json.dumps(what).encode() + b"\n")


def _end(process: int, pipe: int, expected: dict[str, int], found: Found) -> dict[str, int]:
    """Kill it; what it had under way. What it acknowledged is expected from now on."""
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(pipe, "rb") as told:
        lines = [json.loads(line) for line in told if line.endswith(b"\n")]
    pending: dict[str, int] = {}
    for line in lines:
        pending = line.get("do", {})
        expected.update(line.get("done", {}))
        found.acknowledged += "done" in line
    found.under_way += bool(pending)
    return pending


def _check(
    folder: Path, expected: dict[str, int], pending: list[dict[str, int]], found: Found
) -> None:
    try:
        with Vault.open(folder, KEY) as vault:
            rows = {row.id: int(row.data["n"]) for row in vault.entries("totp")}
    except CouldNotFinish as error:
        found.lost.append(error.sentence)
        return
    for changes in pending:
        # All of a change or nothing of it.
        if changes and all(rows.get(id_, -1) == max(n, -1) for id_, n in changes.items()):
            expected.update(changes)
    for id_ in {*rows, *expected}:
        if rows.get(id_, -1) != max(expected.get(id_, -1), -1):
            found.lost.append(f"{id_}: {rows.get(id_)} instead of {expected.get(id_)}")
    for backup in backups.found(folder):
        backups.check(backup, KEY)
    here = [path.name for path in folder.iterdir() if path.name not in OWN]
    in_backups = (folder / files.BACKUPS).glob(".*")
    found.strays += here + [path.name for path in in_backups]


if __name__ == "__main__":
    result = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(result.__dict__))
