"""Rest for Python's search for cycles while very many things are made that have none.

The search looks at everything there is again and again while things are made; with a million of
them it takes as long as the work itself. What is not used any more is freed all the same.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """No search inside the block. May be nested, and used on several threads."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
