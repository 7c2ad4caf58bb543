# ruff: noqa: E501  one row of a table a line
from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.limits import MAX_SIGNATURES
from secassist.mail.auth.dmarc import DmarcResult, DomainResult, evaluate
from secassist.network.dns import Answer, ZoneResolver

NONE = "v=DMARC1; p=none"
REJECT = "v=DMARC1; p=reject"
PSD = "v=DMARC1; p=reject; psd=y"
OWN = "v=DMARC1; p=none; psd=n"

Records = Mapping[str, str]


def zone(records: Records, exists: bool = True, author: str = "") -> ZoneResolver:
    content: dict[str, dict[str, list[str]]] = {
        f"_dmarc.{name}": {"TXT": text.split(" | ")} for name, text in records.items()
    }
    if exists and author:
        content[author] = {"A": ["192.0.2.1"]}
    return ZoneResolver(content)


def result(domain: str) -> DomainResult:
    """``a.example`` passed; ``a.example=unknown`` says otherwise."""
    name, _, outcome = domain.partition("=")
    return DomainResult(name, outcome or "pass")


def judge(author: str, dkim: str, spf: str, records: Records, exists: bool = True) -> DmarcResult:
    return asyncio.run(
        evaluate(
            author,
            [result(d) for d in dkim.split()],
            result(spf) if spf else None,
            zone(records, exists, author),
        )
    )


