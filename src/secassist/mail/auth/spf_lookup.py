"""What an SPF check knows of the client, and the questions it asks within RFC 7208's limits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from secassist.mail.auth.spf_macro import Values
from secassist.mail.auth.spf_record import Term
from secassist.network.dns.answer import Answer, Resolver
from secassist.network.dns.names import ascii_name

# RFC 7208, 4.6.4
MAX_TERMS: Final = 10  # mechanisms and modifiers that cause look-ups
MAX_VOIDS: Final = 2  # questions of terms that find nothing
MAX_EXCHANGES: Final = 10  # hosts of one mx
MAX_POINTERS: Final = 10  # names of the client's address

# Our own, to bound the time. Twice what RFC 5321, 4.5.3.1 allows a local part; far more addresses
# than any sender has.
MAX_VALUE: Final = 256  # characters of the local part and of HELO that macros can use
MAX_ADDRESSES: Final = 5_000  # addresses that are compared in one check


EXACT: Final = Term("", "pass", "a")  # the whole address, no prefix


class PermError(Exception):
    """The domain's records cannot be followed as they stand."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TempError(Exception):
    """A question failed; ``reason`` is the ``why`` of its answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAsked(Exception):
    """A question was not asked, by somebody's choice: no fault, and no answer.

    ``reason`` is ``withheld`` (for the sake of privacy) or ``offline``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Client:
    """Who connected, and whom it said it was."""

    address: IPv4Address | IPv6Address
    local: str
    domain: str
    """The sender's domain as it was given, or in ASCII where that could be had."""
    helo: str

    @classmethod
    def of(cls, ip: str, mail_from: str, helo: str) -> Client | None:
        """Read the three; None where ``ip`` is no address. IPv4 inside IPv6 is IPv4 (5)."""
        try:
            address = ip_address(ip.strip().partition("%")[0])
        except ValueError:
            return None
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        sender = mail_from.strip()
        if sender.startswith("<") and sender.endswith(">"):
            sender = sender[1:-1]
        local, _, domain = sender.rpartition("@") if sender else ("", "", helo.strip())
        local = local[:MAX_VALUE] or "postmaster"
        return cls(address, local, ascii_name(domain) or domain, helo[:MAX_VALUE])

    @property
    def rdtype(self) -> str:
        """The type of address record that can hold the client's address."""
        return "A" if self.address.version == 4 else "AAAA"

    def matches(self, term: Term) -> bool:
        """Whether ``all``, ``ip4`` or ``ip6`` holds the client."""
        if term.kind == "all":
            return True
        if term.kind != f"ip{self.address.version}":
            return False
        return self._within(term.network, term)

    def in_any(self, addresses: Iterable[str], term: Term) -> bool:
        """Whether one of ``addresses``, widened by the term's prefix, holds the client."""
        for text in addresses:
            try:
                address = ip_address(text)
            except ValueError:
                continue
            if address.version == self.address.version and self._within(int(address), term):
                return True
        return False

    def values(self, domain: str, names: Sequence[str]) -> Values:
        """The values of the macro letters (RFC 7208, 7.2) while ``domain`` is evaluated.

        ``names`` are the client's validated names, for ``%{p}``.
        """

        def value(letter: str) -> str:
            match letter:
                case "s":
                    return f"{self.local}@{self.domain}"
                case "l":
                    return self.local
                case "o":
                    return self.domain
                case "d":
                    return domain
                case "i":
                    return self._dotted()
                case "p":
                    return _best_name(domain, names)
                case "v":
                    return "in-addr" if self.address.version == 4 else "ip6"
                case "h":
                    return self.helo
                case "c":
                    return str(self.address)
                case "t":
                    return str(int(time.time()))
                case _:
                    return "unknown"  # r: the receiving host, whom we do not know

        return value

    @property
    def pointer(self) -> str:
        """The name under which the client's host names are found."""
        return self.address.reverse_pointer

    def _within(self, network: int, term: Term) -> bool:
        bits, prefix = (32, term.prefix4) if self.address.version == 4 else (128, term.prefix6)
        return (int(self.address) ^ network) >> (bits - prefix) == 0

    def _dotted(self) -> str:
        if self.address.version == 4:
            return str(self.address)
        return ".".join(self.address.exploded.replace(":", "").upper())


