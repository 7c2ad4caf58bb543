"""DMARC: did the From domain itself send this, and what does it ask for if not? (RFC 9989)

Records of RFC 7489 are taken too. What differs from RFC 9989, and why:

- An organizational domain is never a public suffix of others: see the guard in ``tree_walk``. The
  same guard chooses the record: below a listed suffix, the suffix's own record counts as that of a
  public suffix domain (used last), not of an organizational domain.
- Where RFC 9989 alone would call two names aligned because their common suffix, listed in the
  private section, publishes a record, we say ``unknown`` instead of ``pass``: the standard and the
  list disagree, so neither proof nor its absence is shown.
- Nothing is settled by a fault. The result is ``unknown`` wherever a question that failed, or a
  DKIM or SPF result that is open, could have changed it, and only there.

A domain without a record has no DMARC, but mail still comes from somewhere: ``aligned`` tells
whether two names have one owner, with or without records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from secassist.base.limits import MAX_SIGNATURES
from secassist.facts.domains import is_subdomain, registrable_domain, to_ascii
from secassist.mail.auth import tree_walk
from secassist.mail.auth.dmarc_record import Policy
from secassist.mail.auth.tree_walk import Step, Walk, walk_all
from secassist.network.dns.answer import Resolver

Method = Literal["dkim", "spf"]

_UNDECIDED: Final = frozenset({"unknown", "temperror"})
_STRENGTH: Final[tuple[Policy, ...]] = ("none", "quarantine", "reject")


@dataclass(frozen=True, slots=True)
class DomainResult:
    """What DKIM or SPF found out about one domain (``d=``; MAIL FROM, or HELO without one).

    ``pass`` proves the domain. ``unknown`` and ``temperror`` leave it open: it may yet be proved.
    Any other result counts as no proof. An open result with an empty domain (because MAIL FROM is
    not known) may be about any domain.
    """

    domain: str
    result: str


@dataclass(frozen=True, slots=True)
class DmarcResult:
    """The result for one From domain."""

    result: Literal["pass", "fail", "none", "unknown"]
    policy: Policy | None = None
    """What the owner asks for if the mail fails: ``p``, ``sp`` or ``np`` as it applies to this From
    domain, one level lower in test mode (``t=y``). Of two that remain possible, the milder."""
    domain: str | None = None
    """Where the record was found, without ``_dmarc.``; A-labels."""
    aligned_by: Method | None = None
    """What made it pass; DKIM where both did."""
    reason: str = ""
    """``no-domain``, ``no-record``, ``no-policy`` (none) · ``nothing-passed``, ``not-aligned``
    (fail) · ``dns``, ``alignment-open``, ``shared-suffix``, ``dkim-open``, ``spf-open`` (unknown);
    empty with pass."""
    strict: frozenset[Method] = frozenset()
    """The methods for which only the very From domain counts, no domain above or below it."""


@dataclass(frozen=True, slots=True)
class _Identifier:
    method: Method
    domain: str
    proved: bool


async def evaluate(
    from_domain: str,
    dkim: Sequence[DomainResult],
    spf: DomainResult | None,
    resolver: Resolver,
) -> DmarcResult:
    """Evaluate DMARC for the domain of the one From address. Never raises for what DNS says.

    All questions go out at once; one more follows only where a record has ``np`` and it could
    matter. For identifiers of other owners nothing is asked. At most ``MAX_SIGNATURES`` signing
    domains are looked at: those equal to the From domain first, then those that passed.
    """
    author = to_ascii(from_domain)
    if author is None:
        return DmarcResult("none", reason="no-domain")
    identifiers = _identifiers(author, dkim, spf)
    walks = await walk_all([author, *(i.domain for i in identifiers)], resolver)
    step, known = _policy_step(walks[author])
    if not known:
        return DmarcResult("unknown", reason="dns")
    if step is None or step.record is None:
        return DmarcResult("none", reason="no-record")
    record = step.record
    if not record.applies:
        return DmarcResult("none", reason="no-policy")
    policy = await _policy(author, step, resolver)
    modes: tuple[tuple[Method, bool], ...] = (
        ("dkim", record.strict_dkim),
        ("spf", record.strict_spf),
    )
    strict = frozenset(method for method, exact in modes if exact)
    open_reason = _open_anywhere(dkim, spf)
    for identifier in identifiers:
        theirs = walks[identifier.domain]
        match = _aligned(walks[author], theirs, identifier.method in strict)
        if match and identifier.proved:
            return DmarcResult("pass", policy, step.domain, identifier.method, strict=strict)
        if match is None and identifier.proved:
            open_reason = open_reason or "alignment-open"
        elif match is not False:
            open_reason = open_reason or f"{identifier.method}-open"
        elif identifier.method not in strict and _aligned_by_rfc_alone(walks[author], theirs):
            open_reason = open_reason or "shared-suffix"
    if open_reason:
        return DmarcResult("unknown", policy, step.domain, reason=open_reason, strict=strict)
    proved = any(r.result == "pass" for r in (*dkim, *([spf] if spf else ())))
    reason = "not-aligned" if proved else "nothing-passed"
    return DmarcResult("fail", policy, step.domain, reason=reason, strict=strict)


def questions(from_domain: str, identifiers: Iterable[str] = ()) -> tuple[str, ...]:
    """The names whose TXT records ``evaluate`` will ask for, to be asked ahead, all at once.

    For domains whose results are not known yet, too, so far as they could prove the From domain.
    """
    author = to_ascii(from_domain)
    if author is None:
        return ()
    possible = _identifiers(author, (DomainResult(d, "unknown") for d in identifiers), None)
    names = (author, *(i.domain for i in possible))
    return tuple(dict.fromkeys(q for name in names for q in tree_walk.questions(name)))


async def organizational_domain(name: str, resolver: Resolver) -> str | None:
    """The organizational domain of ``name`` by the guarded tree walk (see ``tree_walk``).

    Where no record is found on the way it is the name itself (RFC 9989, 4.10.2). ``None`` for what
    is no domain, and where failed questions leave it open.
    """
    start = to_ascii(name)
    if start is None:
        return None
    possible = (await walk_all([start], resolver))[start].organizational
    return next(iter(possible)) if len(possible) == 1 else None


async def aligned(from_domain: str, identifier: str, resolver: Resolver) -> bool | None:
    """Whether two names have one owner (relaxed alignment); ``None`` where a fault leaves it open.

    By the guarded tree walk where the From domain has a record. Where its owner published none, up
    to the registrable domain, there is nothing to walk by, and the registrable domain by the public
    suffix list decides, as in RFC 7489, 3.2 (unless the other name is marked off by a ``psd`` tag).
    Names with different registrable domains are never aligned; that takes no question.
    """
    author, other = to_ascii(from_domain), to_ascii(identifier)
    if author is None or other is None:
        return False
    if author == other:
        return True
    owned = registrable_domain(author)
    if owned is None or owned != registrable_domain(other):
        return False
    walks = await walk_all([author, other], resolver)
    if _silent(walks[author], owned):
        return _unmarked(walks[other], owned)
    return _aligned(walks[author], walks[other], strict=False)


def _silent(walk: Walk, owned: str) -> bool:
    """Whether its owner is proved to have published nothing on the way up."""
    return not any(s.failed or s.record for s in walk.steps if is_subdomain(s.domain, owned))


def _unmarked(walk: Walk, owned: str) -> bool | None:
    """Whether no ``psd`` tag draws a border on the way up; ``None`` if a fault may hide one."""
    steps = [step for step in walk.steps if is_subdomain(step.domain, owned)]
    if any(step.record is not None and step.record.psd != "u" for step in steps):
        return False
    return None if any(step.failed for step in steps) else True


def _open_anywhere(dkim: Iterable[DomainResult], spf: DomainResult | None) -> str:
    """The reason for an open result that may be about the From domain or any other; else empty."""
    if any(not r.domain and r.result in _UNDECIDED for r in dkim):
        return "dkim-open"
    return "spf-open" if spf and not spf.domain and spf.result in _UNDECIDED else ""


def _identifiers(
    author: str, dkim: Iterable[DomainResult], spf: DomainResult | None
) -> list[_Identifier]:
    """What could prove the From domain: passed or undecided, and not some other owner's.

    Two names can only be aligned below one registrable domain, for the guard keeps every
    organizational domain within it. The list's private section is left out here, so that names
    below a shared suffix are still compared, and named in the result.
    """
    owned = registrable_domain(author, private=False)
    found: dict[tuple[Method, str], bool] = {}
    results: list[tuple[Method, DomainResult]] = [("dkim", result) for result in dkim]
    if spf:
        results.append(("spf", spf))
    for method, result in results:
        domain = to_ascii(result.domain)
        proved = result.result == "pass"
        if domain is None or not (proved or result.result in _UNDECIDED):
            continue
        if domain == author or (owned and owned == registrable_domain(domain, private=False)):
            found[method, domain] = proved or found.get((method, domain), False)
    ordered = sorted(
        (_Identifier(method, domain, proved) for (method, domain), proved in found.items()),
        key=lambda i: (i.method, i.domain != author, not i.proved),
    )
    signers = [i for i in ordered if i.method == "dkim"][:MAX_SIGNATURES]
    return [*signers, *(i for i in ordered if i.method == "spf")]


def _policy_step(walk: Walk) -> tuple[Step | None, bool]:
    """Where the record that applies stands, and whether that is certain (RFC 9989, 4.10.1).

    The From domain's own record, else its organizational domain's, else the public suffix's.
    """
    own = walk.steps[0]
    if own.failed or own.record:
        return own, not own.failed
    if len(walk.organizational) > 1:
        return None, False
    (organizational,) = walk.organizational
    step = walk.step_at(organizational)
    if step and (step.failed or step.record):
        return step, not step.failed
    above = [s for s in walk.steps if len(s.domain) < len(organizational)]
    if any(s.failed for s in above):
        return None, False
    return next((s for s in reversed(above) if s.record), None), True


def _aligned(author: Walk, other: Walk, strict: bool) -> bool | None:
    """Identifier alignment (RFC 9989, 4.10.2); ``None`` where failed questions leave it open."""
    if author.start == other.start:
        return True
    if strict or author.organizational.isdisjoint(other.organizational):
        return False
    return True if len(author.organizational) == len(other.organizational) == 1 else None


def _aligned_by_rfc_alone(author: Walk, other: Walk) -> bool:
    return len(author.by_rfc) == 1 and author.by_rfc == other.by_rfc


async def _policy(author: str, step: Step, resolver: Resolver) -> Policy:
    """The policy that applies to the From domain, by the record at ``step``."""
    record = step.record
    assert record is not None
    below = step.domain != author
    if_it_exists = record.policy_for(below, exists=True)
    if_not = record.policy_for(below, exists=False)
    if if_it_exists == if_not:
        return if_it_exists
    # Any answer but NXDOMAIN means that the name exists (RFC 8020; RFC 9989, 3.2.13).
    answer = await resolver.query(author, "A")
    if answer.failed:
        return min(if_it_exists, if_not, key=_STRENGTH.index)
    return if_not if answer.absent and answer.why == "nxdomain" else if_it_exists