# From domain, DKIM, SPF, records · result, policy, record's domain, aligned by, reason
TABLE = [
    # RFC 9989, B.1: alignment
    ("example.com", "", "example.com", {"example.com": NONE}, "pass none example.com spf -"),
    ("example.com", "", "child.example.com", {"example.com": NONE}, "pass none example.com spf -"),
    ("child.example.com", "", "example.net", {"example.com": NONE}, "fail none example.com - not-aligned"),
    ("example.com", "example.com", "", {"example.com": NONE}, "pass none example.com dkim -"),
    ("child.example.com", "example.com", "", {"example.com": NONE}, "pass none example.com dkim -"),
    ("child.example.com", "example.net", "", {"example.com": NONE}, "fail none example.com - not-aligned"),
    # RFC 9989, B.4
    ("example.com", "signing.example.com", "example.com=fail", {"example.com": REJECT, "signing.example.com": NONE}, "pass reject example.com dkim -"),
    ("a.b.c.d.e.f.g.h.i.j.k.example.com", "signing.example.com", "", {"example.com": REJECT, "signing.example.com": NONE}, "pass reject example.com dkim -"),
    ("a.b.c.d.e.f.g.h.i.j.k.example.com", "", "example.com", {"example.com": REJECT}, "pass reject example.com spf -"),
    ("giant.bank.example", "mail.mega.bank.example", "mail.giant.bank.example", {"bank.example": PSD, "giant.bank.example": REJECT}, "pass reject giant.bank.example spf -"),
    ("giant.bank.example", "mail.mega.bank.example", "", {"bank.example": PSD, "giant.bank.example": REJECT}, "fail reject giant.bank.example - not-aligned"),
    # DKIM goes first where both passed; one of several signatures is enough
    ("example.com", "example.com", "example.com", {"example.com": REJECT}, "pass reject example.com dkim -"),
    ("example.com", "esp.example.net other.example.org mail.example.com", "", {"example.com": REJECT}, "pass reject example.com dkim -"),
    ("example.com", "example.com=fail mail.example.com", "", {"example.com": REJECT}, "pass reject example.com dkim -"),
    ("EXAMPLE.com.", "Example.COM", "", {"example.com": REJECT}, "pass reject example.com dkim -"),
    ("bücher.example", "xn--bcher-kva.example", "", {"xn--bcher-kva.example": REJECT}, "pass reject xn--bcher-kva.example dkim -"),
    ("b-nk-example.com", "b-nk-example.com", "", {"b-nk-example.com": REJECT}, "pass reject b-nk-example.com dkim -"),
    # Nothing passed
    ("example.com", "", "", {"example.com": REJECT}, "fail reject example.com - nothing-passed"),
    ("example.com", "example.com=fail", "example.com=softfail", {"example.com": REJECT}, "fail reject example.com - nothing-passed"),
    ("example.com", "example.com=none", "example.com=permerror", {"example.com": REJECT}, "fail reject example.com - nothing-passed"),
    ("example.com", "", "example.com=neutral", {"example.com": NONE}, "fail none example.com - nothing-passed"),
    ("example.com", "", "[192.0.2.1]", {"example.com": NONE}, "fail none example.com - not-aligned"),
    # Look-alikes and siblings of the name are not aligned
    ("example.com", "notexample.com example.com.evil.example example.co", "", {"example.com": REJECT}, "fail reject example.com - not-aligned"),
    ("paypal.com", "paypaI.com.example", "xn--pypal-4ve.com", {"paypal.com": REJECT}, "fail reject paypal.com - not-aligned"),
    # Strict alignment
    ("example.com", "mail.example.com", "", {"example.com": REJECT + "; adkim=s"}, "fail reject example.com - not-aligned"),
    ("example.com", "mail.example.com", "mail.example.com", {"example.com": REJECT + "; adkim=s"}, "pass reject example.com spf -"),
    ("example.com", "example.com", "", {"example.com": REJECT + "; adkim=s; aspf=s"}, "pass reject example.com dkim -"),
    ("example.com", "", "bounce.example.com", {"example.com": REJECT + "; aspf=s"}, "fail reject example.com - not-aligned"),
    ("mail.example.com", "example.com", "", {"example.com": REJECT + "; adkim=s"}, "fail reject example.com - not-aligned"),
    # The policy: p, sp, np, t
    ("a.example.com", "", "", {"example.com": "v=DMARC1; p=reject; sp=none"}, "fail none example.com - nothing-passed"),
    ("a.example.com", "", "", {"example.com": "v=DMARC1; p=none; sp=reject"}, "fail reject example.com - nothing-passed"),
    ("a.example.com", "", "", {"example.com": REJECT}, "fail reject example.com - nothing-passed"),
    ("a.example.com", "", "", {"a.example.com": NONE, "example.com": REJECT}, "fail none a.example.com - nothing-passed"),
    ("a.example.com", "", "", {"a.example.com": "v=DMARC1; p=none; sp=reject"}, "fail none a.example.com - nothing-passed"),
    ("a.b.example.com", "", "", {"b.example.com": NONE, "example.com": REJECT}, "fail reject example.com - nothing-passed"),
    ("a.b.example.com", "", "", {"b.example.com": OWN, "example.com": REJECT}, "fail none b.example.com - nothing-passed"),
    ("example.com", "", "", {"example.com": REJECT + "; t=y"}, "fail quarantine example.com - nothing-passed"),
    ("example.com", "", "", {"example.com": "v=DMARC1; p=quarantine; t=y"}, "fail none example.com - nothing-passed"),
    ("a.example.com", "", "", {"example.com": "v=DMARC1; p=none; sp=reject; t=y"}, "fail quarantine example.com - nothing-passed"),
    ("a.example.com", "", "", {"example.com": "v=DMARC1; p=none; sp=quarantine; np=reject"}, "fail quarantine example.com - nothing-passed"),
    ("example.com", "", "", {"example.com": "v=DMARC1; p=quarantine; np=reject"}, "fail quarantine example.com - nothing-passed"),
    # The suffix's policy, where the organizational domain has none
    ("mail.mega.bank.example", "", "", {"bank.example": PSD}, "fail reject bank.example - nothing-passed"),
    ("mega.bank.example", "mega.bank.example", "", {"bank.example": PSD}, "pass reject bank.example dkim -"),
    ("mega.bank.example", "giant.bank.example", "", {"bank.example": PSD}, "fail reject bank.example - not-aligned"),
    ("mail.mega.bank.example", "", "", {"bank.example": PSD, "mega.bank.example": NONE}, "fail none mega.bank.example - nothing-passed"),
    ("bank.example", "mega.bank.example", "", {"bank.example": PSD}, "fail reject bank.example - not-aligned"),
    ("bank.example", "bank.example", "", {"bank.example": PSD}, "pass reject bank.example dkim -"),
    ("a.bank.gov.uk", "b.gov.uk", "", {"gov.uk": PSD}, "fail reject gov.uk - not-aligned"),
    # No DMARC
    ("example.com", "example.com", "example.com", {}, "none - - - no-record"),
    ("example.com", "example.com", "", {"example.net": REJECT, "sub.example.com": REJECT}, "none - - - no-record"),
    ("example.com", "example.com", "", {"example.com": f"{REJECT} | {NONE}"}, "none - - - no-record"),
    ("a.example.com", "", "", {"a.example.com": f"{NONE} | {NONE}", "example.com": REJECT}, "fail reject example.com - nothing-passed"),
    ("example.com", "", "", {"example.com": "v=spf1 -all | v=DMARC1; p=reject"}, "fail reject example.com - nothing-passed"),
    ("example.com", "", "", {"example.com": "v=dmarc1; p=reject"}, "none - - - no-record"),
    ("example.com", "example.com", "", {"example.com": "v=DMARC1; p=rejct"}, "none - - - no-policy"),
    ("a.example.com", "", "", {"a.example.com": "v=DMARC1", "example.com": REJECT}, "none - - - no-policy"),
    ("example.com", "", "", {"example.com": "v=DMARC1; p=rejct; rua=mailto:a@example.com"}, "fail none example.com - nothing-passed"),
    ("example.com", "", "", {"example.com": "v=DMARC1; p=reject; pct=0; ri=1; rf=afrf"}, "fail reject example.com - nothing-passed"),
    ("[192.0.2.1]", "", "", {}, "none - - - no-domain"),
    ("", "example.com", "", {"example.com": REJECT}, "none - - - no-domain"),
    # Open results
    ("example.com", "example.com=unknown", "", {"example.com": REJECT}, "unknown reject example.com - dkim-open"),
    ("example.com", "mail.example.com=temperror", "", {"example.com": REJECT}, "unknown reject example.com - dkim-open"),
    ("example.com", "", "example.com=temperror", {"example.com": REJECT}, "unknown reject example.com - spf-open"),
    ("example.com", "example.com=unknown", "example.com", {"example.com": REJECT}, "pass reject example.com spf -"),
    ("example.com", "example.com=unknown example.com", "", {"example.com": REJECT}, "pass reject example.com dkim -"),
    ("example.com", "example.net=unknown", "example.org=temperror", {"example.com": REJECT}, "fail reject example.com - nothing-passed"),
    ("example.com", "mail.example.com=unknown", "", {"example.com": REJECT + "; adkim=s"}, "fail reject example.com - nothing-passed"),
    ("example.com", "example.com=unknown", "", {}, "none - - - no-record"),
    ("example.com", "", "=unknown", {"example.com": REJECT}, "unknown reject example.com - spf-open"),
    ("example.com", "=unknown", "", {"example.com": REJECT}, "unknown reject example.com - dkim-open"),
    ("example.com", "example.com", "=unknown", {"example.com": REJECT}, "pass reject example.com dkim -"),
    ("example.com", "", "=fail", {"example.com": REJECT}, "fail reject example.com - nothing-passed"),
    # Faults of DNS
    ("example.com", "example.com", "example.com", {"example.com": "TIMEOUT"}, "unknown - - - dns"),
    ("example.com", "", "", {"example.com": "SERVFAIL"}, "unknown - - - dns"),
    ("example.com", "", "", {"com": "TIMEOUT"}, "unknown - - - dns"),
    ("a.example.com", "a.example.com", "", {"example.com": "TIMEOUT"}, "unknown - - - dns"),
    ("a.example.com", "", "", {"a.example.com": "TIMEOUT", "example.com": REJECT}, "unknown - - - dns"),
    ("example.com", "example.com", "", {"example.com": REJECT, "com": "TIMEOUT"}, "pass reject example.com dkim -"),
    ("example.com", "mail.example.com", "", {"example.com": REJECT, "com": "TIMEOUT"}, "pass reject example.com dkim -"),
    ("a.example.com", "", "", {"example.com": REJECT, "com": "SERVFAIL"}, "fail reject example.com - nothing-passed"),
    ("example.com", "evil.example", "", {"example.com": REJECT, "com": "TIMEOUT", "example": "TIMEOUT"}, "fail reject example.com - not-aligned"),
    ("example.com", "mail.example.com", "", {"example.com": REJECT, "mail.example.com": "TIMEOUT"}, "unknown reject example.com - alignment-open"),
    ("example.com", "mail.example.com", "example.com", {"example.com": REJECT, "mail.example.com": "TIMEOUT"}, "pass reject example.com spf -"),
    ("example.com", "mail.example.com", "", {"example.com": REJECT + "; adkim=s", "mail.example.com": "TIMEOUT"}, "fail reject example.com - not-aligned"),
    ("a.example.com", "a.example.com", "", {"a.example.com": REJECT, "example.com": "TIMEOUT"}, "pass reject a.example.com dkim -"),
    ("a.example.com", "b.example.com", "", {"a.example.com": REJECT, "example.com": "TIMEOUT"}, "unknown reject a.example.com - alignment-open"),
    # Strangers under one suffix: never a pass, whatever is published where
    ("bank.co.uk", "evil.co.uk", "", {"co.uk": REJECT}, "fail reject co.uk - not-aligned"),
    ("bank.co.uk", "evil.co.uk", "", {"bank.co.uk": REJECT, "uk": OWN}, "fail reject bank.co.uk - not-aligned"),
    ("bank.com", "evil.com", "com", {"com": NONE, "bank.com": REJECT, "evil.com": NONE}, "fail reject bank.com - not-aligned"),
    ("a.github.io", "b.github.io", "", {"a.github.io": REJECT}, "fail reject a.github.io - not-aligned"),
    ("a.github.io", "b.github.io", "", {"github.io": REJECT}, "unknown reject github.io - shared-suffix"),
    ("a.github.io", "b.github.io", "", {"github.io": OWN}, "unknown none github.io - shared-suffix"),
    ("a.github.io", "b.github.io=unknown", "", {"github.io": REJECT}, "unknown reject github.io - shared-suffix"),
    ("github.io", "evil.github.io", "", {"github.io": REJECT}, "unknown reject github.io - shared-suffix"),
    ("a.github.io", "github.io", "", {"github.io": PSD}, "fail reject github.io - not-aligned"),
    ("a.github.io", "b.github.io", "", {"github.io": REJECT + "; adkim=s"}, "fail reject github.io - not-aligned"),
    ("a.github.io", "a.github.io", "", {"github.io": REJECT}, "pass reject github.io dkim -"),
    ("x.a.github.io", "y.a.github.io", "", {"github.io": REJECT, "a.github.io": NONE}, "pass none a.github.io dkim -"),
    ("bank.com", "evil.bank.com", "", {"bank.com": REJECT, "evil.bank.com": OWN}, "fail reject bank.com - not-aligned"),
    ("bank.com", "x.evil.bank.com", "", {"bank.com": REJECT, "evil.bank.com": PSD}, "fail reject bank.com - not-aligned"),
]  # fmt: skip


