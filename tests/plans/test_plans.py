"""Every plan that ships: its form, its words, and that its buttons open only the right pages."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import CouldNotFinish
from secassist.facts.domains import registrable_domain
from secassist.facts.organisations import Organisation, organisations
from secassist.facts.ownership import site_owner
from secassist.plans import plan as plan_file
from secassist.plans import repetition, words
from secassist.plans.plan import ACTIONS, OPENING, PAGES, Plan, plans, read
from secassist.plans.situation import Situation
from support.reading_level import grade

ALL = list(plans().values())
BANNED = re.compile(
    r"(?i)\b(spf|dkim|dmarc|arc|dns|spoof\w*|header\w*|authenticat\w*|alignment|phish\w*|"
    r"malicious|credential\w*|login|url|html|qr)\b|https?:|www\."
)
STEPS = [step for plan in ALL for step in plan.steps]
SENTENCES = [
    *(plan.about for plan in ALL),
    *(text for step in STEPS for text in (step.what, step.why, step.label)),
    *words.LABELS.values(),
    *(repetition.TWO_AT_ONCE, repetition.AGAIN_AND_AGAIN),
]
CODES = Path(__file__).resolve().parents[2] / "docs" / "codes.md"
TEXT = """
version = 1
title = "A plan"
about = "For a test."
[[steps]]
id = "one"
what = "Do it."
why = "It helps."
minutes = 1
button = "mark-done"
"""


def is_of(host: str, organisation: Organisation) -> bool:
    owner = site_owner(host)
    home = registrable_domain(urlsplit(organisation.real_site).hostname or "")
    return registrable_domain(host) == home or (owner is not None and owner.is_kin_of(organisation))


@pytest.mark.parametrize("sentence", sorted(set(SENTENCES)))
def test_plain_enough(sentence: str) -> None:
    assert not BANNED.search(sentence)
    if len(sentence.split()) >= 5:
        assert grade(sentence) <= 6.0, f"{grade(sentence):.1f}: {sentence}"


@pytest.mark.parametrize("plan", ALL, ids=lambda plan: plan.id)
def test_form(plan: Plan) -> None:
    assert re.fullmatch(r"[a-z][a-z-]+", plan.id)
    assert len(plan.title.split()) <= 9
    assert not BANNED.search(plan.title)
    assert set(plan.next) <= set(plans()) - {plan.id}
    assert all(re.fullmatch(r"[a-z][a-z-]+", step.id) for step in plan.steps)
    assert any(step.contains for step in plan.steps)
    assert any(step.contains for step in plan.steps_for(Situation(), None))
    assert all(re.findall(r"\{(.*?)\}", s.what + s.why + s.label) in ([], ["organisation"])
               for s in plan.steps)  # fmt: skip


@pytest.mark.parametrize("plan", ALL, ids=lambda plan: plan.id)
def test_every_page_belongs_to_the_organisation_itself(plan: Plan) -> None:
    for organisation in organisations().values():
        for step in plan.steps:
            address = step.address(organisation)
            if address is None:
                assert step.button not in OPENING or not organisation.real_site
                continue
            parts = urlsplit(address)
            assert parts.scheme == "https"
            assert "@" not in parts.netloc
            assert is_of(parts.hostname or "", organisation), address


def test_what_a_plan_may_open_is_a_page_of_organisations_toml() -> None:
    fields = type(next(iter(organisations().values()))).__dataclass_fields__
    assert set(PAGES) <= set(fields)
    assert set(ACTIONS) >= OPENING
    assert {step.button for step in STEPS} == set(ACTIONS) == set(words.LABELS)


def test_every_plan_and_action_is_listed() -> None:
    listed = CODES.read_text("utf-8")
    assert [code for code in (*plans(), *ACTIONS) if f"`{code}`" not in listed] == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("version = 1", "version = 2", "newer Secassist"),
        ("version = 1", "version = true", "does not say"),
        ("version = 1", "", "does not say"),
        ("minutes = 1", "minutes = 0", "minutes"),
        ("minutes = 1", 'minutes = "1"', "minutes"),
        ('button = "mark-done"', 'button = "open-file"', "must be one of"),
        ('button = "mark-done"', 'button = "open-site"\npage = "https://a.example"', "must be one"),
        ('button = "mark-done"', 'button = "open-site"\nurl = "https://evil.example"', "no field"),
        ('button = "mark-done"', 'button = "mark-done"\nwhen = { flood = true }', "for everybody"),
        ('button = "mark-done"', 'button = "mark-done"\nwhen = { moon = true }', "no field"),
        ('button = "mark-done"', 'button = "mark-done"\nwhen = { asked = ["no!"] }', "knows only"),
        ('what = "Do it."', 'what = "Do\\u202e it."', "cannot be seen"),
        ('what = "Do it."', 'what = " "', "letters"),
        ('what = "Do it."', f'what = "{"x" * 401}"', "letters"),
        ('title = "A plan"', "", "title"),
        ("[[steps]]", "[steps]", "list"),
        (TEXT, "version = 1\ntitle = 'a'\nabout = 'b'", "between 1 and"),
        (TEXT, TEXT + TEXT[TEXT.index("[[") :], "one id"),
        (TEXT, "version = 1 = 2", "cannot be read"),
        (TEXT, "a = " + "[" * 5000, "cannot be read"),
    ],
)  # fmt: skip
def test_a_slip_is_named(old: str, new: str, says: str) -> None:
    assert read("mine", TEXT).steps[0].button == "mark-done"
    assert old in TEXT
    with pytest.raises(CouldNotFinish, match=says):
        read("mine", TEXT.replace(old, new))


def test_what_is_not_known_counts_as_not_so() -> None:
    when = plan_file.When(reused=False)
    assert when.fits(Situation(), None)
    assert not when.fits(Situation(reused=True), None)
    assert not plan_file.When(has_sent_list=True).fits(Situation(), None)
    assert plan_file.When(has_sent_list=True).fits(Situation(), organisations()["instagram"])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
STEP_FIELDS = ("id", "what", "why", "minutes", "button", "page", "label", "contains", "when")


@given(st.text(max_size=300))
def test_any_text_is_a_plan_or_refused(text: str) -> None:
    with suppress(CouldNotFinish):
        read("mine", "version = 1\n" + text)


@given(st.dictionaries(st.sampled_from(STEP_FIELDS), VALUES), st.sampled_from(STEP_FIELDS), VALUES)
def test_any_values_are_a_step_or_refused(
    fields: dict[str, object], name: str, value: object
) -> None:
    good = {"id": "one", "what": "Do it.", "why": "So.", "minutes": 1, "button": "mark-done"}
    for step in (fields, {**good, name: value}):
        with suppress(CouldNotFinish):
            plan_file.from_table(
                "mine", {"version": 1, "title": "a", "about": "b", "steps": [step]}
            )
