"""The desk of the plans: in memory until there is a store, then on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from secassist.base.errors import UnusableCall
from secassist.network.ledger import Ledger
from secassist.passwords.memory import KIND
from secassist.plans.journal import Event
from secassist.plans.progress import State
from secassist.plans.situation import Situation
from secassist.store.states import State as Store
from secassist.store.states import StoreClosed
from secassist.store.vault import Row
from secassist.twofactor.repository import Saved, to_data
from secassist.usecases.account_facts import PASSWORDS
from secassist.usecases.keeper import Keeper
from secassist.usecases.overview import overview
from secassist.usecases.plan_desk import PlanDesk
from secassist.usecases.plans import Begin, ToStart
from support import codes

START = ToStart("unexpected", Begin(Situation(asked="no"), organisation="instagram"))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    codes.quicken(monkeypatch)


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    made = Keeper(tmp_path, Ledger, no_keyring=True, clock=lambda: codes.NOW)
    yield made
    made.close()


def test_in_memory_until_there_is_a_store_then_under_a_number_of_its_own(keeper: Keeper) -> None:
    async def story() -> None:
        desk = PlanDesk(keeper)
        one = await desk.start(START)
        other = await desk.start(START)
        assert not one.is_kept
        assert desk.unkept == 2
        await desk.mark(one.progress.run.id, "leave-the-link", State.DONE)
        await desk.remind(one.progress.run.id)
        assert (await desk.look()).runs == (
            (await desk.open(one.progress.run.id)).progress,
            other.progress,
        )
        with pytest.raises(UnusableCall):
            await desk.undo(other.progress.run.id)
        await keeper.begin(codes.PASSPHRASE)
        standing = await desk.look()
        assert [run.run.id for run in standing.runs] == ["unexpected-1", "unexpected-2"]
        assert standing.find(one.progress.run.id) == standing.runs[0]
        assert desk.unkept == 0
        kept = await desk.undo(one.progress.run.id)  # by the id that it had in memory
        assert kept.is_kept
        assert kept.progress.open_step == "leave-the-link"
        assert [entry.event for entry in kept.entries] == [
            Event.STARTED,
            Event.DONE,
            Event.UNDONE,
            Event.REMINDER,
        ]
        assert {entry.run for entry in kept.entries} == {"unexpected-1"}

    asyncio.run(story())


def test_an_open_store_keeps_at_once_and_a_locked_one_shows_nothing(keeper: Keeper) -> None:
    async def story() -> None:
        desk = PlanDesk(keeper)
        await keeper.begin(codes.PASSPHRASE)
        one = await desk.start(START)
        assert one.progress.run.id == "unexpected-1"
        await keeper.lock()
        assert (await desk.look()).runs == ()
        with pytest.raises(StoreClosed):
            await desk.mark("unexpected-1", "leave-the-link", State.DONE)
        loose = await desk.start(START)
        assert not loose.is_kept
        await keeper.unlock(codes.PASSPHRASE)
        standing = await desk.look()
        assert [run.run.id for run in standing.runs] == ["unexpected-1", "unexpected-2"]

    asyncio.run(story())


def test_leaving_the_rest_out_finishes_a_plan_and_each_step_can_be_taken_back(
    keeper: Keeper,
) -> None:
    async def story() -> None:
        desk = PlanDesk(keeper)
        run = (await desk.start(START)).progress.run.id
        await desk.mark(run, "leave-the-link", State.DONE)
        kept = await desk.leave(run)
        assert kept.progress.open_step is None
        assert not kept.progress.contained_at, "what stops the harm was left out"
        assert kept.entries[-1].event is Event.FINISHED
        assert (await desk.undo(run)).progress.open_step == "look-again"

    asyncio.run(story())


def test_a_step_is_done_by_what_becomes_known_of_the_account(keeper: Keeper) -> None:
    async def story() -> None:
        desk = PlanDesk(keeper)
        run = (await desk.start(START)).progress.run.id
        for step in ("leave-the-link", "sent-list", "look-who-is-in", "check-password"):
            await desk.mark(run, step, State.DONE)
        await keeper.begin(codes.PASSPHRASE)
        assert (await desk.learn(run)).progress.open_step == "two-step"
        account = codes.ACCOUNTS[1]  # of Instagram
        row = Row("totp", account.id, to_data(Saved(account)))
        await keeper.change(lambda vault: vault.change([row]))
        known = await desk.learn(run)
        assert known.progress.open_step == "way-back"
        assert known.progress.run.situation.two_step_on is True
        assert [e.event for e in known.entries if e.step == "two-step"] == [Event.DONE]

    asyncio.run(story())


def test_home_asks_nobody_to_unlock_a_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Keeper(tmp_path, Ledger, no_keyring=True)
    asyncio.run(made.begin(codes.PASSPHRASE))
    made.close()
    asked: list[bool] = []

    def door(*_: object, prompt: bool = True, **__: object) -> NoReturn:
        asked.append(prompt)
        raise StoreClosed(Store.KEYRING_LOCKED)

    monkeypatch.setattr("secassist.usecases.keeper.store.door", door)
    monkeypatch.setattr("secassist.usecases.keeper.store.needs_passphrase", lambda _: False)
    keeper = Keeper(tmp_path, Ledger)

    def passwords() -> NoReturn:
        raise AssertionError("nothing is read of a store that is closed")

    found = asyncio.run(overview(PlanDesk(keeper), passwords, keeper))
    assert found.state is Store.KEYRING_LOCKED
    assert asked == [False]
    keeper.close()


def test_plans_of_ones_own_are_there_and_broken_ones_are_said(
    keeper: Keeper, tmp_path: Path
) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "broken.toml").write_text("version = ", "utf-8")
    standing = asyncio.run(PlanDesk(keeper).look())
    assert len(standing.set_aside) == 1
    assert "broken" in standing.set_aside[0]


def test_the_kind_of_remembered_accounts_is_the_one_of_their_room() -> None:
    assert KIND == PASSWORDS
