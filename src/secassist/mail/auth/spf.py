"""SPF: may this address send mail for that domain? (RFC 7208)

``check_host`` asks the resolver it is given and nothing else, never raises for what a record says,
and keeps the limits of RFC 7208, 4.6.4 besides a bound of its own on size. The questions of a
record go out together, as soon as it is read; their answers are used in the order of the terms,
so the result is that of asking one after the other.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

from secassist.mail.auth.spf_lookup import (
    MAX_TERMS,
    Client,
    Lookups,
    NotAsked,
    PermError,
    TempError,
    within,
)
from secassist.mail.auth.spf_macro import (
    MacroError,
    MacroString,
    expand_domain,
    expand_explanation,
    letters,
    parse_explanation,
    reveals_sender,
)
from secassist.mail.auth.spf_record import LOOKS_UP, Record, RecordError, Term, parse, select
from secassist.network.dns.answer import Resolver
from secassist.network.dns.names import ascii_name

MAX_RECORDS: Final = 64 * 1024  # octets of SPF records that are read in one check, includes and all
MAX_AHEAD: Final = 4 * 1024  # octets of a record whose questions are asked ahead
MAX_TRACE: Final = 100
MAX_STEP: Final = 500

_PLAIN: Final = frozenset("do%_-")  # macros whose value is a domain of the record itself


@dataclass(frozen=True, slots=True)
class SpfResult:
    """The result of one check.

    ``result`` is one of RFC 7208's seven, or ``unknown`` where nothing could be evaluated.
    ``reason`` says why, where the result is ``permerror`` (a phrase about the records),
    ``temperror`` (the ``why`` of the failed answer) or ``unknown``: ``withheld`` (a question was
    not asked for the sake of privacy), ``offline`` or ``no-address``. With ``fail``, ``softfail``
    and ``neutral`` it is empty, or the ``why`` of a failed question about the client's host names:
    RFC 7208, 5.5 goes on as if there were none, but such a fail is no evidence.
    """

    result: str
    explanation: str = ""
    """What the domain tells a rejected sender (exp=); a stranger's text."""
    mechanism: str = ""
    """The term that matched, as written in the record that decided."""
    lookups: int = 0
    """Terms that caused look-ups, as the limit of ten counts them."""
    trace: tuple[str, ...] = ()
    """The steps, for people who want to follow them."""
    reason: str = ""
    domain: str = ""
    """The domain that was judged: that of MAIL FROM, else of HELO."""


async def check_host(
    ip: str, mail_from: str, helo: str, resolver: Resolver, *, reveal_sender: bool = True
) -> SpfResult:
    """Evaluate the policy of ``mail_from``'s domain for the client address ``ip``.

    An empty ``mail_from`` is the null sender: ``postmaster@`` ``helo`` is judged (RFC 7208, 2.4).
    With ``reveal_sender`` false, no name is asked that carries the sender's local part (``%{l}``,
    ``%{s}``), for it may tell who received the mail; where the result hangs on such a name, it is
    ``unknown`` with the reason ``withheld``. Never raises.
    """
    client = Client.of(ip, mail_from, helo)
    if client is None:
        return SpfResult("unknown", trace=(f"{ip[:50]!a} is no IP address",), reason="no-address")
    domain = ascii_name(client.domain)
    if domain is None or "." not in domain or domain.startswith("["):
        step = f"{client.domain[:100]!a} is no full domain name"
        return SpfResult("none", trace=(step,), domain=domain or "")
    check = _Check(client, Lookups(resolver, client), reveal_sender)
    try:
        result, reason = await check.outcome(domain)
        explanation = await check.explain() if result == "fail" else ""
    finally:
        await check.close()
    # The mechanism names what decided; an error or a choice is nobody's mechanism.
    mechanism = "" if reason else check.mechanism
    if result in {"fail", "softfail", "neutral"}:
        reason = check.lookups.unanswered
    return SpfResult(
        result,
        explanation,
        mechanism,
        check.lookups.terms,
        tuple(check.trace),
        reason,
        domain,
    )


