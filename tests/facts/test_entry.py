"""A slip in an asset is named by file, entry and field; a fact is old after 180 days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.facts import hosts, incidents, mail_programs, organisations, sites
from secassist.facts.entry import Entry, read_entries, stale

AS_OF = date(2026, 11, 25)


def entry(**fields: object) -> Entry:
    return Entry("x.toml", "some", fields)


@pytest.mark.parametrize(
    ("today", "old"),
    [
        (date(2026, 11, 25), False),
        (date(2027, 5, 24), False),  # 180 days
        (date(2027, 5, 25), True),
        (date(2026, 1, 1), False),  # a clock that is wrong makes nothing old
    ],
)
def test_stale(today: date, old: bool) -> None:
    assert stale(AS_OF, today) is old


def test_values_by_type() -> None:
    some = entry(text="a", texts=["a", "b"], flag=True, day=AS_OF, part={"x": "y"}, parts=[{}])
    assert some.text("text") == "a"
    assert some.text("absent", "default") == "default"
    assert some.texts("texts") == ("a", "b")
    assert some.texts("absent") == ()
    assert some.flag("flag")
    assert not some.flag("absent")
    assert some.maybe("absent") is None
    assert some.day("day") == AS_OF
    assert some.part("part").text("x") == "y"
    assert some.part("absent").fields == {}
    assert len(some.entries("parts")) == 1


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("text", 3),
        ("text", None),
        ("texts", "a"),
        ("texts", [1]),
        ("flag", "yes"),
        ("maybe", 1),
        ("day", "2026-11-25"),
        ("day", datetime(2026, 11, 25)),
        ("day", None),
        ("entries", {"a": 1}),
        ("entries", ["a"]),
        ("part", "a"),
    ],
)
def test_a_slip_names_file_entry_and_field(reader: str, value: object) -> None:
    some = entry() if value is None else entry(field=value)
    with pytest.raises(CouldNotFinish, match=r"x\.toml, entry some: “field”"):
        getattr(some, reader)("field")


def test_a_misspelt_field_is_not_passed_over() -> None:
    with pytest.raises(CouldNotFinish, match="“sendres”"):
        entry(sendres=[]).check_fields(frozenset({"senders"}))


def test_a_stray_line_is_not_passed_over() -> None:
    with pytest.raises(CouldNotFinish, match="stands outside"):
        read_entries("x.toml", {"name": "X"})


ORGANISATION = {"name": "X", "names": ["X"], "kind": "bank", "senders": ["x.example"]}


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"senders": "x.example"}, "senders"),
        ({"relays": ["x.example"]}, "relays"),
        ({"relays": [{"from": "x.example", "waht": "x"}]}, "waht"),
        ({"totp": "yes"}, "totp"),
        ({"sender": []}, "sender"),
    ],
)
def test_slips_of_organisations(fields: Mapping[str, Any], word: str) -> None:
    assert organisations.parse({"as_of": AS_OF, "x": ORGANISATION})["x"].as_of == AS_OF
    with pytest.raises(CouldNotFinish, match=f"“{word}”"):
        organisations.parse({"as_of": AS_OF, "x": ORGANISATION | fields})


def test_an_entry_may_have_a_day_of_its_own() -> None:
    later = date(2026, 12, 24)
    own = ORGANISATION | {"as_of": later}
    assert organisations.parse({"as_of": AS_OF, "x": own})["x"].as_of == later
    with pytest.raises(CouldNotFinish, match="“as_of”"):
        organisations.parse({"x": own})


def test_slips_of_the_others() -> None:
    with pytest.raises(CouldNotFinish, match="free_mail"):
        hosts.parse({})
    with pytest.raises(CouldNotFinish, match="“organisation”"):
        incidents.parse({"x": {}})
    program = {"program": "X", "platform": "web", "gives": "much"}
    with pytest.raises(CouldNotFinish, match="“much”"):
        mail_programs.parse({"x": program})
    with pytest.raises(CouldNotFinish, match="“methods”"):
        sites.parse({"sites": [{"name": "X", "domain": "x.example", "methods": "totp"}]})


def test_houses() -> None:
    known = organisations.organisations()
    assert known["instagram"].is_kin_of(known["facebook"])
    assert known["instagram"].is_kin_of(known["instagram"])
    assert not known["instagram"].is_kin_of(known["paypal"])
    assert not known["chase"].is_kin_of(known["citi"])  # neither names a house
    assert known["zendesk"].is_platform


@pytest.mark.parametrize(
    ("kind", "day", "found"),
    [
        ("reset-requested", date(2026, 1, 7), True),  # already the 8th further east
        ("reset-requested", date(2026, 1, 9), True),
        ("reset-requested", date(2026, 1, 12), True),  # still the 11th further west
        ("reset-requested", date(2026, 1, 13), False),
        ("reset-requested", date(2026, 1, 6), False),
        ("changed", date(2026, 1, 9), False),
    ],
)
def test_the_instagram_wave(kind: str, day: date, found: bool) -> None:
    incident = incidents.incident_of("instagram", kind, day)
    assert (incident is not None) is found
    assert incidents.incident_of("facebook", kind, day) is None


def test_lists_of_hosts() -> None:
    known = hosts.hosts()
    assert "x.pages.dev" in known.free_hosting
    assert known.free_hosting.match("a.b.Pages.dev") == "pages.dev"
    assert "pages.dev.evil.test" not in known.free_hosting
    assert "" not in known.free_hosting
    assert known.is_redirector("bit.ly")
    assert known.is_redirector("www.google.com", "/url?q=x")
    assert not known.is_redirector("www.google.com", "/maps")
    assert "x@privaterelay.appleid.com".rpartition("@")[2] in known.address_hiding
    assert "google.com" in known.arc_sealers
    assert "evil.test" not in known.arc_sealers
