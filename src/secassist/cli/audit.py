"""``secassist audit``: password hygiene of exported lists, and of what is remembered of them."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from secassist.base.errors import CouldNotFinish, SecassistError, UnusableCall
from secassist.base.progress import untold
from secassist.cli import audit_output as output
from secassist.cli import streams
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE, UNFINISHED
from secassist.cli.options import (
    data_option,
    loudness_options,
    note,
    quiet,
    refuse_offline,
    stays_offline,
)
from secassist.cli.secrets import door_to, opened, read_passphrase
from secassist.passwords.audit import STDIN, Wanted
from secassist.passwords.findings import Report
from secassist.passwords.importers.source import MAX_BYTES
from secassist.store import opening
from secassist.store import settings as saved
from secassist.store.folder import data_folder
from secassist.store.hardening import no_core_dumps
from secassist.store.vault import Vault
from secassist.usecases import audit as use
from secassist.usecases import codes_found, notify, schedule, twofactor
from secassist.usecases import vault as store
from secassist.usecases.audit import Asking, Breaches
from secassist.usecases.schedule import Every

_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_NOT_WITH_FILES: Final = "“{option}” is about what is remembered, and takes no FILE."
_LOCKED_BY_PASSPHRASE: Final = (
    "your store asks for its passphrase, so the system's timer can't open it: only the open "
    "window can check."
)
_NEEDS_REMEMBER: Final = "“{option}” changes the store: it needs FILE and “--remember”."


@dataclass(frozen=True, slots=True)
class Options:
    """All that was asked for."""

    files: tuple[str, ...]
    as_json: bool
    form: str
    password_file: Path | None
    where: str | None
    range_server: str | None
    remember: bool
    forget_gone: bool
    take_codes: bool
    report: tuple[str, ...]
    notify: bool
    if_due: bool
    every: str | None
    history: bool
    fetch_sites: bool
    exclude: str | None
    reason: str
    include: str | None
    list_exclusions: bool
    offline: bool
    data: Path | None
    passphrase_file: Path | None
    no_keyring: bool


@click.command("audit", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, type=click.Path(path_type=str), metavar="[FILE|-]…")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--format", "form", default="", metavar="NAME", help="What wrote the file.")
@click.option("--password-file", type=_FILE, help="Its first line opens an encrypted FILE.")
@click.option(
    "--breaches",
    "where",
    metavar="off|online|FILE",
    help="Ask a service (five digits of a hash leave), or look into a downloaded list.",
)
@click.option("--range-server", metavar="URL", help="Ask this server instead of the usual one.")
@click.option("--remember", is_flag=True, help="Keep fingerprints, to check again without FILE.")
@click.option("--forget-gone", is_flag=True, help="Forget what this program's list has no more.")
@click.option("--take-codes", is_flag=True, help="Keep the codes for two-step sign-in in FILE.")
@click.option(
    "--report", multiple=True, metavar="FORM:FILE", help="Write it, too: text, csv, json, html."
)
@click.option("--notify", is_flag=True, help="Show a desktop notification for what is new.")
@click.option("--if-due", is_flag=True, help="Only where the schedule says so.")
@click.option(
    "--every",
    type=click.Choice([str(one) for one in Every]),
    help="Let the system check by itself.",
)
@click.option("--fetch-sites", is_flag=True, help="Get the newest list of breached sites.")
@click.option("--history", is_flag=True, help="The counts of each run.")
@click.option("--exclude", metavar="KIND:VALUE", help="Leave out entry:ID, folder:, site:, rule:.")
@click.option("--reason", default="", help="Why it is left out.")
@click.option("--include", metavar="ID", help="Leave it out no more.")
@click.option("--list-exclusions", is_flag=True, help="What is left out, and why.")
@click.option("--offline", is_flag=True, help="Nothing leaves the computer.")
@data_option
@click.option("--passphrase-file", type=_FILE, help="Its first line is the store's passphrase.")
@click.option("--no-keyring", is_flag=True, help="Do not ask the keyring.")
@loudness_options
def command(**given: Any) -> int:
    """Judge the passwords of exported lists: breached, reused, alike, weak.

    Without FILE: check again what is remembered, for which no password is needed.
    """
    options = Options(**given)
    for one in options.report:
        output.form_and_path(one)
    if options.fetch_sites:
        return _fetched(options)
    if options.every is not None:
        return _scheduled(options)
    if options.exclude or options.include or options.list_exclusions or options.history:
        _refuse_files(options, "--exclude, --include, --list-exclusions, --history")
        with _opened(options) as vault:
            return _minded(options, vault)
    return _judged(options)


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)


def _judged(options: Options) -> int:
    if (options.forget_gone or options.take_codes) and not (options.files and options.remember):
        raise UnusableCall(_NEEDS_REMEMBER.format(option="--forget-gone and --take-codes"))
    if options.notify or options.if_due:
        _refuse_files(options, "--notify and --if-due")
        if options.if_due and not schedule.due(data_folder(options.data), time.time()):
            return DONE
    began = time.monotonic()
    breaches = _breaches(options)
    report = _imported(options, breaches) if options.files else _again(options, breaches)
    seconds = round(time.monotonic() - began, 3)
    output.written(report, options.report)
    if options.as_json:
        output.as_json(report, seconds)
    else:
        output.as_text(report)
    output.notes(report)
    if report.by_code:
        return ATTENTION
    # Nothing was found, but not all could be asked: that is not fine.
    return UNFINISHED if breaches.online and "breached" in report.not_checked else DONE


def _imported(options: Options, breaches: Breaches) -> Report:
    no_core_dumps()
    stdin = sys.stdin.buffer.read(MAX_BYTES + 1) if STDIN in options.files else b""
    wanted = Wanted(options.files, options.form, stdin, read_passphrase(options.password_file))
    if not options.remember:
        return asyncio.run(_looked_at(options, wanted, breaches))
    with _opened(options) as vault:
        report = asyncio.run(use.audit_files(wanted, breaches, vault, _asking()))
        if options.forget_gone:
            use.forget(vault, [id_ for id_, _ in report.gone])
        if options.take_codes:
            outcome = asyncio.run(codes_found.codes_of(wanted))
            if report.codes_found:
                twofactor.run_import(vault, outcome)
    return report


async def _looked_at(options: Options, wanted: Wanted, breaches: Breaches) -> Report:
    """Nothing is remembered; exclusions and own codes count where the store opens by itself."""
    with _quietly_opened(options) as vault:
        before = use.earlier(vault)
    judgement = await use.judge_files(wanted, breaches, before, _asking(), remember=False)
    return use.keep(None, judgement, before)


def _again(options: Options, breaches: Breaches) -> Report:
    with _opened(options) as vault:
        before = use.earlier(vault)
        judgement = asyncio.run(use.judge_again(breaches, before, _asking()))
        report = use.keep(None, judgement, before)
        shown = _told(report, before) if options.notify else True
        use.keep(vault, judgement, before, shown=shown)
    if options.notify or options.if_due:
        schedule.ran(data_folder(options.data), time.time())
    return report


def _told(report: Report, before: use.Earlier) -> bool:
    """Show what is new; False: it could not be shown, and stays new."""
    note = use.news(report, before)
    try:
        if note is not None:
            notify.notify(note.headline, note.sentence)
    except CouldNotFinish as error:
        streams.complain(error.sentence)
        return False
    return True


def _fetched(options: Options) -> int:
    """Fetch the newest list of sites that lost passwords."""
    _refuse_files(options, "--fetch-sites")
    refuse_offline("--fetch-sites", options.offline, options.data)
    from secassist.usecases import breached_sites  # noqa: PLC0415 (brings the network's modules)

    found = asyncio.run(breached_sites.refresh(data_folder(options.data)))
    output.sites(len(found.by_domain), str(found.as_of), json_lines=options.as_json)
    return DONE


def _scheduled(options: Options) -> int:
    """Choose how often the system checks; ``off`` removes what was installed."""
    _refuse_files(options, "--every")
    folder = data_folder(options.data)
    chosen = schedule.change(folder, options.every or "", time.time())
    if chosen.every is Every.OFF:
        removed = schedule.remove()
        told = f"Removed: {removed.by}." if removed.by else "Nothing was installed."
        output.schedule(told, str(chosen.every), (), json_lines=options.as_json)
        return DONE
    done = schedule.install(chosen.every, options.data)
    if store.needs_passphrase(folder):
        streams.complain(_LOCKED_BY_PASSPHRASE)
    told = f"The system checks every {chosen.every} ({done.by}). “--every off” ends it."
    output.schedule(told, str(chosen.every), done.files, json_lines=options.as_json)
    return DONE


def _minded(options: Options, vault: Vault) -> int:
    """Exclusions and history."""
    if options.exclude:
        kind, _, value = options.exclude.partition(":")
        made = use.exclude(vault, kind, value, options.reason)
        output.exclusion(made, json_lines=options.as_json)
    if options.include:
        output.exclusion(use.include_again(vault, options.include), json_lines=options.as_json)
    if options.list_exclusions:
        for one in use.exclusions(vault):
            output.exclusion(one, json_lines=options.as_json)
    if options.history:
        for run_ in use.history(vault):
            output.run(run_, json_lines=options.as_json)
    return DONE


def _refuse_files(options: Options, names: str) -> None:
    if options.files:
        raise UnusableCall(_NOT_WITH_FILES.format(option=names))


def _breaches(options: Options) -> Breaches:
    where, server = options.where, options.range_server or ""
    if where is None:
        # The check by itself asks as the person allowed it in the window, and not otherwise.
        where = (options.notify and saved.load(data_folder(options.data)).leaks) or "off"
        if where == "online" and (options.offline or stays_offline(options.data)):
            where = "off"
    if where == "off":
        return Breaches()
    if where != "online":
        return Breaches(file=where)
    refuse_offline("--breaches online", options.offline, options.data)
    return Breaches(online=True, server=server)


def _asking() -> Asking:
    return Asking(output.progress if sys.stderr.isatty() and not quiet() else untold)


@contextmanager
def _opened(options: Options) -> Iterator[Vault]:
    by_itself = options.notify
    with (
        door_to(
            options.data,
            options.passphrase_file,
            options.no_keyring,
            ask=not by_itself,
            prompt=not by_itself,
        ) as door,
        opened(door, "for fingerprints") as vault,
    ):
        yield vault


@contextmanager
def _quietly_opened(options: Options) -> Iterator[Vault | None]:
    """The store, if it opens without a question; None: there is none, or it is locked."""
    if opening.look(data_folder(options.data)) is not None:
        yield None
        return
    with ExitStack() as stack:
        vault = None
        try:
            entrance = door_to(
                options.data, options.passphrase_file, options.no_keyring, prompt=False
            )
            vault = stack.enter_context(store.opened(stack.enter_context(entrance)))
        except SecassistError as error:
            note(f"what you left out counts: {error.sentence}")
        yield vault
