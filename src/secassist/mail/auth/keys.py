"""Key records: fetched all at once, read, and what is wrong with them (RFC 6376, 3.6; RFC 8463)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from secassist.base.limits import MAX_RSA_BITS
from secassist.mail.auth import tags as tag_list
from secassist.mail.auth.reasons import Reason
from secassist.network.dns import Answer, Resolver
from secassist.network.dns.once import query_all

MIN_RSA_BITS = 1_024  # RFC 8301, 3.2
USABLE_RSA_BITS = 512  # what a SHA-256 signature needs at all
MAX_EXPONENT_BITS = 64  # a longer one only costs time
ED25519_OCTETS = 32
TYPES = ("rsa", "ed25519")


@dataclass(frozen=True, slots=True)
class Key:
    """A public key with what its record says about its use.

    ``defect`` tells why signatures by this key get no credit. ``public`` may be there all the
    same, so that it can be seen whether the cryptography is right.
    """

    defect: Reason = Reason.NONE
    detail: str = ""
    """Where DNS gave no record: ``Answer.why``."""
    public: RSAPublicKey | Ed25519PublicKey | None = None
    type: str = ""
    bits: int = 0
    testing: bool = False
    """``t=y``: the domain is only trying DKIM out."""
    strict: bool = False
    """``t=s``: i= must be exactly d=."""

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Whether ``signature`` is right for ``data`` (RFC 6376, 3.3; RFC 8463, 3)."""
        try:
            if isinstance(self.public, RSAPublicKey):
                self.public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
            elif isinstance(self.public, Ed25519PublicKey):
                self.public.verify(signature, hashlib.sha256(data).digest())
            else:
                return False
        except InvalidSignature:
            return False
        return True


async def fetch(names: Iterable[str], resolver: Resolver) -> dict[str, Key]:
    """The keys at these DNS names, all asked for at the same time, each name once."""
    unique = list(dict.fromkeys(names))
    answers = await query_all(resolver, unique, "TXT")
    return {name: read(answer) for name, answer in zip(unique, answers, strict=True)}


def read(answer: Answer) -> Key:
    """The key in the answer to a TXT question.

    Records without ``p=`` are no key records (a wildcard often answers with something else) and are
    passed over where there is another one.
    """
    if answer.failed:
        return Key(Reason.DNS_FAILED, answer.why)
    if answer.absent:
        return Key(Reason.KEY_ABSENT, answer.why)
    candidates = list(dict.fromkeys(answer.texts))
    if len(candidates) > 1:
        candidates = [r for r in candidates if "p" in (tag_list.parse(r) or {})] or candidates
    if len(candidates) != 1:
        return Key(Reason.KEY_AMBIGUOUS if candidates else Reason.KEY_MALFORMED)
    return parse(candidates[0])


@lru_cache(maxsize=64)  # the mails of one sender, and DKIM and ARC of one mail, share keys
def parse(record: bytes) -> Key:
    """A key record, its strings joined (RFC 6376, 3.6.1)."""
    tags = tag_list.parse(record)
    if tags is None or "p" not in tags or tags.get("v", "DKIM1") != "DKIM1":
        return Key(Reason.KEY_MALFORMED)
    flags = tag_list.colon_list(tags.get("t", ""))
    key = Key(type=tags.get("k", "rsa"), testing="y" in flags, strict="s" in flags)
    encoded = tag_list.without_blanks(tags["p"])
    if not encoded:
        return replace(key, defect=Reason.KEY_REVOKED)
    if key.type not in TYPES:
        return replace(key, defect=Reason.KEY_MISMATCH)
    try:
        raw = base64.b64decode(encoded.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return replace(key, defect=Reason.KEY_MALFORMED)
    key = _with_rsa(key, raw) if key.type == "rsa" else _with_ed25519(key, raw)
    if key.defect:
        return key
    if "h" in tags and "sha256" not in tag_list.colon_list(tags["h"]):
        return replace(key, defect=Reason.KEY_NOT_ALLOWED)
    if "s" in tags and not {"*", "email"} & set(tag_list.colon_list(tags["s"])):
        return replace(key, defect=Reason.KEY_NOT_ALLOWED)
    return key


def _with_rsa(key: Key, raw: bytes) -> Key:
    """SubjectPublicKeyInfo, or a bare RSAPublicKey, which RFC 6376 asks for and few publish."""
    try:
        public = serialization.load_der_public_key(raw)
    except (ValueError, UnsupportedAlgorithm):
        return replace(key, defect=Reason.KEY_MALFORMED)
    if not isinstance(public, RSAPublicKey):
        return replace(key, defect=Reason.KEY_MALFORMED)
    key = replace(key, bits=public.key_size)
    exponent = public.public_numbers().e
    if exponent < 3 or exponent % 2 == 0 or exponent.bit_length() > MAX_EXPONENT_BITS:
        return replace(key, defect=Reason.KEY_MALFORMED)
    if key.bits > MAX_RSA_BITS:
        return replace(key, defect=Reason.KEY_TOO_LARGE)
    if key.bits < MIN_RSA_BITS:
        usable = public if key.bits >= USABLE_RSA_BITS else None
        return replace(key, public=usable, defect=Reason.KEY_TOO_SMALL)
    return replace(key, public=public)


def _with_ed25519(key: Key, raw: bytes) -> Key:
    if len(raw) != ED25519_OCTETS:
        return replace(key, defect=Reason.KEY_MALFORMED)
    return replace(key, public=Ed25519PublicKey.from_public_bytes(raw), bits=8 * ED25519_OCTETS)
