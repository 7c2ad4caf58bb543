"""Where the frozen app starts: as a process of its own for mail or keyring, or as the command."""

from __future__ import annotations

import sys

from secassist.base import worker_process
from secassist.cli.main import main
from secassist.store import keyring_process

if __name__ == "__main__":
    worker_process.serve_if_asked()
    keyring_process.serve_if_asked()
    sys.exit(main())
