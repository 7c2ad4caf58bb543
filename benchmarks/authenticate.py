"""SPF, DKIM, ARC and DMARC side by side with mailauth: same messages, same DNS server, same run.

    python benchmarks/authenticate.py          (``make bench``; needs npm, and the network once)

Prints both sides' results, which must agree, then wall times and CPU times with their goals. The
runs of the two alternate, the figures are medians, and nothing but the ratio of two figures from
one run says much. Exit code 1 where results differ or a goal is missed.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from messages import HELO, SENDER, Sample, broken, sound, zone

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PACKAGES = ROOT / "build" / "mailauth"
NODE = (22, 19)  # what mailauth 7.1.0 asks for

DELAY = 0.03  # seconds a question, as on a common home line
ALTERNATIONS = 5
COLD_ROUNDS = 6
WARM_MESSAGES = 1_000
DIFFERENT = 20  # of which each comes as often as it takes


@dataclass
class Contender:
    """One side: its process, and what its jobs took."""

    name: str
    command: list[str]
    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    questions: dict[str, float] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    def start(self, port: int) -> None:
        command = [word.format(port=port) for word in self.command]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def stop(self) -> None:
        if self.process is not None:
            self.process.communicate(timeout=20)

    def do(self, job: dict[str, Any], figure: str = "") -> list[dict[str, Any]]:
        """The results of a job; its times are kept under the name of a ``figure``."""
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if figure:
            self.wall.setdefault(figure, []).extend(answer["wall"])
            self.cpu.setdefault(figure, []).append(answer["cpu"] / len(answer["wall"]))
            self.questions[figure] = answer["questions"] / len(answer["wall"])
        results: list[dict[str, Any]] = answer["results"]
        return results


def main() -> int:
    node = node_with_mailauth()
    ours = Contender("secassist", [sys.executable, str(HERE / "ours.py"), "{port}"])
    theirs = Contender(
        "mailauth",
        [node, str(HERE / "mailauth" / "theirs.mjs"), "{port}", str(PACKAGES / "package.json")],
    )
    both = (ours, theirs)
    with tempfile.TemporaryDirectory() as folder:
        jobs = Jobs(Path(folder))
        with contenders(both, jobs.zone, delay=0):
            alike = print_results(ours, theirs, jobs)
            for contender in both:  # let compilers and caches come up
                contender.do(jobs.sound(rounds=10, warm=True))
            ours.do(jobs.sound(rounds=5, warm=True, complete=True))
            rounds = WARM_MESSAGES // DIFFERENT // ALTERNATIONS
            for _ in range(ALTERNATIONS):
                for contender in both:
                    contender.do(jobs.sound(rounds=rounds, warm=True), "warm")
                    contender.do(jobs.sound(rounds=2, warm=False), "cold, 0 ms")
                ours.do(jobs.sound(rounds=2, warm=True, complete=True), "complete, warm")
        with contenders(both, jobs.zone, delay=DELAY):
            for contender in both:
                contender.do(jobs.sound(rounds=10, warm=True))
            ours.do(jobs.sound(rounds=5, warm=True, complete=True))
            for _ in range(ALTERNATIONS):
                for contender in both:
                    contender.do(jobs.one(COLD_ROUNDS), "cold, 30 ms")
                ours.do(jobs.one(COLD_ROUNDS, complete=True), "complete, cold, 30 ms")
    met = print_figures(ours, theirs, node)
    return 0 if alike and met else 1


class Jobs:
    """The messages, written into a folder, and what is to be done with them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.zone = folder / "zone.json"
        self.zone.write_text(json.dumps(zone()), "utf-8")
        self.compared = [sound(), *broken()]
        self._compared = [self._written(s) for s in self.compared]
        self._sound = [self._written(sound(n)) for n in range(DIFFERENT)]

    def compare(self) -> dict[str, Any]:
        return self._job(self._compared, 1)

    def sound(self, *, rounds: int, warm: bool, complete: bool = False) -> dict[str, Any]:
        return self._job(self._sound, rounds, warm=warm, complete=complete)

    def one(self, rounds: int, *, complete: bool = False) -> dict[str, Any]:
        return self._job(self._sound[:1], rounds, complete=complete)

    def _job(
        self,
        samples: list[dict[str, str]],
        rounds: int,
        *,
        warm: bool = False,
        complete: bool = False,
    ) -> dict[str, Any]:
        how = {"rounds": rounds, "warm": warm, "complete": complete}
        return {"samples": samples, "sender": SENDER, "helo": HELO, **how}

    def _written(self, sample: Sample) -> dict[str, str]:
        path = self._folder / f"{len(list(self._folder.iterdir()))}.eml"
        path.write_bytes(sample.source)
        return {"file": str(path), "ip": sample.ip}


