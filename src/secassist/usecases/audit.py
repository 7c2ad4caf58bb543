"""Password hygiene, as a person meets it: judge exported lists, remember them, check again.

Passwords are read in a process of its own, which ends with them. What this process gets to see,
and the store to keep, are findings and keyed tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from secassist.base.errors import OverLimit, UnusableCall, UnusableInput
from secassist.base.progress import Tell, untold
from secassist.base.worker import Worker
from secassist.network import https
from secassist.network.ledger import Ledger
from secassist.passwords import memory as memories
from secassist.passwords import tags
from secassist.passwords.analysis import strength
from secassist.passwords.analysis.sites import PLAIN_HTTP
from secassist.passwords.audit import Judged, Wanted, audit
from secassist.passwords.breaches import found as breach
from secassist.passwords.breaches.offline import HashFile
from secassist.passwords.findings import Audited, Finding, Report, in_order
from secassist.passwords.memory import Memory
from secassist.store.vault import Row, Vault

TIMEOUT: Final = 600.0
"""Seconds by the clock: 200,000 accounts are read to the end."""
MEMORY: Final = 4 * 1024 * 1024 * 1024
"""Bytes of address space, most of which is never touched."""
_TOO_MUCH: Final = (
    "This file could not be read: it asks for more time or memory than any real list of passwords."
)
_NOTHING_KEPT: Final = "Nothing is remembered yet. “secassist audit FILE --remember” begins it."
_NO_SITES: Final = "this program has no list of breached sites yet"
_NO_NEWER: Final = "to find what is new in the rules of this program, import your list again"


@dataclass(frozen=True, slots=True)
class Breaches:
    """Whether and where to ask about breaches: nowhere, a service, or a downloaded list."""

    online: bool = False
    server: str = https.SERVER
    file: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """How questions to the service are told and written down."""

    tell: Tell = untold
    ledger: Ledger = field(default_factory=Ledger)


async def audit_files(
    wanted: Wanted, breaches: Breaches, vault: Vault | None = None, asking: Asking | None = None
) -> Report:
    """Judge exported lists. ``vault``: remember the accounts there, compared with earlier ones.

    Raises UnusableInput, CouldNotFinish. Nothing is remembered where the list cannot be read.
    """
    secret = tags.new_secret() if vault is None else _secret(vault)
    needs_tags = vault is not None or breaches.online
    wanted = replace(
        wanted,
        secret=secret if needs_tags else b"",
        breach_file=breaches.file,
        checked_at=_now(),
    )
    async with Worker(timeout=TIMEOUT, memory=MEMORY, cpu_seconds=int(TIMEOUT)) as worker:
        try:
            listed = await worker.run(audit, wanted)
        except OverLimit as error:
            if error.__cause__ is None:  # a limit of the reader, with its own sentence
                raise
            raise OverLimit(_TOO_MUCH) from None
    accounts = [one.account for one in listed.judged]
    if vault is not None:
        accounts = _with_earlier(listed.judged, accounts, vault)
    not_checked: dict[str, str] = {}
    if breaches.online:
        probes = [(one.prefix, one.tag) for one in listed.judged]
        accounts, not_checked = await _asked(accounts, probes, secret, breaches, asking)
    elif not breaches.file:
        not_checked = {"breached": breach.NOT_ASKED}
    if vault is not None:
        _remember(vault, [one.memory for one in listed.judged])
    return _report(accounts, not_checked, listed.skipped)


async def check_again(vault: Vault, breaches: Breaches, asking: Asking | None = None) -> Report:
    """Judge what is remembered, without a password. Raises UnusableCall where nothing is."""
    kept = remembered(vault)
    if not kept:
        raise UnusableCall(_NOTHING_KEPT)
    secret = _secret(vault)
    accounts = [
        Audited(
            one.title,
            one.site,
            one.username,
            in_order([*found, *_by_itself(one)]),
            one.guesses_log10,
            one.grave,
        )
        for one, found in zip(kept, memories.related(kept), strict=True)
    ]
    not_checked = {"breached": breach.NOT_ASKED}
    probes = [(one.tags.breach_prefix, one.tags.breach_tag) for one in kept]
    if breaches.online:
        accounts, not_checked = await _asked(accounts, probes, secret, breaches, asking)
    elif breaches.file:
        accounts = _looked_up(accounts, probes, secret, breaches.file)
        not_checked = {}
    without = sum(not prefix for prefix, _ in probes)
    if without and (breaches.online or breaches.file):
        not_checked["breached, weak ones"] = breach.TOO_WEAK.format(count=without)
    if any(one.rules < tags.RULES for one in kept):
        not_checked["new rules"] = _NO_NEWER
    return _report(accounts, not_checked, {})


def remembered(vault: Vault) -> list[Memory]:
    """All accounts that are remembered. A row that makes no sense is set aside, byte for byte."""
    kept = []
    for row in vault.entries(memories.KIND):
        try:
            kept.append(memories.from_data(row.data))
        except UnusableInput as error:
            vault.set_aside(row.kind, row.id, error.sentence)
    return kept


def _by_itself(one: Memory) -> Iterator[Finding]:
    weak = strength.weak(one.guesses_log10)
    if weak is not None:
        yield weak
    if one.plain_http:
        yield PLAIN_HTTP


def _remember(vault: Vault, fresh: Iterable[Memory]) -> None:
    vault.change([Row(memories.KIND, one.id, memories.to_data(one)) for one in fresh])


def _secret(vault: Vault) -> bytes:
    """The secret behind the tags, made when it is first needed."""
    for row in vault.entries(memories.SECRET_KIND):
        if row.id == memories.SECRET_ID:
            return bytes.fromhex(str(row.data["secret"]))
    secret = tags.new_secret()
    row = Row(memories.SECRET_KIND, memories.SECRET_ID, {"secret": secret.hex()})
    vault.change([row])
    return secret


def _with_earlier(
    judged: Sequence[Judged], accounts: Sequence[Audited], vault: Vault
) -> list[Audited]:
    """The accounts, and what they have in common with those of earlier imports."""
    fresh = [one.memory for one in judged]
    here = {one.id for one in fresh}
    earlier = [one for one in remembered(vault) if one.id not in here]
    if not earlier:
        return list(accounts)
    found = memories.related([*fresh, *earlier], fresh=len(fresh))
    return [
        replace(account, findings=in_order([*account.findings, *extra])) if extra else account
        for account, extra in zip(accounts, found, strict=False)
    ]


async def _asked(
    accounts: Sequence[Audited],
    probes: Sequence[tuple[str, bytes]],
    secret: bytes,
    breaches: Breaches,
    asking: Asking | None,
) -> tuple[list[Audited], dict[str, str]]:
    how = asking or Asking()
    prefixes = {prefix for prefix, _ in probes if prefix}
    answers = await https.ranges(prefixes, server=breaches.server, ledger=how.ledger, tell=how.tell)
    key, checked_at = tags.keys(secret).breach, _now()
    judged = []
    for account, (prefix, tag) in zip(accounts, probes, strict=True):
        count = breach.count_in(answers.get(prefix, {}), tag, key) if prefix else 0
        judged.append(_with_breach(account, count, checked_at))
    silent = sum(bool(prefix) and prefix not in answers for prefix, _ in probes)
    if not silent:
        return judged, {}
    return judged, {"breached": breach.UNANSWERED.format(count=silent, all=len(probes))}


def _looked_up(
    accounts: Sequence[Audited], probes: Sequence[tuple[str, bytes]], secret: bytes, path: str
) -> list[Audited]:
    key, checked_at = tags.keys(secret).breach, _now()
    with HashFile.open(path) as file:
        counts = [
            breach.count_in(dict(file.range(prefix)), tag, key) if prefix else 0
            for prefix, tag in probes
        ]
    return [
        _with_breach(account, count, checked_at)
        for account, count in zip(accounts, counts, strict=True)
    ]


def _with_breach(account: Audited, count: int, checked_at: str) -> Audited:
    if not count:
        return account
    findings = in_order([*account.findings, breach.breached(count, checked_at)])
    return replace(account, findings=findings)


def _report(
    accounts: Iterable[Audited], not_checked: dict[str, str], skipped: dict[str, int]
) -> Report:
    in_order_of_rank = tuple(sorted(accounts, key=lambda one: one.rank))
    return Report(in_order_of_rank, {**not_checked, "site-breached": _NO_SITES}, skipped)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
