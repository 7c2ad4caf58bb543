"""Password hygiene, as a person meets it: audit exported lists."""

from __future__ import annotations

from typing import Final

from secassist.base.errors import OverLimit
from secassist.base.worker import Worker
from secassist.passwords.audit import Wanted, audit
from secassist.passwords.findings import Report

TIMEOUT: Final = 600.0
"""Seconds by the clock: 200,000 accounts are read to the end."""
MEMORY: Final = 4 * 1024 * 1024 * 1024
"""Bytes of address space, most of which is never touched."""
_TOO_MUCH: Final = (
    "This file could not be read: it asks for more time or memory than any real list of passwords."
)


async def audit_files(wanted: Wanted) -> Report:
    """Judge exported lists, in a process that ends with its passwords. Raises UnusableInput."""
    async with Worker(timeout=TIMEOUT, memory=MEMORY, cpu_seconds=int(TIMEOUT)) as worker:
        try:
            return await worker.run(audit, wanted)
        except OverLimit as error:
            if error.__cause__ is None:  # a limit of the reader, with its own sentence
                raise
            raise OverLimit(_TOO_MUCH) from None
