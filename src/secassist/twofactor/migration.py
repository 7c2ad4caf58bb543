"""Google Authenticator's ``otpauth-migration://`` codes, both ways, in one picture or several."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import quote, unquote

from secassist.base.errors import OverLimit, UnusableInput
from secassist.twofactor import protobuf
from secassist.twofactor.account import Account, Algorithm, Kind
from secassist.twofactor.entries import Batch, Entry, Rejected, attempt

T = TypeVar("T")

SCHEME: Final = "otpauth-migration://"
FORMAT: Final = "Google Authenticator"
PER_PICTURE: Final = 10  # accounts; as Google does it
MAX_LENGTH: Final = 64 * 1024  # characters; a QR code holds 4,296 at most
_MAX_ACCOUNTS: Final = 1_000
_MAX_PARTS: Final = 100

# Field numbers of the payload and of each account in it
_ACCOUNTS, _VERSION, _PARTS, _PART, _BATCH = range(1, 6)
_SECRET, _NAME, _ISSUER, _ALGORITHM, _DIGITS, _KIND, _COUNTER = range(1, 8)
_ALGORITHMS: Final = {
    0: Algorithm.SHA1,
    1: Algorithm.SHA1,
    2: Algorithm.SHA256,
    3: Algorithm.SHA512,
}
_DIGIT_COUNTS: Final = {0: 6, 1: 6, 2: 8}
_KINDS: Final = {0: Kind.TOTP, 1: Kind.HOTP, 2: Kind.TOTP}
_MD5: Final = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One picture of a series: its place (from 0), the length, and what names the series."""

    entries: tuple[Entry, ...]
    place: int
    length: int
    batch: int


def looks_like_one(text: str) -> bool:
    """Does the text start as such a code?"""
    return text.lstrip()[: len(SCHEME)].lower() == SCHEME


def read_part(text: str) -> Part:
    """The accounts of one code. Raises UnusableInput where it is none, or damaged."""
    address = text.strip()
    if len(address) > MAX_LENGTH:
        raise OverLimit("This code from Google Authenticator is longer than any picture holds.")
    if not looks_like_one(address):
        raise UnusableInput("This is no code from Google Authenticator.")
    entries: list[Entry] = []
    place, length, batch = 0, 1, 0
    for number, value in protobuf.fields(_payload(address)):
        match number, value:
            case 1, bytes():
                if len(entries) == _MAX_ACCOUNTS:
                    raise OverLimit("This code holds far too many accounts.")
                entries.append(_entry(value))
            case 3, int():
                length = value
            case 4, int():
                place = value
            case 5, int():
                batch = value
            case _:
                pass  # the version, and what later ones may add
    length = max(1, length)
    if length > _MAX_PARTS or place >= length:
        raise UnusableInput("This code from Google Authenticator is damaged.")
    return Part(tuple(entries), place, length, batch)


def read(texts: Iterable[str]) -> Batch:
    """All accounts of several codes, each picture once; notes name the pictures that are missing.

    Raises UnusableInput for a code that is damaged.
    """
    series: dict[tuple[int, int], dict[int, Part]] = {}
    for text in texts:
        part = read_part(text)
        series.setdefault((part.batch, part.length), {}).setdefault(part.place, part)
    entries: list[Entry] = []
    notes: list[str] = []
    for (_, length), parts in series.items():
        entries.extend(e for place in sorted(parts) for e in parts[place].entries)
        missing = [place + 1 for place in range(length) if place not in parts]
        if missing:
            notes.append(_missing(missing, length))
    return Batch(FORMAT, tuple(entries), tuple(notes))


