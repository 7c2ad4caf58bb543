"""Two-step sign-in, as a person meets it: list, add, show a code, import, export, remove.

Every change is one transaction, on disk on return. The store is handed in open (see
``usecases.vault``). Raises CouldNotFinish where the store does not let itself be read or changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from secassist.base.errors import OverLimit, UnusableCall, UnusableInput
from secassist.base.language import mark
from secassist.base.worker import Worker
from secassist.store import backups
from secassist.store.vault import Row, Vault
from secassist.twofactor import codes, importers, migration
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.entries import Rejected
from secassist.twofactor.exporters import aegis, paper, uri_list
from secassist.twofactor.importers import Outcome
from secassist.twofactor.planning import Planned, Status, plan
from secassist.twofactor.repository import KIND, Saved, from_data, to_data

IMPORT_TIMEOUT: Final = 60.0
"""Seconds that reading files may take: an encrypted one is made to take long."""
IMPORT_MEMORY: Final = 3 * 1024 * 1024 * 1024
"""Bytes of address space: a gigabyte for the key, and what interpreter and libraries map."""
_TOO_MUCH: Final = mark(
    "This file could not be read: it asks for more time or memory than any real export."
)
_MAX_LISTED: Final = 10
_TITLE: Final = mark("Codes for two-step sign-in")
_INTRO: Final = mark(
    "Whoever has this sheet can make your codes. Keep it where only you can get at it. "
    "To use it, take a picture of a code with any authenticator."
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and the accounts that this form cannot hold."""

    data: bytes
    left_out: tuple[Rejected, ...] = ()


def entries(vault: Vault) -> tuple[Saved, ...]:
    """All accounts, by name. A row that makes no sense is set aside, byte for byte."""
    good, bad = _split(vault.entries(KIND))
    for row, reason in bad:
        vault.set_aside(KIND, row.id, reason)
    return tuple(sorted(good, key=lambda saved: (_folded(saved.account.title), saved.id)))


def search(found: Iterable[Saved], words: str) -> tuple[Saved, ...]:
    """The accounts in whose names and notes every word stands."""
    wanted = _folded(words).split()

    def has_all(saved: Saved) -> bool:
        account = saved.account
        text = _folded(f"{account.issuer} {account.name} {saved.site} {account.note}")
        return all(word in text for word in wanted)

    return tuple(filter(has_all, found))


def due(found: Iterable[Saved], unix_time: int) -> tuple[Saved, ...]:
    """The accounts that are to be looked at again by now: do the spare codes still lie there?"""
    return tuple(saved for saved in found if 0 < saved.remind_at <= unix_time)


