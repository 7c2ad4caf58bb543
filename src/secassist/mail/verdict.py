"""Findings → one of six verdicts: a pure function, readable as a table.

Rows are tried from top to bottom; the first that holds decides. A row holds when the findings
have at least one code of each of its ``needs`` and none of its ``without``. The rules behind the
rows stand in docs/verdicts.md; each row has a test of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from secassist.mail.findings import Finding, Strength, Weighs


class Verdict(StrEnum):
    """What we say about a mail. The values are the words of the JSON."""

    GENUINE = "genuine"
    RELAYED = "relayed"
    PROVEN_DOMAIN = "proven-domain"
    CANNOT_TELL = "cannot-tell"
    SUSPICIOUS = "suspicious"
    FAKE = "fake"


Codes = frozenset[str]


def _codes(*codes: str) -> Codes:
    return frozenset(codes)


# Where the mail comes from is proved (INTERFACES.md, "Proved means one of").
PROVED = _codes("auth.dkim-aligned", "auth.spf-aligned", "auth.receiver-aligned")

# The proof is sound, but of something else than this mail to this person as it stands.
PROOF_WEAKENED = _codes(
    "auth.replayed",
    "auth.part-uncovered",
    "auth.subject-unsigned",
    "auth.field-added",
    "reply-to.may-be-added",
    "reading.malformed",
    "reading.subject-changed",
    "reading.unusual",
)

# It names an organisation as its sender, and the From domain is not that organisation's.
NAMES_ANOTHER = _codes("claim.elsewhere", "claim.provider-mailbox")

# The From address was made to be taken for the organisation's.
MADE_TO_DECEIVE = _codes(
    "claim.lookalike", "claim.from-mailbox", "claim.from-hosting", "claim.address-in-name"
)

# Weights of the findings, as codes of their own.
AGAINST_PROOF = _codes("*against-proof")
AGAINST_STRONG = _codes("*against-strong")
AGAINST_WEAK_TWICE = _codes("*against-weak-twice")
AGAINST = AGAINST_PROOF | AGAINST_STRONG


@dataclass(frozen=True, slots=True)
class Row:
    """One rule of the table."""

    name: str
    verdict: Verdict
    needs: tuple[Codes, ...] = ()
    without: Codes = frozenset()

    def holds(self, codes: Codes) -> bool:
        return all(codes & need for need in self.needs) and not codes & self.without


FORWARDED = Row("forwarded-as-text", Verdict.CANNOT_TELL, (_codes("reading.forwarded-as-text"),))

TABLE: tuple[Row, ...] = (
    FORWARDED,
    # Shown to come from someone else than the organisation it names.
    Row("policy-fails", Verdict.FAKE, (_codes("auth.policy-fails"),)),
    Row("deceptive-address", Verdict.FAKE, (NAMES_ANOTHER, MADE_TO_DECEIVE)),
    Row("proved-elsewhere", Verdict.FAKE, (NAMES_ANOTHER, PROVED, AGAINST_PROOF)),
    # Evidence against it, short of proof.
    Row("evidence-against", Verdict.SUSPICIOUS, (AGAINST,)),
    # The real sender is hidden, and his proof with him.
    Row("hidden-address", Verdict.CANNOT_TELL, (_codes("owner.address-hiding"),)),
    # Proved.
    Row("relayed", Verdict.RELAYED, (PROVED, _codes("owner.relay"))),
    Row(
        "genuine",
        Verdict.GENUINE,
        (PROVED, _codes("owner.organisation")),
        without=PROOF_WEAKENED,
    ),
    Row("weakened-proof", Verdict.CANNOT_TELL, (PROVED, PROOF_WEAKENED)),
    Row("weak-evidence-against", Verdict.SUSPICIOUS, (AGAINST_WEAK_TWICE,)),
    Row("proven-domain", Verdict.PROVEN_DOMAIN, (PROVED,)),
    # Neither proved nor contradicted.
    Row("headers-only", Verdict.CANNOT_TELL, (_codes("auth.headers-sealed"),)),
    Row("changed-text", Verdict.CANNOT_TELL, (_codes("auth.body-changed"),)),
    Row("mailing-list", Verdict.CANNOT_TELL, (_codes("route.list"),)),
    Row("fault", Verdict.CANNOT_TELL, (_codes("auth.dns-failed"),)),
    Row("seal-unclear", Verdict.CANNOT_TELL, (_codes("auth.seal-unclear"),)),
    Row("text-only", Verdict.CANNOT_TELL, (_codes("reading.text-only"),)),
    Row("no-seal", Verdict.CANNOT_TELL),
)


def decide(findings: Iterable[Finding]) -> Row:
    """The first row of the table that holds. Pure; the order of the findings does not matter."""
    codes = weighed(findings)
    return next(row for row in TABLE if row.holds(codes))


def weighed(findings: Iterable[Finding]) -> Codes:
    """The codes of the findings, and codes that stand for their weights."""
    codes: set[str] = set()
    weak = 0
    for finding in findings:
        codes.add(finding.code)
        if finding.weighs is not Weighs.AGAINST:
            continue
        match finding.strength:
            case Strength.PROOF:
                codes |= AGAINST_PROOF
            case Strength.STRONG:
                codes |= AGAINST_STRONG
            case Strength.WEAK:
                weak += 1
    if weak >= 2:
        codes |= AGAINST_WEAK_TWICE
    return frozenset(codes)
