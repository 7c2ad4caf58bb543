"""Reads exported lists and judges their passwords: the job of the process that may see them.

What goes back holds findings, never a password nor anything that was made from one without a key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.facts.sites import sites
from secassist.passwords import importers
from secassist.passwords.analysis import judge, strength
from secassist.passwords.analysis import sites as about_site
from secassist.passwords.findings import Audited, Report, in_order
from secassist.passwords.importers.collect import joined
from secassist.passwords.importers.source import MAX_BYTES
from secassist.store.hardening import no_core_dumps

STDIN: Final = "-"
_NOT_CHECKED: Final = {"breached": "the check was not asked for (see --breaches)"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read and how. ``files``: paths, read here and nowhere else."""

    files: tuple[str, ...]
    format_name: str = ""
    stdin: bytes = b""
    """What stands for the path ``-``."""


def audit(wanted: Wanted) -> Report:
    """Read the files and judge all accounts together. Raises UnusableInput."""
    no_core_dumps()
    listing = joined(
        importers.read(_contents(path, wanted), format_name=wanted.format_name)
        for path in wanted.files
    )
    credentials = listing.credentials
    if not credentials:
        raise UnusableInput(_nothing_in_it(listing.skipped))
    findings = judge.shared_and_alike(credentials)
    strengths = judge.strengths(credentials)
    known = sites()
    accounts = []
    for credential, found, guesses in zip(credentials, findings, strengths, strict=True):
        site = about_site.site_of(credential, known)
        extra = (
            strength.weak(guesses),
            about_site.without_second_step(credential, site),
            about_site.plain_http(credential),
        )
        found += [finding for finding in extra if finding is not None]
        accounts.append(
            Audited(
                credential.shown_title,
                credential.site,
                credential.shown_username,
                in_order(found),
                guesses,
                grave=about_site.is_grave(credential, site),
            )
        )
    accounts.sort(key=lambda account: account.rank)
    return Report(tuple(accounts), _NOT_CHECKED, listing.skipped)


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
