"""What is asked of the cryptography, and what it answers.

Keys and signatures are hostile input like the mail itself, and their library is large, so a check
has this work done in the parser process. Everything that goes there and back is plain and small:
of the signed octets only their SHA-256, for RFC 6376, 3.3, and RFC 8463, 3, sign nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from secassist.mail.auth.reasons import Reason


@dataclass(frozen=True, slots=True)
class Key:
    """What the record of a public key says (RFC 6376, 3.6.1).

    ``defect`` tells why signatures by this key get no credit.
    """

    defect: Reason = Reason.NONE
    detail: str = ""
    """Where DNS gave no record: ``Answer.why``."""
    type: str = ""
    bits: int = 0
    testing: bool = False
    """``t=y``: the domain is only trying DKIM out."""
    strict: bool = False
    """``t=s``: i= must be exactly d=."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One signature, and where its key is."""

    key_name: str
    key_type: str
    signature: bytes
    digest: bytes
    """SHA-256 of what is signed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A seal with the TXT records that stand at the name of its key."""

    records: tuple[bytes, ...]
    seal: Seal


@dataclass(frozen=True, slots=True)
class Proved:
    """A key, and whether the signature by it is right; None where that was not tried.

    It is tried even with a key that gets no credit, so that it can be seen what was signed.
    """

    key: Key
    right: bool | None = None


def prove(asked: tuple[Asked, ...]) -> tuple[Proved, ...]:
    """The key of each seal, and whether its signature is right. Pure."""
    from secassist.mail.auth import keys  # noqa: PLC0415 (cryptography, only where it is done)

    return keys.prove(asked)
