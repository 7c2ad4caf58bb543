from __future__ import annotations

import asyncio
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.facts.domains import is_subdomain, registrable_domain
from secassist.mail.auth.dmarc import aligned, organizational_domain
from secassist.mail.auth.dmarc import questions as questions_of
from secassist.mail.auth.tree_walk import questions, walk_all, walked_names
from secassist.network.dns import Answer, ZoneResolver

NONE = "v=DMARC1; p=none"
PSD = "v=DMARC1; p=none; psd=y"
OWN = "v=DMARC1; p=none; psd=n"


def zone(**records: str) -> ZoneResolver:
    """Records by domain, ``.`` written as ``__``; "TIMEOUT" and "SERVFAIL" are faults."""
    return zone_of({name.replace("__", "."): text for name, text in records.items()})


def zone_of(records: dict[str, str]) -> ZoneResolver:
    return ZoneResolver({f"_dmarc.{name}": {"TXT": [text]} for name, text in records.items()})


def test_walked_names() -> None:
    assert walked_names("com") == ("com",)
    assert walked_names("example.com") == ("example.com", "com")
    assert walked_names("a.b.c.d.e.f.g") == (
        "a.b.c.d.e.f.g",
        "b.c.d.e.f.g",
        "c.d.e.f.g",
        "d.e.f.g",
        "e.f.g",
        "f.g",
        "g",
    )
    assert walked_names("a.b.c.d.e.f.g.h")[1] == "b.c.d.e.f.g.h"
    assert len(walked_names("a.b.c.d.e.f.g.h")) == 8
    # RFC 9989, 4.10: eight questions, however long the name
    assert questions("a.b.c.d.e.f.g.h.i.j.mail.example.com") == (
        "_dmarc.a.b.c.d.e.f.g.h.i.j.mail.example.com",
        "_dmarc.g.h.i.j.mail.example.com",
        "_dmarc.h.i.j.mail.example.com",
        "_dmarc.i.j.mail.example.com",
        "_dmarc.j.mail.example.com",
        "_dmarc.mail.example.com",
        "_dmarc.example.com",
        "_dmarc.com",
    )


def test_a_name_too_long_to_be_asked_is_left_out() -> None:
    name = ".".join(["a" * 62] * 3 + ["b" * 60, "co"])
    assert len(name) > 247
    assert questions(name) == tuple("_dmarc." + n for n in walked_names(name)[1:])
    assert asyncio.run(organizational_domain(name, zone(co=PSD))) == "b" * 60 + ".co"


def test_questions_of_any_writing() -> None:
    assert questions_of("Bücher.Example.") == ("_dmarc.xn--bcher-kva.example", "_dmarc.example")
    assert questions_of("[192.0.2.1]") == ()


