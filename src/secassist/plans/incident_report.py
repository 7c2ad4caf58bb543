"""What happened and what was done, as plain text to save or to hand to a bank or a help desk.

It says what the person told and what was checked, and where nobody knows. Codes, passwords and the
text of the mail are not in it; there are none in a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Final

from secassist.base.language import Translate, english
from secassist.base.language import mark as _
from secassist.facts.organisations import Organisation
from secassist.mail.verdict import Verdict
from secassist.mail.words.evidence import fill
from secassist.plans.journal import Entry
from secassist.plans.plan import Plan
from secassist.plans.progress import Run, State, StepState, contained_at, finished_at

_UNKNOWN: Final = _("not known")
_NOT_YET: Final = _("not yet")
_LEFT_OUT: Final = _("not known: a step that stops the harm was left out")
_VERDICTS: Final = {
    None: _("no mail was checked"),
    Verdict.GENUINE: _("really sent by the one it names"),
    Verdict.RELAYED: _("sent by a known service, in the words of a stranger"),
    Verdict.PROVEN_DOMAIN: _("the address is true, its owner is not known"),
    Verdict.CANNOT_TELL: _("could not be proved"),
    Verdict.SUSPICIOUS: _("suspicious"),
    Verdict.FAKE: _("fake"),
}
_STATES: Final = {
    State.OPEN: _("open"),
    State.DONE: _("done"),
    State.NOT_FOR_ME: _("not for me"),
}


def as_text(
    run: Run,
    plan: Plan,
    organisation: Organisation | None,
    steps: Sequence[StepState],
    entries: Iterable[Entry],
    *,
    zone: tzinfo | None = None,
    translate: Translate = english,
) -> str:
    """The report of one run. ``entries``: the journal of this run.

    ``zone``: for the times; None is that of this computer.
    """
    named = {"organisation": organisation.name if organisation else translate(_("the site"))}

    def when(at: int) -> str:
        moment = datetime.fromtimestamp(at, UTC).astimezone(zone)
        return moment.strftime("%Y-%m-%d %H:%M:%S (UTC%z)")

    def moment(at: int, otherwise: str) -> str:
        return when(at) if at else translate(otherwise)

    left_out = any(one.step.contains and one.state is State.NOT_FOR_ME for one in steps)
    about = (
        (_("About"), named["organisation"] if organisation else translate(_UNKNOWN)),
        (_("Verdict on the mail"), translate(_VERDICTS[run.situation.verdict])),
        (_("Fingerprint of the mail (SHA-256)"), run.message or translate(_UNKNOWN)),
        *(((_("Known wave of such mails"), run.wave),) if run.wave else ()),
    )
    times = (
        (_("Noticed"), moment(run.noticed_at, _UNKNOWN)),
        (_("Judged"), moment(run.judged_at, _UNKNOWN)),
        (_("Plan started"), when(run.started_at)),
        (_("Contained"), moment(contained_at(steps), _LEFT_OUT if left_out else _NOT_YET)),
        (_("Finished"), moment(finished_at(steps), _NOT_YET)),
    )
    lines = [fill(translate(plan.title), named), ""]
    lines += [f"{translate(name)}: {value}" for name, value in (*about, *times)]
    lines += ["", translate(_("What was done"))]
    for number, one in enumerate(steps, 1):
        at = f", {when(one.at)}" if one.state is not State.OPEN else ""
        what = fill(translate(one.step.what), named)
        lines.append(f"{number}. {what} ({translate(_STATES[one.state])}{at})")
    records = list(dict.fromkeys(record for entry in entries for record in entry.records))
    if records:
        lines += ["", translate(_("Records seen on the internet")), *records]
    lines += [
        "",
        translate(_("The steps are as the person marked them. Nobody else checked them.")),
    ]
    return "\n".join(lines) + "\n"
