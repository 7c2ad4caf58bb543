"""How an account is kept: to and from the plain data of a row in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.twofactor import base32
from secassist.twofactor.account import Account, Algorithm, Kind

KIND: Final = "totp"
"""The kind of these rows."""
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Saved:
    """An account as it is kept, with what the set-up learned about it."""

    account: Account
    site: str = ""
    """Domain of the site, where it was chosen from the list."""
    confirmed: bool = True
    """Did the site take a code? False while a guided set-up is not through."""
    spare_codes: tuple[str, ...] = field(default=(), repr=False)
    spare_codes_place: str = ""
    """Where the person keeps the spare codes: ``here``, ``paper``, ``elsewhere``; empty: unsaid."""
    remind_at: int = 0
    """Unix time of the next reminder to look at it again; 0: none."""

    @property
    def id(self) -> str:
        return self.account.id


def to_data(saved: Saved) -> dict[str, Any]:
    """The object of JSON for the store."""
    account = saved.account
    return {
        "version": VERSION,
        "issuer": account.issuer,
        "name": account.name,
        "kind": str(account.kind),
        "secret": base32.encode(account.secret),
        "algorithm": str(account.algorithm),
        "digits": account.digits,
        "period": account.period,
        "counter": account.counter,
        "note": account.note,
        "extra": dict(account.extra),
        "site": saved.site,
        "confirmed": saved.confirmed,
        "spare_codes": list(saved.spare_codes),
        "spare_codes_place": saved.spare_codes_place,
        "remind_at": saved.remind_at,
    }


def from_data(id_: str, data: Mapping[str, Any]) -> Saved:
    """The account of a row. Raises UnusableInput where it makes no sense; the row is kept then."""
    try:
        if data["version"] > VERSION:
            raise UnusableInput("A newer Secassist wrote this entry.")
        account = Account(
            id=id_,
            issuer=_text(data["issuer"]),
            name=_text(data["name"]),
            kind=Kind(data["kind"]),
            secret=base32.decode(_text(data["secret"])),
            algorithm=Algorithm(data["algorithm"]),
            digits=_number(data["digits"]),
            period=_number(data["period"]),
            counter=_number(data["counter"]),
            note=_text(data["note"]),
            extra={_text(key): _text(value) for key, value in data["extra"].items()},
        )
        return Saved(
            account,
            site=_text(data["site"]),
            confirmed=bool(data["confirmed"]),
            spare_codes=tuple(map(_text, data["spare_codes"])),
            spare_codes_place=_text(data["spare_codes_place"]),
            remind_at=_number(data["remind_at"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableInput(f"This entry makes no sense ({type(error).__name__}).") from error


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise TypeError


def _number(value: Any) -> int:
    if type(value) is int:
        return value
    raise TypeError
