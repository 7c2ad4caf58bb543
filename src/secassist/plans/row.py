"""One row of the table of advice, and when it fits."""

from __future__ import annotations

from dataclasses import dataclass

from secassist.mail.verdict import Verdict
from secassist.plans.situation import Situation

Column = frozenset[str | None]
ANY: Column = frozenset()
UNPROVED = frozenset(
    {Verdict.FAKE, Verdict.SUSPICIOUS, Verdict.CANNOT_TELL, Verdict.RELAYED, Verdict.PROVEN_DOMAIN}
)
ALARMS: Column = frozenset({"changed", "new-sign-in"})
NOT_ME: Column = frozenset({"no", "unsure"})


@dataclass(frozen=True, slots=True)
class Advice:
    """One row of the table. Sentences may hold {organisation} and {reason}."""

    code: str
    plan: str
    """Id of the plan that fits, see ``assets/plans``."""
    headline: str
    reason: str
    action: str
    """Code of the first action, see ``docs/codes.md``."""
    action_label: str
    verdicts: frozenset[Verdict] | None = None
    """None: any verdict, or no mail at all."""
    kinds: Column = ANY
    asked: Column = ANY
    touched: Column = ANY
    landing: Column = ANY
    trouble: Column = ANY
    flood: bool | None = None
    """None, here and below: the fact does not matter. What is not known counts as not so."""
    reused: bool | None = None
    breached: bool | None = None
    two_step_on: bool | None = None

    def fits(self, now: Situation) -> bool:
        """Whether the row holds. An empty set means that the column does not matter."""
        columns = (
            (self.kinds, now.kind),
            (self.asked, now.asked),
            (self.touched, now.touched),
            (self.landing, now.landing),
            (self.trouble, now.trouble),
        )
        facts = (
            (self.flood, now.flood),
            (self.reused, now.reused),
            (self.breached, now.breached),
            (self.two_step_on, now.two_step_on),
        )
        return (
            (self.verdicts is None or now.verdict in self.verdicts)
            and all(not wanted or value in wanted for wanted, value in columns)
            and all(wanted is None or bool(fact) is wanted for wanted, fact in facts)
        )


def only(*values: str | None) -> Column:
    """A column in which one of these has to stand. None: not said."""
    return frozenset(values)


def on(*values: Verdict) -> frozenset[Verdict]:
    """A row for these verdicts only."""
    return frozenset(values)
