"""The table of advice: first match wins.

The order is that of urgency: what was given away comes first, whatever the mail is; then what was
changed in an account; then a flood that may hide something; then what was opened; then the mail
itself.
"""

from __future__ import annotations

from secassist.base.language import mark as _
from secassist.mail.verdict import Verdict
from secassist.plans.row import Advice, Column

UNPROVED = frozenset(
    {Verdict.FAKE, Verdict.SUSPICIOUS, Verdict.CANNOT_TELL, Verdict.RELAYED, Verdict.PROVEN_DOMAIN}
)
ALARMS: Column = frozenset({"changed", "new-sign-in"})
NOT_ME: Column = frozenset({"no", "unsure"})


def _only(*values: str | None) -> Column:
    return frozenset(values)


def _on(*values: Verdict) -> frozenset[Verdict]:
    return frozenset(values)


CHANGE_STEPS = (
    _("Open the site by typing its address yourself. Change the password there."),
    _("Sign out all other devices."),
    _("Turn on two-step sign-in."),
    _("Did you use the same password elsewhere? Change it there too, your mail account first."),
    _("Did you give a card number? Call your bank now."),
)

TABLE: tuple[Advice, ...] = (
    Advice(
        "gave-secret",
        "gave-secret",
        _("Act now. You may have given your password away."),
        _("You typed it after a mail that is not proved. Change it from here, not from the mail."),
        "change-password",
        _("Start: change the password"),
        CHANGE_STEPS,
        touched=_only("typed"),
        landing=_only("other", "unknown"),
    ),
    Advice(
        "opened-file",
        "opened-file",
        _("Act now. Someone may be in your computer."),
        _("You opened a file or let someone in. Use another device until this one is checked."),
        "disconnect",
        _("Start: go offline"),
        (
            _("Turn off the wireless, or pull the cable."),
            _("On another device, change the password of your mail."),
            _("Then change the password of your bank and of what else you use here."),
            _("Ask someone you trust to check this computer before you use it again."),
        ),
        touched=_only("opened"),
    ),
    Advice(
        "called",
        "fake-support",
        _("Hang up. No real firm calls like this."),
        _("Whoever calls about a mail or a virus is a crook. Real help waits for your call."),
        "mark-done",
        _("I have hung up"),
        trouble=_only("called"),
    ),
    Advice(
        "locked-out",
        "taken-over",
        _("You are locked out. Get back in."),
        _("Someone may have changed your password. The site has a page for that."),
        "open-site",
        _("Open {organisation}"),
        trouble=_only("locked-out"),
    ),
    Advice(
        "lost-second-step",
        "lost-second-step",
        _("You lost your second key. There are other ways."),
        _("A spare code or another device lets you in."),
        "open-site",
        _("Open {organisation}"),
        trouble=_only("lost-second-step"),
    ),
    Advice(
        "account-changed",
        "taken-over",
        _("Someone may be in your account."),
        _("The mail is real: something was changed, and it was not you."),
        "open-site",
        _("Open {organisation} and say “not me”"),
        CHANGE_STEPS,
        verdicts=_on(Verdict.GENUINE),
        kinds=ALARMS,
        asked=NOT_ME,
    ),
    Advice(
        "alarm-in-flood",
        "flood",
        _("Was this you? The flood may hide it."),
        _("The mail is real: something was changed. Look in the account now."),
        "open-site",
        _("Open {organisation}"),
        verdicts=_on(Verdict.GENUINE),
        kinds=ALARMS,
        asked=_only(None),
        flood=True,
    ),
    Advice(
        "typed-on-real-site",
        "unexpected",
        _("Real site. Change it once more."),
        _("You typed your password on the real site. To be sure, change it again in the app."),
        "open-site",
        _("Open {organisation}"),
        touched=_only("typed"),
        landing=_only("official"),
    ),
    Advice(
        "alarm-not-proved",
        "cannot-tell",
        _("This alert is not proved. Look in the account."),
        _("We can't say if it is real. The account itself can."),
        "open-site",
        _("Open {organisation} myself"),
        verdicts=_on(Verdict.CANNOT_TELL, Verdict.SUSPICIOUS, Verdict.PROVEN_DOMAIN),
        kinds=ALARMS,
        asked=NOT_ME,
        touched=_only("none"),
    ),
    Advice(
        "flood-and-opened",
        "flood",
        _("Your inbox is being flooded. Close that page first."),
        _("Type nothing there. Someone may hide a bad mail in the crowd. Delete nothing yet."),
        "scan-mailbox",
        _("Look through my mailbox"),
        touched=_only("looked"),
        flood=True,
    ),
    Advice(
        "flood",
        "flood",
        _("Your inbox is being flooded. Delete nothing yet."),
        _("Someone may hide an order or a changed password in the crowd."),
        "scan-mailbox",
        _("Look through my mailbox"),
        flood=True,
    ),
    Advice(
        "leak",
        "leak",
        _("A site lost its data. Change your password there."),
        _("Others may know it now. If you use it in other places, they are at risk too."),
        "change-password",
        _("Start: change the password"),
        trouble=_only("leak"),
        verdicts=None,
    ),
    Advice(
        "opened-link",
        "clicked",
        _("You opened a link that is not proved."),
        _("Close that page. Type nothing there. Do not open a file from it."),
        "close-page",
        _("I have closed it"),
        (
            _("Close the page."),
            _("Did a file come with it? Delete it, do not open it."),
            _("Look in the account itself: type its address, or use its app."),
        ),
        verdicts=UNPROVED,
        touched=_only("looked"),
    ),
    Advice(
        "opened-something",
        "clicked",
        _("You only looked. That is mostly harmless."),
        _("Close that page. Type nothing there. Do not open a file from it."),
        "close-page",
        _("I have closed it"),
        (
            _("Close the page."),
            _("Then paste the mail here, so that we can check it."),
        ),
        verdicts=None,
        touched=_only("looked"),
    ),
    Advice(
        "fake",
        "forged",
        _("Fake. This is not from {organisation}."),
        _("You need not change your password."),
        "report-and-delete",
        _("Report and delete it"),
        verdicts=_on(Verdict.FAKE),
    ),
    Advice(
        "unexpected-leaked",
        "unexpected",
        _("Real mail. But your password was in a leak."),
        _("You did not ask for this mail. Someone may be trying your old password."),
        "change-password",
        _("Change my password"),
        verdicts=_on(Verdict.GENUINE),
        asked=NOT_ME,
        breached=True,
    ),
    Advice(
        "unexpected-shared",
        "unexpected",
        _("Real mail. But you share this password."),
        _("You did not ask for this mail, and you use the same password in other places."),
        "change-password",
        _("Change my password"),
        verdicts=_on(Verdict.GENUINE),
        asked=NOT_ME,
        reused=True,
    ),
    Advice(
        "unexpected-two-step",
        "unexpected",
        _("Real mail. Your second lock is on."),
        _("You did not ask for it. But your password alone lets nobody in."),
        "open-site",
        _("Open {organisation} and look"),
        verdicts=_on(Verdict.GENUINE),
        asked=_only("no"),
        two_step_on=True,
    ),
    Advice(
        "unexpected",
        "unexpected",
        _("Real mail, but you did not ask for it."),
        _(
            "{organisation} sent this. Someone, or a fault at {organisation}, set it off. "
            "This mail alone does not change your password."
        ),
        "make-safer",
        _("Make my account safer"),
        (
            _("Do not use the link or the code in it, and give it to nobody."),
            _("Open the app or type the address. Look who is signed in."),
            _("Turn on two-step sign-in there."),
            _("Is the password used elsewhere too? Then change it."),
        ),
        verdicts=_on(Verdict.GENUINE),
        asked=_only("no"),
    ),
    Advice(
        "unsure",
        "unexpected",
        _("Real mail. If you did not ask, leave it."),
        _("Ask the people at home first. It may have been one of them."),
        "ask-at-home",
        _("Nobody asked for it"),
        verdicts=_on(Verdict.GENUINE),
        asked=_only("unsure"),
    ),
    Advice(
        "expected",
        "expected",
        _("Real mail, and you asked for it."),
        _("Go on. Use only the newest mail, and use it soon."),
        "open-site",
        _("Open {organisation}"),
        verdicts=_on(Verdict.GENUINE),
        asked=_only("yes"),
    ),
    Advice(
        "ask-again",
        "expected",
        _("Not proved. Ask for a new one."),
        _("A fake can come just after you ask. A new mail is safer than this one."),
        "open-site",
        _("Open {organisation} and ask again"),
        verdicts=_on(Verdict.CANNOT_TELL, Verdict.SUSPICIOUS, Verdict.PROVEN_DOMAIN),
        asked=_only("yes"),
    ),
    Advice(
        "genuine-alarm",
        "cannot-tell",
        _("Really sent by {organisation}."),
        "{reason}",
        "ask",
        _("Did you ask for it?"),
        verdicts=_on(Verdict.GENUINE),
        kinds=ALARMS,
    ),
    Advice(
        "genuine",
        "unexpected",
        _("Really sent by {organisation}."),
        "{reason}",
        "ask",
        _("Did you ask for it?"),
        verdicts=_on(Verdict.GENUINE),
    ),
    Advice(
        "relayed",
        "unknown-sender",
        _("Sent through {organisation}, written by a stranger."),
        _("Ask in a way you already know, such as by phone. Do not reply to this mail."),
        "ask-sender",
        _("Ask the person first"),
        verdicts=_on(Verdict.RELAYED),
    ),
    Advice(
        "proven-domain",
        "unknown-sender",
        _("The address is true. Do you know them?"),
        _("A true address can still belong to a crook."),
        "know-them",
        _("Do you know them?"),
        verdicts=_on(Verdict.PROVEN_DOMAIN),
    ),
    Advice(
        "suspicious",
        "cannot-tell",
        _("Be careful with this one."),
        "{reason}",
        "check-another-way",
        _("Check it another way"),
        verdicts=_on(Verdict.SUSPICIOUS),
    ),
    Advice(
        "cannot-tell",
        "cannot-tell",
        _("We can't prove this one."),
        _("Treat it as fake until you have looked in your account."),
        "open-site",
        _("Open {organisation} myself"),
        verdicts=_on(Verdict.CANNOT_TELL),
    ),
    Advice(
        "no-mail",
        "cannot-tell",
        _("You have not clicked anything. Good."),
        _("Paste the mail here, so that we can check it."),
        "check-mail",
        _("Check an e-mail"),
    ),
)
