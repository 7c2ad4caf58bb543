"""Bringing a window to each page of the action plans, with made-up plans and no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from secassist.mail.verdict import Verdict
from secassist.plans import which
from secassist.plans.journal import Entry, Event
from secassist.plans.own import Shelf
from secassist.plans.plan import plans
from secassist.plans.progress import State
from secassist.plans.situation import Situation
from secassist.store.states import State as Store
from secassist.ui import plans_part
from secassist.ui.fetching import is_here
from secassist.ui.pages.plans import PlansPages
from secassist.ui.window import Window
from secassist.usecases import plan_changes as changes
from secassist.usecases.keeper import View
from secassist.usecases.overview import Overview
from secassist.usecases.passwords_known import Leaks, Summary
from secassist.usecases.plan_desk import Kept, Standing
from support.codes import NOW

SHELF = Shelf(plans())
STARTED = int(NOW)
ASKED = Situation(verdict=Verdict.GENUINE, kind="reset-requested", asked="no")


def kept(
    plan: str, steps: int = 0, *, id_: str = "", organisation: str = "instagram", remind_at: int = 0
) -> Kept:
    """A run of that plan, with so many steps done, one every few minutes."""
    begin = changes.Begin(ASKED, organisation=organisation, judged_at=STARTED)
    run, entry = changes.begun(id_ or f"{plan}-1", SHELF, plan, begin, STARTED)
    entries: list[Entry] = [entry]
    for number in range(steps):
        before = changes.view(run, SHELF.plans[plan])
        if before.open_step is None:
            break
        state = State.NOT_FOR_ME if number == 3 else State.DONE
        run, noted = changes.marked(before, before.open_step, state, STARTED + 400 * (number + 1))
        entries += noted
    run = replace(run, remind_at=remind_at)
    if remind_at:
        entries.append(Entry(at=STARTED + 9_000, event=Event.REMINDER, run=run.id))
    one = changes.view(run, SHELF.plans[plan])
    return Kept(one, tuple(entries), tuple(SHELF.plans[id_] for id_ in one.plan.next))


UNDER_WAY = kept("unexpected", 4)
FLOOD = kept("flood", 2, organisation="")
FINISHED = kept("forged", 30, organisation="paypal")


def standing(state: Store = Store.OPEN, *runs: Kept, **fields: object) -> Standing:
    """What is told of these plans."""
    view = View(state, "That key does not open this.", spare_key_kept=True)
    return replace(Standing(view, tuple(one.progress for one in runs)), **fields)


def pages(window: Window, stood: Standing) -> PlansPages:
    """The pages, shown, without a look at the store."""
    assert is_here(plans_part.__name__)  # by the import above
    made = window._page("plans")
    assert isinstance(made, PlansPages)
    made.refresh = lambda: None  # what is made up stays
    made._standing = stood
    window.go("plans")
    return made


def _list(window: Window, state: Store, *runs: Kept, **fields: object) -> None:
    pages(window, standing(state, *runs, **fields)).show_list()


def _plan(window: Window, one: Kept, state: Store = Store.OPEN, *more: str) -> None:
    pages(window, standing(state, one)).show_plan(one, more=more)


def _which(window: Window) -> None:
    made = pages(window, standing())
    made.choose(changes.ToStart("gave-secret"))
    page = made.page()
    assert which.find("inst")
    page.field.box.setText("inst")


def _told(window: Window) -> None:
    one = kept("forged", 1, organisation="paypal")
    made = pages(window, standing(Store.OPEN, one))
    made.show_plan(one, more=made._how_to_report(one))


def _home(window: Window, state: Store, *runs: Kept, **fields: object) -> None:
    stood = standing(state, *runs)
    made = Overview(stood, **fields)
    window.go("home")
    window.home.soon.stop()
    window.home.show_overview(made)


VISITS: dict[str, Callable[[Window], None]] = {
    "home-open": lambda window: _home(
        window,
        Store.OPEN,
        UNDER_WAY,
        FLOOD,
        accounts=9,
        passwords=Summary(
            31, 5, 3, Leaks("2026-05-28T20:00:00+00:00"), "2026-05-28T20:00:00+00:00"
        ),
        last_check=Entry(at=STARTED, event=Event.JUDGED, verdict="fake"),
    ),
    "home-locked": lambda window: _home(window, Store.LOCKED),
    "plans": lambda window: _list(window, Store.OPEN, UNDER_WAY, FLOOD, FINISHED),
    "plans-none": lambda window: _list(window, Store.NONE),
    "plans-locked": lambda window: _list(
        window, Store.LOCKED, set_aside=("The plan “own.toml” in your own folder is too large.",)
    ),
    "plans-closed": lambda window: _list(window, Store.WRONG_KEY),
    "plan": lambda window: _plan(window, UNDER_WAY),
    "plan-loose": lambda window: _plan(
        window, kept("gave-secret", id_="~1", organisation=""), Store.NONE
    ),
    "plan-loose-locked": lambda window: _plan(window, kept("clicked", 1, id_="~1"), Store.LOCKED),
    "plan-due": lambda window: _plan(window, kept("taken-over", 11, remind_at=STARTED + 9_000)),
    "plan-finished": lambda window: _plan(window, FINISHED),
    "plan-told": _told,
    "which-site": _which,
}
"""Every page of the plans, and what brings the window there."""
