"""What the person knows, and what the mail is → one piece of advice: a table, first match wins.

The order is that of urgency: what was given away comes first, whatever the mail is; then what was
changed in an account; then what was opened; then the mail itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from secassist.base.language import mark as _
from secassist.mail.verdict import Verdict

Asked = Literal["yes", "no", "unsure"]
Touched = Literal["none", "looked", "typed", "opened"]
Landing = Literal["official", "other", "unknown"]

UNPROVED = frozenset(
    {Verdict.FAKE, Verdict.SUSPICIOUS, Verdict.CANNOT_TELL, Verdict.RELAYED, Verdict.PROVEN_DOMAIN}
)
ALARMS = frozenset({"changed", "new-sign-in"})
NOT_ME = frozenset({"no", "unsure"})
ANY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known. ``verdict`` is None when there is no mail at hand."""

    verdict: Verdict | None = None
    kind: str = "other"
    asked: Asked | None = None
    touched: Touched = "none"
    landing: Landing = "unknown"


@dataclass(frozen=True, slots=True)
class Advice:
    """One row of the table. Sentences may hold {organisation} and {reason}."""

    code: str
    headline: str
    reason: str
    action: str
    """Code of the first action, see ``docs/codes.md``."""
    action_label: str
    steps: tuple[str, ...] = ()
    verdicts: frozenset[Verdict] | None = None
    """None: any verdict, or no mail at all."""
    kinds: frozenset[str] = ANY
    asked: frozenset[str] = ANY
    touched: frozenset[str] = ANY
    landing: frozenset[str] = ANY

    def fits(self, now: Situation) -> bool:
        """Whether the row holds. An empty set means that the column does not matter."""
        return (
            (self.verdicts is None or now.verdict in self.verdicts)
            and (not self.kinds or now.kind in self.kinds)
            and (not self.asked or now.asked in self.asked)
            and (not self.touched or now.touched in self.touched)
            and (not self.landing or now.landing in self.landing)
        )


def _only(*values: str) -> frozenset[str]:
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
        "account-changed",
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
        "typed-on-real-site",
        _("Real site. Change it once more."),
        _("You typed your password on the real site. To be sure, change it again in the app."),
        "open-site",
        _("Open {organisation}"),
        touched=_only("typed"),
        landing=_only("official"),
    ),
    Advice(
        "opened-link",
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
        _("Fake. This is not from {organisation}."),
        _("You need not change your password."),
        "report-and-delete",
        _("Report and delete it"),
        verdicts=_on(Verdict.FAKE),
    ),
    Advice(
        "alarm-not-proved",
        _("This alert is not proved. Look in the account."),
        _("We can't say if it is real. The account itself can."),
        "open-site",
        _("Open {organisation} myself"),
        verdicts=_on(Verdict.CANNOT_TELL, Verdict.SUSPICIOUS, Verdict.PROVEN_DOMAIN),
        kinds=ALARMS,
        asked=NOT_ME,
    ),
    Advice(
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
        _("Real mail. If you did not ask, leave it."),
        _("Ask the people at home first. It may have been one of them."),
        "ask-at-home",
        _("Nobody asked for it"),
        verdicts=_on(Verdict.GENUINE),
        asked=_only("unsure"),
    ),
    Advice(
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
        _("Not proved. Ask for a new one."),
        _("A fake can come just after you ask. A new mail is safer than this one."),
        "open-site",
        _("Open {organisation} and ask again"),
        verdicts=_on(Verdict.CANNOT_TELL, Verdict.SUSPICIOUS, Verdict.PROVEN_DOMAIN),
        asked=_only("yes"),
    ),
    Advice(
        "genuine",
        _("Really sent by {organisation}."),
        "{reason}",
        "ask",
        _("Did you ask for it?"),
        verdicts=_on(Verdict.GENUINE),
    ),
    Advice(
        "relayed",
        _("Sent through {organisation}, written by a stranger."),
        _("Ask in a way you already know, such as by phone. Do not reply to this mail."),
        "ask-sender",
        _("Ask the person first"),
        verdicts=_on(Verdict.RELAYED),
    ),
    Advice(
        "proven-domain",
        _("The address is true. Do you know them?"),
        _("A true address can still belong to a crook."),
        "know-them",
        _("Do you know them?"),
        verdicts=_on(Verdict.PROVEN_DOMAIN),
    ),
    Advice(
        "suspicious",
        _("Be careful with this one."),
        "{reason}",
        "check-another-way",
        _("Check it another way"),
        verdicts=_on(Verdict.SUSPICIOUS),
    ),
    Advice(
        "cannot-tell",
        _("We can't prove this one."),
        _("Treat it as fake until you have looked in your account."),
        "open-site",
        _("Open {organisation} myself"),
        verdicts=_on(Verdict.CANNOT_TELL),
    ),
    Advice(
        "no-mail",
        _("You have not clicked anything. Good."),
        _("Paste the mail here, so that we can check it."),
        "check-mail",
        _("Check an e-mail"),
    ),
)


def decide(now: Situation) -> Advice:
    """The first row that fits. The last row fits everything, so there is always one."""
    return next(row for row in TABLE if row.fits(now))
