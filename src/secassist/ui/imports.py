"""Imports as Python does them, without what PySide6 puts between."""

from __future__ import annotations

import builtins
import linecache


def plain_imports() -> None:
    """Take PySide6's own ``__import__`` out again; to be called outside of any import.

    For the sake of ``from __feature__ import …``, which nobody here uses, it reads the source of
    every module that is imported after it and keeps the lines for good: 8 MB after one check, and
    a tenth of the time to open the window. It also swaps ``__import__`` to and fro while it works,
    which is no good with a second thread that imports. What stood there before, it keeps under
    ``__orig_import__`` (Qt for Python, "Considerations", "The __feature__ import").
    """
    before = getattr(builtins, "__orig_import__", None)
    if before is not None:
        builtins.__import__ = before
        linecache.clearcache()
