"""Asks the portal on this session bus for a picture. Arguments: as of ``portal_service``, or none.

Prints one line: how many bytes came, or the sentence; and whether the file is still there.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from secassist.base.errors import SecassistError
from secassist.usecases import screen_portal


def main() -> None:
    service = None
    if len(sys.argv) > 1:
        script = str(Path(__file__).with_name("portal_service.py"))
        service = subprocess.Popen([sys.executable, script, *sys.argv[1:]], stdout=subprocess.PIPE)
        assert service.stdout is not None
        service.stdout.readline()
    try:
        print(len(screen_portal.picture(patience=1.0)))
    except SecassistError as error:
        print(type(error).__name__, error.sentence)
    finally:
        if service is not None:
            service.kill()
            service.wait()


if __name__ == "__main__":
    main()
