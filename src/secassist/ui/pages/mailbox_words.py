"""What is said of a flood and of the mails in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale

from secassist.ui.look import Look

if TYPE_CHECKING:
    from secassist.mailbox.flood import Flood
    from secassist.usecases.scan_mailbox import Judged

_STILL: Final = timedelta(hours=24)  # so long after its last mail a flood may go on
_MONEY: Final = frozenset({"transfer", "payee", "order", "payment", "possible-purchase"})
SHOWN_FIRST: Final = 9
"""Mails that are named as those that matter."""


def headline(look: Look, flood: Flood, count: int, now: datetime) -> str:
    """ "Your inbox is being flooded. Three mails matter." """
    goes_on = now - _moment(flood.end) < _STILL
    first = (
        look.tr("Your inbox is being flooded.") if goes_on else look.tr("Your inbox was flooded.")
    )
    if not count:
        return first
    number = _in_words(look, count)
    second = look.plural("{number} mail matters.", "{number} mails matter.", count, number=number)
    return f"{first} {second}"


def summary(look: Look, flood: Flood, messages: int, count: int) -> str:
    """The drawing in one sentence, for a screen reader."""
    parts = [
        look.tr("{count} messages", count=look.locale.toString(messages)),
        look.tr(
            "flood {start} to {end}",
            start=day_and_time(look, flood.start),
            end=day_and_time(look, flood.end),
        ),
    ]
    if count:
        number = _in_words(look, count).lower()
        parts.append(
            look.plural("{number} mail matters", "{number} mails matter", count, number=number)
        )
    return "; ".join(parts)


def flood_hours(look: Look, flood: Flood) -> str:
    """ "Flood: 20:00 to 04:00"; with days where it went on for longer than a day."""
    start, end = _moment(flood.start), _moment(flood.end)
    if end - start < timedelta(hours=24):
        return look.tr("Flood: {start} to {end}", start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    return look.tr(
        "Flood: {start} to {end}",
        start=day_and_time(look, flood.start),
        end=day_and_time(look, flood.end),
    )


def flood_day(look: Look, flood: Flood) -> str:
    """ "5/9/25, 4,943 messages" """
    day = _day(look, _moment(flood.start))
    return look.tr("{day}, {count} messages", day=day, count=look.locale.toString(flood.messages))


def day_and_time(look: Look, time: int) -> str:
    """ "Friday 20:00" """
    when = _moment(time)
    name = look.locale.dayName(when.isoweekday(), look.locale.FormatType.LongFormat)
    return f"{name} {when:%H:%M}"


def short_time(look: Look, time: int, now: datetime) -> str:
    """ "Fri 22:14" within a week, else with the date."""
    when = _moment(time)
    if timedelta(0) <= now - when < timedelta(days=6):
        name = look.locale.dayName(when.isoweekday(), look.locale.FormatType.ShortFormat)
        return f"{name} {when:%H:%M}"
    return f"{_day(look, when)}, {when:%H:%M}"


def chip(look: Look, judged: Judged) -> str:
    """What kind of mail it is, in a word."""
    if judged.mail.kind in _MONEY:
        return look.tr("Money")
    return look.tr("Phone") if judged.mail.kind == "sim" else look.tr("Account")


def sender_and_verdict(look: Look, judged: Judged, *, pending: bool) -> str:
    """ "Amazon, really sent by them"; what is not proved is never said to be."""
    report = judged.report
    sender = judged.mail.sender.rpartition("@")[2] or look.tr("No sender")
    if report is None:
        if pending:
            return look.tr("{sender}, being checked…", sender=sender)
        return look.tr("{sender}, not checked", sender=sender)
    verdict = report.verdict.value
    if verdict == "genuine":
        name = report.message.claimed_name or sender
        return look.tr("{sender}, really sent by them", sender=name)
    if verdict == "proven-domain":
        return look.tr("Really sent by {sender}", sender=sender)
    if verdict == "cannot-tell":
        return look.tr("{sender}, not proved", sender=sender)
    if verdict == "suspicious":
        return look.tr("{sender}, be careful", sender=sender)
    return report.headline


def number_of(look: Look, count: int) -> str:
    """A count with the separators of the language."""
    return look.locale.toString(count)


def _in_words(look: Look, count: int) -> str:
    words = (
        look.tr("One"),
        look.tr("Two"),
        look.tr("Three"),
        look.tr("Four"),
        look.tr("Five"),
        look.tr("Six"),
        look.tr("Seven"),
        look.tr("Eight"),
        look.tr("Nine"),
    )
    return words[count - 1] if 0 < count <= len(words) else look.locale.toString(count)


def _day(look: Look, when: datetime) -> str:
    day = QDate(when.year, when.month, when.day)
    return look.locale.toString(day, QLocale.FormatType.ShortFormat)


def _moment(time: int) -> datetime:
    return datetime.fromtimestamp(time).astimezone()