@contextmanager
def contenders(both: tuple[Contender, ...], zone_file: Path, *, delay: float) -> Iterator[None]:
    """Both sides running, with a DNS server in a process of its own."""
    command = [sys.executable, str(ROOT / "tests" / "support" / "dns_server.py"), str(zone_file)]
    server = subprocess.Popen([*command, "--delay", str(delay)], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        for contender in both:
            contender.start(port)
        yield
    finally:
        for contender in both:
            contender.stop()
        server.terminate()
        server.wait(20)


def print_results(ours: Contender, theirs: Contender, jobs: Jobs) -> bool:
    """Both sides' results, message by message; whether all agree."""
    job = jobs.compare()
    alike = True
    print(f"{'message':22} {'':9} {'DKIM':20} {'SPF':8} {'ARC':6} {'DMARC':6} policy")
    for sample, mine, other in zip(jobs.compared, ours.do(job), theirs.do(job), strict=True):
        agree = mine == other
        alike = alike and agree
        for name, result in (("secassist", mine), ("mailauth", other)):
            signatures = " ".join(result["dkim"]) or "none"
            print(
                f"{sample.name if name == 'secassist' else '':22} {name:9} {signatures:20}"
                f" {result['spf']:8} {result['arc']:6} {result['dmarc']:6} {result['policy']}"
                f"{'' if agree else '   DIFFERENT'}"
            )
    print(f"results: {'all agree' if alike else 'DIFFERENT'}\n")
    return alike


def print_figures(ours: Contender, theirs: Contender, node: str) -> bool:
    """The figures and the goals; whether all goals are met."""
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    print(
        f"{machine()}; Python {platform.python_version()},"
        f" mailauth {mailauth_version()} on Node {version.stdout.strip()}"
    )
    size = len(sound().source)
    print(f"one message: {size:,} octets; one at a time; medians; milliseconds a message")
    print(f"{'':30} {'secassist':>10} {'mailauth':>10} {'ratio':>6}  goal")
    met = True
    wall, cpu = statistics.median, statistics.median
    total = sum
    rows: list[tuple[str, float, float, float | None]] = []
    cold, fast, warm = "cold, 30 ms", "cold, 0 ms", "warm"
    rows.append((f"wall, {cold}", wall(ours.wall[cold]), wall(theirs.wall[cold]), 1 / 3))
    rows.append((f"CPU, {cold}", cpu(ours.cpu[cold]), cpu(theirs.cpu[cold]), 1))
    rows.append((f"wall, {fast}", wall(ours.wall[fast]), wall(theirs.wall[fast]), None))
    rows.append((f"CPU, {fast}", cpu(ours.cpu[fast]), cpu(theirs.cpu[fast]), None))
    thousand = WARM_MESSAGES / 1_000
    in_all = total(ours.wall[warm]) / thousand / 1e3, total(theirs.wall[warm]) / thousand / 1e3
    rows.append(("wall, 1,000 messages, warm", *in_all, 1))
    rows.append(("CPU, warm", cpu(ours.cpu[warm]), cpu(theirs.cpu[warm]), 1))
    for name, mine, other, goal in rows:
        ratio = mine / other
        ok = goal is None or ratio <= goal
        met = met and ok
        verdict = "" if goal is None else f"at most {goal:.2f} {'ok' if ok else 'MISS'}"
        print(f"{name:30} {mine * 1e3:10.2f} {other * 1e3:10.2f} {ratio:6.2f}  {verdict}")
    print(
        f"{'questions sent, cold':30} {ours.questions[cold]:10.1f} {theirs.questions[cold]:10.1f}"
    )
    print("\nBesides, the whole check (identity, content and verdict included):")
    for name in ("complete, cold, 30 ms", "complete, warm"):
        took, spent = wall(ours.wall[name]) * 1e3, cpu(ours.cpu[name]) * 1e3
        print(f"{name:30} {took:10.2f} ms wall, {spent:.2f} ms CPU")
    print(
        "mailauth asks through Node's resolver, which has no cache; for the warm run it was given"
        " one\nthat keeps every answer. BIMI is off, strict is on. The DNS server has a process of"
        " its own."
    )
    return met


def node_with_mailauth() -> str:
    """The Node to use; installs what ``mailauth/package-lock.json`` pins into ``build``."""
    own = shutil.which("node")
    enough = own is not None and node_version(own) >= NODE
    wanted = (HERE / "mailauth" / "package-lock.json").read_text("utf-8")
    stamp = PACKAGES / "installed"
    node = PACKAGES / "node_modules" / "node" / "bin" / "node"
    if not stamp.exists() or stamp.read_text("utf-8") != wanted or not (enough or node.exists()):
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("make bench needs npm (the package nodejs or npm of your system).")
        PACKAGES.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / "mailauth" / name, PACKAGES)
        command = [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        if enough:
            command.append("--omit=optional")  # the Node that comes as a package
        subprocess.run(command, cwd=PACKAGES, check=True)
        stamp.write_text(wanted, "utf-8")
    return own if own is not None and enough else str(node)


def node_version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(n) for n in said.strip().removeprefix("v").split(".") if n.isdecimal())


def mailauth_version() -> str:
    package = PACKAGES / "node_modules" / "mailauth" / "package.json"
    return str(json.loads(package.read_text("utf-8"))["version"])


def machine() -> str:
    """What it ran on, and how busy that was."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text("utf-8").splitlines() if "model name" in line]
        name = models[0].partition(":")[2].strip() if models else name
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{name}, {os.cpu_count()} cores{load}"


if __name__ == "__main__":
    sys.exit(main())
