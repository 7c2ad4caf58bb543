"""What stands behind the buttons of a verdict that open no address: a few steps in order."""

from __future__ import annotations

from dataclasses import dataclass

from secassist.mail.report import Action, Report
from secassist.ui.look import Look
from secassist.usecases.advice import Told


@dataclass(frozen=True, slots=True)
class Steps:
    """A page of advice, in words that are ready to be shown."""

    headline: str
    reason: str
    steps: tuple[str, ...] = ()
    buttons: tuple[Action, ...] = ()
    note: str = ""


def steps_told(told: Told) -> Steps:
    """Advice that a use case chose. Its button is shown only where it opens an address."""
    return Steps(told.headline, told.reason, told.steps, (told.action,) if told.action.url else ())


def steps_for(look: Look, report: Report, action: Action) -> Steps | None:
    """The page behind ``action``, or None where it has no page of its own."""
    tr = look.tr
    claimed = report.message.claimed_name
    site = _site(look, report)
    match action.code:
        case "report-and-delete":
            return Steps(
                tr("Report it, then delete it"),
                tr("Reporting helps others. Nothing is deleted from here; you do it yourself."),
                (
                    tr(
                        "In your mail program, open the menu of the mail."
                        " Choose “Report phishing” or “Spam”."
                    ),
                    *(
                        tr("{name} takes fakes at {address}.", name=claimed, address=address)
                        for address in report.report_to[:1]
                    ),
                    tr("Do not answer it. Do not click in it to “unsubscribe”."),
                    tr("Delete the mail, then empty the bin."),
                ),
                site,
                tr("You gave nothing away by looking at the mail."),
            )
        case "ask-sender":
            return Steps(
                tr("Ask the person first"),
                tr("The service is real. Who wrote the words is not proved."),
                (
                    tr("Call the person, or ask when you meet. Use a number you already have."),
                    tr("Ask: did you send me this?"),
                    tr("If not, delete the mail. Open no file and no link in it."),
                ),
            )
        case "as-attachment":
            return Steps(
                tr("Ask for it as an attachment"),
                tr("Sent on as text, a mail loses its seal. As an attachment it keeps it."),
                (
                    tr("Ask the person to send it once more, as an attachment."),
                    tr("Save the attached mail on this computer."),
                    tr("Drop that file on this window."),
                ),
                site,
            )
        case "check-another-way":
            return Steps(
                tr("Check it another way"),
                tr("Leave the mail alone and look where you always look."),
                (
                    tr("Open the app, or type the address yourself. Never use the mail for it."),
                    tr("Sign in there. A real message waits for you there too."),
                    tr("Or call a number from an old letter, a card or a bill."),
                ),
                site,
            )
        case "know-no":
            return Steps(
                tr("Then leave it alone"),
                tr("The address is true, but a stranger wrote it."),
                (
                    tr("Click on nothing, and do not answer."),
                    tr("Pay nothing that it asks for."),
                    tr("If it matters, it will come another way too."),
                ),
            )
        case "make-safer":
            name = claimed or tr("the site")
            return Steps(
                tr("Make your account safer"),
                tr("Do it in the app, or by typing the address yourself."),
                (
                    tr(
                        "Open {name}. Look who is signed in, and sign out what you do not know.",
                        name=name,
                    ),
                    tr("Turn on two-step sign-in there."),
                    tr("Is the password used elsewhere too? Then change it."),
                    tr("Give the code of the mail to nobody."),
                ),
                site,
            )
    return None


def _site(look: Look, report: Report) -> tuple[Action, ...]:
    """The organisation's own address as a button, where we know one."""
    if not report.site:
        return ()
    name = report.message.claimed_name or report.message.from_domain
    return (Action("open-site", look.tr("Open the real {name}", name=name), report.site),)
