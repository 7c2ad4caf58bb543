"""A plain list of addresses, one a line. Whoever has it has all codes."""

from __future__ import annotations

from collections.abc import Sequence

from secassist.twofactor import otpauth
from secassist.twofactor.account import Account


def write(accounts: Sequence[Account]) -> bytes:
    """The list as UTF-8."""
    return "".join(f"{otpauth.write(account)}\n" for account in accounts).encode()
