"""Which accounts belong together, for a drawing: those with one password, and those with its like.

Only as many links are named as join the members, the strongest first: a line from each chip to the
next, not from each to all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from secassist.passwords.analysis.relations import SENTENCES
from secassist.passwords.findings import Audited, Code, Report

SAME: Final = "same"
SIMILAR: Final = "similar"


@dataclass(frozen=True, slots=True)
class Member:
    """An account in a cluster."""

    id: str
    title: str
    username: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two members (by their places) and what they have in common."""

    one: int
    other: int
    relation: str
    """``same``: a solid line; every other one: a dotted one."""

    @property
    def words(self) -> str:
        """The relation in words."""
        return SENTENCES[self.relation]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Accounts that fall together. ``kind``: ``same``, or ``similar`` where some are only alike."""

    kind: str
    members: tuple[Member, ...]
    links: tuple[Link, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The relations in it in words, each once."""
        return tuple(dict.fromkeys(link.words for link in self.links))


def clusters(report: Report) -> tuple[Cluster, ...]:
    """All clusters, the largest first."""
    accounts = {account.id: account for account in report.accounts}
    place = {id_: at for at, id_ in enumerate(accounts)}
    root = list(range(len(accounts)))

    def top(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    joined: list[tuple[int, int, str]] = []
    for one, other, relation in _ordered(accounts, place):
        a, b = top(one), top(other)
        if a != b:
            root[max(a, b)] = min(a, b)
            joined.append((one, other, relation))
    links: dict[int, list[tuple[int, int, str]]] = {}
    for link in joined:
        links.setdefault(top(link[0]), []).append(link)
    listed = list(accounts.values())
    found = [_cluster(group, listed) for group in links.values()]
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.members[0].title)))


def _ordered(accounts: dict[str, Audited], place: dict[str, int]) -> Iterator[tuple[int, int, str]]:
    """The links of all findings, those of one password before all others."""
    for code in (Code.REUSED, Code.SIMILAR):
        for id_, account in accounts.items():
            for finding in account.findings:
                if finding.code is code:
                    for other in finding.other_ids:
                        if other in place:
                            yield place[id_], place[other], finding.relation


def _cluster(links: list[tuple[int, int, str]], listed: list[Audited]) -> Cluster:
    places = dict.fromkeys(at for one, other, _ in links for at in (one, other))
    seat = {at: number for number, at in enumerate(places)}
    members = tuple(Member(listed[at].id, listed[at].title, listed[at].username) for at in places)
    kind = SAME if all(relation == SAME for _, _, relation in links) else SIMILAR
    return Cluster(
        kind, members, tuple(Link(seat[one], seat[other], word) for one, other, word in links)
    )
