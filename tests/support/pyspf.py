"""pyspf as a second opinion, over the same zone and without a network."""

from __future__ import annotations

import warnings
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own, while it is compiled
    import spf

from secassist.network.dns import Answer, ZoneResolver

Found = list[tuple[tuple[str, str], object]]


def judge(ip: str, mail_from: str, helo: str, resolver: ZoneResolver) -> tuple[str, str]:
    """pyspf's result, and its explanation where that is the domain's own."""
    with _asking(resolver):
        query = spf.query(ip, mail_from, helo)
        result, _, explanation = query.check()
    own = explanation if explanation not in spf.EXPLANATIONS.values() else ""
    return result, own if result == "fail" else ""


@contextmanager
def _asking(resolver: ZoneResolver) -> Iterator[None]:
    """pyspf asks through a global of its module; put ours there for a while."""

    def look_up(name: str, rdtype: str, *_: object) -> Found:
        answer = _at_once(resolver.query(name, rdtype))
        if answer.failed:
            raise spf.TempError(answer.why)
        return [((name, rdtype), value) for value in _values(answer)]

    before = spf.DNSLookup
    spf.DNSLookup = look_up
    try:
        yield
    finally:
        spf.DNSLookup = before


def _at_once(question: Coroutine[object, object, Answer]) -> Answer:
    """The answer of a resolver that never waits, without a loop."""
    try:
        question.send(None)
    except StopIteration as stop:
        answer: Answer = stop.value
        return answer
    raise AssertionError("it waits")


def _values(answer: Answer) -> list[object]:
    return [(r,) if isinstance(r, bytes) else r for r in answer.records]
