"""What can be said of a signature, and why no more can be said. The codes never change."""

from __future__ import annotations

from enum import StrEnum


class Result(StrEnum):
    """The three outcomes for one signature."""

    PASS = "pass"
    FAIL = "fail"
    """The cryptography failed over intact input: the signature or the body hash is wrong."""
    UNKNOWN = "unknown"
    """Everything else; it counts as no signature (RFC 6376, 6.1)."""


class Scope(StrEnum):
    """What was there to be verified."""

    MESSAGE = "message"
    HEADERS = "headers"
    """The header fields alone: there was no text below them."""


class Reason(StrEnum):
    """Why a signature did not pass, or passed only in part."""

    NONE = ""

    # The signature field
    MALFORMED = "malformed"
    VERSION = "unsupported-version"
    ALGORITHM = "unsupported-algorithm"
    SHA1 = "sha1"  # RFC 8301, 3.1
    CANONICALIZATION = "unsupported-canonicalization"
    QUERY = "unsupported-query"
    FROM_NOT_SIGNED = "from-not-signed"
    IDENTITY = "identity-mismatch"  # i= is not under d=, or not d= where the key says t=s
    TIMESTAMPS = "timestamps"  # x= is not after t=
    EXPIRED = "expired"
    FUTURE = "future"  # t= lies in the future
    TOO_MANY = "too-many"  # beyond limits.MAX_SIGNATURES, hence not looked at

    # The key record
    DNS_FAILED = "dns-failed"  # a fault, never evidence
    KEY_ABSENT = "key-absent"  # proved absent
    KEY_REVOKED = "key-revoked"  # an empty p=
    KEY_MALFORMED = "key-malformed"
    KEY_AMBIGUOUS = "key-ambiguous"  # several different key records (RFC 6376, 3.6.2.2)
    KEY_MISMATCH = "key-mismatch"  # k= does not fit a=
    KEY_TOO_SMALL = "key-too-small"  # RFC 8301, 3.2
    KEY_TOO_LARGE = "key-too-large"
    KEY_NOT_ALLOWED = "key-not-allowed"  # h= or s= of the record forbids this use
    TEST_MODE = "test-mode"  # t=y

    # The message
    MALFORMED_MESSAGE = "malformed-message"  # programs would read its top part differently
    FROM_REPEATED = "from-repeated"  # a From field stands beside the signed one
    BODY_LENGTH_SHORT = "body-length-short"  # l= counts more text than there is
    BODY_ABSENT = "body-absent"  # passed, but for the header fields alone

    # The cryptography
    SIGNATURE = "signature"
    BODY_HASH = "body-hash"
