"""``otpauth://`` addresses: read what sites and other authenticators really write; write strictly.

The form is Google's Key URI Format. What differs from it is read where only one meaning is
possible, noted in ``Reading.oddities``, and refused with a reason where a guess could make wrong
codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from secassist.base.errors import OverLimit, UnusableInput
from secassist.twofactor import base32
from secassist.twofactor.account import STEAM_DIGITS, Account, Algorithm, Kind

SCHEME: Final = "otpauth://"
STEAM_SCHEME: Final = "steam://"
MAX_LENGTH: Final = 16 * 1024
_MAX_PARAMETERS: Final = 100
_KNOWN: Final = frozenset(
    {"secret", "issuer", "algorithm", "digits", "period", "counter", "encoder", "steam"}
)
_OTHER_ISSUER: Final = "other-issuer"  # what we note of an address that names two
_NUMBER: Final = re.compile(r"\+?(\d{1,19})(?:\.0*)?")
_STEAM: Final = "steam"
_OTHER_KINDS: Final = {
    "motp": "mOTP",
    "yaotp": "Yandex",
    "yandex": "Yandex",
    "ocra": "OCRA",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """An account, and what was odd about its address.

    Oddities: ``issuer-differs``, ``no-issuer``, ``repeated-parameter``, ``counter-missing``,
    ``counter-without-use``, ``weak-secret``, ``unknown-parameter``.
    """

    account: Account
    oddities: tuple[str, ...]


def looks_like_one(text: str) -> bool:
    """Does the text start as an address that ``read`` may understand?"""
    return text.lstrip()[:10].lower().startswith((SCHEME, STEAM_SCHEME))


def read(text: str) -> Reading:
    """The account of an address. Raises UnusableInput with the reason, never with the secret."""
    address = text.strip()
    if len(address) > MAX_LENGTH:
        raise OverLimit("This address is far too long for one account.")
    if address[: len(STEAM_SCHEME)].lower() == STEAM_SCHEME:  # as Bitwarden writes it
        secret = base32.decode(_decoded(address[len(STEAM_SCHEME) :]))
        return Reading(Account(secret=secret, issuer="Steam", kind=Kind.STEAM), ())
    if address[: len(SCHEME)].lower() != SCHEME:
        raise UnusableInput("This is no address of a code: such a one begins with otpauth://")
    path, _, query = address[len(SCHEME) :].partition("?")
    host, _, label = path.partition("/")
    oddities: list[str] = []
    parameters = _parameters(query, oddities)
    issuer, name, other_issuer = _names(label, parameters.get("issuer", ""))
    if other_issuer:
        oddities.append("issuer-differs")
    if not issuer:
        oddities.append("no-issuer")
    kind = _kind(host, parameters, issuer)
    extra = {key: value for key, value in parameters.items() if key not in _KNOWN}
    if extra:
        oddities.append("unknown-parameter")
    if other_issuer:
        extra[_OTHER_ISSUER] = other_issuer
    account = Account(
        secret=base32.decode(parameters.get("secret", "")),
        issuer=issuer,
        name=name,
        kind=kind,
        algorithm=algorithm(parameters.get("algorithm", "")),
        digits=_number(parameters, "digits", 6),
        period=_number(parameters, "period", 30),
        counter=_counter(parameters, kind, oddities),
        extra=extra,
    )
    if account.weak:
        oddities.append("weak-secret")
    return Reading(account, tuple(oddities))


def write(account: Account) -> str:
    """The address of an account, every parameter said, everything escaped that may be."""
    label = _quoted(account.name)
    if account.issuer or ":" in account.name:
        label = f"{_quoted(account.issuer)}:{label}"
    parameters = {"secret": base32.encode(account.secret)}
    if account.issuer:
        parameters["issuer"] = account.issuer
    parameters["algorithm"] = account.algorithm
    parameters["digits"] = str(account.digits)
    if account.kind is Kind.HOTP:
        parameters["counter"] = str(account.counter)
    else:
        parameters["period"] = str(account.period)
    parameters |= {
        key: value
        for key, value in account.extra.items()
        if key not in _KNOWN and key != _OTHER_ISSUER
    }
    query = "&".join(f"{_quoted(key)}={_quoted(value)}" for key, value in parameters.items())
    return f"{SCHEME}{account.kind}/{label}?{query}"


def algorithm(text: str) -> Algorithm:
    """The hash by one of the many names it goes by (``sha-256``, ``HmacSHA256``, …); none: SHA-1.

    Raises UnusableInput for one that we do not make codes with.
    """
    plain = re.sub(r"[^A-Z0-9]", "", text.upper()[:40]).removeprefix("HMAC")
    if plain in ("", "SHA"):
        return Algorithm.SHA1
    try:
        return Algorithm(plain)
    except ValueError:
        raise UnusableInput(
            f"Its codes are made with “{text[:20]}”. We can make them with SHA-1, SHA-256 and "
            "SHA-512."
        ) from None


def kind_named(text: str) -> Kind:
    """``totp``, ``hotp`` or ``steam`` in any case. Raises UnusableInput for another kind."""
    plain = text.strip().lower()
    try:
        return Kind(plain)
    except ValueError:
        name = _OTHER_KINDS.get(plain, plain[:20] or "no kind at all")
        raise UnusableInput(
            f"Its codes are of another kind ({name}). We can make TOTP, HOTP and Steam codes."
        ) from None


def _parameters(query: str, oddities: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    pieces = query.split("&", _MAX_PARAMETERS + 1)
    if len(pieces) > _MAX_PARAMETERS:
        raise OverLimit("This address has far too many parts for one account.")
    for piece in pieces:
        raw_key, _, raw_value = piece.partition("=")
        key = _decoded(raw_key.replace("+", " ")).strip().removeprefix("amp;")  # out of a web page
        key = key.lower() if key.lower() in _KNOWN else key
        if not key:
            continue
        if key in _KNOWN and key != "issuer":
            raw_value = raw_value.partition("#")[0]
        value = _decoded(raw_value.replace("+", " ")).strip()
        if key not in found or not found[key]:
            found[key] = value
        elif value and found[key] != value:
            if key == "secret":
                raise UnusableInput("This address holds two secrets. Only one can be right.")
            oddities.append("repeated-parameter")
    return found


def _names(label: str, issuer: str) -> tuple[str, str, str]:
    """Issuer, account, and the issuer of the parameter where the label names another one.

    The label goes first, as in most authenticators: it is what they show.
    """
    whole = _decoded(label).strip()
    if issuer:
        for prefix in (issuer, issuer.replace(" ", "+")):
            if whole.lower().startswith(f"{prefix.lower()}:"):
                return issuer, whole[len(prefix) + 1 :].strip(), ""
    if ":" in label:  # an escaped colon is part of a name, if there is a bare one, too
        before, _, after = label.partition(":")
        prefix, name = _decoded(before).strip(), _decoded(after).strip()
    elif ":" in whole:
        prefix, name = (part.strip() for part in whole.split(":", 1))
    else:
        return issuer, whole, ""
    return prefix or issuer, name, issuer if prefix else ""


def _kind(host: str, parameters: Mapping[str, str], issuer: str) -> Kind:
    kind = kind_named(_decoded(host))
    if kind is Kind.TOTP:
        if parameters.get("encoder", "").lower() == _STEAM or _STEAM in parameters:
            return Kind.STEAM
        # Steam hands out no codes but its own.
        if issuer.lower() == _STEAM and parameters.get("digits", "") in ("", str(STEAM_DIGITS)):
            return Kind.STEAM
    return kind


def _counter(parameters: Mapping[str, str], kind: Kind, oddities: list[str]) -> int:
    said = parameters.get("counter", "")
    if kind is not Kind.HOTP:
        if said:
            oddities.append("counter-without-use")
        return 0
    if not said:
        oddities.append("counter-missing")
    return _number(parameters, "counter", 0)


def _number(parameters: Mapping[str, str], key: str, default: int) -> int:
    text = parameters.get(key, "")
    if not text:
        return default
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise UnusableInput(f"“{text[:20]}” is no number for “{key}”.")
    return int(match.group(1))


def _decoded(text: str) -> str:
    data = unquote_to_bytes(text.encode("utf-8", "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _quoted(text: str) -> str:
    return quote(text, safe="")
