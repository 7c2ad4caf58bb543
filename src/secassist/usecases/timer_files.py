"""The files by which each system starts the check of passwords by itself. Pure: texts only.

Linux: a systemd user timer, or where there is none an entry that starts with the session; macOS: a
LaunchAgent; Windows: a task of the Task Scheduler. Each starts the command at its time, or as soon
as the computer is on again.
"""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from subprocess import list2cmdline
from typing import Final
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import escape

NAME: Final = "secassist-passwords"
LABEL: Final = "org.secassist.passwords"
_WHAT: Final = "Secassist: check remembered passwords"
_HOUR: Final = 11
_QUARTERS: Final = (1, 4, 7, 10)  # months
_DESKTOP_SPECIAL: Final = '"`$\\'
_FIELD_CODE: Final = "%"


class Every(StrEnum):
    """How often."""

    OFF = "off"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


_CALENDAR: Final = {
    Every.WEEK: "Sun *-*-* 11:00:00",
    Every.MONTH: "*-*-01 11:00:00",
    Every.QUARTER: "*-01,04,07,10-01 11:00:00",
}


def systemd_service(command: Sequence[str]) -> str:
    """The unit that runs the command once (systemd.service(5))."""
    words = " ".join(map(_systemd_word, command))
    return (
        f"[Unit]\nDescription={_WHAT}\n\n"
        f"[Service]\nType=oneshot\nExecStart={words}\nSuccessExitStatus=1\nNice=10\n"
        "TimeoutStartSec=15min\nUMask=0077\n"
    )


def systemd_timer(every: Every) -> str:
    """The unit that says when; a time that was missed is made up for (systemd.timer(5))."""
    return (
        f"[Unit]\nDescription={_WHAT}, every {every}\n\n"
        f"[Timer]\nOnCalendar={_CALENDAR[every]}\nPersistent=true\nRandomizedDelaySec=1h\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def autostart_entry(command: Sequence[str]) -> str:
    """An entry of the session's autostart folder (freedesktop.org, Desktop Entry, The Exec key)."""
    words = " ".join(map(_desktop_word, command))
    return (
        f"[Desktop Entry]\nType=Application\nName={_WHAT}\nExec={words}\nNoDisplay=true\n"
        "Terminal=false\nX-GNOME-Autostart-Delay=120\n"
    )


def launch_agent(command: Sequence[str], every: Every) -> bytes:
    """A property list for launchd (launchd.plist(5))."""
    at = {"Hour": _HOUR, "Minute": 0}
    when = {
        Every.WEEK: [{**at, "Weekday": 0}],
        Every.MONTH: [{**at, "Day": 1}],
        Every.QUARTER: [{**at, "Month": month, "Day": 1} for month in _QUARTERS],
    }
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": list(command),
            "StartCalendarInterval": when[every],
            "ProcessType": "Background",
            "LowPriorityIO": True,
        }
    )


def task(command: Sequence[str], every: Every, now: datetime) -> bytes:
    """A task for ``schtasks /Create /XML``, in UTF-16 as it wants it; ``now``: local time."""
    months = ("January", "February", "March", "April", "May", "June", "July", "August",
              "September", "October", "November", "December")  # fmt: skip
    chosen = months if every is Every.MONTH else [months[number - 1] for number in _QUARTERS]
    by_week = (
        "<ScheduleByWeek><WeeksInterval>1</WeeksInterval>"
        "<DaysOfWeek><Sunday /></DaysOfWeek></ScheduleByWeek>"
    )
    by_month = (
        "<ScheduleByMonth><DaysOfMonth><Day>1</Day></DaysOfMonth>"
        f"<Months>{''.join(f'<{name} />' for name in chosen)}</Months></ScheduleByMonth>"
    )
    start = now.replace(hour=_HOUR, minute=0, second=0, microsecond=0, tzinfo=None).isoformat()
    text = (
        '<?xml version="1.0" encoding="UTF-16"?>\n'
        '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
        f"<RegistrationInfo><Description>{_WHAT}</Description></RegistrationInfo>"
        f"<Triggers><CalendarTrigger><StartBoundary>{start}</StartBoundary>"
        f"{by_week if every is Every.WEEK else by_month}</CalendarTrigger></Triggers>"
        "<Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>"
        "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>"
        "<StartWhenAvailable>true</StartWhenAvailable>"
        "<ExecutionTimeLimit>PT15M</ExecutionTimeLimit></Settings>"
        f"<Actions><Exec><Command>{escape(command[0])}</Command>"
        f"<Arguments>{escape(list2cmdline(command[1:]))}</Arguments></Exec></Actions></Task>"
    )
    return text.encode("utf-16")


def ends_in(content: bytes, words: Sequence[str]) -> bool:
    """Whether the command in one of these files (a task has none) ends in ``words``."""
    try:
        agent = plistlib.loads(content)
    except (ValueError, ExpatError):  # none: a unit or an entry
        lines = content.decode("utf-8", "replace").splitlines()
        ends = tuple(
            " " + " ".join(map(quoted, words)) for quoted in (_systemd_word, _desktop_word)
        )
        return any(line.endswith(ends) for line in lines)
    found = agent.get("ProgramArguments") if isinstance(agent, dict) else None
    return isinstance(found, list) and found[-len(words) :] == list(words)


def _systemd_word(word: str) -> str:
    """Quoted, with what systemd would replace written twice."""
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{text}"'


def _desktop_word(word: str) -> str:
    """Quoted; a backslash is written four times: once for the quotes, once for the file."""
    text = "".join(f"\\{char}" if char in _DESKTOP_SPECIAL else char for char in word)
    return '"' + text.replace("\\", "\\\\").replace(_FIELD_CODE, "%%") + '"'
