"""How far this computer's clock is off: arithmetic alone, nothing is asked here.

``Offset.seconds`` is what has to be added to this clock: positive where it is behind.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from secassist.base.language import Translate, english, mark
from secassist.twofactor import codes
from secassist.twofactor.account import Account, Kind

MATTERS: Final = 5.0
"""Seconds from which on codes begin to fail: sites allow for a step, but people need time, too."""
MAX_OFFSET: Final = 24 * 3600 * 366
"""Seconds. A clock that is further off is not corrected here but set anew."""
_REACH: Final = 20  # steps that are searched on either side


@dataclass(frozen=True, slots=True)
class Offset:
    """``seconds`` to add to this clock, right to within ``error`` seconds; ``source`` says how."""

    seconds: float
    error: float
    source: str
    """``ntp``, ``https`` or ``device``."""

    @property
    def matters(self) -> bool:
        """Is the clock off for sure, and by enough to make codes fail?"""
        return abs(self.seconds) - self.error > 0 and abs(self.seconds) >= MATTERS

    @property
    def is_behind(self) -> bool:
        return self.seconds > 0

    @property
    def whole_seconds(self) -> int:
        """What to add to integer Unix time."""
        return round(self.seconds)


NONE: Final = Offset(0.0, 0.0, "")

SET_THE_CLOCK: Final = {
    "linux": mark("Open the system settings, “Date & Time”, and switch “Automatic” on."),
    "win32": mark(
        "Open Settings, “Time & language”, “Date & time”, and choose “Sync now”. "
        "Leave “Set time automatically” on."
    ),
    "darwin": mark(
        "Open System Settings, “General”, “Date & Time”, and switch “Set automatically” on."
    ),
}
"""How to mend the clock, by ``sys.platform``."""
_OF_COMPUTER: Final = (
    mark("This computer's clock is right."),
    mark("This computer's clock is {amount} behind, so sites refuse its codes."),
    mark("This computer's clock is {amount} ahead, so sites refuse its codes."),
)
_OF_CODES: Final = (
    mark("Your codes go by the right time."),
    mark("The clock of your codes is {amount} behind, so sites refuse them."),
    mark("The clock of your codes is {amount} ahead, so sites refuse them."),
)
_AMOUNTS: Final = (
    (120, 1, mark("{count} seconds")),
    (7_200, 60, mark("{count} minutes")),
    (48 * 3_600, 3_600, mark("{count} hours")),
    (math.inf, 86_400, mark("{count} days")),
)
"""Below so many seconds, in units of so many seconds, in these words."""


def from_ntp(sent: float, received: float, answered: float, arrived: float) -> Offset:
    """From the four times of one exchange (RFC 5905, section 8): ours, theirs, theirs, ours."""
    delay = max(0.0, (arrived - sent) - (answered - received))
    return Offset(((received - sent) + (answered - arrived)) / 2, delay / 2, "ntp")


def from_dates(exchanges: Sequence[tuple[float, float, int]]) -> Offset | None:
    """From the Date fields of answers: (sent, arrived, that date in whole Unix seconds) each.

    A date is cut to the second, so each answer leaves a span; several narrow it down. None where
    there is no answer, or where they contradict each other (a cache in between, a wrong server).
    """
    if not exchanges:
        return None
    lowest = max(date - arrived for _, arrived, date in exchanges)
    highest = min(date + 1 - sent for sent, _, date in exchanges)
    if lowest > highest:
        return None
    return Offset((lowest + highest) / 2, (highest - lowest) / 2, "https")


def from_other_device(account: Account, typed: str, unix_time: int) -> Offset | None:
    """From the code that another device with the right time shows for the same account just now.

    Right to within a step. None where the code is none of the nearest, or counted by a counter.
    """
    if account.kind is Kind.HOTP:
        return None
    step = codes.find_step(account, typed, unix_time, reach=_REACH)
    if step is None:
        return None
    return Offset(float(step * account.period), float(account.period), "device")


def agreed(offsets: Sequence[Offset]) -> Offset | None:
    """What several sources say together: the middle one; None where there is none."""
    likely = sorted(filter(_is_likely, offsets), key=lambda offset: offset.seconds)
    return likely[len(likely) // 2] if likely else None


def _is_likely(offset: Offset) -> bool:
    return math.isfinite(offset.seconds) and abs(offset.seconds) <= MAX_OFFSET


def in_words(offset: Offset, translate: Translate = english, *, of_codes: bool = False) -> str:
    """One sentence for people: by how much the clock is off, and whether that matters.

    ``of_codes``: it is the codes' clock, which was put right here before.
    """
    right, behind, ahead = _OF_CODES if of_codes else _OF_COMPUTER
    if not offset.matters:
        return translate(right)
    seconds = abs(offset.seconds)
    _, unit, words = next(row for row in _AMOUNTS if seconds < row[0])
    amount = translate(words).format(count=round(seconds / unit))
    return translate(behind if offset.is_behind else ahead).format(amount=amount)
