"""All that the passwords of a list tell by themselves: shared, alike, weak."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from secassist.facts import domains
from secassist.passwords.analysis import reuse, similar, strength
from secassist.passwords.analysis.forms import folded, skeleton, tokens
from secassist.passwords.analysis.relations import SENTENCES, Shape
from secassist.passwords.credential import Credential
from secassist.passwords.findings import Code, Finding

_NAMES: Final = re.compile(r"[\W\d_]+")
_CACHED: Final = 65_536  # accounts; each is asked about several times
Named = tuple[str, str]
"""Title and id of an account."""
MAX_NAMED: Final = 200
"""Other accounts that one finding names; a list that is one password all over names these."""


def shared_and_alike(credentials: Sequence[Credential], ids: Sequence[str]) -> list[list[Finding]]:
    """The findings of each account: with whom it shares its password, and whose is much alike."""
    by_password = reuse.by_password(credentials)
    titles = [credential.shown_title for credential in credentials]
    findings: list[list[Finding]] = [[] for _ in credentials]
    for sharing in by_password.values():
        for place in sharing if len(sharing) > 1 else ():
            others = reuse.others(place, sharing, credentials, MAX_NAMED)
            if others:
                names = [(titles[one], ids[one]) for one in others]
                findings[place].append(reused(names))
    groups = list(by_password.items())
    shapes = [
        Shape(password, frozenset(word for place in places for word in words(credentials[place])))
        for password, places in groups
    ]
    kin: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)
    for (one, other), word in sorted(similar.pairs(shapes).items()):
        kin[one].setdefault(word, []).append(other)
        kin[other].setdefault(word, []).append(one)
    for group, related in kin.items():
        found = [
            alike(((titles[at], ids[at]) for one in others for at in groups[one][1]), word)
            for word, others in related.items()
        ]
        for place in groups[group][1]:
            findings[place] += found
    return findings


def strengths(credentials: Sequence[Credential]) -> list[float]:
    """The strength of each, as ``strength.guesses_log10``."""
    known: dict[tuple[str, tuple[str, ...]], float] = {}
    found = []
    for credential in credentials:
        key = (credential.password, names(credential))
        if key not in known:
            known[key] = strength.guesses_log10(*key)
        found.append(known[key])
    return found


def words(credential: Credential) -> tuple[str, ...]:
    """The words of the site: its registrable name, the first label of that, and the title's."""
    return _words(credential.site, credential.title)


@lru_cache(maxsize=_CACHED)
def _words(site: str, title: str) -> tuple[str, ...]:
    owner = domains.registrable_domain(site) or site
    label = owner.partition(".")[0]
    more = (folded(owner) if owner != label else "", skeleton(label))
    return (*filter(None, more), *tokens(label, title))


def names(credential: Credential) -> tuple[str, ...]:
    """What a guesser knows about the account: the site's words and the parts of the user name."""
    user = credential.username.partition("@")[0]
    return (*words(credential), *filter(None, (user, *_NAMES.split(user))))


def reused(others: Sequence[Named]) -> Finding:
    """The finding about accounts with the same password."""
    count = len(others)
    has = "1 other account has" if count == 1 else f"{count} other accounts have"
    detail = f"{has} the same password. Whoever learns it at one site gets into all of them."
    titles, ids = zip(*others, strict=True)
    return Finding(Code.REUSED, detail, titles, ids, "same")


def alike(others: Iterable[Named], relation: str) -> Finding:
    """The finding about accounts whose password is related in one way."""
    listed = tuple(islice(others, MAX_NAMED))
    has = "1 other account has" if len(listed) == 1 else f"{len(listed)} other accounts have"
    detail = f"{has} nearly this password: {SENTENCES[relation]}. Guessers try that first."
    titles, ids = zip(*listed, strict=True)
    return Finding(Code.SIMILAR, detail, titles, ids, relation)