@pytest.mark.parametrize(("author", "dkim", "spf", "records", "expected"), TABLE)
def test_table(author: str, dkim: str, spf: str, records: Records, expected: str) -> None:
    got = judge(author, dkim, spf, records)
    told = (got.result, got.policy, got.domain, got.aligned_by, got.reason)
    assert " ".join(part or "-" for part in told) == expected


def test_the_table_is_as_long_as_promised() -> None:
    assert len(TABLE) >= 60


def test_policy_for_a_domain_that_does_not_exist() -> None:
    record = {"example.com": "v=DMARC1; p=none; sp=quarantine; np=reject"}
    assert judge("a.example.com", "", "", record, exists=False).policy == "reject"
    assert judge("a.example.com", "", "", record, exists=True).policy == "quarantine"
    assert judge("example.com", "", "", record, exists=False).policy == "none"
    assert judge("x.example.com", "", "", {"example.com": REJECT}, exists=False).policy == "reject"


@pytest.mark.parametrize(
    ("own", "policy"),
    [
        ({"MX": [[10, "mx.example.com"]]}, "none"),  # another type: the name exists
        ({"A": ["TIMEOUT"]}, "none"),  # a fault: the milder of the two
        ("SERVFAIL", "none"),
    ],
)
def test_only_nxdomain_means_that_a_domain_does_not_exist(own: object, policy: str) -> None:
    record = {"TXT": ["v=DMARC1; p=reject; sp=none; np=reject"]}
    resolver = ZoneResolver({"_dmarc.example.com": record, "a.example.com": own})  # type: ignore[dict-item]
    got = asyncio.run(evaluate("a.example.com", [], None, resolver))
    assert (got.result, got.policy) == ("fail", policy)


