"""The passwords that people change a breached one into: the next year, the next number, a sign."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 10
_NUMBER: Final = re.compile(r"(\d{1,4})(\D{0,2})$")
_SIGNS: Final = "!.?"


def variants(password: str) -> list[str]:
    """Up to ten neighbours of a password, the likeliest first; never itself."""
    found: list[str] = []
    number = _NUMBER.search(password)
    if number is not None:
        digits, end = number.groups()
        for step in (-1, 1, -2, 2):
            value = int(digits) + step
            if value >= 0:
                changed = str(value).zfill(len(digits)) if digits[0] == "0" else str(value)
                found.append(password[: number.start()] + changed + end)
        found.append(password[: number.start()] + end)
    if password[-1:] in _SIGNS:
        found.append(password[:-1])
    else:
        found.append(password + "!")
    found += [password[:1].swapcase() + password[1:], password.lower(), password + "1"]
    return [one for one in dict.fromkeys(found) if one and one != password][:MOST]
