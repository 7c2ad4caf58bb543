"""The organisations that a person may mean by a few letters, or by an address."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from secassist.facts.organisations import Organisation, organisations
from secassist.facts.ownership import site_owner

_HOST: Final = re.compile(r"^(?:[a-z]+://)?(?:[^/@\s]*@)?([^/:?#\s]+\.[^/:?#\s]{2,})")
_LONGEST: Final = 200


def find(words: str, *, limit: int = 20) -> tuple[Organisation, ...]:
    """Those whose names begin so, then those with the letters inside. Empty words find none."""
    wanted = _folded(words[:_LONGEST])
    if not wanted:
        return ()
    host = _HOST.match(wanted)
    owner = site_owner(host.group(1)) if host else None
    starting: list[Organisation] = [owner] if owner is not None else []
    inside: list[Organisation] = []
    for one in organisations().values():
        names = [_folded(name) for name in (one.name, *one.names)]
        if any(name.startswith(wanted) for name in names):
            starting.append(one)
        elif len(wanted) > 2 and any(wanted in name for name in names):
            inside.append(one)
    return tuple(dict.fromkeys((*starting, *inside)))[:limit]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
