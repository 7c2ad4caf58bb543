"""From a written host name to one that can be asked: ASCII, and within DNS's limits."""

from __future__ import annotations

from functools import lru_cache

MAX_NAME = 253
MAX_LABEL = 63


@lru_cache(maxsize=1_024)  # each name of a check passes here several times
def ascii_name(name: str) -> str | None:
    """``name`` in ASCII without its trailing dot, or None where DNS cannot hold it.

    Labels beyond ASCII become A-labels (RFC 5891, after the mapping of UTS 46). Any printable
    ASCII is let through, as DNS itself does (RFC 2181, 11). Malformed are: no label, an empty
    label, more than 63 octets in a label or 253 in all, control characters, what IDNA refuses.
    """
    if len(name) > 4 * MAX_NAME:  # spare IDNA the work
        return None
    name = name.removesuffix(".")
    if not name.isascii():
        import idna  # noqa: PLC0415 (large, and seldom needed)

        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    if not name or len(name) > MAX_NAME or not name.isprintable():
        return None
    if any(not 0 < len(label) <= MAX_LABEL for label in name.split(".")):
        return None
    return name
