"""What a file or picture held: accounts, and entries that cannot be taken over, each with why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from secassist.base.errors import UnusableInput
from secassist.twofactor.account import Account


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entry that cannot be taken over. ``reason`` is a sentence for people, without secrets."""

    reason: str
    issuer: str = ""
    name: str = ""


Entry = Account | Rejected


@dataclass(frozen=True, slots=True)
class Batch:
    """All entries of one source, in its order; none is left out."""

    format: str
    """What kind of file it was, as people call it: ``Aegis``, ``2FAS``, …"""
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    """Sentences about the whole, such as which picture of a series is missing."""

    @property
    def accounts(self) -> tuple[Account, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, Account))

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, Rejected))


def attempt(make: Callable[[], Account], *, issuer: str = "", name: str = "") -> Entry:
    """The account, or the reason why there is none. The names are for those who must find it."""
    try:
        return make()
    except UnusableInput as error:
        return Rejected(error.sentence, one_line(issuer), one_line(name))


def one_line(text: str) -> str:
    """A name of a rejected entry: short and printable, whatever it was."""
    kept = "".join(c if c.isprintable() else " " for c in text[:200])
    return " ".join(kept.split())


def joined(format_name: str, batches: Sequence[Batch]) -> Batch:
    """Several batches as one."""
    return Batch(
        format_name,
        tuple(entry for batch in batches for entry in batch.entries),
        tuple(dict.fromkeys(note for batch in batches for note in batch.notes)),
    )