def write(
    accounts: Sequence[Account], *, per_picture: int = PER_PICTURE
) -> tuple[tuple[str, ...], tuple[Rejected, ...]]:
    """The codes of as many pictures as it takes, and the accounts that this form cannot hold."""
    rejected = tuple(
        Rejected(reason, account.issuer, account.name)
        for account in accounts
        if (reason := _unfit(account))
    )
    fit = [account for account in accounts if not _unfit(account)]
    groups = [fit[at : at + per_picture] for at in range(0, len(fit), per_picture)]
    batch = secrets.randbits(31)
    texts = []
    for place, group in enumerate(groups):
        data = b"".join(protobuf.field(_ACCOUNTS, _written(account)) for account in group)
        data += protobuf.field(_VERSION, 1)
        data += protobuf.field(_PARTS, len(groups))
        data += protobuf.field(_PART, place)
        data += protobuf.field(_BATCH, batch)
        texts.append(f"{SCHEME}offline?data={quote(base64.b64encode(data).decode(), safe='')}")
    return tuple(texts), rejected


def _payload(address: str) -> bytes:
    query = address.partition("?")[2].partition("#")[0]
    values = [piece[5:] for piece in query.split("&") if piece[:5].lower() == "data="]
    if not values:
        raise UnusableInput("This code from Google Authenticator is cut off.")
    # Some tools leave a plus sign as it is, which others then read as a blank.
    letters = unquote(values[0]).replace(" ", "+").replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise UnusableInput("This code from Google Authenticator is damaged.") from None


def _entry(data: bytes) -> Entry:
    found: dict[int, protobuf.Value] = dict(protobuf.fields(data))
    issuer, name = _text(found.get(_ISSUER)), _text(found.get(_NAME))
    prefix, colon, rest = name.partition(":")
    if colon and prefix.strip().lower() == issuer.strip().lower():
        name = rest
    elif colon and not issuer:
        issuer, name = prefix, rest

    def make() -> Account:
        algorithm = _number(found.get(_ALGORITHM))
        if algorithm == _MD5:
            raise UnusableInput("Its codes are made with MD5, which we do not do.")
        return Account(
            secret=_bytes(found.get(_SECRET)),
            issuer=issuer,
            name=name,
            kind=_known(_KINDS, found.get(_KIND), "kind"),
            algorithm=_known(_ALGORITHMS, algorithm, "hash"),
            digits=_known(_DIGIT_COUNTS, found.get(_DIGITS), "length"),
            counter=_number(found.get(_COUNTER)),
        )

    return attempt(make, issuer=issuer, name=name)


def _known(table: dict[int, T], value: protobuf.Value | None, what: str) -> T:
    try:
        return table[_number(value)]
    except KeyError:
        raise UnusableInput(f"Its codes are of a {what} that we do not know.") from None


def _number(value: protobuf.Value | None) -> int:
    return value if isinstance(value, int) else 0


def _bytes(value: protobuf.Value | None) -> bytes:
    return value if isinstance(value, bytes) else b""


def _text(value: protobuf.Value | None) -> str:
    return _bytes(value).decode("utf-8", "replace")


def _unfit(account: Account) -> str:
    if account.kind is Kind.STEAM:
        return "Google Authenticator makes no Steam codes."
    if account.digits not in (6, 8):
        return f"Google Authenticator makes no codes of {account.digits} digits."
    if account.kind is Kind.TOTP and account.period != 30:
        return f"Google Authenticator makes no codes that last {account.period} seconds."
    return ""


def _written(account: Account) -> bytes:
    name = f"{account.issuer}:{account.name}" if account.issuer else account.name
    values: dict[int, protobuf.Value] = {
        _SECRET: account.secret,
        _NAME: name.encode(),
        _ISSUER: account.issuer.encode(),
        _ALGORITHM: {Algorithm.SHA1: 1, Algorithm.SHA256: 2, Algorithm.SHA512: 3}[
            account.algorithm
        ],
        _DIGITS: {6: 1, 8: 2}[account.digits],
        _KIND: 1 if account.kind is Kind.HOTP else 2,
    }
    if account.kind is Kind.HOTP:
        values[_COUNTER] = account.counter
    return b"".join(protobuf.field(number, value) for number, value in values.items())


def _missing(places: list[int], length: int) -> str:
    if len(places) == 1:
        return f"Picture {places[0]} of {length} is missing."
    listed = ", ".join(map(str, places[:-1]))
    return f"Pictures {listed} and {places[-1]} of {length} are missing."
