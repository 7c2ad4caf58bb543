"""Where the frozen app starts: as the worker process that reads mail, or as the command."""

from __future__ import annotations

import sys

from secassist.base.worker import serve_if_asked
from secassist.cli.main import main

if __name__ == "__main__":
    serve_if_asked()
    sys.exit(main())