@pytest.mark.parametrize(
    ("name", "records", "expected"),
    [
        # RFC 9989, 4.10.2: its three examples
        ("a.mail.example.com", {"mail.example.com": NONE, "example.com": NONE}, "example.com"),
        ("a.mail.example.com", {"mail.example.com": OWN, "example.com": NONE}, "mail.example.com"),
        ("a.mail.example.com", {"com": PSD}, "example.com"),
        # RFC 9989, B.4
        ("example.com", {"example.com": NONE, "signing.example.com": NONE}, "example.com"),
        ("signing.example.com", {"example.com": NONE, "signing.example.com": NONE}, "example.com"),
        ("a.b.c.d.e.f.g.h.i.j.k.example.com", {"example.com": NONE}, "example.com"),
        (
            "giant.bank.example",
            {"bank.example": PSD, "giant.bank.example": NONE},
            "giant.bank.example",
        ),
        (
            "mail.giant.bank.example",
            {"bank.example": PSD, "giant.bank.example": NONE},
            "giant.bank.example",
        ),
        (
            "mail.mega.bank.example",
            {"bank.example": PSD, "giant.bank.example": NONE},
            "mega.bank.example",
        ),
        # the name itself where nothing is found, and where the suffix is its own
        ("a.mail.example.com", {}, "a.mail.example.com"),
        ("bank.example", {"bank.example": PSD}, "bank.example"),
        ("bank.example", {"bank.example": PSD, "example": PSD}, "bank.example"),
        ("co.uk", {"co.uk": PSD}, "co.uk"),
        ("com", {}, "com"),
        # what is skipped when a long name is cut is not asked, hence not found
        (
            "a.b.c.d.e.f.g.example.com",
            {"b.c.d.e.f.g.example.com": OWN},
            "a.b.c.d.e.f.g.example.com",
        ),
        # psd=y far up marks the name below it; psd=n below it comes first
        (
            "x.y.mega.bank.example",
            {"bank.example": PSD, "y.mega.bank.example": OWN},
            "y.mega.bank.example",
        ),
        # a record that asks for nothing still stands where it stands
        ("a.example.com", {"example.com": "v=DMARC1"}, "example.com"),
        ("a.example.com", {"example.com": "v=spf1 -all"}, "a.example.com"),
        # The guard: never shorter than the registrable domain
        ("a.example.com", {"com": NONE}, "example.com"),
        ("a.example.com", {"com": OWN}, "example.com"),
        ("a.bank.co.uk", {"co.uk": NONE}, "bank.co.uk"),
        ("a.bank.co.uk", {"uk": PSD}, "bank.co.uk"),
        ("a.github.io", {"github.io": NONE}, "a.github.io"),
        ("x.a.github.io", {"github.io": OWN}, "a.github.io"),
        ("x.a.github.io", {"io": PSD}, "a.github.io"),
        ("x.a.github.io", {"a.github.io": OWN, "github.io": NONE}, "a.github.io"),
        ("x.evil.github.io", {"evil.github.io": PSD, "github.io": NONE}, "x.evil.github.io"),
        ("github.io", {"github.io": NONE, "io": NONE}, "github.io"),
        # a fault that cannot matter, and faults that do
        ("a.example.com", {"example.com": NONE, "com": "TIMEOUT"}, "example.com"),
        ("example.com", {"com": "TIMEOUT"}, "example.com"),
        ("a.example.com", {"a.example.com": OWN, "example.com": "TIMEOUT"}, "a.example.com"),
        ("a.example.com", {"a.example.com": "TIMEOUT", "com": PSD}, None),
        ("a.example.com", {"a.example.com": NONE, "example.com": "SERVFAIL"}, None),
        ("a.example.com", {"com": "SERVFAIL"}, None),
        # other writings, and no domains
        ("A.Bücher.EXAMPLE.", {"xn--bcher-kva.example": NONE}, "xn--bcher-kva.example"),
        ("[192.0.2.1]", {}, None),
        ("192.0.2.1", {}, None),
        ("", {}, None),
    ],
)
def test_organizational_domain(name: str, records: dict[str, str], expected: str | None) -> None:
    assert asyncio.run(organizational_domain(name, zone_of(records))) == expected


@pytest.mark.parametrize(
    ("author", "other", "records", "expected"),
    [
        ("example.com", "EXAMPLE.com.", {}, True),
        ("example.com", "mail.example.com", {"example.com": NONE}, True),
        ("example.com", "example.net", {"com": NONE, "net": NONE}, False),
        ("a.github.io", "b.github.io", {"github.io": NONE}, False),
        ("a.github.io", "github.io", {"github.io": OWN}, False),
        ("bank.co.uk", "evil.co.uk", {"co.uk": OWN, "uk": NONE}, False),
        # no record of the owner: the registrable domain decides
        ("a.example.com", "b.example.com", {}, True),
        ("a.example.com", "b.example.com", {"com": "TIMEOUT"}, True),
        ("example.com", "news.example.com", {"news.example.com": NONE}, True),
        ("example.com", "news.example.com", {"news.example.com": OWN}, False),
        ("example.com", "a.news.example.com", {"news.example.com": PSD}, False),
        ("x.a.github.io", "a.github.io", {"github.io": NONE}, True),
        # borders that the owner drew
        ("a.example.com", "b.example.com", {"a.example.com": OWN, "example.com": NONE}, False),
        ("giant.bank.example", "mega.bank.example", {"bank.example": PSD}, False),
        # faults
        ("example.com", "example.com", {"example.com": "TIMEOUT"}, True),
        ("example.com", "mail.example.com", {"example.com": "TIMEOUT"}, None),
        ("example.com", "mail.example.com", {"mail.example.com": "TIMEOUT"}, None),
        ("example.com", "mail.example.com", {"example.com": NONE, "com": "TIMEOUT"}, True),
        ("example.com", "[192.0.2.1]", {}, False),
        ("", "", {}, False),
    ],
)
def test_aligned(author: str, other: str, records: dict[str, str], expected: bool | None) -> None:
    assert asyncio.run(aligned(author, other, zone_of(records))) is expected


