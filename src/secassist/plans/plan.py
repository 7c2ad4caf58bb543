"""The action plans, as data: ``assets/plans/*.toml``; the README beside them explains the form.

No address stands in a plan, only the name of a field of ``organisations.toml``: so whatever a plan
opens is a page of the organisation itself.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, get_args

from secassist.base.errors import CouldNotFinish
from secassist.facts.assets import asset
from secassist.facts.entry import Entry
from secassist.facts.organisations import Organisation
from secassist.mail.verdict import Verdict
from secassist.plans.situation import KINDS, Asked, Landing, Situation, Touched

FOLDER: Final = "plans"
VERSION: Final = 1
PAGES: Final = ("real_site", "security_page", "hacked_help", "two_factor_page")
ACTIONS: Final = (
    "open-site",
    "change-password",
    "two-step",
    "check-password",
    "sent-list",
    "check-mail",
    "scan-mailbox",
    "report-and-delete",
    "save-report",
    "remind-later",
    "mark-done",
)
"""What the button of a step can do. Beside it stands always: done, and not for me."""
OPENING: Final = frozenset({"open-site", "change-password", "two-step"})
DONE_BY: Final = ("two-step-on", "password-known", "password-alone")
"""What can be found out without the person, and then the step is done."""
UNSAID: Final = "unsaid"
MAX_STEPS: Final = 30
MAX_TEXT: Final = 400
"""Characters of one text."""


@dataclass(frozen=True, slots=True)
class When:
    """For whom a step is. None, or an empty list: the fact does not matter.

    What is not known counts as not so: a step for a password that is not shared is shown, too,
    where nobody knows.
    """

    verdicts: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    landing: frozenset[str] = frozenset()
    organisation: bool | None = None
    offers_two_step: bool | None = None
    two_step_on: bool | None = None
    has_sent_list: bool | None = None
    reused: bool | None = None
    breached: bool | None = None
    flood: bool | None = None

    def fits(self, now: Situation, organisation: Organisation | None) -> bool:
        """Whether the step is for this person."""
        words = (
            (self.verdicts, now.verdict or UNSAID),
            (self.kinds, now.kind),
            (self.asked, now.asked or UNSAID),
            (self.touched, now.touched),
            (self.landing, now.landing),
        )
        facts = (
            (self.organisation, organisation is not None),
            (self.offers_two_step, organisation is not None and _offers_two_step(organisation)),
            (self.two_step_on, now.two_step_on),
            (self.has_sent_list, organisation is not None and organisation.recent_mails_place),
            (self.reused, now.reused),
            (self.breached, now.breached),
            (self.flood, now.flood),
        )
        return all(not wanted or word in wanted for wanted, word in words) and all(
            wanted is None or bool(fact) is wanted for wanted, fact in facts
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. Sentences may hold {organisation}."""

    id: str
    what: str
    why: str
    minutes: int
    button: str
    """One of ACTIONS."""
    page: str = ""
    """One of PAGES, where the button opens one."""
    label: str = ""
    """The words on the button, where they are not the usual ones."""
    done_by: str = ""
    """One of DONE_BY, where we may find out by ourselves that the step is done."""
    contains: bool = False
    """Once all such steps are done, the harm cannot grow any more."""
    when: When = When()

    def is_answered(self, now: Situation) -> bool:
        """Whether what we found out by ourselves means that the step is done."""
        return {
            "two-step-on": now.two_step_on is True,
            "password-known": now.reused is not None,
            "password-alone": now.reused is False,
        }.get(self.done_by, False)

    def address(self, organisation: Organisation | None) -> str | None:
        """The page that the button opens: the organisation's own, by https; None: we know none."""
        if organisation is None or self.button not in OPENING:
            return None
        wanted = getattr(organisation, self.page) if self.page else ""
        found = str(wanted or organisation.real_site)
        return found if found.startswith("https://") else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do in one kind of trouble, one step after the other."""

    id: str
    title: str
    about: str
    steps: tuple[Step, ...]
    next: tuple[str, ...] = ()
    """Ids of plans that may be wanted afterwards."""
    own: bool = False
    """It comes from the person's own folder."""

    def steps_for(self, now: Situation, organisation: Organisation | None) -> tuple[Step, ...]:
        """The steps that fit, in order. Never none: the first one is for everybody."""
        return tuple(step for step in self.steps if step.when.fits(now, organisation))


@cache
def plans() -> Mapping[str, Plan]:
    """The plans that ship, by id, in the order of their names. Raises CouldNotFinish on a slip."""
    found = sorted(asset(FOLDER).glob("*.toml"))
    return MappingProxyType({path.stem: read(path.stem, _text(path)) for path in found})


