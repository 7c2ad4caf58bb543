"""Reads exported lists and judges their passwords: the job of the process that may see them.

What goes back holds findings and keyed tags, never a password nor anything made without a key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.base.garbage import unsearched
from secassist.facts.sites import sites
from secassist.passwords import importers, tags
from secassist.passwords.analysis import judge, strength
from secassist.passwords.analysis import sites as about_site
from secassist.passwords.analysis.forms import canonical
from secassist.passwords.breaches import found as breach
from secassist.passwords.breaches.offline import HashFile
from secassist.passwords.breaches.variants import variants
from secassist.passwords.credential import Code, Credential, Listing
from secassist.passwords.findings import Audited, Finding, in_order
from secassist.passwords.importers.collect import joined
from secassist.passwords.importers.source import MAX_BYTES
from secassist.passwords.memory import Memory, account_id, numbered
from secassist.store.hardening import no_core_dumps

STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read and how. ``files``: paths, read here and nowhere else."""

    files: tuple[str, ...]
    format_name: str = ""
    stdin: bytes = field(default=b"", repr=False)
    """What stands for the path ``-``."""
    password: str | None = field(default=None, repr=False)
    """Of an encrypted file."""
    secret: bytes = field(default=b"", repr=False)
    """Makes the tags; empty: none are wanted."""
    codes: about_site.Codes = frozenset()
    """What our own store makes codes for."""
    breach_file: str = ""
    checked_at: str = ""
    """Now, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An account with what was found, and what may be remembered of it.

    ``prefix`` and ``tag`` serve to ask a service about breaches in this session; they are there
    for passwords, too, of which nothing may be remembered. Empty: no tags were wanted.
    """

    account: Audited
    memory: Memory
    prefix: str = ""
    tag: bytes = b""


@dataclass(frozen=True, slots=True)
class Listed:
    """All accounts of the files. ``skipped``: reason → rows."""

    judged: tuple[Judged, ...]
    skipped: dict[str, int]
    codes: int = 0
    """Entries with a secret for two-step sign-in."""


def count(wanted: Wanted) -> int:
    """How many accounts with a password the files hold. Raises UnusableInput as ``audit`` does."""
    no_core_dumps()
    return len(_read(wanted)[0].credentials)


def codes(wanted: Wanted) -> tuple[Code, ...]:
    """The secrets for two-step sign-in in the files: only where the person wants them.

    Raises UnusableInput.
    """
    no_core_dumps()
    return joined(_listings(wanted)).codes


def audit(wanted: Wanted) -> Listed:
    """Read the files and judge all accounts together. Raises UnusableInput."""
    no_core_dumps()
    with unsearched():
        return _audited(wanted)


def _audited(wanted: Wanted) -> Listed:
    listing, sources = _read(wanted)
    credentials = listing.credentials
    names = [(one.shown_title, one.site, one.shown_username) for one in credentials]
    numbers = numbered(names)
    ids = [account_id(*name, number) for name, number in zip(names, numbers, strict=True)]
    findings = judge.shared_and_alike(credentials, ids)
    strengths = judge.strengths(credentials)
    if wanted.breach_file:
        for found, extra in zip(findings, _in_breaches(credentials, wanted), strict=True):
            found += extra
    keys = tags.keys(wanted.secret) if wanted.secret else None
    judged = []
    for credential, number, found, guesses in zip(
        credentials, numbers, findings, strengths, strict=True
    ):
        entry = _Entry(credential, number, sources[credential])
        judged.append(_judged(entry, found, guesses, wanted, keys))
    return Listed(tuple(judged), dict(listing.skipped), len(listing.codes))


@dataclass(frozen=True, slots=True)
class _Entry:
    credential: Credential
    number: int
    source: str


def _read(wanted: Wanted) -> tuple[Listing, dict[Credential, str]]:
    """All accounts, and from the list of which program each is."""
    listings = _listings(wanted)
    listing = joined(listings)
    if not listing.credentials:
        raise UnusableInput(_nothing_in_it(listing.skipped))
    sources = {one: each.format for each in reversed(listings) for one in each.credentials}
    return listing, sources


def _listings(wanted: Wanted) -> list[Listing]:
    return [
        importers.read(
            _contents(path, wanted), format_name=wanted.format_name, password=wanted.password
        )
        for path in wanted.files
    ]


def _judged(
    entry: _Entry, findings: list[Finding], guesses: float, wanted: Wanted, keys: tags.Keys | None
) -> Judged:
    credential = entry.credential
    site = about_site.site_at(credential.site, sites())
    has_code = credential.has_code or about_site.has_code(
        site, credential.shown_username, wanted.codes
    )
    insecure = about_site.plain_http(credential)
    extra = (
        strength.weak(guesses),
        about_site.without_second_step(site, has_code=has_code),
        insecure,
    )
    made, prefix, tag = tags.Tags(), "", b""
    if keys is not None:
        made = tags.make(credential.password, judge.words(credential), guesses, keys)
        prefix, suffix = tags.sha1(canonical(credential.password))
        tag = tags.tag(keys.breach, suffix)
    memory = Memory(
        credential.shown_title,
        credential.site,
        credential.shown_username,
        made,
        guesses,
        about_site.is_grave(credential, site),
        insecure is not None,
        number=entry.number,
        folder=credential.shown_folder,
        source=entry.source,
        has_code=credential.has_code,
        changed_at=credential.changed_at or 0,
        breached=next((n for n in map(breach.times, findings) if n), 0),
        breach_checked_at=wanted.checked_at if wanted.breach_file else "",
    )
    account = Audited(
        memory.title,
        memory.site,
        memory.username,
        in_order([*findings, *(one for one in extra if one is not None)]),
        guesses,
        memory.grave,
        memory.id,
        memory.folder,
    )
    return Judged(account, memory, prefix, tag)


def _in_breaches(credentials: Sequence[Credential], wanted: Wanted) -> list[list[Finding]]:
    """For each account: its password is in the list, or else a neighbour of it is."""
    passwords = sorted({canonical(one.password) for one in credentials}, key=tags.sha1)
    known: dict[str, list[Finding]] = {}
    with HashFile.open(wanted.breach_file) as file:
        for password in passwords:
            count = file.count("".join(tags.sha1(password)))
            if count:
                known[password] = [breach.breached(count, wanted.checked_at)]
            elif any(file.count("".join(tags.sha1(one))) for one in variants(password)):
                known[password] = [breach.breached_variant(wanted.checked_at)]
    return [known.get(canonical(one.password), []) for one in credentials]


def _nothing_in_it(skipped: object) -> str:
    return "There is no account with a password in this file." + (
        " All of its rows were left out." if skipped else ""
    )


def _contents(path: str, wanted: Wanted) -> bytes:
    if path == STDIN:
        return wanted.stdin
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnusableInput(f"“{path}” could not be read: {error.strerror}.") from error
