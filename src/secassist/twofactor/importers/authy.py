"""Authy, where it can be read: the app's settings, its server's answers, the export on request.

Authy has no export of its own. What people have is: the settings of a rooted phone (XML), the
list that the app gets from its server (JSON, as it came or opened by a tool), and the table (CSV)
that one gets from Authy by asking for one's data. Secrets are under the password for backups
(PBKDF2 with SHA-1, AES-CBC), or open; Authy's own accounts change every ten seconds.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.twofactor import base32
from secassist.twofactor.account import Account
from secassist.twofactor.entries import Batch, Entry, Rejected, attempt, one_line
from secassist.twofactor.importers import android, crypt
from secassist.twofactor.importers.fields import NO_ENTRY, mapping, number, sequence, text
from secassist.twofactor.importers.source import Damaged, PasswordNeeded, Source, WrongPassword

FORMAT: Final = "Authy"
_SETTINGS: Final = frozenset(
    {"com.authy.storage.tokens.authenticator.key", "com.authy.storage.tokens.authy.key"}
)
_LISTS: Final = ("decrypted_authenticator_tokens", "authenticator_tokens")
_COLUMNS: Final = frozenset({"encrypted_seed", "salt", "iv"})
_PEEK: Final = 2_000  # characters
_MAX_ROWS: Final = 10_000
_OPEN: Final = ("decryptedSecret", "decrypted_seed")
_BOXES: Final = ("encryptedSecret", "encrypted_seed")
_OWN: Final = "secretSeed"  # hexadecimal, of accounts that Authy itself hands out
_OWN_PERIOD: Final = 10  # seconds
_ROUNDS_OF_APP: Final = 1_000
_ROUNDS_OF_TABLE: Final = 100_000
_NO_IV: Final = "00" * 16


def fits(source: Source) -> bool:
    """Is it one of the three?"""
    if source.json is not None:
        return any(isinstance(mapping(source.json).get(name), list) for name in _LISTS)
    if source.text is None:
        return False
    if android.are_settings(source.text):
        return any(name in source.text for name in _SETTINGS)
    head = source.text[:_PEEK].partition("\n")[0].lower()
    return {name.strip(" \"'\r") for name in head.replace(";", ",").split(",")} >= _COLUMNS


def read(source: Source, password: str | None) -> Batch:
    """All accounts. Raises PasswordNeeded, WrongPassword, Damaged."""
    tokens, rounds = _tokens(source)
    locked = [token for token in tokens if _is_locked(token)]
    if locked and password is None:
        raise PasswordNeeded(FORMAT)
    secrets = {id(token): _opened(token, password or "", rounds) for token in locked}
    if locked and not any(secrets.values()):
        raise WrongPassword(FORMAT, sure=False)
    return Batch(FORMAT, tuple(_entry(token, secrets.get(id(token), "")) for token in tokens))


def _tokens(source: Source) -> tuple[Sequence[Any], int]:
    """The accounts as the file has them, and how often a password is stretched if it says nothing.

    Raises Damaged.
    """
    if source.json is not None:
        whole = mapping(source.json)
        return next(sequence(whole[n]) for n in _LISTS if n in whole), _ROUNDS_OF_APP
    whole_text = source.text or ""
    if android.are_settings(whole_text):
        found: list[Any] = []
        for name, value in android.strings(whole_text, FORMAT):
            if name in _SETTINGS:
                try:
                    found += sequence(json.loads(value))
                except (ValueError, RecursionError):
                    raise Damaged(FORMAT) from None
        return found, _ROUNDS_OF_APP
    return _rows(whole_text), _ROUNDS_OF_TABLE


def _rows(whole: str) -> Sequence[Mapping[str, str]]:
    comma = ";" if ";" in whole.partition("\n")[0] else ","
    table = csv.reader(io.StringIO(whole), delimiter=comma, skipinitialspace=True)
    try:
        names = [name.strip().lower() for name in next(table, [])]
        rows = [row for row, _ in zip(table, range(_MAX_ROWS), strict=False) if any(row)]
    except csv.Error:
        raise UnusableInput("This table is damaged: a field in it never ends.") from None
    return [dict(zip(names, row, strict=False)) for row in rows]


def _is_locked(token: Any) -> bool:
    fields = mapping(token)
    return bool(text(fields, *_BOXES)) and not text(fields, *_OPEN, _OWN)


def _opened(token: Mapping[str, Any], password: str, rounds: int) -> str:
    """The secret in base 32; empty where the password does not fit."""
    box = crypt.unbase64(text(token, *_BOXES))
    iv = crypt.unhex(text(token, "unique_iv", "iv") or _NO_IV)
    try:
        rounds = number(token, "key_derivation_iterations", rounds)
    except UnusableInput:
        return ""
    if box is None or iv is None:
        return ""
    salt = text(token, "salt").encode("utf-8", "replace")
    key = crypt.pbkdf2("sha1", crypt.secret_of(password), salt, rounds, 32)
    plain = (crypt.open_cbc(key, iv, box) or b"").decode("utf-8", "replace")
    try:
        base32.decode(plain)
    except UnusableInput:
        return ""
    return plain


def _entry(token: Any, opened: str) -> Entry:
    if not isinstance(token, dict):
        return NO_ENTRY
    issuer, name = _names(token)
    if _is_locked(token) and not opened:
        return Rejected("Its secret does not open.", one_line(issuer), one_line(name))
    own = text(token, _OWN)

    def make() -> Account:
        secret = crypt.unhex(own) if own else base32.decode(opened or text(token, *_OPEN))
        if secret is None:
            raise UnusableInput("The secret is damaged.")
        return Account(
            secret=secret,
            issuer=issuer,
            name=name,
            digits=number(token, "digits", 6) or 6,
            period=_OWN_PERIOD if own else 30,
        )

    return attempt(make, issuer=issuer, name=name)


def _names(token: Mapping[str, Any]) -> tuple[str, str]:
    """Issuer and account: Authy writes both into one name, in several ways."""
    name = text(token, "name")
    if text(token, _OWN):
        return name, ""
    issuer = text(token, "originalIssuer", "issuer")
    original = text(token, "originalName", "original_name") or name
    if not issuer and ":" in original:
        issuer = original.partition(":")[0].strip()
    if not issuer and " - " in name:
        issuer = name.partition(" - ")[0].strip()
    if not issuer:
        kind = text(token, "accountType", "account_type")
        issuer = "" if kind.startswith("authenticator") else kind.capitalize()
    rest = name.removeprefix(issuer).lstrip()
    if rest != name and rest[:1] in (":", "-"):
        name = rest[1:].lstrip()
    return issuer, name
