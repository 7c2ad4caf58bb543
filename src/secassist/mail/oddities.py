"""Codes of what was odd while reading: ``Message.oddities`` and ``Message.unread`` hold them.

A code never changes its meaning. ``GRAVE`` are those that a sound mail never has and that make
programs read the mail in different ways: with one of them a mail is never called genuine.
The others occur in honest mail of old or small senders.
"""

from __future__ import annotations

from typing import Final

NO_FROM: Final = "no-from"  # no From field, or an empty one
FROM_WITHOUT_ADDRESS: Final = "from-without-address"  # a From field that holds no address
TWO_FROM: Final = "two-from"  # more than one From field (RFC 5322, 3.6)
SEVERAL_FROM_ADDRESSES: Final = "several-from-addresses"  # one From field, several addresses
FROM_GROUP: Final = "from-group"  # group syntax in From (RFC 6854)
FROM_BLANK_BEFORE_COLON: Final = "from-blank-before-colon"  # "From : x" (RFC 5322, 4.5)
FROM_READINGS_DIFFER: Final = "from-readings-differ"  # programs take different addresses from it
FROM_TWO_ANGLES: Final = "from-two-angles"  # <a@x> <b@y>
FROM_TWO_AT: Final = "from-two-at"  # <a@x@y>
FROM_TEXT_AROUND_ADDRESS: Final = "from-text-around-address"  # a@x b@y, or <a@x> b
FROM_ENCODED_ADDRESS: Final = "from-encoded-address"  # an encoded word inside the address
FROM_CONTROL: Final = "from-control"  # control characters in From
FROM_ROUTE: Final = "from-route"  # <@a,@b:c@d> (RFC 5322, 4.4)
FROM_UNBALANCED: Final = "from-unbalanced"  # a quote, comment or angle that never ends
FROM_BLANK_IN_ADDRESS: Final = "from-blank-in-address"  # <a@x .y>
FROM_COMMENT_IN_ADDRESS: Final = "from-comment-in-address"  # <a@x(c)>
FROM_ODD_DOMAIN: Final = "from-odd-domain"  # no host name can look like this
FROM_NOT_VALID: Final = "from-not-valid"  # email-validator refuses the address
FROM_UNQUOTED: Final = "from-unquoted"  # a comma or colon in the name without quotes

SUBJECT_TAG: Final = "subject-tag"  # ``Message.repairs``: a tag of the receiver was taken off
SUBJECT_TAG_UNUSUAL: Final = "subject-tag-unusual"  # the same, of words that receivers do not use

ANGLES_LOST: Final = "angles-lost"  # copying took every <…> for a tag, addresses included

TWO_SUBJECT: Final = "two-subject"
TWO_CONTENT_TYPE: Final = "two-content-type"
DUPLICATE_FIELD: Final = "duplicate-field"  # another field that may stand only once
NUL_IN_HEADERS: Final = "nul"
NUL_IN_BODY: Final = "nul-in-body"
BARE_CR_IN_HEADERS: Final = "bare-cr"
BARE_CR_IN_BODY: Final = "bare-cr-in-body"
STRAY_LINE: Final = "stray-line"  # a header line without a colon: programs stop there or go on
MAILBOX_LINE: Final = "mailbox-line"  # ">From …" among the headers, left by a mailbox file
EARLY_BLANK_LINE: Final = "early-blank-line"  # the body starts with what looks like headers
ENCODED_CONTROL: Final = "encoded-control"  # an encoded word hides a line end or a NUL
RAW_8BIT: Final = "raw-8bit"  # header bytes that are not UTF-8
BOUNDARY_MISSING: Final = "boundary-missing"  # a multipart that cannot be taken apart
UNCERTAIN_SPLIT: Final = "uncertain-split"  # a line in the body could start another message
HOLDS_MESSAGE: Final = "holds-message"  # another message is attached; it was judged apart

# What was not read (Message.unread)
OVER_LIMIT: Final = "over-limit"  # header fields were cut or left out
TOO_MANY_WORDS: Final = "too-many-encoded-words"
TOO_MANY_ADDRESSES: Final = "too-many-addresses"
MORE_RECIPIENTS: Final = "more-recipients"  # of To, Cc or Reply-To; that is not unusual
TOO_DEEP: Final = "too-deep"  # MIME parts nested too deep
TOO_MANY_PARTS: Final = "too-many-parts"
TEXT_CUT: Final = "text-cut"
ATTACHMENT_CUT: Final = "attachment-cut"
MORE_MESSAGES: Final = "more-messages"  # messages inside this message that were not judged

GRAVE: Final = frozenset(
    {
        NO_FROM,
        FROM_WITHOUT_ADDRESS,
        TWO_FROM,
        SEVERAL_FROM_ADDRESSES,
        FROM_GROUP,
        FROM_BLANK_BEFORE_COLON,
        FROM_READINGS_DIFFER,
        FROM_TWO_ANGLES,
        FROM_TWO_AT,
        FROM_TEXT_AROUND_ADDRESS,
        FROM_ENCODED_ADDRESS,
        FROM_CONTROL,
        FROM_ROUTE,
        FROM_UNBALANCED,
        FROM_BLANK_IN_ADDRESS,
        FROM_COMMENT_IN_ADDRESS,
        FROM_ODD_DOMAIN,
        TWO_SUBJECT,
        TWO_CONTENT_TYPE,
        NUL_IN_HEADERS,
        BARE_CR_IN_HEADERS,
        STRAY_LINE,
        EARLY_BLANK_LINE,
        ENCODED_CONTROL,
        UNCERTAIN_SPLIT,
    }
)

FROM_UNCLEAR: Final = frozenset(code for code in GRAVE if "from" in code and code != NO_FROM)
"""Mail programs may show different senders for such a mail."""

UNUSUAL: Final = frozenset(
    {OVER_LIMIT, TOO_MANY_WORDS, TOO_MANY_ADDRESSES, TOO_DEEP, TOO_MANY_PARTS}
)
"""Limits that no real mail reaches."""
