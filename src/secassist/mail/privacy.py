"""“Ask for known organisations only”: names of other domains are not asked, and count as failed."""

from __future__ import annotations

from secassist.facts.ownership import OwnershipKind, owner_of
from secassist.network.dns import Answer, Resolver

_KNOWN = frozenset({OwnershipKind.ORGANISATION, OwnershipKind.RELAY, OwnershipKind.MAILBOX})


class KnownOnlyResolver:
    """Passes on questions about names of known organisations; withholds all others.

    A sender can make a name that tells them that their mail was looked at. A known organisation
    gains nothing by that.
    """

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    async def query(self, name: str, rdtype: str) -> Answer:
        """The answer for a known organisation's name, else failed with ``withheld``."""
        owned = name.rpartition("_domainkey.")[2].removeprefix("_dmarc.")
        if owner_of(owned).kind not in _KNOWN:
            return Answer.fault("withheld")
        return await self._resolver.query(name, rdtype)
