"""When the check runs by itself, and the files by which each system starts it."""

from __future__ import annotations

import configparser
import plistlib
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from secassist.base.errors import UnusableCall
from secassist.usecases import schedule, timer_files
from secassist.usecases.schedule import Every, Schedule

DAY = 24 * 60 * 60
NOW = 1_780_000_000
ODD = ("/opt/my apps/secassist", "audit", "--notify", "--data", '/home/an"na/50 % $HOME\\x')


def test_one_check_for_a_period(tmp_path: Path) -> None:
    assert not schedule.due(tmp_path, NOW)
    schedule.change(tmp_path, "week", NOW)
    assert not schedule.due(tmp_path, NOW + 6 * DAY)
    assert schedule.due(tmp_path, NOW + 7 * DAY)
    schedule.ran(tmp_path, NOW + 7 * DAY)
    assert not schedule.due(tmp_path, NOW + 8 * DAY)
    assert schedule.due(tmp_path, NOW + 100 * DAY)  # the computer was off: once, not 13 times
    schedule.ran(tmp_path, NOW + 100 * DAY)
    assert not schedule.due(tmp_path, NOW + 100 * DAY)
    schedule.change(tmp_path, "off", NOW)
    assert not schedule.due(tmp_path, NOW + 1_000 * DAY)


@pytest.mark.parametrize(("every", "months"), [("month", 1), ("quarter", 3)])
def test_each_first_of_a_month_counts_also_in_february(
    tmp_path: Path, every: str, months: int
) -> None:
    firsts = [datetime(2025 + n // 12, n % 12 + 1, 1, 12, tzinfo=UTC) for n in range(0, 48, months)]
    schedule.change(tmp_path, every, firsts[0].timestamp())
    for first in firsts[1:]:
        assert schedule.due(tmp_path, first.timestamp())
        schedule.ran(tmp_path, first.timestamp() + 300)


def test_a_clock_that_jumps_neither_repeats_nor_stops_the_checks(tmp_path: Path) -> None:
    schedule.change(tmp_path, "month", NOW)
    ahead = NOW + 3_650 * DAY
    assert schedule.due(tmp_path, ahead)
    schedule.ran(tmp_path, ahead)
    for _ in range(3):  # put right again
        assert not schedule.due(tmp_path, NOW + DAY)
    assert not schedule.due(tmp_path, NOW + 2 * DAY)
    assert schedule.due(tmp_path, NOW + 31 * DAY)
    schedule.ran(tmp_path, NOW + 31 * DAY)
    assert not schedule.due(tmp_path, NOW + 29 * DAY)  # back by two days
    assert not schedule.due(tmp_path, NOW + 31 * DAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"every": "often", "last": 1}',
        '{"every": "week"}',
        '{"every": "week", "last": 99999999999999}',
        '{"every": "week", "last": Infinity}',
    ],
)
def test_a_broken_file_means_off(tmp_path: Path, text: str) -> None:
    (tmp_path / schedule.FILE).write_text(text)
    assert schedule.load(tmp_path) == Schedule()
    schedule.change(tmp_path, "quarter", NOW)
    assert schedule.load(tmp_path) == Schedule(Every.QUARTER, NOW)
    with pytest.raises(UnusableCall):
        schedule.change(tmp_path, "daily", NOW)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session of Linux with a config folder of its own."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config"


def test_without_systemd_it_starts_with_the_session(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(schedule, "_has_systemd", lambda: False)
    assert schedule.installed().by == ""
    done = schedule.install(Every.WEEK, tmp_path / "my data")
    assert (done.by, done.files) == ("autostart", (home / "autostart/secassist-passwords.desktop",))
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment]
    entry.read(done.files)
    assert entry["Desktop Entry"]["Type"] == "Application"
    assert entry["Desktop Entry"]["Exec"].endswith(
        f'"audit" "--notify" "--if-due" "--data" "{tmp_path / "my data"}"'
    )
    assert schedule.installed() == done
    assert schedule.remove() == done
    assert schedule.installed().by == ""
    assert not list(home.rglob("*secassist*"))
    schedule.remove()  # twice is no fault