class Counting:
    """Counts the questions, and how many wait side by side."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.waiting = 0
        self.most = 0

    async def query(self, name: str, rdtype: str) -> Answer:
        self.asked[name] += 1
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        await asyncio.sleep(0)
        self.waiting -= 1
        return Answer.none()


def test_all_questions_at_once_and_none_twice() -> None:
    resolver = Counting()
    asyncio.run(walk_all(["a.b.example.com", "b.example.com", "c.example.com"], resolver))
    assert set(resolver.asked.values()) == {1}
    assert len(resolver.asked) == resolver.most == 5


LABELS = st.sampled_from(["a", "b", "evil"])
SUFFIXES = st.sampled_from(["com", "co.uk", "github.io", "example", "kobe.jp"])
NAMES = st.builds(
    lambda labels, suffix: ".".join([*labels, suffix]), st.lists(LABELS, max_size=3), SUFFIXES
)
RECORDS = st.dictionaries(
    NAMES, st.sampled_from([NONE, PSD, OWN, "v=DMARC1", "TIMEOUT"]), max_size=6
)


@given(NAMES, NAMES, RECORDS)
def test_strangers_never_share_an_organizational_domain(
    one: str, two: str, records: dict[str, str]
) -> None:
    resolver = zone_of(records)
    first = asyncio.run(organizational_domain(one, resolver))
    second = asyncio.run(organizational_domain(two, resolver))
    if first is not None:
        assert is_subdomain(one, first)
        assert is_subdomain(first, registrable_domain(one) or one)
    if one != two and (registrable_domain(one) or one) != (registrable_domain(two) or two):
        assert first is None or first != second
        assert asyncio.run(aligned(one, two, resolver)) is False


@given(NAMES, RECORDS, st.dictionaries(NAMES, st.sampled_from([NONE, PSD, OWN]), max_size=6))
def test_a_fault_leaves_open_exactly_what_it_hides(
    name: str, records: dict[str, str], hidden: dict[str, str]
) -> None:
    """What a walk with faults calls decided stays so, whatever the failed questions would say."""
    decided = asyncio.run(organizational_domain(name, zone_of(records)))
    truth = {d: t for d, t in records.items() if t != "TIMEOUT"}
    truth |= {d: t for d, t in hidden.items() if records.get(d) == "TIMEOUT"}
    if decided is not None:
        assert asyncio.run(organizational_domain(name, zone_of(truth))) == decided


@given(NAMES, RECORDS)
def test_what_faults_leave_open_is_exactly_what_may_be(name: str, records: dict[str, str]) -> None:
    """The possible domains are those of all fillings of the gaps: not one more, not one less."""
    possible = asyncio.run(walk_all([name], zone_of(records)))[name].organizational
    known = {d: t for d, t in records.items() if t != "TIMEOUT"}
    gaps = [d for d in walked_names(name) if records.get(d) == "TIMEOUT"]
    fillings = product([None, NONE, PSD, OWN], repeat=len(gaps))
    filled = [
        known | {d: t for d, t in zip(gaps, filling, strict=True) if t} for filling in fillings
    ]
    assert possible == {asyncio.run(organizational_domain(name, zone_of(f))) for f in filled}
