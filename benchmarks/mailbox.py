"""How long does a whole mailbox take, and how much memory? Beside what one would use instead.

    python benchmarks/mailbox.py [--messages 100000] [--folder DIR] [--double] [--others]

Makes a mailbox file of 6 KB a mail with one flood and two buried alerts, scans it with ``secassist
mailbox --no-judge`` in a process of its own, and prints seconds by the clock and of the processor,
the largest resident memory, and when the first result came. ``--double`` does the same with a file
twice as large; ``--others`` with Python's ``mailbox.mbox``, and with ``notmuch new`` and ``mu
index`` where they are installed (they want a Maildir: the time to make it is not counted).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from support.mailboxes import BULK, DAY, HOUR, SUBJECTS, Letter  # noqa: E402 - see above

BEGIN = int(datetime(2022, 1, 1, tzinfo=UTC).timestamp())
SIZE = 5_950  # bytes of a mail
FLOODED = 0.03  # share of the mails

IN_PROCESS = """
import json, sys, time
began = time.monotonic()
from pathlib import Path
from secassist.mailbox.scan import scan
from secassist.mailbox.sources.discover import stores_at
first = []
def tell(news):
    if not first:
        first.append(time.monotonic() - began)
found = scan(stores_at(Path(sys.argv[1])), tell=tell)
print(json.dumps({"messages": found.messages, "floods": len(found.floods),
                  "buried": [mail.subject for mail in found.buried[:2]],
                  "first": first[0] if first else time.monotonic() - began}))
"""
STANDARD_LIBRARY = """
import mailbox, sys
count = 0
for message in mailbox.mbox(sys.argv[1]):
    message["subject"], message["from"], message["received"]
    count += 1
print(count)
"""


def letters(count: int) -> Iterator[Letter]:
    """Three years of mail and a flood of a mail every two seconds, in the order of time."""
    chance = random.Random(1)
    text = "".join(f"{chance.getrandbits(300):075x}\n" for _ in range(SIZE // 76 - 8))
    flooded = int(count * FLOODED)
    step = 3 * 365 * DAY / (count - flooded)
    flood_at = BEGIN + 800 * DAY
    places = [flood_at + 2 * n for n in range(flooded)]
    at = float(BEGIN)
    while at < BEGIN + 3 * 365 * DAY:
        while places and places[0] <= at:
            when = places.pop(0)
            yield Letter(when, f"list@l{when}.example", chance.choice(SUBJECTS["many"]), (), text)
        number = chance.randrange(4_000)
        subject = f"About things of yours, number {chance.randrange(10**6)}"
        if number < 40:
            subject = f"Your order {number} has shipped"
        yield Letter(int(at), f"sender{number}@domain{number % 997}.example", subject, BULK, text)
        at += step * chance.uniform(0.5, 1.5)
        if flood_at <= at < flood_at + step:
            for subject in ("Wire transfer of $9,400.00 sent", "Your password was changed"):
                yield Letter(int(at) + HOUR // 4, "alerts@domain1.example", subject, BULK, text)


def make(path: Path, count: int) -> None:
    with path.open("wb") as file:
        for letter in letters(count):
            stamp = datetime.fromtimestamp(letter.time, UTC).strftime("%a %b %d %H:%M:%S %Y")
            file.write(f"From {letter.sender} {stamp}\n".encode() + letter.source() + b"\n")


def measure(command: list[str], **options: object) -> tuple[dict[str, float], str]:
    """Clock, processor and resident memory of a command that has to succeed; and what it said."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
        _, status, used = os.wait4(process.pid, 0)
        out.seek(0)
        said = out.read().decode()
    if status:
        raise SystemExit(f"{command[:4]} failed")
    took = {
        "clock_s": round(time.monotonic() - began, 2),
        "processor_s": round(used.ru_utime + used.ru_stime, 2),
        "resident_mb": round(used.ru_maxrss / 1024, 1),
    }
    return took, said


def ours(path: Path) -> None:
    python = [sys.executable, "-I", "-c"]
    boot = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r});"
    took, said = measure([*python, boot + IN_PROCESS, str(path)])
    report("secassist, scan alone", path, took, json.loads(said))
    command = [sys.executable, "-m", "secassist", "mailbox", str(path), "--no-judge", "--json"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    began = time.monotonic()
    process = subprocess.run(command, env=environment, capture_output=True, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = json.loads(process.stdout)
    took = {
        "clock_s": round(time.monotonic() - began, 2),
        "largest_resident_mb_of_all": round(used.ru_maxrss / 1024, 1),
    }
    told = {
        "messages": answer["messages"],
        "floods": answer["floods"],
        "seconds": answer["seconds"],
    }
    report("secassist mailbox --no-judge", path, took, told)


def others(path: Path, folder: Path) -> None:
    took, said = measure([sys.executable, "-c", STANDARD_LIBRARY, str(path)])
    report("mailbox.mbox", path, took, {"messages": int(said)})
    if not (shutil.which("notmuch") or shutil.which("mu")):
        return
    mails = folder / "maildir"
    for name in ("cur", "new", "tmp"):
        (mails / name).mkdir(parents=True, exist_ok=True)
    count = path_count(path)
    for number, letter in enumerate(letters(count)):
        (mails / "cur" / f"{letter.time}.{number}.host:2,S").write_bytes(letter.source())
    if shutil.which("notmuch"):
        config = folder / "notmuch-config"
        config.write_text(f"[database]\npath={mails}\n[user]\nprimary_email=me@home.example\n")
        took, _ = measure(["notmuch", f"--config={config}", "new", "--quiet"])
        report("notmuch new", path, took, {})
    if shutil.which("mu"):
        home = f"--muhome={folder / 'mu'}"
        measure(["mu", "init", home, f"--maildir={mails}"])
        took, _ = measure(["mu", "index", home, "--quiet"])
        report("mu index", path, took, {})


def path_count(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def report(who: str, path: Path, took: dict[str, float], told: dict[str, object]) -> None:
    size = round(path.stat().st_size / 1e6)
    print(json.dumps({"who": who, "mb": size, **took, **told}, ensure_ascii=False), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--double", action="store_true")
    parser.add_argument("--others", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        counts = [arguments.messages, *([2 * arguments.messages] if arguments.double else [])]
        for count in counts:
            path = folder / f"mails-{count}.mbox"
            if not path.exists():
                make(path, count)
            ours(path)
        if arguments.others:
            others(folder / f"mails-{arguments.messages}.mbox", folder)


if __name__ == "__main__":
    main()
