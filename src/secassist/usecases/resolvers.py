"""Which resolver a call gets: the system's, the person's, or none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from secassist.network.dns import Resolver
from secassist.network.dns.live import LiveResolver, OfflineResolver
from secassist.network.dns.server import parse_server


def make_resolver(server: str | None, *, offline: bool = False) -> LiveResolver | OfflineResolver:
    """The resolver for ``server`` (``HOST[:PORT]``, ``https://…``; empty: the system's)."""
    if offline:
        return OfflineResolver()
    return LiveResolver([parse_server(server)] if server else None)


@asynccontextmanager
async def open_resolver(server: str | None, *, offline: bool = False) -> AsyncIterator[Resolver]:
    """A resolver for one command."""
    resolver = make_resolver(server, offline=offline)
    try:
        yield resolver.for_check() if isinstance(resolver, LiveResolver) else resolver
    finally:
        await close_resolver(resolver)


async def close_resolver(resolver: LiveResolver | OfflineResolver) -> None:
    """Close what an ``https://`` server holds open."""
    if isinstance(resolver, LiveResolver):
        await resolver.aclose()
