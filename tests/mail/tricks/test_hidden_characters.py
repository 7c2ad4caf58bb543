"""Row 10: characters that nobody sees hide a name from programs, or turn it round."""

from __future__ import annotations

from support.mails import at_unknown
from support.sign import sign
from support.tricks import (
    Trick,
    assert_allowed,
    assert_never_offline,
    assert_twin,
    chat,
    each,
    published,
)
from support.tricks import (
    encoded_word as b64,
)

EVIL = "post.example"


ZWJ = "\u200d"
TURNED = "\u202elapyaP\u202c"
SPACED = "A\u200bma\u200bzon"
HYPHENED = "Net\u00adflix"
JOINED = ZWJ.join("PayPal")


def hidden(name: str, *, sender: str = "", subject: str = "", twin: str, **how: str) -> Trick:
    """Characters that hide a name; the twin is a mail that uses such characters honestly."""
    mail = chat(
        how.get("language", "en"),
        sender or f"Anna <x@{EVIL}>",
        subject=subject or None,
    )
    honest = chat(
        how.get("language", "en"),
        f"{twin} <x@{EVIL}>" if sender else f"Anna <x@{EVIL}>",
        subject=twin if subject else None,
    )
    mail, honest = (at_unknown(sign(m, domain=EVIL)) for m in (mail, honest))
    return Trick(10, name, mail, published(EVIL), honest, "proven-domain")


def linked(name: str, text: str, honest: str, host: str = "login.post.example") -> Trick:
    mails = (
        at_unknown(
            sign(
                chat(
                    "en",
                    f"Anna <x@{EVIL}>",
                    text=f'Please look: <a href="https://{host}/a">{shown}</a>',
                    html=True,
                ),
                domain=EVIL,
            )
        )
        for shown in (text, honest)
    )
    mail, twin = mails
    return Trick(10, name, mail, published(EVIL), twin, "proven-domain")


HIDDEN = (
    hidden(
        "right-to-left override in the name",
        sender=f"{b64(TURNED)} <x@{EVIL}>",
        twin=b64("מקהלה"),
    ),
    hidden(
        "zero-width spaces in the name",
        sender=f"{b64(SPACED)} <x@{EVIL}>",
        twin=b64(f"👩{ZWJ}💻 Anna"),
        language="de",
    ),
    hidden(
        "soft hyphens in the name",
        sender=f"{b64(HYPHENED)} <x@{EVIL}>",
        twin=b64("Ana Lúcia"),
        language="pt",
    ),
    hidden(
        "word joiners in the name, raw",
        sender=f"San\u2060tander <x@{EVIL}>",
        twin="Peña",
        language="es",
    ),
    hidden(
        "right-to-left override in the subject",
        subject=f"Your {TURNED} account",
        twin="שלום לכולם",
    ),
    hidden(
        "zero-width joiners in the subject",
        subject=f"Votre compte {JOINED}",
        twin=f"Répétition 👨{ZWJ}👩{ZWJ}👧",
        language="fr",
    ),
    linked("zero-width in link text", "https://pay&#8203;pal.com/login", "our page"),
    linked("override in link text", "&#8238;moc.lapyap.www//:sptth&#8236;", "notre page"),
    linked(
        "soft hyphen in link text",
        "www.ama&shy;zon.de",
        "www.post.example",
        host="www.post.example",
    ),
)

TRICKS = HIDDEN


@each(TRICKS)
def test_verdict(trick: Trick) -> None:
    assert_allowed(trick)


@each(TRICKS)
def test_offline(trick: Trick) -> None:
    assert_never_offline(trick)


@each(TRICKS)
def test_twin(trick: Trick) -> None:
    assert_twin(trick)
