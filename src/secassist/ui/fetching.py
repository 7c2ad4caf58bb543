"""Modules that take long to import, fetched without holding the window up.

What other rooms define is imported beside the window's thread. What the window defines is not: a
new class of Qt's kind changes tables of PySide that the window's thread reads without asking
Python for its turn, and once in some hundred times that ended the program.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module


def is_here(module: str) -> bool:
    """Whether the module was fetched."""
    return module in sys.modules


async def fetch(needs: Iterable[str]) -> None:
    """Import modules of other rooms on a thread of their own. Awaited on the thread of the jobs."""
    import asyncio  # the thread of the jobs has it by then

    await asyncio.to_thread(_import_all, tuple(needs))


def _import_all(modules: tuple[str, ...]) -> None:
    for module in modules:
        import_module(module)
