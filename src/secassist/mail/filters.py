"""What the provider's own filter thought of the mail, in the fields that it leaves behind.

Such a field only ever speaks against a mail, so a sender gains nothing by writing one. Providers
that file a mail as junk do so for reasons that we cannot see (a thousand like it in an hour), but
they also err, so a plain junk mark alone decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secassist.mail.findings import Finding, Strength, contradicts
from secassist.mail.message import Message

# Exchange: 5 and 6 are spam, 7 to 9 high confidence (Microsoft Learn, "Spam confidence level").
_LEVEL = "x-ms-exchange-organization-scl"
_SPAM_LEVEL, _SURE_LEVEL = 5, 7

# Exchange: the category of the threat; phishing, high confidence phishing, spoof, malware.
_REPORT = "x-forefront-antispam-report"
_CATEGORY = re.compile(rb"(?:^|;)\s*CAT:(?:PHSH|HPHSH|HPHISH|SPOOF|MALW|UIMP|DIMP|BIMP)\s*(?:;|$)")

# SpamAssassin, rspamd and those who follow them.
_FLAGS = {"x-spam-flag": b"yes", "x-spam": b"yes", "x-spam-status": b"yes"}


def findings_of(message: Message) -> Iterator[Finding]:
    """At most one finding: the strongest that a filter said."""
    level = max((_number(f.value) for f in message.fields(_LEVEL)), default=0)
    if any(_CATEGORY.search(f.value) for f in message.fields(_REPORT)):
        yield contradicts("filter.junk-for-sure", field=_REPORT)
    elif level >= _SURE_LEVEL:
        yield contradicts("filter.junk-for-sure", field=f"{_LEVEL}: {level}")
    elif level >= _SPAM_LEVEL:
        yield contradicts("filter.junk", Strength.WEAK, field=f"{_LEVEL}: {level}")
    else:
        for name, yes in _FLAGS.items():
            if any(f.value.lower().startswith(yes) for f in message.fields(name)):
                yield contradicts("filter.junk", Strength.WEAK, field=name)
                return


def _number(value: bytes) -> int:
    text = value.strip()
    return int(text) if text.isdigit() and len(text) < 3 else 0