def find(found: Sequence[Saved], name: str) -> Saved:
    """The account of that name: the account, ``issuer:account``, or an id.

    As it is written first, then whatever its case, then by issuer alone. Raises UnusableCall where
    none fits, and where several do, with the list of them.
    """
    for fits in _ways_to_fit(name.strip()):
        fitting = [saved for saved in found if fits(saved)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UnusableCall(_several(name, fitting))
    raise UnusableCall(f"No account is called “{name[:100]}”. “secassist totp list” names them.")


def add(vault: Vault, account: Account, *, site: str = "", confirmed: bool = True) -> Planned:
    """Keep an account, unless it is there already; says which."""
    entries(vault)  # sets aside what is broken, which cannot be done inside a transaction
    with vault.transaction() as transaction:
        (planned,) = plan(_accounts(vault), [account])
        if planned.status is Status.NEW:
            saved = Saved(account, site=site, confirmed=confirmed)
            transaction.put(Row(KIND, account.id, to_data(saved)))
    return planned


def remind(vault: Vault, id_: str, remind_at: int) -> None:
    """Remind of an account at that Unix time. Raises UnusableCall where it is gone.

    Nothing else about it changes: its counter may have moved on since it was shown.
    """
    with vault.transaction() as transaction:
        saved = replace(_current(vault, id_), remind_at=remind_at)
        transaction.put(Row(KIND, id_, to_data(saved)))


def remove(vault: Vault, id_: str) -> None:
    """Forget an account; a backup is made before."""
    backups.make(vault)
    vault.change(deletes=[(KIND, id_)])


def code(vault: Vault, id_: str, unix_time: int) -> codes.Code:
    """The code of an account. HOTP: the counter is counted up, on disk, before the code is shown.

    Raises UnusableCall where the account is gone.
    """
    saved = _current(vault, id_)
    if saved.account.kind is not Kind.HOTP:
        return codes.at(saved.account, unix_time)
    with vault.transaction() as transaction:
        saved = _current(vault, id_)
        shown = codes.at(saved.account, unix_time)
        counted = replace(saved.account, counter=saved.account.counter + 1)
        transaction.put(Row(KIND, id_, to_data(replace(saved, account=counted))))
    return shown


async def read_files(files: Sequence[bytes], password: str | None = None) -> Outcome:
    """Read files to be imported, in a process with limits: they come from anywhere."""
    try:
        async with Worker(timeout=IMPORT_TIMEOUT, memory=IMPORT_MEMORY) as worker:
            return await worker.run(importers.read_or_say, list(files), password)
    except OverLimit:  # the process was stopped, or broke down
        return Outcome(None, "unusable", _TOO_MUCH)


def plan_import(vault: Vault | None, outcome: Outcome) -> tuple[Planned, ...]:
    """What an import would do. Nothing is changed. ``vault``: None where nothing is stored yet."""
    if outcome.batch is None:
        raise UnusableInput(outcome.sentence)
    return plan(() if vault is None else _accounts(vault), outcome.batch.entries)


def run_import(vault: Vault, outcome: Outcome) -> tuple[Planned, ...]:
    """Take over what is new, all in one transaction, with a backup before. Says what was done."""
    if outcome.batch is None:
        raise UnusableInput(outcome.sentence)
    if entries(vault):
        backups.make(vault)
    with vault.transaction() as transaction:
        planned = plan(_accounts(vault), outcome.batch.entries)
        for step in planned:
            if step.status is Status.NEW and isinstance(step.entry, Account):
                transaction.put(Row(KIND, step.entry.id, to_data(Saved(step.entry))))
    return planned


def export_encrypted(found: Sequence[Saved], password: str) -> Exported:
    """A file that Aegis and many others open with the password; spare codes stand in the notes."""
    return Exported(aegis.write([_with_spare_codes(saved) for saved in found], password))


def export_addresses(found: Sequence[Saved]) -> Exported:
    """A plain list of addresses."""
    return Exported(uri_list.write([saved.account for saved in found]))


def export_google(found: Sequence[Saved]) -> Exported:
    """Google Authenticator's codes, one a line, each to be shown as a picture."""
    texts, left_out = migration.write([saved.account for saved in found])
    return Exported("".join(f"{text}\n" for text in texts).encode(), left_out)


def export_paper(
    found: Sequence[Saved], translate: Callable[[str], str] = lambda words: words
) -> Exported:
    """A PDF to print: each account with its picture code and the spare codes kept here."""
    listed = [(saved.account, saved.spare_codes) for saved in found]
    return Exported(paper.write(listed, title=translate(_TITLE), intro=translate(_INTRO)))


def _with_spare_codes(saved: Saved) -> Account:
    if not saved.spare_codes:
        return saved.account
    lines = [saved.account.note, *saved.spare_codes]
    return replace(saved.account, note="\n".join(filter(None, lines)))


def _split(rows: Iterable[Row]) -> tuple[list[Saved], list[tuple[Row, str]]]:
    good: list[Saved] = []
    bad: list[tuple[Row, str]] = []
    for row in rows:
        try:
            good.append(from_data(row.id, row.data))
        except UnusableInput as error:
            bad.append((row, error.sentence))
    return good, bad


def _accounts(vault: Vault) -> list[Account]:
    return [saved.account for saved in _split(vault.entries(KIND))[0]]


def _current(vault: Vault, id_: str) -> Saved:
    good, _ = _split(row for row in vault.entries(KIND) if row.id == id_)
    if not good:
        raise UnusableCall("This account is no longer there.")
    return good[0]


def _ways_to_fit(name: str) -> tuple[Callable[[Saved], bool], ...]:
    folded = _folded(name)

    def names(account: Account) -> tuple[str, ...]:
        return (account.name, f"{account.issuer}:{account.name}", account.title)

    return (
        lambda saved: saved.id == name,
        lambda saved: name in names(saved.account),
        lambda saved: folded in map(_folded, names(saved.account)),
        lambda saved: folded == _folded(saved.account.issuer),
    )


def _several(name: str, fitting: Sequence[Saved]) -> str:
    titles = [saved.account.title for saved in fitting]
    if len(set(titles)) < len(titles):  # only the id tells them apart
        titles = [f"{saved.account.title} ({saved.id})" for saved in fitting]
    listed = ", ".join(titles[:_MAX_LISTED])
    more = f" and {len(titles) - _MAX_LISTED} more" if len(titles) > _MAX_LISTED else ""
    return f"Several accounts are called “{name[:100]}”: {listed}{more}. Say which."


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
