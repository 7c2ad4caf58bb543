"""What is remembered of an account, how it is kept, and what memories tell about each other."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.passwords.analysis.judge import MAX_NAMED, Named, alike, reused
from secassist.passwords.findings import Finding
from secassist.passwords.tags import RULES, SINGLES, Tags, packed, split, unpacked

KIND: Final = "password"
"""The kind of these rows in the store."""
SECRET_KIND: Final = "password-secret"
SECRET_ID: Final = "tags"
VERSION: Final = 1
_OPTIONAL: Final[Mapping[str, Callable[..., Any]]] = {
    "grave": bool,
    "plain_http": bool,
    "number": int,
    "folder": str,
    "source": str,
    "has_code": bool,
    "changed_at": int,
    "breached": int,
    "breach_checked_at": str,
    "ticked_at": str,
}
"""Fields that stand in a row only where they are not empty, and of which type they are."""


@dataclass(frozen=True, slots=True)
class Memory:
    """An account without its password."""

    title: str
    site: str
    username: str
    tags: Tags
    guesses_log10: float
    grave: bool = False
    plain_http: bool = False
    rules: int = RULES
    number: int = 0
    """Tells apart several entries with one title, site and user name; in the order of the list."""
    folder: str = ""
    source: str = ""
    """The format of the list that it stood in."""
    has_code: bool = False
    """The list holds a secret for two-step sign-in."""
    changed_at: int = 0
    """Unix time of the last change of the password; 0: not told."""
    breached: int = 0
    """How often it was seen in breaches, as ``breaches.found.times`` says."""
    breach_checked_at: str = ""
    """When that was looked up (ISO 8601); empty: never."""
    ticked_at: str = ""
    """When the person said "I changed it" (ISO 8601): what is kept here is of the old one."""

    @property
    def id(self) -> str:
        """The same for the same account, import after import."""
        return account_id(self.title, self.site, self.username, self.number)


def account_id(title: str, site: str, username: str, number: int = 0) -> str:
    """The id of an account, of which nothing can be read."""
    parts = (title, site, username, str(number)) if number else (title, site, username)
    text = "\0".join(parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def numbered(names: Iterable[tuple[str, str, str]]) -> list[int]:
    """For each (title, site, user name), how many of the same stand before it."""
    seen = Counter[tuple[str, str, str]]()
    numbers = []
    for name in names:
        numbers.append(seen[name])
        seen[name] += 1
    return numbers


def to_data(memory: Memory) -> dict[str, Any]:
    """The object of JSON for the store: short, so that a row needs no page of its own there."""
    optional = {name: getattr(memory, name) for name in _OPTIONAL}
    return {
        "version": VERSION,
        "rules": memory.rules,
        "title": memory.title,
        "site": memory.site,
        "username": memory.username,
        "guesses_log10": memory.guesses_log10,
        "tags": base64.b64encode(packed(memory.tags)).decode("ascii"),
        "breach_prefix": memory.tags.breach_prefix,
        **{name: value for name, value in optional.items() if value},
    }


def from_data(data: Mapping[str, Any]) -> Memory:
    """The memory of a row. Raises UnusableInput where it makes no sense; the row is kept then."""
    try:
        if data["version"] > VERSION:
            raise UnusableInput("A newer Secassist wrote this entry.")
        kept = base64.b64decode(data["tags"], validate=True)
        return Memory(
            str(data["title"]),
            str(data["site"]),
            str(data["username"]),
            unpacked(kept, str(data["breach_prefix"])),
            float(data["guesses_log10"]),
            rules=int(data["rules"]),
            **{name: kind(data.get(name, kind())) for name, kind in _OPTIONAL.items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableInput(f"This entry makes no sense ({type(error).__name__}).") from error


def gone(fresh: Sequence[Memory], kept: Iterable[Memory]) -> list[Memory]:
    """Remembered accounts that a new list of the same program does not have any more.

    Nothing, where the list has less than half of what that program's last one had: then it is
    another list (a second browser profile, an export of one folder), and says nothing.
    """
    here = {one.id for one in fresh}
    sources = {one.source for one in fresh if one.source}
    found = []
    for source in sorted(sources):
        known = [one for one in kept if one.source == source]
        missing = [one for one in known if one.id not in here]
        if 2 * len(missing) <= len(known):
            found += missing
    return found


def related(memories: Sequence[Memory], fresh: int = 0) -> list[list[Finding]]:
    """For each memory, with whom it shares its password and whose was much the same.

    ``fresh``: the first so many were compared with each other already; only what they have in
    common with the others is new.
    """
    met = [defaultdict[int, str](str) for _ in memories]
    singles = ((word, _single(place)) for place, word in enumerate(SINGLES))
    kinds = (("same", _exact), ("case", _fold), *singles, ("letters", _less), ("similar", _mixed))
    for word, tags_of in kinds:
        for sharing in _sharing(memories, tags_of):
            if sharing[-1] >= fresh:  # the places rise: where the last one is fresh, all are
                _meet(sharing, word, met, memories, fresh)
    names = [(memory.title, memory.id) for memory in memories]
    return [_findings(others, names) for others in met]


def _sharing(
    memories: Sequence[Memory], tags_of: Callable[[Tags], Iterable[bytes]]
) -> Iterable[list[int]]:
    """The places of those that have a tag in common, in their order; for each such tag."""
    first: dict[bytes, int] = {}
    sharing: dict[bytes, list[int]] = {}
    for place, memory in enumerate(memories):
        for tag in tags_of(memory.tags):
            found = first.setdefault(tag, place)
            if found != place:
                sharing.setdefault(tag, [found]).append(place)
    return sharing.values()


def _meet(
    sharing: Sequence[int],
    word: str,
    met: list[defaultdict[int, str]],
    memories: Sequence[Memory],
    fresh: int,
) -> None:
    few = sharing[-MAX_NAMED:] if fresh else sharing[:MAX_NAMED]
    for one in sharing:
        for other in few:
            if one == other or (one < fresh and other < fresh) or other in met[one]:
                continue
            if not _same_account(memories[one], memories[other]):
                met[one][other] = word
                met[other].setdefault(one, word)


def _same_account(one: Memory, other: Memory) -> bool:
    """One sign-in under another title, or its password of earlier."""
    return bool(one.site) and (one.site, one.username) == (other.site, other.username)


def _findings(others: Mapping[int, str], names: Sequence[Named]) -> list[Finding]:
    by_word: defaultdict[str, list[Named]] = defaultdict(list)
    for other, word in sorted(others.items()):
        by_word[word].append(names[other])
    return [
        reused(named[:MAX_NAMED]) if word == "same" else alike(named, word)
        for word, named in by_word.items()
    ]


def _exact(tags: Tags) -> Iterable[bytes]:
    return (tags.exact,) if tags.exact else ()


def _fold(tags: Tags) -> Iterable[bytes]:
    return (tags.fold,) if tags.fold else ()


def _less(tags: Tags) -> Iterable[bytes]:
    return split(tags.less)


def _single(place: int) -> Callable[[Tags], Iterable[bytes]]:
    return lambda tags: split(tags.alike)[place : place + 1]


def _mixed(tags: Tags) -> Iterable[bytes]:
    return split(tags.alike)[len(SINGLES) :]
