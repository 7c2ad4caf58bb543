"""The work of one check, beside the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from importlib import import_module
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
_RESULT_PAGES: Final = (
    "secassist.ui.pages.verdict",
    "secassist.ui.pages.verdict_strips",
    "secassist.ui.pages.provider",
    "secassist.ui.answers",
    "secassist.ui.next_steps",
)


def import_result_pages() -> None:
    """Import them in the window's thread, in a turn in which nothing is built."""
    for name in _RESULT_PAGES:
        import_module(name)


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