class Recorder:
    """Remembers the questions and answers from a zone."""

    def __init__(self, records: Records) -> None:
        self.zone = zone(records)
        self.asked: list[str] = []

    async def query(self, name: str, rdtype: str) -> Answer:
        self.asked.append(f"{name} {rdtype}")
        return await self.zone.query(name, rdtype)


def test_nothing_is_asked_for_names_of_others() -> None:
    resolver = Recorder({"example.com": REJECT})
    others = [DomainResult(f"evil{n}.example", "pass") for n in range(50)]
    asyncio.run(evaluate("example.com", others, DomainResult("a.example.net", "pass"), resolver))
    assert resolver.asked == ["_dmarc.example.com TXT", "_dmarc.com TXT"]


def test_many_signatures_cause_few_questions_and_hide_nothing() -> None:
    resolver = Recorder({"example.com": REJECT})
    many = [DomainResult(f"s{n}.example.com", "unknown") for n in range(50)]
    got = asyncio.run(
        evaluate("example.com", [*many, DomainResult("example.com", "pass")], None, resolver)
    )
    assert (got.result, got.aligned_by) == ("pass", "dkim")
    assert len(resolver.asked) <= MAX_SIGNATURES + 2


NAMES = st.builds(
    lambda labels, suffix: ".".join([*labels, suffix]),
    st.lists(st.sampled_from(["a", "b"]), max_size=2),
    st.sampled_from(["com", "co.uk", "github.io", "example"]),
)
TEXTS = st.sampled_from([NONE, REJECT, PSD, OWN, "v=DMARC1", REJECT + "; adkim=s", "TIMEOUT"])
RESULTS = st.builds(DomainResult, NAMES, st.sampled_from(["pass", "fail", "unknown", "temperror"]))


