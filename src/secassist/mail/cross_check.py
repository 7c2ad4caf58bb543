"""Do other programs take the same address from a From field? A sender can make them differ.

``addresses`` reads as mail servers do. This compares its answer with four other readings: the
standard library's, ``email-validator``'s, that of a program that decodes encoded words before it
looks for structure, and that of a program that takes the first address it sees.
"""

from __future__ import annotations

import re
from email.utils import parseaddr

from secassist.mail import encoded_words, oddities
from secassist.mail.addresses import Address, parse

_LONGEST = 2_000  # bytes; a From field beyond this is read by ``addresses`` alone
_MOST_COMMENTS = 20
_PLAIN = re.compile(
    r"[A-Za-z0-9_+=-]+(?:\.[A-Za-z0-9_+=-]+)*"  # possessive groups are broken in Python 3.11.2
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9]{1,30}"
)
"""An address of letters and digits in an ASCII host name."""
_HIDDEN = re.compile(r'"(?>[^"\\]|\\.)*+"|\\.|\((?>[^()\\]|\\.)*+\)', re.DOTALL)
_BARE = re.compile(r"[^\s<>,;:()\[\]\"@]{1,100}@([^\s<>,;:()\[\]\"@]{1,255})")


def disagreements(value: bytes, ours: Address) -> tuple[str, ...]:
    """Codes of ``mail.oddities`` for readings of an unfolded From value that differ from ``ours``.

    An address inside a well-formed quoted name is harmless here: every program takes it as a name.
    """
    if len(value) > _LONGEST or value.count(b"(") > _MOST_COMMENTS:
        return ()  # the standard library's reader is recursive
    odd: list[str] = []
    text = value.decode("utf-8", "replace")
    decoded = encoded_words.decode(value).text
    others = {_domain(parseaddr(text)[1]), _first_bare(text)}
    if b"=?" in value:
        others.update(a.domain for a in parse(decoded.encode("utf-8", "replace")).addresses)
    if others - {"", ours.domain}:
        odd.append(oddities.FROM_READINGS_DIFFER)
    if not is_valid(ours.spec):
        odd.append(oddities.FROM_NOT_VALID)
    return tuple(odd)


def _domain(spec: str) -> str:
    return spec.rpartition("@")[2].strip().lower().removesuffix(".") if "@" in spec else ""


def _first_bare(text: str) -> str:
    found = _BARE.search(_HIDDEN.sub(" ", text))
    return found[1].lower().removesuffix(".") if found else ""


def is_valid(spec: str) -> bool:
    """Does ``email-validator`` take the address? Asked only where the answer is not plain."""
    local, _, domain = spec.rpartition("@")
    plain = len(local) <= 64 and len(domain) <= 253 and "xn--" not in domain
    if plain and _PLAIN.fullmatch(spec):
        return True
    # Imported here because it costs more than all the rest of reading a mail.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    try:
        validate_email(
            spec,
            check_deliverability=False,
            allow_quoted_local=True,
            allow_domain_literal=True,
            globally_deliverable=False,
            test_environment=True,  # names under .test are syntactically right
        )
    except EmailNotValidError:
        return False
    return True
