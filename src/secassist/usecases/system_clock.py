"""Does the system keep its clock right by itself? Asks the system alone, nobody outside."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import Final, Literal

_DEADLINE: Final = 2.0

Service = Literal["on", "off", "unknown"]


def system_service() -> Service:
    """What the system says of its own time service; waits 2 s at most."""
    if sys.platform != "linux" or (program := shutil.which("timedatectl")) is None:
        return "unknown"
    try:
        answer = subprocess.run(
            [program, "show", "--property=NTPSynchronized", "--value"],
            capture_output=True,
            timeout=_DEADLINE,
            check=False,
            text=True,
        ).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    said: dict[str, Service] = {"yes": "on", "no": "off"}
    return said.get(answer, "unknown")
