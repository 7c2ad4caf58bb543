"""From one or more replies to one of the three answers: the part of a stub resolver."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from secassist.base.limits import MAX_CNAMES
from secassist.network.dns.answer import Answer, Rdata
from secassist.network.dns.names import ascii_name
from secassist.network.dns.server import Server
from secassist.network.dns.transport import ServerFault
from secassist.network.dns.wire import FORMERR, NOERROR, NXDOMAIN, REFUSED, SERVFAIL, Record, Reply

FIRST_PATIENCE: Final = 0.2  # share of the time left that the first server gets, if there are more

_WHY: Final = {FORMERR: "malformed", SERVFAIL: "servfail", REFUSED: "refused"}


class Exchange(Protocol):
    """Asks one server once; raises ServerFault."""

    async def __call__(
        self, server: Server, name: str, rdtype: str, *, edns: bool, patience: float, resend: float
    ) -> Reply: ...


async def resolve(
    name: str, rdtype: str, servers: Sequence[Server], exchange: Exchange, until: float
) -> Answer:
    """Ask ``servers`` until one answers or the loop's clock reads ``until``. Never raises.

    *Absent* is said only where a whole reply says that there is no such name, or no such record at
    the very name that was asked: where a reply breaks off in a chain of CNAMEs, the end of the
    chain is asked for itself.
    """
    owner, ttl = name, 1 << 31
    seen = {name.lower()}
    while True:
        asked = owner
        try:
            reply = await _ask(asked, rdtype, servers, exchange, until)
        except ServerFault as fault:
            return Answer.fault(fault.why)
        while True:
            found = _of(reply.records, owner, rdtype)
            if found:
                if reply.rcode != NOERROR:
                    return Answer.fault("malformed")
                ttl = min(ttl, *(record.ttl for record in found))
                return Answer.of(*_distinct(found), ttl=ttl)
            aliases = _of(reply.records, owner, "CNAME")
            if not aliases:
                break
            target = ascii_name(str(aliases[0].data))
            if target is None:
                return Answer.fault("malformed")
            if target.lower() in seen or len(seen) > MAX_CNAMES:
                return Answer.fault("cname-loop")
            seen.add(target.lower())
            owner, ttl = target, min(ttl, aliases[0].ttl)
        negative_ttl = min(ttl, reply.negative_ttl)
        if reply.rcode == NXDOMAIN:  # of the last name of the chain (RFC 6604, 3)
            return Answer.none("nxdomain", negative_ttl)
        if owner == asked:
            return Answer.none("nodata", negative_ttl)


async def _ask(
    name: str, rdtype: str, servers: Sequence[Server], exchange: Exchange, until: float
) -> Reply:
    """The first reply that answers. A server that failed is not asked again, a silent one is."""
    clock = asyncio.get_running_loop().time
    patience = max(0.0, until - clock()) * FIRST_PATIENCE
    left = list(servers)
    why = "unreachable"
    while left:
        for server in tuple(left):
            remaining = until - clock()
            if remaining <= 0:
                raise ServerFault("timeout")
            # The only one left gets all the time; the question is still sent again.
            wait = remaining if len(left) == 1 else min(patience, remaining)
            try:
                return await _ask_one(
                    server, name, rdtype, exchange, patience=wait, resend=patience
                )
            except ServerFault as fault:
                why = fault.why
            if why != "timeout":
                left.remove(server)
        patience *= 2
    raise ServerFault(why)


async def _ask_one(
    server: Server,
    name: str,
    rdtype: str,
    exchange: Exchange,
    *,
    patience: float,
    resend: float,
) -> Reply:
    reply = await exchange(server, name, rdtype, edns=True, patience=patience, resend=resend)
    if reply.rcode == FORMERR:  # perhaps it does not know EDNS (RFC 6891, 7)
        reply = await exchange(server, name, rdtype, edns=False, patience=patience, resend=resend)
    if reply.referral:
        raise ServerFault("refused")
    if reply.rcode not in {NOERROR, NXDOMAIN}:
        raise ServerFault(_WHY.get(reply.rcode, "servfail"))
    return reply


def _of(records: Sequence[Record], owner: str, rdtype: str) -> list[Record]:
    return [r for r in records if r.rdtype == rdtype and r.owner.lower() == owner.lower()]


def _distinct(records: Sequence[Record]) -> tuple[Rdata, ...]:
    return tuple(dict.fromkeys(record.data for record in records))