class Lookups:
    """Asks each question once, counts, and stops where RFC 7208 says to."""

    def __init__(self, resolver: Resolver, client: Client) -> None:
        self.terms = 0
        self.unanswered = ""
        """Why a question about the client's names failed; RFC 7208, 5.5 goes on without them."""
        self._resolver = resolver
        self._client = client
        self._voids = 0
        self._addresses = 0
        self._asked: dict[tuple[str, str], asyncio.Task[Answer]] = {}

    def start(self, name: str, rdtype: str) -> asyncio.Task[Answer]:
        """Ask, or find that it was asked; the task ends with the answer."""
        key = name.lower(), rdtype
        task = self._asked.get(key)
        if task is None:
            task = self._asked[key] = asyncio.create_task(self._resolver.query(name, rdtype))
        return task

    async def close(self) -> None:
        """Drop what was asked ahead and turned out not to be needed."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)

    def count_term(self) -> None:
        """Count a mechanism or modifier that looks something up. Raises PermError past ten."""
        if self.terms == MAX_TERMS:
            raise PermError(f"more than {MAX_TERMS} terms that cause look-ups")
        self.terms += 1

    async def ask(self, name: str, rdtype: str) -> Answer:
        """An answer that was found or is void, counted as such.

        Raises TempError, NotAsked, PermError.
        """
        answer = await self.start(name, rdtype)
        if answer.failed:
            raise _failure(answer)
        if answer.absent:
            self._count_void()
        return answer

    async def address_matches(self, name: str, term: Term) -> bool:
        """Whether ``name`` has the client's address (5.3). Raises what ``ask`` raises."""
        return self._holds(await self.ask(name, self._client.rdtype), term)

    async def exchange_matches(self, name: str, term: Term) -> bool:
        """Whether one of the mail exchangers of ``name`` has the client's address (5.4).

        All are asked at once. A match counts though the address of another could not be had.
        """
        exchanges = (await self.ask(name, "MX")).exchanges
        if len(exchanges) > MAX_EXCHANGES:
            raise PermError(f"more than {MAX_EXCHANGES} mail exchangers")
        hosts = _hosts(exchanges)
        answers = await asyncio.gather(*(self.start(host, self._client.rdtype) for host in hosts))
        for answer in answers:
            if answer.absent:
                self._count_void()
        if any(self._holds(answer, term) for answer in answers):
            return True
        for answer in answers:
            if answer.failed:
                raise _failure(answer)
        return False

    async def exchanges_ahead(self, name: str) -> None:
        """Ask for the mail exchangers of ``name`` and for their addresses, before their turn."""
        exchanges = (await self.start(name, "MX")).exchanges
        if len(exchanges) <= MAX_EXCHANGES:
            for host in _hosts(exchanges):
                self.start(host, self._client.rdtype)

    async def validated_names(self, *, counting: bool = True) -> tuple[str, ...]:
        """The client's host names that lead back to its address (5.5), the first ten at most.

        Faults and dead names leave a name out and are no error of the domain: whoever sends
        chooses these names, not the domain. No name at all is void like any other question of a
        term, when ``counting``. Raises NotAsked, PermError.
        """
        pointers = await self.start(self._client.pointer, "PTR")
        if pointers.absent and counting:
            self._count_void()
        names = [n for written in pointers.names[:MAX_POINTERS] if (n := ascii_name(written))]
        answers = await asyncio.gather(*(self.start(n, self._client.rdtype) for n in names))
        for answer in (pointers, *answers):
            if answer.not_asked:
                raise NotAsked(answer.why)
            self.unanswered = self.unanswered or (answer.why if answer.failed else "")
        found = zip(names, answers, strict=True)
        return tuple(name for name, answer in found if self._holds(answer, EXACT))

    def _holds(self, answer: Answer, term: Term) -> bool:
        self._addresses += len(answer.names)
        if self._addresses > MAX_ADDRESSES:
            raise PermError(f"more than {MAX_ADDRESSES} addresses")
        return self._client.in_any(answer.names, term)

    def _count_void(self) -> None:
        self._voids += 1
        if self._voids > MAX_VOIDS:
            raise PermError(f"more than {MAX_VOIDS} look-ups that find nothing")


def _failure(answer: Answer) -> Exception:
    return NotAsked(answer.why) if answer.not_asked else TempError(answer.why)


def within(name: str, domain: str) -> bool:
    """Whether ``name`` is ``domain`` or lies under it."""
    name, domain = name.lower(), domain.lower()
    return name == domain or name.endswith("." + domain)


def _hosts(exchanges: Iterable[tuple[int, str]]) -> list[str]:
    """Those that can be asked for, the preferred ones first; not the null MX (RFC 7505)."""
    return [host for _, written in sorted(exchanges) if (host := ascii_name(written))]


def _best_name(domain: str, names: Sequence[str]) -> str:
    """``%{p}``: the domain itself, else a name under it, else any, else ``unknown``."""
    for name in names:
        if name.lower() == domain.lower():
            return name
    for name in names:
        if within(name, domain):
            return name
    return names[0] if names else "unknown"
