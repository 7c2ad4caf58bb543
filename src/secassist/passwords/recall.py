"""Accounts as they are remembered: all findings that need no password, and no question outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from secassist.facts.sites import sites
from secassist.passwords.analysis import sites as about_site
from secassist.passwords.analysis import strength
from secassist.passwords.analysis.sites import Codes
from secassist.passwords.breaches import found as breach
from secassist.passwords.findings import Audited, Finding, in_order
from secassist.passwords.memory import Memory, related
from secassist.passwords.tags import Tags


def accounts(kept: Sequence[Memory], codes: Codes) -> list[Audited]:
    """All remembered accounts, in their order. ``codes``: what our own store makes codes for."""
    present = [_as_it_is_now(one) for one in kept]
    return [
        Audited(
            one.title,
            one.site,
            one.username,
            in_order([*found, *_by_itself(one, codes)]),
            None if one.ticked_at else one.guesses_log10,
            one.grave,
            one.id,
            one.folder,
            ticked_at=one.ticked_at,
        )
        for one, found in zip(present, related(present), strict=True)
    ]


def _as_it_is_now(one: Memory) -> Memory:
    """Of a password that was changed without telling us the new one, nothing is known."""
    return replace(one, tags=Tags(), breached=0) if one.ticked_at else one


def _by_itself(one: Memory, codes: Codes) -> Iterator[Finding]:
    site = about_site.site_at(one.site, sites())
    found = [
        None if one.ticked_at else strength.weak(one.guesses_log10),
        about_site.without_second_step(
            site, has_code=one.has_code or about_site.has_code(site, one.username, codes)
        ),
        about_site.PLAIN_HTTP if one.plain_http else None,
        breach.again(one.breached, one.breach_checked_at),
    ]
    yield from (finding for finding in found if finding is not None)
