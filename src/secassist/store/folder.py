"""Where things stay on this computer."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "SECASSIST_DATA"


def data_folder(chosen: Path | None = None) -> Path:
    """The folder for settings and store: ``--data``, else SECASSIST_DATA, else the user's own."""
    if chosen is not None:
        return chosen
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 (only where it is needed)

    return user_data_path("secassist", appauthor=False)
