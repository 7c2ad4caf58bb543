"""Traces that a mail took a detour: lists, forwarders, seals of others, long waits.

A trace is easily forged. It may therefore only excuse (from ``fake`` to less), and what excuses
from ``suspicious`` too must be *credible*: proved by a seal of a known list or forwarder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from secassist.facts.hosts import HostList
from secassist.facts.receivers import Receiver
from secassist.mail.auth.arc import ArcResult
from secassist.mail.auth.results import parse
from secassist.mail.message import Message
from secassist.mail.trace import ReceivedHop
from secassist.mail.trust import Border

LONG_WAIT = timedelta(hours=24)

_LIST_FIELDS = ("list-id", "list-post", "mailing-list", "x-beenthere", "x-mailing-list")
_FORWARD_FIELDS = (
    "x-forwarded-for",
    "x-forwarded-to",
    "resent-from",
    "resent-to",
    "x-original-authentication-results",
    "authentication-results-original",
)
_DELIVERY_FIELDS = ("delivered-to", "x-original-to", "envelope-to", "x-delivered-to")


@dataclass(frozen=True, slots=True)
class Traces:
    """What speaks for a detour."""

    list_fields: bool = False
    forward_fields: bool = False
    vouching_sealer: str = ""
    """A known sealer whose chain is right and who saw the mail pass for its From domain."""
    sealer: str = ""
    """A known sealer whose chain is right, unless the mail failed before the first seal."""
    for_someone_else: bool = False
    """Delivered to an address that the mail itself does not name."""
    hours_on_the_way: int = 0
    waited_for_a_day: bool = False

    @property
    def forwarded(self) -> bool:
        """There is any trace of a list or forwarder."""
        return self.list_fields or self.forward_fields or bool(self.sealer)

    @property
    def credible(self) -> bool:
        """There is a trace that the sender cannot have forged."""
        return bool(self.sealer)


def read_traces(
    message: Message,
    *,
    arc: ArcResult,
    hops: Sequence[ReceivedHop],
    border: Border | None,
    known_sealers: HostList,
    known_receivers: Sequence[Receiver],
    received_at: datetime | None,
    signed_at: datetime | None,
) -> Traces:
    """Gather the traces. ``received_at`` is the time of receipt, None where it is not known;
    ``signed_at`` the time in the sender's own signature.
    """
    sealer, saw = _known_sealer(message, arc, border, known_sealers)
    waited = _time_on_the_way(message, received_at, signed_at)
    return Traces(
        list_fields=any(message.fields(name) for name in _LIST_FIELDS),
        forward_fields=any(message.fields(name) for name in _FORWARD_FIELDS)
        or _srs(message)
        or _through_gateway(border, known_receivers),
        vouching_sealer=sealer if "pass" in saw else "",
        sealer=sealer,
        for_someone_else=_for_someone_else(message, hops, border),
        hours_on_the_way=int(waited.total_seconds() // 3600),
        waited_for_a_day=waited >= LONG_WAIT,
    )


def _known_sealer(
    message: Message, arc: ArcResult, border: Border | None, known: HostList
) -> tuple[str, frozenset[str]]:
    """The first of the known sealers whom no stranger followed, and what it saw of DMARC.

    A stranger who sealed later could exchange the text. A seal that does not cover From vouches for
    nobody; nor does one over a mail that came in as a fail: that spoof stood before the detour.
    """
    if arc.result != "pass" or "from" not in arc.covered_headers:
        return "", frozenset()
    sets = zip(_sealed_on_the_way(message, arc, border), arc.authentication_results, strict=False)
    trusted = list(takewhile(lambda one: one[0] in known, reversed(list(sets))))
    if not trusted:
        return "", frozenset()
    sealer, line = trusted[-1]
    saw = _dmarc_seen(message, line)
    return ("", saw) if "fail" in saw else (sealer, saw)


def _sealed_on_the_way(message: Message, arc: ArcResult, border: Border | None) -> tuple[str, ...]:
    """Sealers before the border, oldest first: what stands above it the receiver sealed itself."""
    at = border.hop.index if border else -1
    below = sum(f.name == "arc-seal" for f in message.split.fields[at + 1 :])
    return arc.sealers[:below]


def _dmarc_seen(message: Message, line: str) -> frozenset[str]:
    """What a sealer's line says of DMARC for the From domain."""
    domain = message.sender.domain if message.sender else ""
    found = [r for r in parse(line).results if r.method == "dmarc"]
    return frozenset(r.result for r in found if (r.domain or "") in {"", domain})


def _time_on_the_way(
    message: Message, received_at: datetime | None, signed_at: datetime | None
) -> timedelta:
    """From the earlier of Date and signature, which the sender wrote, to the time of receipt."""
    written = [time for time in (message.date, signed_at) if time is not None]
    if received_at is None or not written:
        return timedelta()
    return max(received_at - min(written), timedelta())


def _through_gateway(border: Border | None, known_receivers: Sequence[Receiver]) -> bool:
    """A company's gateway handed it in: it may have changed the text, and its address is in no SPF
    record of the sender's.
    """
    if border is None:
        return False
    client = border.hop.client_name or border.hop.helo
    return any(r.gateway and r.is_border(client) for r in known_receivers)


def _for_someone_else(message: Message, hops: Sequence[ReceivedHop], border: Border | None) -> bool:
    named = {address.spec.lower() for address in message.recipients}
    delivered = {
        field.value.decode("utf-8", "replace").strip().strip("<>").lower()
        for name in _DELIVERY_FIELDS
        for field in message.fields(name)
        if border is None or _above(message, field, border)
    }
    # At an unknown server the topmost hop will do: what it says can only take trust away.
    last = border.hop.for_ if border else next((hop.for_ for hop in hops[:1]), "")
    delivered.add(last.lower())
    delivered = {d for d in delivered if "@" in d}
    return bool(named) and bool(delivered) and not delivered & named


def _above(message: Message, field: object, border: Border) -> bool:
    return any(field is f for f in message.split.fields[: border.hop.index])


def _srs(message: Message) -> bool:
    """The envelope sender was rewritten by a forwarder (Sender Rewriting Scheme)."""
    path = message.return_path
    return path is not None and path.local.upper().startswith(("SRS0=", "SRS1=", "SRS0+", "SRS1+"))
