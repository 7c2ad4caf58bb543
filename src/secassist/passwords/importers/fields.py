"""Values in other people's JSON: whatever stands there, one of the wanted type or an empty one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Whole = Mapping[str, Any]
"""An object of JSON."""


def mapping(value: Any) -> Mapping[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in an array, or the values of an object of objects."""
    members = value.values() if isinstance(value, dict) else value
    if isinstance(value, list | dict):
        for member in members:
            yield mapping(member)


def texts(value: Any) -> tuple[str, ...]:
    """The texts in an array."""
    listed = value if isinstance(value, list) else ()
    return tuple(one.strip() for one in listed if isinstance(one, str) and one.strip())


def text(fields: Mapping[str, Any], *keys: str) -> str:
    """The first of these fields that holds text, with its spaces: it may be a password."""
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            return str(value)
    return ""
