"""The words on the buttons of steps."""

from __future__ import annotations

from typing import Final

from secassist.base.language import Translate, english
from secassist.base.language import mark as _
from secassist.facts.organisations import Organisation
from secassist.mail.words.evidence import fill
from secassist.plans.plan import Step

LABELS: Final = {
    "open-site": _("Open {organisation}"),
    "change-password": _("Change the password"),
    "two-step": _("Set up two-step sign-in"),
    "check-password": _("Check this password"),
    "sent-list": _("Show me where"),
    "check-mail": _("Check an e-mail"),
    "scan-mailbox": _("Look through my mailbox"),
    "report-and-delete": _("Report and delete it"),
    "save-report": _("Save the report"),
    "remind-later": _("Remind me in 24 hours"),
    "mark-done": _("Done"),
}
"""The usual words, by the code of the button."""
DONE: Final = _("Done")
NOT_FOR_ME: Final = _("Not for me")
THE_SITE: Final = _("the site")


def filled(text: str, organisation: Organisation | None, translate: Translate = english) -> str:
    """A sentence of a plan, with the organisation's name in it."""
    name = organisation.name if organisation else translate(THE_SITE)
    return fill(translate(text), {"organisation": name})


def label(step: Step, organisation: Organisation | None, translate: Translate = english) -> str:
    """The words on the button of a step."""
    return filled(step.label or LABELS[step.button], organisation, translate)
