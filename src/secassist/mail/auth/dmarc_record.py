"""DMARC records (RFC 9989, 4.7 and 4.8; RFC 7489, 6.3): one TXT text → what its owner asks for.

Records of RFC 7489 read the same: ``pct``, ``rf`` and ``ri`` are no longer defined, and undefined
tags are ignored. What is wrong in a record is ignored in favour of the default, but for a policy
that cannot be read: see ``DmarcRecord.applies``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from secassist.base.limits import MAX_TXT

Policy = Literal["none", "quarantine", "reject"]
Psd = Literal["y", "n", "u"]

_POLICIES: Final[dict[str, Policy]] = {policy: policy for policy in get_args(Policy)}
_PSD: Final[dict[str, Psd]] = {value: value for value in get_args(Psd)}
_LOWERED: Final[dict[Policy, Policy]] = {
    "reject": "quarantine",
    "quarantine": "none",
    "none": "none",
}
# The value is written exactly so; the ABNF lets white space stand around the equals sign.
_VERSION = re.compile(r"[ \t]*+[vV][ \t]*+=[ \t]*+DMARC1[ \t]*+(?:;|\Z)")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:[!-~]+")


@dataclass(frozen=True, slots=True)
class DmarcRecord:
    """What one record asks for, defaults filled in."""

    policy: Policy = "none"
    """``p``: for the domain itself; ``none`` too where the owner did not say it rightly."""
    subdomain_policy: Policy | None = None
    """``sp``: for domains below."""
    absent_policy: Policy | None = None
    """``np``: for domains below that do not exist."""
    strict_dkim: bool = False
    """``adkim=s``."""
    strict_spf: bool = False
    """``aspf=s``."""
    psd: Psd = "u"
    """Whether the domain is a public suffix: yes, no (it is an organizational domain), unsaid."""
    testing: bool = False
    """``t=y``: the owner expects the policy one level below the one written."""
    applies: bool = True
    """False where ``p`` is missing or wrong, or ``sp`` or ``np`` is wrong, and no address for
    reports is given: then DMARC is not applied to mail of this domain (RFC 9989, 4.10.1)."""

    def policy_for(self, below: bool, exists: bool) -> Policy:
        """The policy for the domain of the record, or for one ``below`` it that ``exists`` or not.

        Lowered by one level in test mode (RFC 9989, 4.7, ``t``).
        """
        policy = self.policy
        if below:
            policy = self.subdomain_policy or policy
            if not exists:
                policy = self.absent_policy or policy
        return _LOWERED[policy] if self.testing else policy


def parse_record(text: bytes) -> DmarcRecord | None:
    """Read one TXT text; ``None`` if it is no DMARC record. Never raises, linear in time.

    A tag that stands twice counts as last written, as with the common receivers.
    """
    record = text[:MAX_TXT].decode("ascii", "replace")
    if not _VERSION.match(record):
        return None
    tags: dict[str, str] = {}
    for piece in record.split(";")[1:]:
        name, equals, value = piece.partition("=")
        if equals:
            tags[name.strip().lower()] = value.strip()
    policies = {name: _POLICIES.get(tags.get(name, "").lower()) for name in ("p", "sp", "np")}
    readable = policies["p"] is not None and all(
        policies[name] is not None for name in ("sp", "np") if name in tags
    )
    return DmarcRecord(
        policy=(readable and policies["p"]) or "none",
        subdomain_policy=policies["sp"] if readable else None,
        absent_policy=policies["np"] if readable else None,
        strict_dkim=tags.get("adkim", "").lower() == "s",
        strict_spf=tags.get("aspf", "").lower() == "s",
        psd=_PSD.get(tags.get("psd", "").lower(), "u"),
        testing=tags.get("t", "").lower() == "y",
        applies=readable or _asks_for_reports(tags.get("rua", "")),
    )


def select_record(texts: Sequence[bytes]) -> DmarcRecord | None:
    """The one DMARC record among the TXT texts of a name; two of them count as none."""
    records = [record for text in texts if (record := parse_record(text))]
    return records[0] if len(records) == 1 else None


def _asks_for_reports(uris: str) -> bool:
    return any(_URI.fullmatch(uri.strip()) for uri in uris.split(","))
