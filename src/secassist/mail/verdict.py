"""Findings → one of six verdicts: a pure function, readable as a table.

Rows are tried from top to bottom; the first that holds decides. A row holds when the findings
have every code in ``all``, at least one in ``any`` (where given) and none in ``none``. ``GROUPS``
names sets of codes, so that a row reads like the rule it stands for in INTERFACES.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from secassist.mail.findings import Finding


class Verdict(StrEnum):
    """What we say about a mail. The values are the words of the JSON."""

    GENUINE = "genuine"
    RELAYED = "relayed"
    PROVEN_DOMAIN = "proven-domain"
    CANNOT_TELL = "cannot-tell"
    SUSPICIOUS = "suspicious"
    FAKE = "fake"
