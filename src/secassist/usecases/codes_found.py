"""Secrets for two-step sign-in that stand in a list of passwords, handed over when wanted.

They leave the process that reads the list only when the person wants them. What becomes of them is
for ``usecases.twofactor``: plan the import, show it, run it.
"""

from __future__ import annotations

import csv
import io

from secassist.base.worker import Worker
from secassist.passwords import audit as reading
from secassist.passwords.audit import Wanted
from secassist.twofactor.importers import Outcome
from secassist.usecases import twofactor
from secassist.usecases.audit import MEMORY, TIMEOUT

_COLUMNS = ("title", "username", "totp")


async def codes_of(wanted: Wanted) -> Outcome:
    """The secrets, read as an import of two-step sign-in. Raises UnusableInput."""
    async with Worker(timeout=TIMEOUT, memory=MEMORY) as worker:
        found = await worker.run(reading.codes, wanted)
    table = io.StringIO()
    csv.writer(table).writerows((_COLUMNS, *found))
    return await twofactor.read_files([table.getvalue().encode("utf-8", "replace")])
