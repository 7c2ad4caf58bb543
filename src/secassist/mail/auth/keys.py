"""The cryptography: key records read, and signatures verified (RFC 6376, 3.6; RFC 8463).

Pure. A check has it done in the parser process: only that one imports this module.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from secassist.base.limits import MAX_RSA_BITS
from secassist.mail.auth import tags as tag_list
from secassist.mail.auth.reasons import Reason
from secassist.mail.auth.seals import Asked, Key, Proved

MIN_RSA_BITS = 1_024  # RFC 8301, 3.2
USABLE_RSA_BITS = 512  # what a SHA-256 signature needs at all
MAX_EXPONENT_BITS = 64  # a longer one only costs time
ED25519_OCTETS = 32
TYPES = ("rsa", "ed25519")
_PADDING = padding.PKCS1v15()
_SHA256 = Prehashed(hashes.SHA256())


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key record, read: what it says, and the key itself.

    The key may be there in spite of a defect, so that it can be seen whether the cryptography is
    right.
    """

    says: Key
    public: RSAPublicKey | Ed25519PublicKey | None = None

    def verifies(self, signature: bytes, digest: bytes) -> bool:
        """Whether ``signature`` is right for this SHA-256 (RFC 6376, 3.3; RFC 8463, 3)."""
        try:
            if isinstance(self.public, RSAPublicKey):
                self.public.verify(signature, digest, _PADDING, _SHA256)
            elif isinstance(self.public, Ed25519PublicKey):
                self.public.verify(signature, digest)
            else:
                return False
        except InvalidSignature:
            return False
        return True


def prove(asked: tuple[Asked, ...]) -> tuple[Proved, ...]:
    """The key of each seal, and whether its signature is right."""
    return tuple(map(_proved, asked))


def _proved(asked: Asked) -> Proved:
    key, seal = read(asked.records), asked.seal
    if key.public is None or key.says.type != seal.key_type:
        return Proved(key.says)
    return Proved(key.says, key.verifies(seal.signature, seal.digest))


def read(records: tuple[bytes, ...]) -> PublicKey:
    """The key in the TXT records at its name.

    Records without ``p=`` are no key records (a wildcard often answers with something else) and are
    passed over where there is another one.
    """
    candidates = list(dict.fromkeys(records))
    if len(candidates) > 1:
        candidates = [r for r in candidates if "p" in (tag_list.parse(r) or {})] or candidates
    if len(candidates) != 1:
        return _defect(Reason.KEY_AMBIGUOUS if candidates else Reason.KEY_MALFORMED)
    return parse(candidates[0])


@lru_cache(maxsize=64)  # the mails of one sender, and DKIM and ARC of one mail, share keys
def parse(record: bytes) -> PublicKey:
    """A key record, its strings joined (RFC 6376, 3.6.1)."""
    tags = tag_list.parse(record)
    if tags is None or "p" not in tags or tags.get("v", "DKIM1") != "DKIM1":
        return _defect(Reason.KEY_MALFORMED)
    flags = tag_list.colon_list(tags.get("t", ""))
    key = Key(type=tags.get("k", "rsa"), testing="y" in flags, strict="s" in flags)
    encoded = tag_list.without_blanks(tags["p"])
    if not encoded:
        return _defect(Reason.KEY_REVOKED, key)
    if key.type not in TYPES:
        return _defect(Reason.KEY_MISMATCH, key)
    try:
        raw = base64.b64decode(encoded.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return _defect(Reason.KEY_MALFORMED, key)
    found = _with_rsa(key, raw) if key.type == "rsa" else _with_ed25519(key, raw)
    if found.says.defect:
        return found
    if "h" in tags and "sha256" not in tag_list.colon_list(tags["h"]):
        return _defect(Reason.KEY_NOT_ALLOWED, found.says, found.public)
    if "s" in tags and not {"*", "email"} & set(tag_list.colon_list(tags["s"])):
        return _defect(Reason.KEY_NOT_ALLOWED, found.says, found.public)
    return found


def _defect(
    defect: Reason, key: Key | None = None, public: RSAPublicKey | Ed25519PublicKey | None = None
) -> PublicKey:
    return PublicKey(replace(key or Key(), defect=defect), public)


def _with_rsa(key: Key, raw: bytes) -> PublicKey:
    """SubjectPublicKeyInfo, or a bare RSAPublicKey, which RFC 6376 asks for and few publish."""
    try:
        public = serialization.load_der_public_key(raw)
    except (ValueError, UnsupportedAlgorithm):
        return _defect(Reason.KEY_MALFORMED, key)
    if not isinstance(public, RSAPublicKey):
        return _defect(Reason.KEY_MALFORMED, key)
    key = replace(key, bits=public.key_size)
    exponent = public.public_numbers().e
    if exponent < 3 or exponent % 2 == 0 or exponent.bit_length() > MAX_EXPONENT_BITS:
        return _defect(Reason.KEY_MALFORMED, key)
    if key.bits > MAX_RSA_BITS:
        return _defect(Reason.KEY_TOO_LARGE, key)
    if key.bits < MIN_RSA_BITS:
        usable = public if key.bits >= USABLE_RSA_BITS else None
        return _defect(Reason.KEY_TOO_SMALL, key, usable)
    return PublicKey(key, public)


def _with_ed25519(key: Key, raw: bytes) -> PublicKey:
    if len(raw) != ED25519_OCTETS:
        return _defect(Reason.KEY_MALFORMED, key)
    return PublicKey(replace(key, bits=8 * ED25519_OCTETS), Ed25519PublicKey.from_public_bytes(raw))
