"""Which accounts share a password, and which of them are one account written down twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from secassist.passwords.analysis.forms import canonical
from secassist.passwords.credential import Credential

Place = int
"""Where a credential stands in the list."""


def by_password(credentials: Sequence[Credential]) -> dict[str, list[Place]]:
    """The places of each password (NFC), in their order."""
    places: defaultdict[str, list[Place]] = defaultdict(list)
    for place, credential in enumerate(credentials):
        places[canonical(credential.password)].append(place)
    return dict(places)


def same_account(one: Credential, other: Credential) -> bool:
    """Whether two entries are one sign-in: the same host and user name (the password is, too)."""
    return bool(one.site) and one.site == other.site and one.username == other.username


def others(
    place: Place, sharing: Sequence[Place], credentials: Sequence[Credential], most: int
) -> list[Place]:
    """The first of ``sharing`` that are other accounts than the one at ``place``."""
    own = credentials[place]
    few = islice(sharing, 2 * most)  # enough of them, should some be the same account
    found = (other for other in few if other != place and not same_account(own, credentials[other]))
    return list(islice(found, most))
