"""The work of one check, beside the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from secassist.ui.fetching import fetch
from secassist.ui.ports import Progress, UseCases

if TYPE_CHECKING:
    from secassist.mail.report import Report

Source = str | bytes | Path
"""What is checked: pasted text, a mail as it was kept, or a file of one mail or many."""

Work = Callable[[Callable[[Progress], None]], Coroutine[Any, Any, Sequence["Report"]]]

_NEEDS: Final = (
    "secassist.mail.findings",
    "secassist.mail.report",
    "secassist.mail.verdict",
    "secassist.usecases.advice",
)
"""What the pages of a result import of other rooms."""


def work_on(usecases: UseCases, source: Source) -> Work:
    """Judge ``source``; what the pages of the result need is fetched meanwhile."""

    async def work(tell: Callable[[Progress], None]) -> Sequence[Report]:
        import asyncio  # on the thread of the jobs, which has it by then

        if isinstance(source, Path):
            checked = usecases.check_file(source, tell)
        else:
            checked = usecases.check_text(source, tell)
        reports, _ = await asyncio.gather(checked, fetch(_NEEDS))
        return reports

    return work
