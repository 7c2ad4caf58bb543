"""The sentences of the guided set-up, marked for the catalogues. ``{site}`` is the site's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secassist.base.language import mark
from secassist.twofactor.setup import Cause, Remark


@dataclass(frozen=True, slots=True)
class Said:
    """A headline and what stands below it."""

    headline: str
    text: str


REMARKS: Final = {
    Remark.OTHER_ISSUER: mark(
        "This code says “{issuer}”, and you chose {site}. Is it the right picture code?"
    ),
    Remark.LABEL_DIFFERS: mark("This code gives two names for its site: {issuer} and another one."),
    Remark.NO_ISSUER: mark("This code does not say which site it is for. We call it {site}."),
    Remark.DUPLICATE: mark("This account is here already. We go on with it."),
    Remark.SAME_CODES: mark("Another account here makes the same codes."),
    Remark.WEAK: mark("The secret of this code is short. The site chose it so; it still helps."),
    Remark.COUNTER: mark("This code counts up each time you use it. Use each code just once."),
    Remark.UNUSUAL: mark("This code is longer or changes at another pace than most. That is fine."),
}

CAUSES: Final = {
    Cause.TOO_LATE: Said(
        mark("Wrong code? Take the next one"),
        mark("A code lasts only a short while. Wait for a new one, then type it at once."),
    ),
    Cause.CLOCK: Said(
        mark("Wrong code? Let’s look at the clock"),
        mark("This is a common reason. It is quickly put right."),
    ),
    Cause.OTHER_CODE: Said(
        mark("Does another device show this code, too?"),
        mark("Type what it shows now for {site}. From that we can tell what is wrong."),
    ),
    Cause.START_AGAIN: Said(
        mark("Let’s take a new picture code"),
        mark(
            "The site may have made a new one since. Go back there, start again, and bring the "
            "newest one here. Nothing is switched on yet, so you can still sign in."
        ),
    ),
}
