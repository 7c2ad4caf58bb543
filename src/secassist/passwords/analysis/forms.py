"""The forms of a password under which two of them count as the same."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CACHED = 65_536


def canonical(password: str) -> str:
    """NFC: the same letters, whether they were typed on a Mac or on Windows."""
    return unicodedata.normalize("NFC", password)


@lru_cache(maxsize=_CACHED)
def folded(password: str) -> str:
    """Without capital letters, accents and compatibility forms."""
    plain = unicodedata.normalize("NFKD", password.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).casefold()
