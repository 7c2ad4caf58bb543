"""One password that a person typed: what may be said and kept of it. For the worker process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from secassist.base.errors import UnusableInput
from secassist.passwords import tags
from secassist.passwords.analysis import judge, strength
from secassist.passwords.analysis.forms import canonical
from secassist.passwords.breaches.offline import HashFile
from secassist.passwords.credential import Credential
from secassist.store.hardening import no_core_dumps

MAX_TYPED: Final = 4_096  # characters
_EMPTY: Final = "No password was typed."
_TOO_LONG: Final = f"No site takes a password of more than {MAX_TYPED:,} characters."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A password, and for which account it is meant; ``secret`` makes the tags."""

    password: str = field(repr=False)
    secret: bytes = field(repr=False)
    title: str = ""
    site: str = ""
    username: str = ""
    breach_file: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """All that leaves the process. ``prefix`` and ``tag`` serve to ask about breaches now."""

    tags: tags.Tags
    guesses_log10: float
    prefix: str
    tag: bytes
    seen: int | None = None
    """How often it stands in the downloaded list; None: that was not asked for."""


def judged(wanted: Wanted) -> Judged:
    """Judge it. Raises UnusableInput for none, or one of an impossible length."""
    no_core_dumps()
    if not wanted.password:
        raise UnusableInput(_EMPTY)
    if len(wanted.password) > MAX_TYPED:
        raise UnusableInput(_TOO_LONG)
    urls = (f"https://{wanted.site}",) if wanted.site else ()
    credential = Credential(wanted.title, wanted.username, wanted.password, urls)
    guesses = strength.guesses_log10(wanted.password, judge.names(credential))
    keys = tags.keys(wanted.secret)
    prefix, suffix = tags.sha1(canonical(wanted.password))
    seen = None
    if wanted.breach_file:
        with HashFile.open(wanted.breach_file) as file:
            seen = file.count(prefix + suffix)
    return Judged(
        tags.make(wanted.password, judge.words(credential), guesses, keys),
        guesses,
        prefix,
        tags.tag(keys.breach, suffix),
        seen,
    )
