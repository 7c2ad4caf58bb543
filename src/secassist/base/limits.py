"""Every bound on hostile input, in one place.

Sizes in bytes, times in seconds. Whatever passes a limit is refused, or judged "too unusual,
partly checked"; it is never read on in the hope that it ends.
"""

from __future__ import annotations

from typing import Final

# Reading
MAX_SOURCE: Final = 32 * 1024 * 1024  # a mail of 25 MB and its base64 overhead still fit
MAX_HEADER_BLOCK: Final = 1024 * 1024  # all header fields of one message
MAX_FIELD: Final = 64 * 1024  # one header field, folds included
MAX_FIELDS: Final = 1_000  # header fields of one message
MAX_RECEIVED: Final = 100  # hops that are looked at
MAX_ENCODED_WORDS: Final = 100  # RFC 2047 words that are decoded in one field
MAX_ADDRESSES: Final = 100  # addresses that are read from one field
MAX_MIME_DEPTH: Final = 20
MAX_MIME_PARTS: Final = 200
MAX_TEXT: Final = 2 * 1024 * 1024  # decoded text of one message that is looked at
MAX_ATTACHMENT: Final = 8 * 1024 * 1024  # decoded pictures and messages of one message
MAX_PEEK: Final = 64 * 1024  # decoded bytes of any other attachment: enough to see what it is
MAX_MIME_WORK: Final = 4 * MAX_SOURCE  # bytes that are searched for MIME boundaries
MAX_MESSAGES: Final = 2_000  # messages that are read from one source
MAX_LINKS: Final = 1_000
MAX_ATTACHED_DEPTH: Final = 3  # a message in a message in a message

# Proof
MAX_SIGNATURES: Final = 10  # DKIM-Signature fields that are verified
MAX_ARC_SETS: Final = 50  # RFC 8617, 4.2.1
MAX_RSA_BITS: Final = 8_192

# DNS
DNS_DEADLINE: Final = 5.0  # for all questions of one check together
MAX_TXT: Final = 64 * 1024
MAX_CNAMES: Final = 10
