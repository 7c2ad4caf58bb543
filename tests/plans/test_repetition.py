from __future__ import annotations

import pytest

from secassist.base.errors import UnusableInput
from secassist.plans import journal, repetition
from secassist.plans.journal import Entry, Event

DAY = 24 * 3600
NOW = 1_780_000_000


def mail(
    organisation: str = "instagram",
    ago: int = 0,
    *,
    kind: str = "reset-requested",
    verdict: str = "genuine",
    message: str = "",
    asked: str = "",
) -> Entry:
    return Entry(
        at=NOW,
        event=Event.JUDGED,
        organisation=organisation,
        verdict=verdict,
        kind=kind,
        asked=asked,
        message=message or f"{organisation}{ago}",
        mail_at=NOW - ago,
    )


def code(*entries: Entry) -> str | None:
    found = repetition.look(entries, NOW)
    return found.code if found else None


def test_the_same_again_and_again() -> None:
    assert code(mail(ago=DAY), mail(ago=2 * DAY)) is None
    found = repetition.look([mail(ago=DAY * days) for days in (1, 3, 6)], NOW)
    assert found is not None
    assert (found.code, found.plan) == ("again-and-again", "unexpected")
    assert found.organisations == ("instagram",)
    assert found.since == NOW - 6 * DAY


def test_what_is_older_than_a_week_does_not_count() -> None:
    assert code(*(mail(ago=DAY * days) for days in (1, 3, 8))) is None


def test_the_same_mail_checked_again_is_one_mail() -> None:
    assert code(*(mail(ago=DAY, message="same") for _ in range(5))) is None


def test_two_organisations_within_minutes() -> None:
    found = repetition.look([mail(ago=500), mail("paypal", 60)], NOW)
    assert found is not None
    assert (found.code, found.plan) == ("two-at-once", "taken-over")
    assert found.organisations == ("instagram", "paypal")
    assert code(mail(ago=700), mail("paypal", 60)) is None


def test_one_house_is_not_two_organisations() -> None:
    assert code(mail("instagram", 100), mail("facebook", 60)) is None


@pytest.mark.parametrize(
    "change", [{"verdict": "fake"}, {"verdict": "cannot-tell"}, {"asked": "yes"}, {"kind": "other"}]
)
def test_what_does_not_count(change: dict[str, str]) -> None:
    assert code(mail(ago=100), mail("paypal", 60, **change)) is None


def test_the_newest_answer_for_a_mail_counts() -> None:
    again = mail(ago=100, asked="yes")
    assert code(mail(ago=100), mail("paypal", 60), again) is None


def test_a_time_in_the_future_or_none() -> None:
    assert code(mail(ago=-DAY), mail("paypal", -DAY)) is None
    bare = Entry(at=NOW, event=Event.JUDGED, organisation="paypal", verdict="genuine", kind="code")
    assert code(mail(ago=100), bare) == "two-at-once"


def test_an_entry_is_kept_as_it_was() -> None:
    entry = Entry(
        NOW, Event.JUDGED, "r", "s", "paypal", "fake", "code", "no", "ab", 5, ("a TXT: found",)
    )
    assert journal.from_data(journal.to_data(entry)) == entry


@pytest.mark.parametrize(
    "change",
    [{"version": 2}, {"at": None}, {"event": "what"}, {"run": 5}, {"records": [5]}, {"records": 5}],
)
def test_an_entry_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    good = journal.to_data(mail())
    with pytest.raises(UnusableInput):
        journal.from_data({**good, **change})


def test_records_are_bounded() -> None:
    data = journal.to_data(Entry(NOW, Event.JUDGED, records=("x" * 1000,) * 1000))
    assert len(data["records"]) == journal.MAX_RECORDS
    assert {len(record) for record in data["records"]} == {journal.MAX_RECORD}
