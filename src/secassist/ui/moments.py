"""Points in time as people say them, in the person's own time zone."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QDate, QDateTime, QLocale

from secassist.ui.look import Look

_WEEKDAY: Final = re.compile(r"^dddd[,،]?\s*|[,،]?\s*dddd")


def moment(look: Look, when: datetime, now: datetime) -> str:
    """ "Today, 09:33", "Yesterday, 17:20", or the date; naive times count as local."""
    local = when.astimezone()
    today = now.astimezone().date()
    locale = look.locale
    stamp = QDateTime.fromMSecsSinceEpoch(round(local.timestamp() * 1000))
    clock = locale.toString(stamp.time(), "HH:mm")
    days = (today - local.date()).days
    if days == 0:
        return look.tr("Today, {time}", time=clock)
    if days == 1:
        return look.tr("Yesterday, {time}", time=clock)
    return f"{locale.toString(stamp.date(), QLocale.FormatType.ShortFormat)}, {clock}"


def day_of(look: Look, written: str) -> str:
    """An ISO 8601 date in the person's way of writing dates; as it stands where it is none."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    form = look.locale.dateFormat(QLocale.FormatType.LongFormat)
    form = _WEEKDAY.sub("", form)  # of no use years later
    return look.locale.toString(QDate(day.year, day.month, day.day), form)


def moment_of(look: Look, written: str, now: datetime) -> str:
    """The same for an ISO 8601 time; empty where ``written`` is none."""
    try:
        return moment(look, datetime.fromisoformat(written), now) if written else ""
    except (ValueError, OverflowError, OSError):
        return ""
