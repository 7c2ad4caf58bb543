"""What a mail is about: told by phrases in its subject, else in the first lines of its text.

The phrases stand in ``assets/kinds.toml``. Precision before completeness: what does not clearly
fit is ``other``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from secassist.facts.assets import read_table
from secassist.mail.phrases import Phrases, plain

FILE: Final = "kinds.toml"
_SUBJECT: Final = 300  # characters
_TEXT: Final = 1_000


class Kind(StrEnum):
    """The kinds of mail that lead to different advice."""

    RESET_REQUESTED = "reset-requested"
    CHANGED = "changed"
    NEW_SIGN_IN = "new-sign-in"
    CODE = "code"
    INVOICE = "invoice"
    OTHER = "other"

    @property
    def is_about_access(self) -> bool:
        """It speaks of the way into an account: a password, a sign-in, a code, a change."""
        return self not in (Kind.INVOICE, Kind.OTHER)


@dataclass(frozen=True, slots=True)
class KindWords:
    """The phrases of all kinds."""

    order: tuple[Kind, ...]
    """The kind that stands first wins."""
    subject: Phrases
    text: Phrases


def kind_of(subject: str, text: str) -> Kind:
    """The kind of a mail by its decoded subject and its shown text. Linear, bounded; pure."""
    words = kind_words()
    for phrases, written in (
        (words.subject, subject[:_SUBJECT]),
        (words.text, text[:_TEXT]),
    ):
        found = phrases.find(plain(written))
        if found:
            return next(kind for kind in words.order if kind.value in found)
    return Kind.OTHER


@cache
def kind_words() -> KindWords:
    """The phrases of the asset, read once, in its order."""
    return parse(read_table(FILE))


def parse(table: Mapping[str, Any]) -> KindWords:
    """Phrases → patterns. The form of the asset is checked by a test."""
    entries = {name: entry for name, entry in table.items() if isinstance(entry, Mapping)}
    return KindWords(
        tuple(Kind(name) for name in entries),
        Phrases({name: entry["subject"] for name, entry in entries.items()}),
        Phrases({name: entry.get("text", ()) for name, entry in entries.items()}),
    )
