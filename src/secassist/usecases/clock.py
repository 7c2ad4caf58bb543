"""Is this computer's clock right? Asked elsewhere only after the person said yes.

Where it is not, codes are made by the right time (``correction``) until the clock is set.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, replace
from typing import Final

from secassist.base.language import Translate, english, mark
from secassist.network import time as network_time
from secassist.network.ledger import Ledger
from secassist.twofactor import clock
from secassist.twofactor.clock import Offset
from secassist.usecases.system_clock import system_service

_WEB_REQUESTS: Final = 3
"""For each web server: more of them narrow the second of its Date down."""
_SET_IT: Final = mark("Set the clock of this computer by the internet, in its system settings.")
_CHANGED: Final = mark("It was put right here before. The clock was set since, as it seems.")
_NOBODY: Final = mark("No time server answered, so we do not know whether the clock is right.")


@dataclass(frozen=True, slots=True)
class Compared:
    """``offset`` None: nobody answered, so nothing is known. ``way_out``: how to mend the clock."""

    offset: Offset | None
    sentence: str
    way_out: str


def correction(kept: int) -> int:
    """Seconds to add for codes: the ``kept`` ones of the settings, until the system says that it
    set its clock itself. From then on they would make good codes wrong.
    """
    return kept if kept and system_service() != "on" else 0


async def compare(ledger: Ledger, translate: Translate = english) -> Compared:
    """Ask three time servers, and where none answers (often blocked) three web servers.

    Up to 6 s; each question stands in the ledger.
    """
    found = await asyncio.gather(
        *(network_time.ask_ntp(host, ledger) for host in network_time.NTP_HOSTS)
    )
    offsets = [
        clock.from_ntp(times.sent, times.received, times.answered, times.arrived)
        for times in found
        if times is not None
    ]
    if not offsets:
        asked = await asyncio.gather(*(_ask_web(host, ledger) for host in network_time.WEB_HOSTS))
        offsets = [offset for offset in asked if offset is not None]
    return in_words(clock.agreed(offsets), translate)


def in_words(
    offset: Offset | None, translate: Translate = english, *, corrected_by: int = 0
) -> Compared:
    """What a comparison found, for the screen. ``offset`` is that of this computer's clock.

    ``corrected_by``: seconds that are added to it for the codes already; ``Compared.offset`` is
    what is still to be added.
    """
    if offset is None:
        return Compared(None, translate(_NOBODY), "")
    left = replace(offset, seconds=offset.seconds - corrected_by)
    said = clock.in_words(left, translate, of_codes=bool(corrected_by))
    if not left.matters:
        return Compared(left, said, "")
    if corrected_by:
        return Compared(left, said, translate(_CHANGED))
    return Compared(left, said, translate(clock.SET_THE_CLOCK.get(sys.platform, _SET_IT)))


async def _ask_web(host: str, ledger: Ledger) -> Offset | None:
    exchanges = []
    for _ in range(_WEB_REQUESTS):
        times = await network_time.ask_web(host, ledger)
        if times is None:
            break
        exchanges.append((times.sent, times.arrived, times.date))
    return clock.from_dates(exchanges)