def read(id_: str, text: str, *, own: bool = False) -> Plan:
    """The plan in such a text. Raises CouldNotFinish, whose sentence names the slip."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as slip:
        raise CouldNotFinish(f"The plan {FOLDER}/{id_}.toml cannot be read: {slip}.") from slip
    return from_table(id_, table, own=own)


def from_table(id_: str, table: Mapping[str, Any], *, own: bool = False) -> Plan:
    """The plan of such a table. Raises CouldNotFinish, whose sentence names the slip."""
    file = f"{FOLDER}/{id_}.toml"
    version = table.get("version")
    if type(version) is int and version > VERSION:
        raise CouldNotFinish(f"The plan {file} is for a newer Secassist.")
    if type(version) is not int or version != VERSION:
        raise CouldNotFinish(f"The plan {file} does not say “version = {VERSION}”.")
    entry = Entry(file, id_, table)
    entry.check_fields(frozenset({"version", "title", "about", "next", "steps"}))
    steps = tuple(map(_step, entry.entries("steps")))
    _check(file, steps)
    return Plan(
        id_, _plain(entry, "title"), _plain(entry, "about"), steps, entry.texts("next"), own
    )


def _check(file: str, steps: tuple[Step, ...]) -> None:
    ids = [step.id for step in steps]
    if not 0 < len(steps) <= MAX_STEPS:
        raise CouldNotFinish(f"The plan {file} needs between 1 and {MAX_STEPS} steps.")
    if len(set(ids)) < len(ids):
        raise CouldNotFinish(f"The plan {file} has two steps of one id.")
    if steps[0].when != When():
        raise CouldNotFinish(f"The plan {file}: its first step must be for everybody.")


_STEP_FIELDS: Final = frozenset(field.name for field in fields(Step))
_WHEN_FIELDS: Final = frozenset(field.name for field in fields(When))
_WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "verdicts": frozenset({*Verdict, UNSAID}),
        "kinds": frozenset(KINDS),
        "asked": frozenset({*get_args(Asked), UNSAID}),
        "touched": frozenset(get_args(Touched)),
        "landing": frozenset(get_args(Landing)),
    }
)


def _step(entry: Entry) -> Step:
    entry.check_fields(_STEP_FIELDS)
    minutes = entry.fields.get("minutes")
    if type(minutes) is not int or not 0 < minutes <= 24 * 60:
        raise _slip(entry, "minutes", "must be a number of minutes")
    when = entry.part("when")
    when.check_fields(_WHEN_FIELDS)
    for name, known in _WORDS.items():
        for word in when.texts(name):
            if word not in known:
                raise _slip(when, name, f"knows only {', '.join(sorted(known))}")
    return Step(
        id=_plain(entry, "id"),
        what=_plain(entry, "what"),
        why=_plain(entry, "why"),
        minutes=minutes,
        button=_one_of(entry, "button", ACTIONS),
        page=_one_of(entry, "page", PAGES) if "page" in entry.fields else "",
        label=_plain(entry, "label") if "label" in entry.fields else "",
        done_by=_one_of(entry, "done_by", DONE_BY) if "done_by" in entry.fields else "",
        contains=entry.flag("contains"),
        when=When(
            verdicts=frozenset(when.texts("verdicts")),
            kinds=frozenset(when.texts("kinds")),
            asked=frozenset(when.texts("asked")),
            touched=frozenset(when.texts("touched")),
            landing=frozenset(when.texts("landing")),
            organisation=when.maybe("organisation"),
            offers_two_step=when.maybe("offers_two_step"),
            two_step_on=when.maybe("two_step_on"),
            has_sent_list=when.maybe("has_sent_list"),
            reused=when.maybe("reused"),
            breached=when.maybe("breached"),
            flood=when.maybe("flood"),
        ),
    )


def _plain(entry: Entry, name: str) -> str:
    """A text that is short, and shows what it holds."""
    text = entry.text(name)
    if not text.strip() or len(text) > MAX_TEXT:
        raise _slip(entry, name, f"must have between 1 and {MAX_TEXT} letters")
    if any(unicodedata.category(character).startswith("C") for character in text):
        raise _slip(entry, name, "holds characters that cannot be seen")
    return text


def _one_of(entry: Entry, name: str, known: tuple[str, ...]) -> str:
    text = entry.text(name)
    if text not in known:
        raise _slip(entry, name, f"must be one of {', '.join(known)}")
    return text


def _slip(entry: Entry, name: str, what: str) -> CouldNotFinish:
    return CouldNotFinish(f"{entry.file}, entry {entry.id}: “{name}” {what}.")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CouldNotFinish(f"The plan {path.name} cannot be read.") from error


def _offers_two_step(organisation: Organisation) -> bool:
    return bool(organisation.totp or organisation.passkey or organisation.two_factor_page)