@given(
    NAMES,
    st.lists(RESULTS, max_size=3),
    st.one_of(st.none(), RESULTS),
    st.dictionaries(NAMES, TEXTS, max_size=6),
    st.dictionaries(NAMES, st.sampled_from([NONE, REJECT, PSD, OWN]), max_size=6),
    st.sampled_from(["pass", "fail"]),
)
def test_what_is_settled_stays_so_whatever_was_hidden(
    author: str,
    dkim: list[DomainResult],
    spf: DomainResult | None,
    records: Records,
    hidden: Records,
    later: str,
) -> None:
    """pass, fail and none do not change once every fault has gone and every result is known."""

    def known(result: DomainResult) -> DomainResult:
        return DomainResult(result.domain, later if result.result != "fail" else "fail")

    got = asyncio.run(evaluate(author, dkim, spf, zone(records)))
    truth = {d: t for d, t in records.items() if t != "TIMEOUT"}
    truth |= {d: t for d, t in hidden.items() if records.get(d) == "TIMEOUT"}
    settled = [r if r.result in {"pass", "fail"} else known(r) for r in dkim]
    settled_spf = spf if spf is None or spf.result in {"pass", "fail"} else known(spf)
    after = asyncio.run(evaluate(author, settled, settled_spf, zone(truth)))
    if got.result != "unknown":
        assert after.result == got.result
    if got.result == "pass":
        assert any(r.result == "pass" for r in [*dkim, spf] if r is not None)
