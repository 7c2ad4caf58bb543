"""The work of one check, beside the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from secassist.ui.ports import Progress, UseCases

if TYPE_CHECKING:
    from secassist.mail.report import Report

Source = str | bytes | Path
"""What is checked: pasted text, a mail as it was kept, or a file of one mail or many."""

Work = Callable[[Callable[[Progress], None]], Coroutine[Any, Any, Sequence["Report"]]]

_RESULT_PAGES: Final = (
    "secassist.ui.pages.verdict",
    "secassist.ui.pages.verdict_strips",
    "secassist.ui.pages.provider",
    "secassist.ui.answers",
    "secassist.ui.next_steps",
)


def work_on(usecases: UseCases, source: Source) -> Work:
    """Judge ``source``; the pages of the result are fetched meanwhile, off the window's thread."""

    async def work(tell: Callable[[Progress], None]) -> Sequence[Report]:
        import asyncio  # on the thread of the jobs, which has it by then

        if isinstance(source, Path):
            checked = usecases.check_file(source, tell)
        else:
            checked = usecases.check_text(source, tell)
        reports, _ = await asyncio.gather(checked, _fetch_result_pages())
        return reports

    return work


async def _fetch_result_pages() -> None:
    import asyncio

    for name in _RESULT_PAGES:
        import_module(name)
        await asyncio.sleep(0)  # the check goes on in between
