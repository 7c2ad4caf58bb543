"""While keys are in memory: no core dumps.

Not ``PR_SET_DUMPABLE``: desktop portals look into ``/proc`` to see who asks them, and refuse a
process that hides there (flatpak/xdg-desktop-portal#785).
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_FILTER: Final = Path("/proc/self/coredump_filter")


def no_core_dumps() -> None:
    """Switch core dumps off for this process, as far as the system can do that."""
    if resource is not None:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # The limit does not bind programs to which the kernel pipes dumps: leave the memory out.
        with suppress(OSError):
            _FILTER.write_bytes(b"0")
