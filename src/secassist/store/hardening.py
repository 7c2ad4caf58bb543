"""While keys are in memory: no core dumps, and on Linux no other process of the person looks in."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_PR_SET_DUMPABLE: Final = 4


def no_core_dumps() -> None:
    """Switch core dumps off for this process, as far as the system can do that."""
    if resource is not None:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
