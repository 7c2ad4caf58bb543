"""Fetch the newest list of sites that lost passwords; asked for once, and listed as sent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from secassist.base.errors import CouldNotFinish
from secassist.base.worker import Worker
from secassist.facts import breached_sites as facts
from secassist.facts.breached_sites import BreachedSites
from secassist.network import https
from secassist.network.ledger import Ledger
from secassist.store.atomic import write_atomically


async def refresh(
    folder: Path, *, ledger: Ledger | None = None, server: str = https.SITES_SERVER
) -> BreachedSites:
    """The newest list, kept in the folder of the store. Raises CouldNotFinish; the old one stays.

    The question names no site and no account.
    """
    data = await https.breached_sites(server=server, ledger=ledger)
    async with Worker() as worker:  # it comes from outside
        found = await worker.run(facts.from_service, data, datetime.now(UTC).date())
    try:
        write_atomically(folder / facts.FILE, facts.to_data(found))
    except OSError as error:
        raise CouldNotFinish(f"The list could not be saved ({error.strerror}).") from error
    return found
