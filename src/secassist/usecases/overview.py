"""How things stand, for the first page: plans under way, codes, passwords, the last check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from secassist.plans.journal import Entry, Event
from secassist.store.states import State
from secassist.store.vault import Vault
from secassist.usecases import plans as use
from secassist.usecases.account_facts import PASSWORDS
from secassist.usecases.plan_desk import PlanDesk, Standing
from secassist.usecases.plans import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from secassist.usecases.keeper import Keeper
    from secassist.usecases.passwords_desk import PasswordsDesk
    from secassist.usecases.passwords_known import Summary
    from secassist.usecases.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Overview:
    """What is known; what the store keeps is known only where it is open."""

    standing: Standing
    due: tuple[Progress, ...] = ()
    """Plans under way of which the person wanted to be reminded by now."""
    accounts: int = 0
    """Accounts with codes that a site took."""
    unfinished: str = ""
    """Name of a site whose set-up was left half way."""
    passwords: Summary | None = None
    """None: no list was read yet, or the store is not open."""
    schedule: Schedule | None = None
    """How often passwords are looked at again; None: there are none to look at."""
    last_check: Entry | None = None
    """The last mail that was checked while the store was open."""

    @property
    def state(self) -> State:
        return self.standing.view.state

    @property
    def under_way(self) -> tuple[Progress, ...]:
        """Plans with an open step: those that are due first, then the newest."""
        newest = [one for one in self.standing.runs[::-1] if one.open_step is not None]
        due = {one.run.id for one in self.due}
        later = (one for one in newest if one.run.id not in due)
        return (*(one for one in newest if one.run.id in due), *later)


async def overview(
    plans: PlanDesk, passwords: Callable[[], PasswordsDesk], keeper: Keeper
) -> Overview:
    """Look at everything once; nobody is asked for anything."""
    standing = await plans.look(prompt=False)
    if not standing.is_open:
        return Overview(standing)
    due = use.due(standing.runs, keeper.now())
    last, remembers = await keeper.read(_in_store)
    unfinished = standing.view.unfinished
    schedule = None
    if remembers:
        from secassist.usecases.schedule import load  # noqa: PLC0415 (only where it is needed)

        schedule = load(keeper.folder)
    return Overview(
        standing,
        due,
        accounts=sum(saved.confirmed for saved in standing.view.entries),
        unfinished=unfinished[0].site_name if unfinished else "",
        passwords=await passwords().summary() if remembers else None,
        schedule=schedule,
        last_check=last,
    )


def _in_store(vault: Vault) -> tuple[Entry | None, bool]:
    judged = [one for one in use.entries(vault) if one.event is Event.JUDGED]
    return (judged[-1] if judged else None), bool(vault.entries(PASSWORDS))
