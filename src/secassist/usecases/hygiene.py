"""What the store keeps for password hygiene: accounts, exclusions, and the counts of each run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.facts.breached_sites import BreachedSites, known, shipped
from secassist.passwords import exclusions as excluding
from secassist.passwords import history as runs
from secassist.passwords import memory as memories
from secassist.passwords import notes, tags
from secassist.passwords.analysis.sites import Codes
from secassist.passwords.exclusions import Exclusion
from secassist.passwords.findings import Report
from secassist.passwords.history import Run
from secassist.passwords.memory import Memory
from secassist.store.vault import Row, Vault
from secassist.usecases import twofactor

T = TypeVar("T")
_UNKNOWN_ACCOUNT = "This account is not remembered any more. Import your list again."
_UNKNOWN_EXCLUSION = "There is no such exclusion. “secassist audit --list-exclusions” lists them."


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an audit needs of the store, so that none is held open while it works."""

    secret: bytes = field(repr=False)
    """Makes the tags. A new one is kept with the first accounts; see ``adopt``."""
    accounts: tuple[Memory, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    codes: Codes = frozenset()
    """What the store makes codes for."""
    told: notes.Told = field(default_factory=dict)
    """What the person was told of already."""
    breached_sites: BreachedSites = field(default_factory=shipped)
    generation: int = 0
    """The store's own count of changes when this was read."""


def earlier(vault: Vault | None) -> Earlier:
    """What is remembered; None: nothing is, and tags made with this serve once."""
    if vault is None:
        return Earlier(tags.new_secret())
    generation = vault.generation()  # before the rest: what changes meanwhile is looked at again
    return Earlier(
        _secret(vault) or tags.new_secret(),
        tuple(remembered(vault)),
        exclusions(vault),
        _codes(vault),
        _told(vault),
        known(vault.folder),
        generation,
    )


def not_overtaken(vault: Vault, before: Earlier, judged: Iterable[Memory]) -> list[Memory]:
    """Of accounts that were judged since ``before``, those that nobody changed meanwhile.

    Asking about leaks takes a while: what the person ticked off or forgot then is newer.
    """
    was = {one.id: one for one in before.accounts}
    changed = [one for one in judged if was.get(one.id) != one]
    if vault.generation() == before.generation:
        return changed
    now = {one.id: one for one in remembered(vault)}
    return [one for one in changed if one.id not in was or now.get(one.id) == was[one.id]]


def remembered(vault: Vault) -> list[Memory]:
    """All accounts that are remembered. A row that makes no sense is set aside, byte for byte."""
    return _understood(vault, memories.KIND, lambda _, data: memories.from_data(data))


def account(vault: Vault, account_id: str) -> Memory:
    """One remembered account. Raises UnusableCall where it is none any more."""
    found = next((one for one in remembered(vault) if one.id == account_id), None)
    if found is None:
        raise UnusableCall(_UNKNOWN_ACCOUNT)
    return found


def remember(
    vault: Vault, fresh: Iterable[Memory], run: Run | None = None, told: notes.Told | None = None
) -> None:
    """Keep accounts, the counts of the run that found them, and what was told: in one change."""
    # In the order of their ids, as the table has them: many times faster than in any other.
    by_id = sorted(((one.id, one) for one in fresh), key=lambda pair: pair[0])
    puts = [Row(memories.KIND, id_, memories.to_data(one)) for id_, one in by_id]
    if told is not None:
        puts.append(Row(notes.KIND, notes.ID, notes.to_data(told)))
    deletes: list[tuple[str, str]] = []
    if run is not None:
        puts.append(Row(runs.KIND, run.at, runs.to_data(run)))
        all_runs = (*history(vault), run)
        left = {one.at for one in runs.kept(all_runs)}
        deletes = [(runs.KIND, one.at) for one in all_runs if one.at not in left]
    vault.change(puts, deletes)


def forget(vault: Vault, ids: Collection[str]) -> int:
    """Forget accounts; how many there were."""
    there = {one.id for one in remembered(vault)} & set(ids)
    if there:
        vault.change(deletes=[(memories.KIND, id_) for id_ in sorted(there)])
    return len(there)


def ticked(vault: Vault, account_id: str) -> Memory:
    """“I changed it”, without typing the new one: what was found counts no more.

    The mark holds until the next import. Raises UnusableCall.
    """
    changed = replace(account(vault, account_id), ticked_at=now())
    remember(vault, [changed])
    return changed


def not_ticked(vault: Vault, account_id: str) -> Memory:
    """Take “I changed it” back."""
    changed = replace(account(vault, account_id), ticked_at="")
    remember(vault, [changed])
    return changed


def exclusions(vault: Vault) -> tuple[Exclusion, ...]:
    """What is left out, the oldest first."""
    found = _understood(vault, excluding.KIND, excluding.from_data)
    return tuple(sorted(found, key=lambda one: (one.since, one.id)))


def exclude(vault: Vault, kind: str, value: str, reason: str) -> Exclusion:
    """Leave out an entry, a folder, a site or a rule from now on. Raises UnusableCall."""
    made = excluding.make(kind, value, reason, now("microseconds"))
    if kind == "entry":
        account(vault, made.value)
    vault.change([Row(excluding.KIND, made.id, excluding.to_data(made))])
    return made


def include_again(vault: Vault, exclusion_id: str) -> Exclusion:
    """Leave it out no more; what it was. Raises UnusableCall where there is none."""
    found = next((one for one in exclusions(vault) if one.id == exclusion_id), None)
    if found is None:
        raise UnusableCall(_UNKNOWN_EXCLUSION)
    vault.change(deletes=[(excluding.KIND, exclusion_id)])
    return found


def history(vault: Vault) -> tuple[Run, ...]:
    """The counts of each run, the oldest first."""
    found = _understood(vault, runs.KIND, runs.from_data)
    return tuple(sorted(found, key=lambda run: run.at))


def run_of(report: Report) -> Run:
    """The counts of a report that was made now."""
    return Run(now("microseconds"), len(report.accounts), report.by_code)


def adopt(vault: Vault, made: bytes) -> bool:
    """Keep the secret of tags that were made before anything was kept.

    False: this store has another one, with which those tags can't be compared.
    """
    found = _secret(vault)
    if found is None:
        vault.change([Row(memories.SECRET_KIND, memories.SECRET_ID, {"secret": made.hex()})])
    return found in (None, made)


def now(timespec: str = "seconds") -> str:
    """ISO 8601."""
    return datetime.now(UTC).isoformat(timespec=timespec)


def _secret(vault: Vault) -> bytes | None:
    for row in vault.entries(memories.SECRET_KIND):
        if row.id == memories.SECRET_ID:
            return bytes.fromhex(str(row.data["secret"]))
    return None


def _told(vault: Vault) -> notes.Told:
    rows = {row.id: row for row in vault.entries(notes.KIND)}
    return notes.from_data(rows[notes.ID].data) if notes.ID in rows else {}


def _codes(vault: Vault) -> Codes:
    saved = twofactor.entries(vault)
    return frozenset(
        (place, one.account.name) for one in saved for place in (one.site, one.account.issuer)
    )


def _understood(vault: Vault, kind: str, read: Callable[[str, Mapping[str, Any]], T]) -> list[T]:
    """The rows of a kind. One that makes no sense is set aside, byte for byte."""
    found = []
    for row in vault.entries(kind):
        try:
            found.append(read(row.id, row.data))
        except UnusableInput as error:
            vault.set_aside(row.kind, row.id, error.sentence)
    return found
