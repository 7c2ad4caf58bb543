"""The guided set-up of two-step sign-in at one site, as states and moves; no window, no store.

    site → where to click → picture code → checks → (saved) → try the first code → spare codes
         → sign in once in a private window → done

A ``Setup`` is one moment of it. Each move is a function that gives the next moment and changes
nothing; the store is written by ``usecases.setup``. Three things can be relied on:

- No code is shown before its account is on disk: ``Step.TRY`` is reached through ``saved`` alone.
- From each step there is a way on and a way out, and neither deletes an account that the site may
  already ask for.
- A moment written to the store (``to_data``) holds no secret, and is taken up again after a crash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.twofactor.account import Account, Kind, new_id

KIND: Final = "totp-setup"
"""The kind of these rows in the store."""
VERSION: Final = 1
REMIND_AFTER: Final = 182 * 24 * 3600
"""Seconds until the reminder to look at it again: half a year."""
MAX_SPARE_CODES: Final = 100
_CODE: Final = re.compile(r"(?=.{3,64}$)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_BULLETS: Final = frozenset("- * • · ☐ [ ] []".split())


class Step(StrEnum):
    """Where the person is."""

    SITE = "site"
    WHERE = "where"
    PICTURE = "picture"
    CHECK = "check"
    TRY = "try"
    TROUBLE = "trouble"
    SPARE = "spare"
    PRIVATE_WINDOW = "private-window"
    DONE = "done"


class Cause(StrEnum):
    """Why a site may refuse a right-looking code, in the order in which they are gone through."""

    TOO_LATE = "too-late"
    CLOCK = "clock"
    OTHER_CODE = "other-code"
    START_AGAIN = "start-again"


class Remark(StrEnum):
    """What is odd about an account that was read in. None of them forbids to go on."""

    OTHER_ISSUER = "other-issuer"
    LABEL_DIFFERS = "label-differs"
    NO_ISSUER = "no-issuer"
    DUPLICATE = "duplicate"
    SAME_CODES = "same-codes"
    WEAK = "weak"
    COUNTER = "counter"
    UNUSUAL = "unusual"


@dataclass(frozen=True, slots=True)
class Setup:
    """One moment of a set-up."""

    id: str
    step: Step = Step.SITE
    site: str = ""
    """Domain of the chosen site; empty for one that is not in the list."""
    site_name: str = ""
    account: Account | None = None
    """Read in but not saved yet; afterwards the store has it, under ``account_id``."""
    remarks: tuple[Remark, ...] = ()
    account_id: str = ""
    """Of the account that is on disk."""
    replaced: tuple[str, ...] = ()
    """Accounts of earlier tries that the site refused; they go when it takes this one."""
    cause: Cause | None = None

    @property
    def is_saved(self) -> bool:
        return bool(self.account_id)

    @property
    def can_go_back(self) -> bool:
        return self.step in _BACK


_BACK: Final = {
    Step.WHERE: Step.SITE,
    Step.PICTURE: Step.WHERE,
    Step.CHECK: Step.PICTURE,
    Step.TRY: Step.PICTURE,
    Step.TROUBLE: Step.TRY,
    Step.SPARE: Step.TRY,
    Step.PRIVATE_WINDOW: Step.SPARE,
}


def start() -> Setup:
    """The first moment of a new set-up."""
    return Setup(new_id())


def choose_site(setup: Setup, name: str, domain: str = "") -> Setup:
    """The site is chosen, from the list or by its name alone."""
    _expect(setup, Step.SITE)
    if not name.strip():
        raise UnusableInput("Which site is it? Type its name.")
    return replace(setup, step=Step.WHERE, site=domain, site_name=name.strip()[:200])


def found_it(setup: Setup) -> Setup:
    """The person is on the page of the site that shows the picture code."""
    _expect(setup, Step.WHERE)
    return replace(setup, step=Step.PICTURE)


def read_in(
    setup: Setup,
    account: Account,
    *,
    oddities: Iterable[str] = (),
    fits_site: bool,
    existing: Iterable[Account] = (),
) -> Setup:
    """An account was read from a picture, an address or typed letters; now it is looked at.

    ``fits_site``: may its issuer belong to the chosen site? ``oddities`` as of ``otpauth.read``.
    """
    _expect(setup, Step.PICTURE, Step.CHECK)
    if not account.issuer:
        account = replace(account, issuer=setup.site_name)
    remarks = _remarks(account, set(oddities), fits_site, tuple(existing))
    return replace(setup, step=Step.CHECK, account=account, remarks=remarks)


def saved(setup: Setup) -> Setup:
    """The account is on disk. Only now may its code be shown."""
    _expect(setup, Step.CHECK)
    if setup.account is None:
        raise UnusableCall("There is nothing to save yet.")
    new = setup.account.id
    earlier = (*setup.replaced, setup.account_id)
    return replace(
        setup,
        step=Step.TRY,
        account=None,
        account_id=new,
        replaced=tuple(id_ for id_ in earlier if id_ and id_ != new),
        cause=None,
    )


def taken(setup: Setup) -> Setup:
    """The site took the code."""
    _expect(setup, Step.TRY, Step.TROUBLE)
    return replace(setup, step=Step.SPARE, cause=None, remarks=(), replaced=())


def refused(setup: Setup) -> Setup:
    """The site did not take the code: the first cause, or the one after the last that was tried."""
    _expect(setup, Step.TRY, Step.TROUBLE)
    order = list(Cause)
    following = (
        order[0]
        if setup.cause is None
        else order[min(len(order) - 1, order.index(setup.cause) + 1)]
    )
    return replace(setup, step=Step.TROUBLE, cause=following)


def try_again(setup: Setup) -> Setup:
    """Something was mended: show the code once more. Which causes were tried is remembered."""
    _expect(setup, Step.TROUBLE)
    return replace(setup, step=Step.TRY)


def new_picture(setup: Setup) -> Setup:
    """Begin anew with another picture code of the site. The earlier account stays until then."""
    _expect(setup, Step.TRY, Step.TROUBLE)
    return replace(setup, step=Step.PICTURE, cause=None, account=None)


def spare_codes_kept(setup: Setup) -> Setup:
    """The spare codes are noted, or the site has none, or they wait."""
    _expect(setup, Step.SPARE)
    return replace(setup, step=Step.PRIVATE_WINDOW)


def finish(setup: Setup) -> Setup:
    """The sign-in in a private window went well, or waits."""
    _expect(setup, Step.PRIVATE_WINDOW)
    return replace(setup, step=Step.DONE)


def back(setup: Setup) -> Setup:
    """One step back. What is on disk stays there; what was read in and not saved is dropped."""
    if not setup.can_go_back:
        raise UnusableCall("There is no way back from here; you can stop at any time.")
    before = _BACK[setup.step]
    if setup.step is Step.CHECK:
        return replace(setup, step=before, account=None, remarks=())
    return replace(setup, step=before)


def parse_spare_codes(text: str) -> tuple[str, ...]:
    """The codes in pasted or typed text: one a line, or several with blanks in between.

    Numbers of a list (``1.``, ``2)``) and bullets are dropped. Raises UnusableInput where there is
    none, or more than 100.
    """
    found: list[str] = []
    for line in text[: MAX_SPARE_CODES * 200].splitlines():
        words = line.replace("\t", " ").split()
        while words and _is_bullet(words[0]):
            words = words[1:]
        found += _codes_in(words)
    unique = tuple(dict.fromkeys(found))
    if not unique:
        raise UnusableInput("There is no spare code in this text. They look like “4821-9301”.")
    if len(unique) > MAX_SPARE_CODES:
        raise UnusableInput("These are too many for spare codes. Sites give out ten or so.")
    return unique


def to_data(setup: Setup) -> dict[str, Any]:
    """The moment for the store. An account that is not saved yet is left out: no secret here."""
    step = Step.PICTURE if setup.step is Step.CHECK else setup.step
    return {
        "version": VERSION,
        "step": str(step),
        "site": setup.site,
        "site_name": setup.site_name,
        "account_id": setup.account_id,
        "replaced": list(setup.replaced),
        "cause": str(setup.cause) if setup.cause else "",
    }


def from_data(id_: str, data: Mapping[str, Any]) -> Setup:
    """The moment of a row. Raises UnusableInput where it makes no sense."""
    try:
        setup = Setup(
            id=id_,
            step=Step(data["step"]),
            site=str(data["site"]),
            site_name=str(data["site_name"]),
            account_id=str(data["account_id"]),
            replaced=tuple(map(str, data["replaced"])),
            cause=Cause(data["cause"]) if data["cause"] else None,
        )
    except (KeyError, TypeError, ValueError) as slip:
        raise UnusableInput("This unfinished set-up makes no sense.") from slip
    early = (Step.SITE, Step.WHERE, Step.PICTURE)
    if not setup.is_saved and setup.step not in early:
        raise UnusableInput("This unfinished set-up makes no sense.")
    return setup


def _expect(setup: Setup, *steps: Step) -> None:
    if setup.step not in steps:
        raise UnusableCall(f"That cannot be done at this step ({setup.step}).")


def _remarks(
    account: Account, oddities: set[str], fits_site: bool, existing: tuple[Account, ...]
) -> tuple[Remark, ...]:
    found: list[Remark] = []
    if not fits_site:
        found.append(Remark.OTHER_ISSUER)
    if "issuer-differs" in oddities:
        found.append(Remark.LABEL_DIFFERS)
    if "no-issuer" in oddities:
        found.append(Remark.NO_ISSUER)
    if any(account.is_duplicate_of(one) for one in existing):
        found.append(Remark.DUPLICATE)
    elif any(account.makes_same_codes(one) for one in existing):
        found.append(Remark.SAME_CODES)
    if account.weak:
        found.append(Remark.WEAK)
    if account.kind is Kind.HOTP:
        found.append(Remark.COUNTER)
    usual = account.digits in (6, 8) and account.period in (30, 60)
    if account.kind is Kind.TOTP and not usual:
        found.append(Remark.UNUSUAL)
    return tuple(found)


def _is_bullet(word: str) -> bool:
    return word in _BULLETS or (word[-1] in ".)" and word[:-1].isdigit() and len(word) <= 4)


def _codes_in(words: list[str]) -> list[str]:
    """Two halves with a blank between (``1234 5678``) are one code; a sentence holds none."""
    likely = [word for word in words if _is_code(word)]
    if len(likely) < len(words):
        return [word for word in likely if len(word) >= 6] if len(words) <= 3 else []
    halves = all(word.isdigit() and len(word) in (3, 4) for word in words)
    if halves and len(words) % 2 == 0:
        return [f"{a} {b}" for a, b in zip(words[::2], words[1::2], strict=True)]
    return likely


def _is_code(word: str) -> bool:
    return bool(_CODE.fullmatch(word)) and not word.isalpha()
