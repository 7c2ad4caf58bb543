"""Where the frozen app starts: the command, after what its worker processes need."""

from __future__ import annotations

import multiprocessing
import sys

from secassist.cli.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
