"""What a person does not want to hear of, and why: an account, a folder, a site, or a rule.

An account that is left out is still named where others share its password: that is about them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.facts import domains
from secassist.passwords.credential import host
from secassist.passwords.findings import Audited, Code, Finding

KIND: Final = "password-exclusion"
"""The kind of these rows in the store."""
VERSION: Final = 1
KINDS: Final = ("entry", "folder", "site", "rule")
MAX_TEXT: Final = 500  # characters of a value or a reason
_WHICH: Final = "Leave out one of these: entry:ID, folder:NAME, site:NAME, rule:CODE."


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One thing to leave out. ``since``: ISO 8601."""

    id: str
    kind: str
    """``entry`` (an account's id), ``folder``, ``site`` (a host or domain), ``rule`` (a code)."""
    value: str
    reason: str
    since: str


def make(kind: str, value: str, reason: str, since: str) -> Exclusion:
    """An exclusion; the same kind and value have the same id. Raises UnusableCall."""
    text, why = value.strip()[:MAX_TEXT], reason.strip()[:MAX_TEXT]
    if kind not in KINDS or not text:
        raise UnusableCall(_WHICH)
    if not why:
        raise UnusableCall("Say in a few words why this is left out: you will want to know later.")
    if kind == "rule" and text not in frozenset(Code):
        raise UnusableCall(f"There is no rule “{text}”. There are: {', '.join(Code)}.")
    if kind == "site":
        text = host(text)
        if not text:
            raise UnusableCall(f"“{value.strip()}” is no name of a site.")
    digest = hashlib.blake2b(f"{kind}\0{text}".encode("utf-8", "replace"), digest_size=8)
    return Exclusion(digest.hexdigest(), kind, text, why, since)


def to_data(one: Exclusion) -> dict[str, Any]:
    """The object of JSON for the store."""
    return {
        "version": VERSION,
        "kind": one.kind,
        "value": one.value,
        "reason": one.reason,
        "since": one.since,
    }


def from_data(id_: str, data: Mapping[str, Any]) -> Exclusion:
    """The exclusion of a row. Raises UnusableInput where it makes no sense."""
    try:
        kind = str(data["kind"])
        if kind not in KINDS:
            raise UnusableInput("This entry makes no sense (kind).")
        return Exclusion(id_, kind, str(data["value"]), str(data["reason"]), str(data["since"]))
    except (KeyError, TypeError) as error:
        raise UnusableInput(f"This entry makes no sense ({type(error).__name__}).") from error


def applied(accounts: Iterable[Audited], exclusions: Sequence[Exclusion]) -> list[Audited]:
    """The accounts, with the findings that are left out among their ``hidden`` ones."""
    rules = {one.value for one in exclusions if one.kind == "rule"}
    others = [one for one in exclusions if one.kind != "rule"]
    return [_without(account, rules, others) for account in accounts]


def fits(exclusion: Exclusion, account: Audited) -> bool:
    """Is this account left out by it? A rule leaves out findings, and no account."""
    match exclusion.kind:
        case "entry":
            return account.id == exclusion.value
        case "folder":
            return account.folder == exclusion.value or account.folder.startswith(
                f"{exclusion.value}/"
            )
        case "site":
            return account.site == exclusion.value or exclusion.value == (
                domains.registrable_domain(account.site)
            )
    return False


def _without(account: Audited, rules: set[str], others: Sequence[Exclusion]) -> Audited:
    whole = any(fits(one, account) for one in others)
    hidden: tuple[Finding, ...] = tuple(
        one for one in account.findings if whole or str(one.code) in rules
    )
    if not hidden:
        return account
    left = tuple(one for one in account.findings if one not in hidden)
    return replace(account, findings=left, hidden=(*account.hidden, *hidden))
