"""Plans over a real store: started, gone on with, taken back, reported."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from secassist.base.errors import UnusableCall
from secassist.mail.verdict import Verdict
from secassist.plans import journal, progress
from secassist.plans.journal import Event
from secassist.plans.own import Shelf
from secassist.plans.plan import plans
from secassist.plans.progress import Marked, State
from secassist.plans.situation import Situation
from secassist.store.vault import Row, Vault
from secassist.twofactor import repository as twofactor
from secassist.twofactor.account import Account
from secassist.twofactor.repository import Saved
from secassist.usecases import plans as use
from secassist.usecases.account_facts import account_facts
from secassist.usecases.plan_changes import Begin, begin_from
from support import reports
from support.vaults import KEY, NOW, new_vault

SHELF = Shelf(plans())


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with new_vault(tmp_path / "store") as opened:
        yield opened


def finish(vault: Vault, run: str, at: int) -> use.Progress:
    one = use.find(use.runs(vault, SHELF), run)
    while one.open_step is not None:
        at += 60
        one = use.mark(vault, SHELF, run, one.open_step, State.DONE, at)
    return one


def test_started_and_resumed_in_another_program(vault: Vault) -> None:
    begin = Begin(Situation(Verdict.FAKE, touched="typed"), "paypal", "ab" * 32)
    started = use.start(vault, SHELF, "gave-secret", begin, NOW)
    marked = use.mark(vault, SHELF, started.run.id, "change-password", State.DONE, NOW + 9)
    with Vault.open(vault.folder, KEY) as other:
        (found,) = use.runs(other, SHELF)
    assert found == marked
    assert found.open_step == "call-bank"
    assert found.organisation is not None
    assert found.run.noticed_at == NOW


def test_several_at_once(vault: Vault) -> None:
    for plan in ("flood", "flood", "forged"):
        use.start(vault, SHELF, plan, Begin(), NOW)
    found = use.runs(vault, SHELF)
    assert [one.run.id for one in found] == ["flood-1", "flood-2", "forged-1"]
    assert use.find(found, "forged").run.id == "forged-1"
    with pytest.raises(UnusableCall, match="flood-1, flood-2"):
        use.find(found, "flood")
    finish(vault, "flood-1", NOW)
    assert use.find(use.runs(vault, SHELF), "flood").run.id == "flood-2"
    with pytest.raises(UnusableCall, match="No plan"):
        use.find(found, "leak")


def test_what_happened_is_in_the_journal_in_order(vault: Vault) -> None:
    use.start(vault, SHELF, "forged", Begin(records=("a TXT: found",)), NOW)
    use.mark(vault, SHELF, "forged-1", "report", State.NOT_FOR_ME, NOW + 1)
    use.undo(vault, SHELF, "forged-1", NOW + 2)
    use.remind(vault, SHELF, "forged-1", NOW + 3)
    finish(vault, "forged-1", NOW + 3)
    entries = use.entries(vault, "forged-1")
    assert [str(entry.event) for entry in entries] == [
        "started", "not-for-me", "undone", "reminder", "done", "done", "finished",
    ]  # fmt: skip
    assert entries[0].records == ("a TXT: found",)
    assert entries[2].step == "report"
    (one,) = use.runs(vault, SHELF)
    assert one.run.remind_at == NOW + 3 + 24 * 3600


def test_finished_once_even_if_marked_again(vault: Vault) -> None:
    use.start(vault, SHELF, "forged", Begin(), NOW)
    finish(vault, "forged-1", NOW)
    use.mark(vault, SHELF, "forged-1", "report", State.NOT_FOR_ME, NOW + 900)
    events = [entry.event for entry in use.entries(vault)]
    assert events.count(Event.FINISHED) == 1


def test_what_is_not_there(vault: Vault) -> None:
    with pytest.raises(UnusableCall, match="There is no plan"):
        use.start(vault, SHELF, "dance", Begin(), NOW)
    with pytest.raises(UnusableCall, match="do not know"):
        use.start(vault, SHELF, "flood", Begin(organisation="nobody"), NOW)
    with pytest.raises(UnusableCall, match="No plan"):
        use.mark(vault, SHELF, "flood-1", "money", State.DONE, NOW)
    assert use.runs(vault, SHELF) == ()
    assert use.entries(vault) == ()


def test_a_broken_row_is_set_aside_and_the_rest_opens(vault: Vault) -> None:
    use.start(vault, SHELF, "flood", Begin(), NOW)
    vault.change([Row(progress.KIND, "bad", {"version": 1}), Row(journal.KIND, "bad", {})])
    assert [one.run.id for one in use.runs(vault, SHELF)] == ["flood-1"]
    assert len(use.entries(vault)) == 1
    assert {aside.id for aside in vault.aside()} == {"bad"}


def test_the_run_of_a_plan_that_is_gone_waits(vault: Vault) -> None:
    mine = Shelf({**plans(), "mine": replace(plans()["forged"], id="mine")})
    use.start(vault, mine, "mine", Begin(), NOW)
    assert use.runs(vault, SHELF) == ()
    assert vault.aside() == ()
    assert [one.run.id for one in use.runs(vault, mine)] == ["mine-1"]


def test_the_report_has_the_times(vault: Vault) -> None:
    report = replace(reports.genuine(), verdict=Verdict.FAKE)
    begin = begin_from(report, Situation(Verdict.FAKE), "cd" * 32, NOW - 60)
    use.start(vault, SHELF, "forged", begin, NOW)
    unfinished = use.report_text(vault, use.find(use.runs(vault, SHELF), "forged"))
    assert "Contained: not yet" in unfinished
    assert "Finished: not yet" in unfinished
    text = use.report_text(vault, finish(vault, "forged-1", NOW), zone=UTC)
    # 1_780_000_000 is 2026-05-28 20:26:40 UTC
    assert "About: Instagram" in text
    assert "Noticed: 2026-05-28 20:25:40 (UTC+0000)" in text
    assert "Judged: 2026-05-28 20:25:40 (UTC+0000)" in text
    assert "Plan started: 2026-05-28 20:26:40 (UTC+0000)" in text
    assert "Contained: 2026-05-28 20:27:40 (UTC+0000)" in text
    assert "Finished: 2026-05-28 20:29:40 (UTC+0000)" in text
    assert "cd" * 32 in text
    assert "mail.instagram.com TXT: found" in text
    assert reports.genuine().recipients[0] not in text


def test_a_report_says_where_nobody_knows(vault: Vault) -> None:
    use.start(vault, SHELF, "forged", Begin(), NOW)
    use.mark(vault, SHELF, "forged-1", "nothing-in-it", State.NOT_FOR_ME, NOW + 1)
    text = use.report_text(vault, finish(vault, "forged-1", NOW + 1))
    assert "Contained: not known" in text
    assert "Judged: not known" in text


def test_checks_that_repeat_raise_a_plan(vault: Vault) -> None:
    for number in range(3):
        assert use.repeated(vault, NOW) is None
        mail = reports.genuine()
        day = f"2026-05-{24 + number}T08:00:00+00:00"
        mail = replace(mail, message=replace(mail.message, date=day))
        use.note_check(vault, mail, f"{number:064}", "no", NOW)
    found = use.repeated(vault, NOW)
    assert found is not None
    assert (found.code, found.plan) == ("again-and-again", "unexpected")


def test_a_check_without_a_date_is_noted(vault: Vault) -> None:
    mail = reports.genuine()
    undated = replace(mail, message=replace(mail.message, date="soon"))
    use.note_check(vault, undated, "", "", NOW)
    (entry,) = use.entries(vault)
    assert (entry.at, entry.mail_at, entry.organisation) == (NOW, 0, "instagram")


def test_checks_of_long_ago_are_forgotten_but_no_plan(vault: Vault) -> None:
    use.start(vault, SHELF, "forged", Begin(), NOW)
    use.note_check(vault, reports.genuine(), "", "", NOW)
    use.note_check(vault, reports.fake(), "", "", NOW + use.KEEP_CHECKS)
    assert [entry.at for entry in use.entries(vault) if not entry.run] == [
        NOW,
        NOW + use.KEEP_CHECKS,
    ]
    use.note_check(vault, reports.fake(), "", "", NOW + use.KEEP_CHECKS + 1)
    assert [entry.at - NOW - use.KEEP_CHECKS for entry in use.entries(vault) if not entry.run] == [
        0,
        1,
    ]
    assert len(use.entries(vault, "forged-1")) == 1


def test_a_reminder_is_due_until_it_is_answered(vault: Vault) -> None:
    use.start(vault, SHELF, "forged", Begin(), NOW)
    use.remind(vault, SHELF, "forged-1", NOW)
    tomorrow = NOW + 24 * 3600
    assert use.due(use.runs(vault, SHELF), tomorrow - 1) == ()
    assert len(use.due(use.runs(vault, SHELF), tomorrow)) == 1
    use.mark(vault, SHELF, "forged-1", "report", State.DONE, tomorrow + 5)
    assert use.due(use.runs(vault, SHELF), tomorrow + 9) == ()


@pytest.mark.parametrize(
    ("site", "issuer", "confirmed", "on"),
    [
        ("instagram.com", "", True, True),
        ("", "Instagram", True, True),
        ("", "instagram ", True, True),
        ("facebook.com", "Instagram", True, None),
        ("instagram.com", "", False, None),
        ("", "Other", True, None),
    ],
)
def test_a_code_that_is_kept_here_says_that_two_step_is_on(
    vault: Vault, site: str, issuer: str, confirmed: bool, on: bool | None
) -> None:
    account = Account(secret=b"x" * 20, issuer=issuer)
    saved = Saved(account, site=site, confirmed=confirmed)
    vault.change([Row(twofactor.KIND, account.id, twofactor.to_data(saved))])
    assert account_facts(vault, "instagram").two_step_on is on
    assert account_facts(vault, "nobody").two_step_on is None
    started = use.start(vault, SHELF, "unexpected", Begin(organisation="instagram"), NOW)
    ids = {one.step.id for one in started.steps}
    assert ("two-step" in ids) is (on is None)


def test_two_programs_that_go_on_with_one_plan_lose_no_mark(vault: Vault) -> None:
    use.start(vault, SHELF, "flood", Begin(), NOW)

    def work(step: str) -> None:
        with Vault.open(vault.folder, KEY) as other:
            for at in range(15):
                state: Marked = State.NOT_FOR_ME if at % 2 else State.DONE
                use.mark(other, SHELF, "flood-1", step, state, NOW + at)

    with ThreadPoolExecutor(2) as both:
        list(both.map(work, ("money", "mail-rules")))
    (one,) = use.runs(vault, SHELF)
    assert len(one.run.marks) == 30
    assert len(use.entries(vault, "flood-1")) == 31
