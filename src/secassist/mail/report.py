"""The result of a check: everything that the window, the command line and a saved report show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secassist.mail.findings import Strength, Weighs
from secassist.mail.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, as a button: a code of ``docs/codes.md``, its words, an address of ours."""

    code: str
    label: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class MessageSummary:
    """What the mail says about itself."""

    from_: str
    from_domain: str
    display_name: str
    subject: str
    date: str
    """ISO 8601, or empty."""
    kind: str
    claimed: str | None
    """Id of the organisation that the mail names, or None."""
    claimed_name: str
    parts: str


@dataclass(frozen=True, slots=True)
class SpfSummary:
    """What SPF says for the client address at the border."""

    result: str = "unknown"
    domain: str = ""
    ip: str = ""


@dataclass(frozen=True, slots=True)
class DkimSummary:
    """One signature."""

    result: str
    scope: str
    reason: str
    domain: str
    selector: str
    algorithm: str
    signed_headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArcSummary:
    """The chain of seals of forwarders."""

    result: str = "none"
    sealers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DmarcSummary:
    """The From domain's own policy, and whether the mail keeps it."""

    result: str = "unknown"
    policy: str | None = None
    domain: str = ""
    aligned_by: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiverSummary:
    """What the receiving server wrote, and whether it can be believed."""

    trusted: bool = False
    authserv_id: str | None = None
    spf: str = ""
    dkim: str = ""
    dmarc: str = ""


@dataclass(frozen=True, slots=True)
class Authentication:
    """All checks of where the mail comes from."""

    spf: SpfSummary
    dkim: tuple[DkimSummary, ...]
    arc: ArcSummary
    dmarc: DmarcSummary
    receiver: ReceiverSummary


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding, in words: a plain sentence and the technical line behind it."""

    code: str
    weighs: Weighs
    strength: Strength
    title: str
    detail: str


class Role(StrEnum):
    """What a stop on the drawn route is."""

    CLAIMED = "claimed"
    """Whom the mail names, though it did not come from there."""
    SENDER = "sender"
    SERVER = "server"
    LIST = "list"
    PROVIDER = "provider"
    YOU = "you"


class Leg(StrEnum):
    """How a leg of the route is drawn."""

    PROVED = "proved"
    UNPROVED = "unproved"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class RouteNode:
    """One stop: its name, what it is in plain words, and how it looks."""

    name: str
    caption: str
    role: Role
    tone: str = "slate"
    """A tone of the theme: good, info, plum, slate, warn, bad."""


@dataclass(frozen=True, slots=True)
class RouteLeg:
    """The way from one stop to the next."""

    kind: Leg
    label: str = ""
    badge: str = ""
    """One of ✓ ✕ ? ! or empty."""


@dataclass(frozen=True, slots=True)
class Route:
    """The way of the mail: ``len(legs) == len(nodes) - 1``, from the sender to the person."""

    nodes: tuple[RouteNode, ...]
    legs: tuple[RouteLeg, ...]
    claimed: RouteNode | None = None
    """Drawn as a dashed ghost that does not arrive."""
    hidden_stops: int = 0
    sentence: str = ""
    """The whole route in one sentence, for a screen reader."""


@dataclass(frozen=True, slots=True)
class Compare:
    """Two addresses, one above the other, with the odd characters boxed."""

    given: str
    real: str
    odd_in_given: tuple[int, ...]
    odd_in_real: tuple[int, ...]
    note: str
    ascii_form: str = ""
    """The punycode form, where it differs."""


@dataclass(frozen=True, slots=True)
class LinkShown:
    """One link: the words on it, the host behind it, and what is odd about it."""

    shown: str
    host: str
    target: str
    """The whole address. Left out of shared reports unless added back."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IncidentShown:
    """A known wave of unexpected mail into which this mail falls."""

    id: str
    title: str
    statement: str
    said_by: str
    said_on: str
    said_where: str
    as_of: str = ""
    """The day (ISO 8601) on which somebody last went through what is known of it."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One question that left this computer."""

    kind: str
    question: str
    outcome: str
    cached: bool
    ms: int


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received line, in words."""

    by: str
    from_: str
    ip: str
    time: datetime | None
    delay_seconds: int | None
    """Since the hop before it; negative when the clocks disagree."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One checked mail."""

    source: str
    verdict: Verdict
    row: str
    """The row of the verdict table that decided."""
    headline: str
    reason: str
    note: str
    action: Action
    buttons: tuple[Action, ...]
    """The first is the filled one; where there is a ``question``, all are equal answers."""
    question: str
    """A question with equal answers, or empty."""
    site: str
    """The organisation's own address to open, from our list; or empty."""
    report_to: tuple[str, ...]
    """Where the organisation takes fakes of its mail, from our list; or none."""
    runbook: str | None
    incident: IncidentShown | None
    message: MessageSummary
    authentication: Authentication
    evidence: tuple[Evidence, ...]
    route: Route
    hops: tuple[Hop, ...]
    compare: Compare | None
    links: tuple[LinkShown, ...]
    recipients: tuple[str, ...]
    """Left out of shared reports unless added back."""
    network: tuple[LedgerEntry, ...]
    limits: tuple[str, ...]
    seconds: float = 0.0
    fingerprint: str = ""
    """SHA-256 of the mail as it was handed in, in hexadecimal digits; empty: not taken."""
