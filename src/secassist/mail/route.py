"""The way of the mail as a small drawing: who sent it, who handed it on, who took it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from secassist.base.language import Translate
from secassist.base.language import mark as _
from secassist.mail.report import Hop, Leg, Role, Route, RouteLeg, RouteNode
from secassist.mail.trace import CLOCK_TOLERANCE, ReceivedHop, delay
from secassist.mail.trust import Border
from secassist.mail.verdict import Verdict
from secassist.mail.words.evidence import fill

SLOW = timedelta(minutes=15)
"""Longer than this between two hops is worth a word."""
MOST_SERVERS = 2

TONES = {
    Verdict.GENUINE: "good",
    Verdict.RELAYED: "plum",
    Verdict.PROVEN_DOMAIN: "info",
    Verdict.CANNOT_TELL: "slate",
    Verdict.SUSPICIOUS: "warn",
    Verdict.FAKE: "bad",
}
_BADGES = {Verdict.SUSPICIOUS: "!", Verdict.FAKE: "✕", Verdict.CANNOT_TELL: "?"}


@dataclass(frozen=True, slots=True)
class Ends:
    """Who stands at the ends of the way."""

    verdict: Verdict
    sender: str
    """The From domain, or the organisation where it is proved to be the sender."""
    sender_caption: str
    proved: bool
    claimed: str = ""
    """The organisation that the mail names although it does not come from there."""


def in_words(hops: Sequence[ReceivedHop], translate: Translate) -> tuple[Hop, ...]:
    """Every hop from the first server to the last, with its delay and what is odd about it."""
    oldest_first = list(reversed(hops))
    out: list[Hop] = []
    before: ReceivedHop | None = None
    for hop in oldest_first:
        waited = delay(hop, before)
        out.append(
            Hop(
                by=hop.by,
                from_=hop.client_name or hop.helo,
                ip=hop.client_ip,
                time=hop.time,
                delay_seconds=int(waited.total_seconds()) if waited is not None else None,
                note=_oddity(waited, translate),
            )
        )
        before = hop if hop.time else before
    return tuple(out)


def draw(
    hops: Sequence[ReceivedHop], border: Border | None, ends: Ends, translate: Translate
) -> Route:
    """At most five stops: sender, up to two servers, the provider, the person."""
    tone = TONES[ends.verdict]
    nodes = [RouteNode(ends.sender, translate(ends.sender_caption), Role.SENDER, tone)]
    servers = _servers(hops, border)
    nodes += [
        RouteNode(name, translate(_("mail server")), Role.SERVER) for name in servers[:MOST_SERVERS]
    ]
    if hops:
        name = border.receiver.name if border else translate(_("Your mail provider"))
        caption = border.hop.by if border else hops[0].by
        nodes.append(RouteNode(name, caption, Role.PROVIDER))
    nodes.append(RouteNode(translate(_("You")), "", Role.YOU))
    first = Leg.PROVED if ends.proved else Leg.UNPROVED
    badge = "✓" if ends.proved and ends.verdict not in _BADGES else _BADGES.get(ends.verdict, "")
    legs = [RouteLeg(first, badge=badge)]
    legs += [RouteLeg(Leg.PLAIN) for _number in range(len(nodes) - 2)]
    claimed = None
    if ends.claimed:
        claimed = RouteNode(ends.claimed, translate(_("what the mail says")), Role.CLAIMED, "bad")
    hidden = max(len(servers) - MOST_SERVERS, 0)
    return Route(
        tuple(nodes), tuple(legs), claimed, hidden, _sentence(nodes, ends, hidden, translate)
    )


def _servers(hops: Sequence[ReceivedHop], border: Border | None) -> list[str]:
    """Names of the servers before the provider, the first one first."""
    below = hops[border.hops_above + 1 :] if border else hops[1:]
    names = [hop.by for hop in reversed(below) if "." in hop.by]
    handed_in = border.hop.client_name or border.hop.helo if border else ""
    if handed_in and "." in handed_in and handed_in not in names:
        names.append(handed_in)
    return list(dict.fromkeys(names))


def _oddity(waited: timedelta | None, translate: Translate) -> str:
    if waited is None:
        return ""
    if waited < -CLOCK_TOLERANCE:
        return translate(_("The clocks of these two computers disagree."))
    if waited > SLOW:
        return translate(_("It waited here."))
    return ""


def _sentence(nodes: Sequence[RouteNode], ends: Ends, hidden: int, translate: Translate) -> str:
    way = "; then ".join(node.name for node in nodes[1:])
    facts = {"claimed": ends.claimed, "sender": ends.sender, "way": way, "hidden": str(hidden)}
    if ends.claimed:
        template = _(
            "The mail says {claimed}, but never passed through {claimed}. "
            "Real sender {sender}; then {way}."
        )
    elif ends.proved:
        template = _("The way of the mail: proved sender {sender}; then {way}.")
    else:
        template = _("The way of the mail: sender {sender}, not proved; then {way}.")
    return fill(translate(template), facts)
