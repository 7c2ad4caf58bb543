"""What a person sees while a mail is being checked: seven short questions, one after the other."""

from __future__ import annotations

from collections.abc import Mapping

from secassist.base.language import Translate
from secassist.base.language import mark as _
from secassist.base.progress import News, State, Tell
from secassist.mail.words.evidence import fill

TITLES: Mapping[str, str] = {
    "read": _("Read the e-mail"),
    "claim": _("Who does it say it is?"),
    "name": _("Is the name real or a look-alike?"),
    "seal": _("Is the seal good?"),
    "server": _("May this server send for them?"),
    "policy": _("What do they say to do with fakes?"),
    "links": _("Where do the links lead?"),
}
ASKING = _("Asking {domain}…")
WAITING = _("Waiting")


class Steps:
    """Tells the steps of one check. Every step is told as waiting first."""

    def __init__(self, tell: Tell, translate: Translate) -> None:
        self._tell = tell
        self._translate = translate
        for step in TITLES:
            self._say(step, "waiting", WAITING)

    def asking(self, domain: str, *steps: str) -> None:
        """Questions about ``domain`` are on their way."""
        for step in steps:
            self._say(step, "asking", ASKING, domain=domain)

    def done(self, step: str, note: str = "", **facts: str) -> None:
        """The step is done; ``note`` is a sentence, marked for translation."""
        self._say(step, "done", note, **facts)

    def _say(self, step: str, state: State, note: str, **facts: str) -> None:
        words = fill(self._translate(note), facts) if note else ""
        self._tell(News(step, self._translate(TITLES[step]), state, words))
