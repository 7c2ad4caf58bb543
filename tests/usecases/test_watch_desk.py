"""The mailboxes that are watched: what is removed stays removed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.network.ledger import Ledger
from secassist.usecases.keeper import Keeper
from secassist.usecases.mailboxes import Mailboxes, Place
from secassist.usecases.watch_desk import KIND, WatchDesk
from support import codes


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    codes.quicken(monkeypatch)
    made = Keeper(tmp_path / "store", Ledger, no_keyring=True)
    asyncio.run(made.begin(codes.PASSPHRASE))
    return made


def desk(keeper: Keeper, folder: Path) -> WatchDesk:
    return WatchDesk(lambda: keeper, lambda: Mailboxes(folder, Ledger, lambda text: text))


def test_a_look_that_ends_while_a_mailbox_is_removed_does_not_keep_it(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> int:
        watching = desk(keeper, tmp_path)
        await watching.add(Place(tmp_path / "mail"))
        (one,) = watching.watched()
        entry = watching._entries[one.id]

        async def read(_: object) -> tuple[()]:
            removing = asyncio.create_task(watching.remove(one.id))
            await asyncio.sleep(0)  # it has begun, and waits for the store
            tasks.append(removing)
            return ()

        tasks: list[asyncio.Task[None]] = []
        monkeypatch.setattr(watching, "_look_into", read)
        assert entry.kept.looked_at == 0  # the first look is kept
        await watching.look()
        await asyncio.gather(*tasks)
        return len(await keeper.read(lambda vault: vault.entries(KIND)))

    assert asyncio.run(scenario()) == 0
    assert keeper.close()


def test_what_could_not_be_removed_is_shown_as_before(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        watching = desk(keeper, tmp_path)
        await watching.add(Place(tmp_path / "mail"))
        before = watching.watched()

        async def refused(_: object) -> None:
            raise CouldNotFinish("The disk is full.")

        with monkeypatch.context() as full:
            full.setattr(keeper, "change", refused)
            with pytest.raises(CouldNotFinish):
                await watching.remove(before[0].id)
        assert watching.watched() == before

    asyncio.run(scenario())
    assert keeper.close()