@dataclass(slots=True)
class _Check:
    """One check: who connected, what was asked, and what came of it."""

    client: Client
    lookups: Lookups
    reveal_sender: bool
    mechanism: str = ""
    exp: tuple[MacroString, str] | None = None
    """The exp= of the record that decided, with that record's domain."""
    trace: list[str] = field(default_factory=list)
    octets: int = 0
    ahead: int = 0
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def outcome(self, domain: str) -> tuple[str, str]:
        """The result and, where it is no answer about the client, the reason."""
        try:
            return await self.evaluate(domain, top=True), ""
        except PermError as error:
            result, reason = "permerror", error.reason
        except TempError as error:
            result, reason = "temperror", error.reason
        except NotAsked as choice:
            result, reason = "unknown", choice.reason
        self.note(f"{result}: {reason}")
        return result, reason

    async def evaluate(self, domain: str, *, top: bool) -> str:
        """check_host() of RFC 7208, 4, for one domain; ``none`` where it has no record.

        Each level below the first costs one of the ten terms, so the depth is bounded by them.
        """
        record = await self.record(domain)
        if record is None:
            return "none"
        self.ask_ahead(record, domain)
        for term in record.terms:
            if await self.matches(term, domain):
                self.note(f"{domain}: {term.text} matches: {term.result}")
                if top:
                    self.mechanism = term.text
                    self.exp = (record.explanation, domain) if record.explanation else None
                return term.result
        if record.redirect is None:
            self.note(f"{domain}: nothing matches: neutral")
            return "neutral"
        self.lookups.count_term()
        target = await self.target(record.redirect, domain)
        self.note(f"{domain}: nothing matches; redirect to {target or 'a malformed name'}")
        result = await self.evaluate(target, top=top) if target else "none"
        if result == "none":
            raise PermError("redirect to a domain without a record")
        return result

    async def record(self, domain: str) -> Record | None:
        """The one SPF record of a domain, or None (RFC 7208, 4.4 and 4.5)."""
        found = select((await self.lookups.ask(domain, "TXT")).texts)
        if not found:
            self.note(f"{domain}: no record")
            return None
        if len(found) > 1:
            raise PermError(f"{len(found)} records at {domain}")
        self.octets += len(found[0])
        if self.octets > MAX_RECORDS:
            raise PermError("records too large to be read")
        self.note(f"{domain}: {found[0][:MAX_STEP].decode('ascii', 'backslashreplace')}")
        try:
            return parse(found[0])
        except RecordError as error:
            raise PermError(f"{domain}: {error}") from error

    async def matches(self, term: Term, domain: str) -> bool:
        """Whether a mechanism matches the client (RFC 7208, 5)."""
        if term.kind not in LOOKS_UP:
            return self.client.matches(term)
        self.lookups.count_term()
        target = domain if term.target is None else await self.target(term.target, domain)
        if target is None:
            # No question can be made of it. RFC 7208, 4.8 leaves open what follows; we treat it
            # as a name that does not exist.
            if term.kind == "include":
                raise PermError("include of a malformed name")
            return False
        match term.kind:
            case "include":
                return await self.include(target)
            case "a":
                return await self.lookups.address_matches(target, term)
            case "mx":
                return await self.lookups.exchange_matches(target, term)
            case "ptr":
                return any(within(n, target) for n in await self.lookups.validated_names())
            case _:  # exists
                return (await self.lookups.ask(target, "A")).found

    async def include(self, target: str) -> bool:
        """RFC 7208, 5.2: a pass matches; an error or a missing record ends the whole check."""
        result = await self.evaluate(target, top=False)
        if result == "none":
            raise PermError(f"include of {target}, which has no record")
        return result == "pass"

    async def target(
        self, tokens: MacroString, domain: str, *, counting: bool = True
    ) -> str | None:
        """The name that a domain-spec stands for; None where DNS cannot hold it.

        Raises NotAsked where the name would carry what may not be revealed. A local part beyond
        ASCII makes no name at all (RFC 8616, 4).
        """
        if reveals_sender(tokens):
            if not self.reveal_sender:
                raise NotAsked("withheld")
            if not self.client.local.isascii():
                return None
        names = await self.names(tokens, counting=counting)
        return ascii_name(expand_domain(tokens, self.client.values(domain, names)))

    async def names(self, tokens: MacroString, *, counting: bool) -> tuple[str, ...]:
        """The client's validated names where ``%{p}`` asks for them."""
        if "p" not in letters(tokens):
            return ()
        return await self.lookups.validated_names(counting=counting)

    async def explain(self) -> str:
        """The explanation of a fail (RFC 7208, 6.2), or nothing, whatever goes wrong."""
        if self.exp is None:
            return ""
        tokens, domain = self.exp
        try:
            name = await self.target(tokens, domain, counting=False)
            answer = await self.lookups.start(name, "TXT") if name else None
            if answer is None or len(answer.texts) != 1 or len(answer.texts[0]) > MAX_AHEAD:
                return ""
            text = parse_explanation(answer.texts[0].decode("ascii"))
            names = await self.names(text, counting=False)
        except (NotAsked, PermError, MacroError, UnicodeDecodeError):
            return ""
        return expand_explanation(text, self.client.values(domain, names))

    def ask_ahead(self, record: Record, domain: str) -> None:
        """Send the questions that evaluating ``record`` will ask, where they are known already.

        Not sent: what stands behind a term that matches without a question, what would go beyond
        ten terms, and names made of more than domains, for those can tell a sender more.
        """
        for term in record.terms:
            if term.kind not in LOOKS_UP:
                if self.client.matches(term):
                    return
            elif not self.start_ahead(term.kind, term.target, domain):
                return
        if record.redirect is not None:
            self.start_ahead("include", record.redirect, domain)

    def start_ahead(self, kind: str, target: MacroString | None, domain: str) -> bool:
        """Send the questions of one term; False when ten terms have had theirs."""
        if self.ahead == MAX_TERMS:
            return False
        self.ahead += 1
        if kind == "ptr" or (target is not None and not letters(target) <= _PLAIN):
            return True
        name = domain
        if target is not None:
            name = ascii_name(expand_domain(target, self.client.values(domain, ()))) or ""
        if not name:
            return True
        if kind == "include":
            self.tasks.append(asyncio.create_task(self.follow_ahead(name)))
        elif kind == "mx":
            self.tasks.append(asyncio.create_task(self.lookups.exchanges_ahead(name)))
        else:
            self.lookups.start(name, "A" if kind == "exists" else self.client.rdtype)
        return True

    async def follow_ahead(self, domain: str) -> None:
        """Fetch an included record and send its questions too; faults show when it is its turn."""
        found = select((await self.lookups.start(domain, "TXT")).texts)
        if len(found) == 1 and len(found[0]) <= MAX_AHEAD:
            try:
                self.ask_ahead(parse(found[0]), domain)
            except RecordError:
                return

    def note(self, step: str) -> None:
        if len(self.trace) < MAX_TRACE:
            self.trace.append(step[:MAX_STEP])

    async def close(self) -> None:
        """Leave no task behind."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.lookups.close()
