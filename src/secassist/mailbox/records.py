"""What is kept of every mail: twenty bytes, whatever its size. No text, no place, no address."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from secassist.facts.domains import registrable_domain
from secassist.mailbox.summary import Mark, Summary

NO_LIST: Final = 0


SIGN_UP: Final = 32
"""A bit beside those of ``Mark``: the subject answers a form (confirm, welcome, thank you)."""
_KEPT: Final = Mark.BULK | Mark.AUTOMATIC | Mark.REPLY | Mark.FORM | Mark.ROLE


class Record(NamedTuple):
    """One mail, as the detector sees it."""

    time: int
    sender: int
    """Number of the sender's registrable domain, or of the host below a shared one."""
    list_id: int
    """Number of the mailing list, or of the conversation of automatic answers; else ``NO_LIST``."""
    traits: int
    """Bits of ``Mark``, and ``SIGN_UP``."""
    script: int
    """Of the subject: 0 for Latin, else the first 128 characters' block; see ``script_of``."""


class Records:
    """The records of a whole mailbox, in arrays."""

    def __init__(self, shared: AbstractSet[str], known: Iterable[str] = ()) -> None:
        """``shared``: domains below which each name is another sender; ``known``: seen before."""
        self._shared = shared
        self._times = array("I")
        self._senders = array("I")
        self._lists = array("I")
        self._traits = array("B")
        self._scripts = array("B")
        self._hosts: dict[str, int] = {}
        self.names = {name: number for number, name in enumerate(known, 1)}
        """Registrable domain, or host below a shared one → the number of that sender."""
        self._list_ids: dict[bytes, int] = {}
        self.undated = 0
        """Mails without any time: they belong to no hour."""

    def __len__(self) -> int:
        return len(self._times)

    def add(self, mail: Summary, *, sign_up: bool) -> int:
        """Take in one mail, with what its subject says; the number of its sender."""
        sender = self.sender(mail.domain)
        if not mail.time:
            self.undated += 1
            return sender
        self._times.append(mail.time)
        self._senders.append(sender)
        self._lists.append(self._list_of(mail))
        self._traits.append(mail.marks & _KEPT | (SIGN_UP if sign_up else 0))
        self._scripts.append(script_of(mail.subject))
        return sender

    def in_time(self) -> Iterator[Record]:
        """Every record, the earliest first."""
        columns = (self._times, self._senders, self._lists, self._traits, self._scripts)
        if _is_sorted(self._times):
            yield from map(Record, *columns)
            return
        for place in sorted(range(len(self._times)), key=self._times.__getitem__):
            yield Record(*[column[place] for column in columns])

    def forget_before(self, time: int) -> None:
        """Drop the mails of earlier times; senders and lists stay known by their numbers."""
        kept = [place for place, when in enumerate(self._times) if when >= time]
        for name in ("_times", "_senders", "_lists", "_traits", "_scripts"):
            column: array[int] = getattr(self, name)
            setattr(self, name, array(column.typecode, map(column.__getitem__, kept)))
        self.undated = 0

    def times_in_order(self) -> array[int]:
        """When every mail came, the earliest first."""
        return self._times if _is_sorted(self._times) else array("I", sorted(self._times))

    def sender(self, domain: str) -> int:
        """The number by which a From domain is known; names of one owner have one number."""
        number = self._hosts.get(domain)
        if number is None:
            owner = registrable_domain(domain) or domain
            name = domain if owner in self._shared else owner
            number = self.names.setdefault(name, len(self.names) + 1)
            self._hosts[domain] = number
        return number

    def _list_of(self, mail: Summary) -> int:
        if mail.list_id:
            return self._list(mail.list_id)
        # Automatic answers to one's own mail, such as "out of office" after a letter to many, are
        # one conversation, whoever sends them. Help desks answer what came through their own hosts.
        if mail.answers and not self._is_of(mail.answers, mail.domain):
            return self._list(b"\0" + mail.answers.encode())
        return NO_LIST

    def _is_of(self, host: str, domain: str) -> bool:
        """Whether ``host`` belongs to who owns ``domain``, or to a service that many share."""
        owner = registrable_domain(host) or host
        return owner in self._shared or owner == (registrable_domain(domain) or domain)

    def _list(self, list_id: bytes) -> int:
        return self._list_ids.setdefault(list_id, len(self._list_ids) + 1)


def script_of(subject: str) -> int:
    """The script of the first letter that is not Latin, as a small number; 0 if all are."""
    if subject.isascii():
        return 0
    for character in subject:
        code = ord(character)
        if code >= 0x370 and character.isalpha():
            # Blocks of 256 code points tell scripts apart; Han, kana and Hangul are three.
            if code >= 0xAC00:
                return 255
            return 200 if code >= 0x3400 else min(199, code >> 7)
    return 0


def _is_sorted(times: array[int]) -> bool:
    before = 0
    for time in times:
        if time < before:
            return False
        before = time
    return True
