"""What stands behind the buttons of a verdict that open no address and start no plan."""

from __future__ import annotations

from dataclasses import dataclass

from secassist.mail.report import Action, Report
from secassist.ui.look import Look


@dataclass(frozen=True, slots=True)
class Steps:
    """A page of advice, in words that are ready to be shown."""

    headline: str
    reason: str
    steps: tuple[str, ...] = ()
    buttons: tuple[Action, ...] = ()
    note: str = ""


def steps_for(look: Look, report: Report, action: Action) -> Steps | None:
    """The page behind ``action``, or None where it has no page of its own."""
    tr = look.tr
    if action.code != "as-attachment":
        return None
    return Steps(
        tr("Ask for it as an attachment"),
        tr("Sent on as text, a mail loses its seal. As an attachment it keeps it."),
        (
            tr("Ask the person to send it once more, as an attachment."),
            tr("Save the attached mail on this computer."),
            tr("Drop that file on this window."),
        ),
        _site(look, report),
    )


def _site(look: Look, report: Report) -> tuple[Action, ...]:
    """The organisation's own address as a button, where we know one."""
    if not report.site:
        return ()
    name = report.message.claimed_name or report.message.from_domain
    return (Action("open-site", look.tr("Open the real {name}", name=name), report.site),)
