"""Does a mail say from whom it comes?

Honest senders give the name that their domain has: in the sender's name, in the subject, in the
text. Whoever rents a domain for a day, or breaks into somebody's server, writes as "Account
Support" about "your account", and never says with whom.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from secassist.facts.domains import registrable_domain, to_unicode
from secassist.mail.identity.display_name import fits_domain, fits_local_part
from secassist.mail.identity.skeleton import unaccented
from secassist.mail.message import Address, Message

_SCANNED: Final = 20_000  # characters
_ADDRESSES: Final = re.compile(r"\S*(?:@|://|www\.)\S*")  # a link names nobody
_WORDS: Final = re.compile(r"[^\W\d_]+")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_SPELLED_OUT: Final = str.maketrans(  # as people write it in addresses
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"}
)
_TELLING: Final = 3  # letters of a label that is a name


def says_its_name(message: Message, text: str, generic: Container[str]) -> bool:
    """Whether the reader is told whose the From domain is. Linear, bounded; pure.

    A person who writes under a name that the address has, too, and somebody at the reader's own
    domain, need not say more. ``generic``: words that anybody may put into a sender's name.
    """
    sender = message.sender
    if sender is None:
        return False
    if message.from_readers_domain or fits_domain(sender, generic):
        return True
    if _is_a_person(sender, generic):
        return True
    domain = registrable_domain(sender.domain) or sender.domain
    names = [to_unicode(domain).partition(".")[0]]
    if not all(word in generic for word in _WORDS.findall(sender.local.lower())):
        names.append(sender.local)  # mail services write as customer@service.example
    told = f"{sender.display_name}\n{message.subject}\n{text[:_SCANNED]}"
    shown = _ADDRESSES.sub(" ", told)
    written = (shown, shown.lower().translate(_SPELLED_OUT))
    return len(names[0]) < _TELLING or any(
        len(name) >= _TELLING and _squeezed(name) in _squeezed(text)
        for name in names
        for text in written
    )


def _is_a_person(sender: Address, generic: Container[str]) -> bool:
    words = unaccented(sender.display_name).lower().split()
    return fits_local_part(sender) and not any(word in generic for word in words)


def _squeezed(text: str) -> str:
    return _NO_LETTERS.sub("", unaccented(text).lower())