def test_a_systemd_timer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(schedule, "_run", lambda words: calls.append(list(words)) or "")
    done = schedule.install(Every.MONTH)
    assert (done.by, [path.name for path in done.files]) == (
        "systemd",
        ["secassist-passwords.service", "secassist-passwords.timer"],
    )
    assert calls[-2:] == [
        ["systemctl", "--user", "daemon-reload"],
        ["systemctl", "--user", "enable", "--now", "secassist-passwords.timer"],
    ]
    if shutil.which("systemd-analyze"):
        checked = subprocess.run(
            ["systemd-analyze", "verify", "--user", *map(str, done.files)],
            capture_output=True, text=True, check=False,
            env={"SYSTEMD_LOG_LEVEL": "warning", "XDG_RUNTIME_DIR": str(home), "HOME": str(home),
                 "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        assert "secassist" not in checked.stderr, checked.stderr
    schedule.remove()
    assert ["systemctl", "--user", "disable", "--now", "secassist-passwords.timer"] in calls
    assert schedule.installed().by == ""


@pytest.mark.parametrize("by", ["systemd", "autostart"])
def test_with_a_store_goes_what_the_system_starts_for_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, by: str
) -> None:
    mine, other = tmp_path / "an\"na's 50 % $HOME\\x", tmp_path / "other"
    for folder in (mine, other):
        folder.mkdir()
        schedule.change(folder, "week", NOW)
    monkeypatch.setattr(schedule, "_run", lambda words: "" if by == "systemd" else "not there")
    done = schedule.install(Every.WEEK, mine)
    assert done.by == by
    schedule.forget(other)
    assert schedule.installed() == done  # it is started for the store that stays
    assert not (other / schedule.FILE).exists()
    schedule.forget(mine)
    assert schedule.installed().by == ""
    assert not list(home.rglob("*secassist*"))
    assert not list(mine.iterdir())
    schedule.forget(mine)  # twice is no fault


def test_with_a_store_goes_its_task_of_windows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(schedule, "_run", lambda words: calls.append(list(words)) or "")
    schedule.forget(tmp_path)  # nothing was wanted here
    assert [words[1] for words in calls] == ["/Query"]
    schedule.change(tmp_path, "week", NOW)
    schedule.forget(tmp_path)
    assert ["schtasks", "/Delete", "/F", "/TN", "secassist-passwords"] in calls
    assert not (tmp_path / schedule.FILE).exists()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
@pytest.mark.parametrize("every", [Every.WEEK, Every.MONTH, Every.QUARTER])
def test_systemd_understands_the_times(every: Every) -> None:
    (when,) = [
        line.partition("=")[2]
        for line in timer_files.systemd_timer(every).splitlines()
        if line.startswith("OnCalendar=")
    ]
    found = subprocess.run(
        ["systemd-analyze", "calendar", when, "--iterations=3"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.count(" 11:00:00") >= 3


def test_odd_words_stay_what_they_are() -> None:
    service = timer_files.systemd_service(ODD)
    assert '"/home/an\\"na/50 %% $$HOME\\\\x"' in service
    entry = timer_files.autostart_entry(ODD)
    assert '"/home/an\\\\"na/50 %% \\\\$HOME\\\\\\\\x"' in entry
    assert plistlib.loads(timer_files.launch_agent(ODD, Every.WEEK))["ProgramArguments"] == [*ODD]
    agent = timer_files.launch_agent(ODD, Every.WEEK)
    for content in (service.encode(), entry.encode(), agent):
        assert timer_files.ends_in(content, ODD[1:])
        assert not timer_files.ends_in(content, ODD[1:-2])
        assert not timer_files.ends_in(content, (*ODD[1:-1], "/home"))
    assert not timer_files.ends_in(b"\xff<plist>", ODD)


@pytest.mark.parametrize(
    ("every", "times"), [(Every.WEEK, 1), (Every.MONTH, 1), (Every.QUARTER, 4)]
)
def test_a_launch_agent(every: Every, times: int) -> None:
    found = plistlib.loads(timer_files.launch_agent(ODD, every))
    assert found["Label"] == "org.secassist.passwords"
    assert len(found["StartCalendarInterval"]) == times
    assert all(one["Hour"] == 11 for one in found["StartCalendarInterval"])


@pytest.mark.parametrize(("every", "months"), [(Every.MONTH, 12), (Every.QUARTER, 4)])
def test_a_task_for_windows(every: Every, months: int) -> None:
    made = timer_files.task(ODD, every, datetime(2026, 11, 26, 3, 4, 5))
    root = ElementTree.fromstring(made.decode("utf-16"))
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert root.findtext(".//t:Command", None, space) == ODD[0]
    assert root.findtext(".//t:Arguments", None, space) == (
        'audit --notify --data "/home/an\\"na/50 % $HOME\\x"'
    )
    assert root.findtext(".//t:StartBoundary", None, space) == "2026-11-26T11:00:00"
    assert len(root.findall(".//t:Months/*", space)) == months
    weekly = timer_files.task(ODD, Every.WEEK, datetime(2026, 11, 26)).decode("utf-16")
    assert "<Sunday />" in weekly


def test_what_the_system_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert schedule.command(tmp_path)[-2:] == ("--data", str(tmp_path))
    assert schedule.command(tmp_path)[1:3] == ("-m", "secassist")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert schedule.command(tmp_path)[:2] == (sys.executable, "audit")
