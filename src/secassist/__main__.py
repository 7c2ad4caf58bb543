"""``python -m secassist`` is the command ``secassist``."""

from __future__ import annotations

import sys

from secassist.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
