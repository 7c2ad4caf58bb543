"""When passwords are checked again by themselves, and how the system is told to do it.

What is kept is a small file beside the store: how often, and when last. It can be read while the
store is locked, and holds nothing secret.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.store.atomic import write_atomically
from secassist.store.folder import data_folder
from secassist.usecases import timer_files
from secassist.usecases.timer_files import NAME, Every

__all__ = ["Every", "Installed", "Schedule", "anchored", "change", "command", "due", "forget",
           "install", "installed", "is_due", "load", "ran", "remove", "save"]  # fmt: skip

FILE: Final = "schedule.json"
_DAY: Final = 24 * 60 * 60
PERIODS: Final = {Every.WEEK: 7 * _DAY, Every.MONTH: 30 * _DAY, Every.QUARTER: 91 * _DAY}
_SHORTEST: Final = {Every.WEEK: 7 * _DAY, Every.MONTH: 28 * _DAY, Every.QUARTER: 90 * _DAY}
"""From a first of the month to the next one that the system's timer knows: in February."""
_EARLY: Final = _DAY // 2
"""Seconds that a check may come early: the system's timer is not exact."""
_LATEST: Final = 2**35
"""Unix time, in the year 3058: what is later was not written here, and has no date."""
_TIMEOUT: Final = 20.0  # seconds for a program of the system
_SUBCOMMAND: Final = "audit"
_NO_TIMER: Final = (
    "The system did not take the timer ({why}). The check runs while the window is open."
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often, and when last (Unix time by this computer's clock; 0: never)."""

    every: Every = Every.OFF
    last: int = 0


@dataclass(frozen=True, slots=True)
class Installed:
    """What of ours the system starts. ``by``: systemd, autostart, launchd, task; empty: nothing."""

    by: str = ""
    files: tuple[Path, ...] = ()


def load(folder: Path) -> Schedule:
    """The schedule of a store's folder; what makes no sense is as it is at first: off."""
    try:
        found = json.loads((folder / FILE).read_text("utf-8"))
        every, last = Every(found["every"]), max(0, int(found["last"]))
    except (OSError, ValueError, OverflowError, KeyError, TypeError, RecursionError):
        return Schedule()
    return Schedule(every, last) if last <= _LATEST else Schedule()


def save(schedule: Schedule, folder: Path) -> Schedule:
    """Keep it; on disk on return. Raises CouldNotFinish."""
    try:
        write_atomically(folder / FILE, json.dumps(asdict(schedule)).encode())
    except OSError as error:
        raise CouldNotFinish(f"The schedule could not be saved ({error.strerror}).") from error
    return schedule


def is_due(schedule: Schedule, now: float) -> bool:
    """Is it time? Never twice in one period."""
    if schedule.every is Every.OFF:
        return False
    return now - schedule.last >= _SHORTEST[schedule.every] - _EARLY


def anchored(schedule: Schedule, now: float) -> Schedule:
    """With a ``last`` that is not in the future: a clock that was put right would stop all checks.

    The next check is a period from now then, so that a clock that jumps causes one at most.
    """
    return schedule if schedule.last <= now else replace(schedule, last=int(now))


def due(folder: Path, now: float) -> bool:
    """Is it time for a check? Puts right what a wrong clock left. Raises CouldNotFinish."""
    found = load(folder)
    right = anchored(found, now)
    if right != found:
        save(right, folder)
    return is_due(right, now)


def ran(folder: Path, now: float) -> Schedule:
    """A check is through; the next one is a period away."""
    return save(replace(load(folder), last=int(now)), folder)


def change(folder: Path, every: str, now: float) -> Schedule:
    """Choose how often. Raises UnusableCall, CouldNotFinish."""
    try:
        wanted = Every(every)
    except ValueError:
        raise UnusableCall(f"Choose one of: {', '.join(Every)}.") from None
    found = load(folder)
    last = found.last if found.every is not Every.OFF else int(now)  # the first is a period away
    return save(Schedule(wanted, last), folder)


def command(data: Path | None = None) -> tuple[str, ...]:
    """What the system is to start."""
    frozen = getattr(sys, "frozen", False)
    program = (sys.executable,) if frozen else (sys.executable, "-m", "secassist")
    folder = data_folder(data)
    where = () if folder == _usual_folder() else ("--data", str(folder))
    return (*program, _SUBCOMMAND, "--notify", "--if-due", *where)


def install(every: Every, data: Path | None = None) -> Installed:
    """Let the system start the check. Raises UnusableCall for ``off``, CouldNotFinish."""
    if every is Every.OFF:
        raise UnusableCall("To end the checks, remove them.")
    remove()
    words = command(data)
    if sys.platform == "win32":
        return _install_task(words, every)
    if sys.platform == "darwin":
        return _install_agent(words, every)
    return _install_timer(words, every) if _has_systemd() else _install_autostart(words)


def remove() -> Installed:
    """Let the system start nothing of ours any more; what there was. Raises CouldNotFinish."""
    found = installed()
    if found.by == "systemd":
        _run(["systemctl", "--user", "disable", "--now", f"{NAME}.timer"])
    elif found.by == "launchd":
        _run(["launchctl", "unload", str(found.files[0])])
    elif found.by == "task":
        _run(["schtasks", "/Delete", "/F", "/TN", NAME])
    try:
        for path in found.files:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise CouldNotFinish(f"{error.filename} could not be deleted: {error.strerror}.") from error
    if found.by == "systemd":
        _run(["systemctl", "--user", "daemon-reload"])
    return found


def forget(folder: Path) -> None:
    """The store of ``folder`` is gone: so is its schedule, and what the system starts for it.

    What is started for the store of another folder stays. Raises CouldNotFinish.
    """
    try:
        if _is_for(installed(), folder):
            remove()
        (folder / FILE).unlink(missing_ok=True)
    except OSError as error:
        raise CouldNotFinish(f"{error.filename} could not be deleted: {error.strerror}.") from error


def installed() -> Installed:
    """What of ours the system starts now."""
    if sys.platform == "win32":
        there = _run(["schtasks", "/Query", "/TN", NAME]) == ""
        return Installed("task") if there else Installed()
    if sys.platform == "darwin":
        return Installed("launchd", (_agent(),)) if _agent().exists() else Installed()
    units = tuple(path for path in _units() if path.exists())
    entry = _autostart()
    if units:
        return Installed("systemd", (*units, *((entry,) if entry.exists() else ())))
    return Installed("autostart", (entry,)) if entry.exists() else Installed()


def _is_for(found: Installed, folder: Path) -> bool:
    if found.by == "task":  # the system keeps it to itself: what is known is what was wanted here
        return load(folder).every is not Every.OFF
    words = command(folder)
    words = words[words.index(_SUBCOMMAND) :]
    return any(timer_files.ends_in(path.read_bytes(), words) for path in found.files)


def _install_timer(words: Sequence[str], every: Every) -> Installed:
    service, timer = _units()
    _write(service, timer_files.systemd_service(words).encode())
    _write(timer, timer_files.systemd_timer(every).encode())
    for step in (["daemon-reload"], ["enable", "--now", timer.name]):
        why = _run(["systemctl", "--user", *step])
        if why:
            remove()
            raise CouldNotFinish(_NO_TIMER.format(why=why))
    return installed()


def _install_autostart(words: Sequence[str]) -> Installed:
    _write(_autostart(), timer_files.autostart_entry(words).encode())
    return installed()


def _install_agent(words: Sequence[str], every: Every) -> Installed:
    _write(_agent(), timer_files.launch_agent(words, every))
    why = _run(["launchctl", "load", "-w", str(_agent())])
    if why:
        _agent().unlink(missing_ok=True)
        raise CouldNotFinish(_NO_TIMER.format(why=why))
    return installed()


def _install_task(words: Sequence[str], every: Every) -> Installed:
    path = data_folder() / f"{NAME}.xml"
    _write(path, timer_files.task(words, every, datetime.now()))  # local time, as a task's is
    try:
        why = _run(["schtasks", "/Create", "/F", "/TN", NAME, "/XML", str(path)])
    finally:
        path.unlink(missing_ok=True)
    if why:
        raise CouldNotFinish(_NO_TIMER.format(why=why))
    return installed()


def _has_systemd() -> bool:
    return _run(["systemctl", "--user", "show-environment"]) == ""


def _units() -> tuple[Path, Path]:
    folder = _config() / "systemd" / "user"
    return folder / f"{NAME}.service", folder / f"{NAME}.timer"


def _autostart() -> Path:
    return _config() / "autostart" / f"{NAME}.desktop"


def _agent() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{timer_files.LABEL}.plist"


def _config() -> Path:
    named = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(named) if os.path.isabs(named) else Path.home() / ".config"


def _usual_folder() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 (only where it is needed)

    return user_data_path("secassist", appauthor=False)


def _write(path: Path, data: bytes) -> None:
    try:
        write_atomically(path, data)
    except OSError as error:
        raise CouldNotFinish(_NO_TIMER.format(why=error.strerror)) from error


def _run(words: Sequence[str]) -> str:
    """Run a program of the system; why it failed, or nothing."""
    try:
        done = subprocess.run(
            words, check=False, capture_output=True, timeout=_TIMEOUT, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError:
        return f"{words[0]} is not there"
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    return "" if done.returncode == 0 else f"{words[0]} ended with {done.returncode}"
