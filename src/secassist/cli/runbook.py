"""``secassist runbook``: the action plans, and how far one is."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from secassist.base.errors import CouldNotFinish
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE
from secassist.cli.run_options import begin_of, begin_options
from secassist.cli.secrets import door_to
from secassist.cli.vault import options
from secassist.facts.organisations import Organisation
from secassist.plans import words
from secassist.plans.own import Shelf
from secassist.plans.plan import Plan
from secassist.plans.progress import State, StepState
from secassist.store.folder import data_folder
from secassist.store.states import State as StoreState
from secassist.store.states import StoreClosed
from secassist.store.vault import Vault
from secassist.usecases import plans as use
from secassist.usecases import vault as store
from secassist.usecases.plans import Begin, Progress

SCHEMA: Final = "secassist.runbook/1"
_MARKS: Final = {State.OPEN: " ", State.DONE: "x", State.NOT_FOR_ME: "-"}


@click.group(name="runbook", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Action plans: what to do now, one step at a time."""


@command.command("list")
@options
def list_command(
    as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> int:
    """Name the plans, and those that were started."""
    shelf = _shelf(data)
    started = _started(shelf, data, passphrase_file, no_keyring)
    for plan in shelf.plans.values():
        own = [one for one in started if one.plan.id == plan.id]
        if as_json:
            _print({**_head(plan), "runs": [_times(one) for one in own]})
            continue
        print(f"{plan.id:18} {plan.title}")
        for one in own:
            where = one.open_step or "finished"
            print(f"{'':18} started: {one.run.id}, now at: {where}")
    return ATTENTION if shelf.set_aside else DONE


@command.command("show")
@click.argument("name", metavar="ID")
@options
def show_command(
    name: str, as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> int:
    """Show a plan with all its steps; or, once it was started, how far it is."""
    shelf = _shelf(data)
    started = _started(shelf, data, passphrase_file, no_keyring, needed=name not in shelf.plans)
    if name not in shelf.plans and not any(one.run.id == name for one in started):
        known = ", ".join(shelf.plans)
        raise UnusableCall(f"There is no plan “{name[:40]}”. We know: {known}.")
    under_way = [one for one in started if one.open_step is not None or one.run.id == name]
    if name in shelf.plans and not any(one.plan.id == name for one in under_way):
        _show_plan(shelf.plans[name], as_json)
    else:
        _show(use.find(started, name), as_json)
    return DONE


@command.command("start")
@click.argument("name", metavar="ID")
@options
@begin_options
def start_command(
    name: str,
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    **known: Any,
) -> int:
    """Start a plan. What is known about the case chooses its steps."""
    begin: Begin = begin_of(known)
    shelf = _shelf(data)
    with _opened(data, passphrase_file, no_keyring) as vault:
        started = use.start(vault, shelf, name, begin, _now())
    _show(started, as_json)
    return DONE


@command.command("done")
@click.argument("name", metavar="ID")
@click.argument("step")
@options
@click.option("--not-for-me", is_flag=True, help="The step does not apply.")
def done_command(
    name: str,
    step: str,
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    not_for_me: bool,
) -> int:
    """Mark a STEP of a started plan as done."""
    state = State.NOT_FOR_ME if not_for_me else State.DONE
    return _changed(
        name,
        lambda vault, shelf, run: use.mark(vault, shelf, run, step, state, _now()),
        (as_json, data, passphrase_file, no_keyring),
    )


@command.command("undo")
@click.argument("name", metavar="ID")
@options
def undo_command(
    name: str, as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> int:
    """Take back the last mark."""
    return _changed(
        name,
        lambda vault, shelf, run: use.undo(vault, shelf, run, _now()),
        (as_json, data, passphrase_file, no_keyring),
    )


@command.command("remind")
@click.argument("name", metavar="ID")
@options
def remind_command(
    name: str, as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> int:
    """Note that this plan wants to be looked at again in 24 hours."""
    return _changed(
        name,
        lambda vault, shelf, run: use.remind(vault, shelf, run, _now()),
        (as_json, data, passphrase_file, no_keyring),
    )


@command.command("report")
@click.argument("name", metavar="ID")
@options
def report_command(
    name: str, as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> int:
    """Print the report of a started plan, with times, to save or to hand on."""
    shelf = _shelf(data)
    with _opened(data, passphrase_file, no_keyring) as vault:
        one = use.find(use.runs(vault, shelf), name)
        text = use.report_text(vault, one)
    if as_json:
        _print({"schema": SCHEMA, **_times(one), "report": text})
    else:
        print(text, end="")
    return DONE


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)


def _changed(
    name: str,
    change: Callable[[Vault, Shelf, str], Progress],
    how: tuple[bool, Path | None, Path | None, bool],
) -> int:
    as_json, data, passphrase_file, no_keyring = how
    shelf = _shelf(data)
    with _opened(data, passphrase_file, no_keyring) as vault:
        found = use.find(use.runs(vault, shelf), name)
        after = change(vault, shelf, found.run.id)
    _show(after, as_json)
    return DONE


def _shelf(data: Path | None) -> Shelf:
    shelf = use.shelf(data_folder(data))
    for sentence in shelf.set_aside:
        print(f"secassist: {sentence}", file=sys.stderr)
    return shelf


@contextmanager
def _opened(data: Path | None, passphrase_file: Path | None, no_keyring: bool) -> Iterator[Vault]:
    with door_to(data, passphrase_file, no_keyring, ask=True) as door:
        try:
            with store.opened(door) as vault:
                yield vault
        except StoreClosed as closed:
            if closed.state is StoreState.NONE:
                raise CouldNotFinish(
                    f"{closed.what} “secassist vault init” makes one, which keeps how far you are."
                ) from closed
            raise


def _started(
    shelf: Shelf,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    *,
    needed: bool = False,
) -> tuple[Progress, ...]:
    """What was started; the plans themselves can be read without the store."""
    try:
        with (
            door_to(data, passphrase_file, no_keyring, ask=needed, prompt=needed) as door,
            store.opened(door) as vault,
        ):
            return use.runs(vault, shelf)
    except StoreClosed as closed:
        if closed.state is StoreState.NONE:
            return ()
        if needed or passphrase_file is not None:
            raise
        print(f"secassist: {closed.what} What was started is not shown.", file=sys.stderr)
        return ()


def _show_plan(plan: Plan, as_json: bool) -> None:
    steps = [StepState(step) for step in plan.steps]
    if as_json:
        _print({**_head(plan), "run": None, "steps": [_step(one, None) for one in steps]})
        return
    print(words.filled(plan.title, None), plan.about, "", sep="\n")
    _print_steps(steps, None)


def _show(one: Progress, as_json: bool) -> None:
    if as_json:
        steps = [_step(step, one.organisation) for step in one.steps]
        _print({**_head(one.plan), **_times(one), "steps": steps})
        return
    print(f"{words.filled(one.plan.title, one.organisation)}  ({one.run.id})")
    print()
    _print_steps(one.steps, one.organisation)
    if one.run.remind_at:
        print(f"\nLook at it again: {_iso(one.run.remind_at)}")
    if one.open_step is None:
        print("\nThis plan is finished.")


def _print_steps(steps: Iterable[StepState], organisation: Organisation | None) -> None:
    for one in steps:
        step = one.step
        what = words.filled(step.what, organisation)
        print(f"[{_MARKS[one.state]}] {step.id}: {what}  ({step.minutes} min)")
        print(f"      {words.filled(step.why, organisation)}")
        found = _step(one, organisation)
        for detail in (found["url"], found["place"], *found["report_to"]):
            if detail:
                print(f"      → {detail}")


def _head(plan: Plan) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "id": plan.id,
        "title": plan.title,
        "about": plan.about,
        "own": plan.own,
        "next": list(plan.next),
    }


def _times(one: Progress) -> dict[str, Any]:
    run = one.run
    return {
        "run": run.id,
        "open_step": one.open_step,
        "organisation": run.organisation or None,
        "verdict": run.situation.verdict,
        "message": run.message or None,
        "noticed_at": _iso(run.noticed_at),
        "judged_at": _iso(run.judged_at),
        "started_at": _iso(run.started_at),
        "contained_at": _iso(one.contained_at),
        "finished_at": _iso(one.finished_at),
        "remind_at": _iso(run.remind_at),
    }


def _step(one: StepState, organisation: Organisation | None) -> dict[str, Any]:
    step = one.step
    return {
        "id": step.id,
        "what": words.filled(step.what, organisation),
        "why": words.filled(step.why, organisation),
        "minutes": step.minutes,
        "button": step.button,
        "label": words.label(step, organisation),
        "url": step.address(organisation),
        "place": organisation.recent_mails_place
        if organisation and step.button == "sent-list"
        else None,
        "report_to": list(organisation.report_to)
        if organisation and step.button == "report-and-delete"
        else [],
        "contains": step.contains,
        "state": str(one.state),
        "at": _iso(one.at),
    }


def _iso(at: int) -> str | None:
    return datetime.fromtimestamp(at, UTC).isoformat() if at else None


def _now() -> int:
    return int(time.time())


def _print(fields: dict[str, Any]) -> None:
    print(json.dumps(fields, ensure_ascii=False), flush=True)
