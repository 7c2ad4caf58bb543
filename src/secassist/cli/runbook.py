"""``secassist runbook``: the action plans, and how far one is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from secassist.base.errors import UnusableCall
from secassist.cli import streams
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE
from secassist.cli.runbook_options import begin_of, begin_options
from secassist.cli.runbook_output import SCHEMA, head, show, show_plan, times
from secassist.cli.secrets import door_to, opened
from secassist.cli.streams import print_json
from secassist.cli.vault import options
from secassist.plans.own import Shelf
from secassist.plans.progress import Marked, State
from secassist.store.folder import data_folder
from secassist.store.states import State as StoreState
from secassist.store.states import StoreClosed
from secassist.store.vault import Vault
from secassist.usecases import plans as use
from secassist.usecases import vault as store
from secassist.usecases.plans import Begin, Progress


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
            print_json({**head(plan), "runs": [times(one) for one in own]})
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
    of_run = name not in shelf.plans and name.rpartition("-")[0] in shelf.plans
    started = _started(shelf, data, passphrase_file, no_keyring, needed=of_run)
    if name not in shelf.plans and not any(one.run.id == name for one in started):
        known = ", ".join(shelf.plans)
        raise UnusableCall(f"There is no plan “{name[:40]}”. We know: {known}.")
    under_way = [one for one in started if one.open_step is not None or one.run.id == name]
    if name in shelf.plans and not any(one.plan.id == name for one in under_way):
        show_plan(shelf.plans[name], as_json)
    else:
        show(use.find(started, name), as_json)
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
    show(started, as_json)
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
    """Mark a STEP (its id, or its number) of a started plan as done."""
    state: Marked = State.NOT_FOR_ME if not_for_me else State.DONE
    return _changed(
        name,
        lambda vault, shelf, one: use.mark(
            vault, shelf, one.run.id, _step_id(one, step), state, _now()
        ),
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
        lambda vault, shelf, one: use.undo(vault, shelf, one.run.id, _now()),
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
        lambda vault, shelf, one: use.remind(vault, shelf, one.run.id, _now()),
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
        print_json({"schema": SCHEMA, **times(one), "report": text})
    else:
        print(text, end="")
    return DONE


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)


def _changed(
    name: str,
    change: Callable[[Vault, Shelf, Progress], Progress],
    how: tuple[bool, Path | None, Path | None, bool],
) -> int:
    as_json, data, passphrase_file, no_keyring = how
    shelf = _shelf(data)
    with _opened(data, passphrase_file, no_keyring) as vault:
        found = use.find(use.runs(vault, shelf), name)
        after = change(vault, shelf, found)
    show(after, as_json)
    return DONE


def _step_id(one: Progress, step: str) -> str:
    """The id of a step that was named by its id, or by its number as it is shown."""
    if step.isascii() and step.isdigit() and 0 < int(step[:4]) <= len(one.steps):
        return one.steps[int(step[:4]) - 1].step.id
    return step


def _shelf(data: Path | None) -> Shelf:
    shelf = use.shelf(data_folder(data))
    for sentence in shelf.set_aside:
        streams.complain(sentence)
    return shelf


@contextmanager
def _opened(data: Path | None, passphrase_file: Path | None, no_keyring: bool) -> Iterator[Vault]:
    with (
        door_to(data, passphrase_file, no_keyring, ask=True) as door,
        opened(door, "that keeps how far you are") as vault,
    ):
        yield vault


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
        streams.complain(f"{closed.what} What was started is not shown.")
        return ()


def _now() -> int:
    return int(time.time())
