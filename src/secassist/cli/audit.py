"""``secassist audit``: password hygiene of exported lists."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.base.progress import News, untold
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE, UNFINISHED
from secassist.cli.secrets import door_to, read_passphrase
from secassist.network import https
from secassist.passwords.audit import STDIN, Wanted
from secassist.passwords.findings import Report
from secassist.passwords.importers.source import MAX_BYTES
from secassist.passwords.report_forms import as_object, name_of, summary
from secassist.store.states import State, StoreClosed
from secassist.store.vault import Vault
from secassist.usecases import audit as use
from secassist.usecases import vault as store
from secassist.usecases.audit import Asking, Breaches

_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command("audit")
@click.argument("files", nargs=-1, type=click.Path(path_type=str), metavar="[FILE|-]…")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--format", "form", default="", metavar="NAME", help="What wrote the file.")
@click.option("--password-file", type=_FILE, help="Its first line opens an encrypted FILE.")
@click.option(
    "--breaches",
    "where",
    default="off",
    metavar="off|online|FILE",
    help="Ask a service (five digits of a hash leave), or look into a downloaded list.",
)
@click.option("--range-server", metavar="URL", help="Ask this server instead of the usual one.")
@click.option("--remember", is_flag=True, help="Keep fingerprints, to check again without FILE.")
@click.option("--offline", is_flag=True, help="Nothing leaves the computer.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the store.")
@click.option("--passphrase-file", type=_FILE, help="Its first line is the store's passphrase.")
@click.option("--no-keyring", is_flag=True, help="Do not ask the keyring.")
def command(
    files: tuple[str, ...],
    as_json: bool,
    form: str,
    password_file: Path | None,
    where: str,
    range_server: str | None,
    remember: bool,
    offline: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
) -> int:
    """Judge the passwords of exported lists: breached, reused, alike, weak.

    Without FILE: check again what is remembered, for which no password is needed.
    """
    began = time.monotonic()
    breaches = _breaches(where, range_server, offline)
    asking = Asking(_progress if sys.stderr.isatty() else untold)
    stdin = sys.stdin.buffer.read(MAX_BYTES + 1) if STDIN in files else b""
    wanted = Wanted(files, form, stdin, read_passphrase(password_file))
    if files and not remember:
        report = asyncio.run(use.audit_files(wanted, breaches, asking=asking))
    else:
        with _opened(data, passphrase_file, no_keyring) as vault:
            if files:
                report = asyncio.run(use.audit_files(wanted, breaches, vault, asking))
            else:
                report = asyncio.run(use.check_again(vault, breaches, asking))
    seconds = round(time.monotonic() - began, 3)
    if as_json:
        for account in report.accounts:
            _print(as_object(account))
        _print(summary(report, seconds))
    else:
        _tell(report)
    for reason, count in report.skipped.items():
        print(f"secassist: left out {count}: {reason}", file=sys.stderr)
    if report.by_code:
        return ATTENTION
    # Nothing was found, but not all could be asked: that is not fine.
    return UNFINISHED if breaches.online and "breached" in report.not_checked else DONE


def _breaches(where: str, server: str | None, offline: bool) -> Breaches:
    if where == "off":
        return Breaches()
    if where != "online":
        return Breaches(file=where)
    if offline:
        raise UnusableCall("“--breaches online” and “--offline” exclude each other.")
    return Breaches(online=True, server=server or https.SERVER)


@contextmanager
def _opened(data: Path | None, passphrase_file: Path | None, no_keyring: bool) -> Iterator[Vault]:
    with door_to(data, passphrase_file, no_keyring, ask=True) as door:
        try:
            with store.opened(door) as vault:
                yield vault
        except StoreClosed as closed:
            if closed.state is State.NONE:
                raise CouldNotFinish(
                    f"{closed.what} “secassist vault init” makes a store for fingerprints."
                ) from closed
            raise


def _progress(news: News) -> None:
    print(f"\r{news.title}: {news.note}  ", end="", file=sys.stderr, flush=True)


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)


def _tell(report: Report) -> None:
    for account in report.accounts:
        if not account.findings:
            continue
        print(name_of(account))
        for finding in account.findings:
            print(f"  {finding.code}: {finding.detail}")
            if finding.others:
                print(f"    {', '.join(finding.others)}")
    print(f"{len(report.accounts)} accounts. " + _counts(report.by_code))
    for what, why in report.not_checked.items():
        print(f"Not checked: {what}: {why}")


def _counts(by_code: Mapping[str, int]) -> str:
    return ", ".join(f"{code}: {n}" for code, n in by_code.items()) or "Nothing was found."


def _print(fields: Mapping[str, Any]) -> None:
    print(json.dumps(fields, ensure_ascii=False), flush=True)
