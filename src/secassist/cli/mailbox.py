"""``secassist mailbox``: look for a flood, and for the alerts buried in it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click

from secassist.base.errors import UnusableCall
from secassist.base.plain import one_line
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE, UNFINISHED
from secassist.cli.options import (
    data_option,
    detail,
    dns_option,
    loudness_options,
    provider_option,
    quiet,
    refuse_offline,
)
from secassist.cli.secrets import read_passphrase
from secassist.cli.streams import print_json
from secassist.mailbox.scan import Progress
from secassist.mailbox.sources.discover import stores_at
from secassist.mailbox.sources.mail import Store
from secassist.mailbox.words_for_people import signs, why
from secassist.usecases.scan_mailbox import (
    Judged,
    Scanned,
    Tell,
    as_json,
    scan_stores,
    thunderbird_stores,
)

SHOWN = 20
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(name="mailbox", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("mailbox", metavar="PATH|imap://NAME@SERVER", required=False)
@click.option("--thunderbird", is_flag=True, help="All mail of Thunderbird on this computer.")
@click.option("--password-file", type=_FILE, help="Its first line is the password (IMAP).")
@click.option("--ca", "ca_file", type=_FILE, help="Certificates of a server of one's own (IMAP).")
@click.option("--json", "json_wanted", is_flag=True, help="One JSON object.")
@click.option("--judge/--no-judge", default=True, help="Judge the buried mails as well.")
@click.option("--offline", is_flag=True, help="Nothing leaves this computer.")
@dns_option
@provider_option
@data_option
@loudness_options
def command(
    mailbox: str | None,
    thunderbird: bool,
    password_file: Path | None,
    ca_file: Path | None,
    json_wanted: bool,
    judge: bool,
    offline: bool,
    server: str | None,
    provider: str | None,
    data: Path | None,
) -> int:
    """Was this mailbox flooded, and what did the flood bury?

    PATH is an .mbox file (Google Takeout, Thunderbird), a Maildir or a folder of saved mail. Mail
    on a server is read without marking anything as read.
    """
    with ExitStack() as closing:
        if mailbox and mailbox.startswith(("imap://", "imaps://")):
            refuse_offline("imap://", offline, data)
            stores = _on_server(mailbox, ca_file, password_file, closing)
        elif mailbox and not thunderbird:
            stores = stores_at(Path(mailbox))
        elif thunderbird and not mailbox:
            stores = thunderbird_stores()
        else:
            raise UnusableCall("Name one mailbox: a path, imap://name@server, or --thunderbird.")
        tell = _silent if quiet() or not sys.stderr.isatty() else _show
        for store in stores:
            detail(f"reads {store.name}")
        if judge:
            scanned = asyncio.run(_judged(stores, tell, offline, server, provider, data))
        else:
            scanned = asyncio.run(scan_stores(stores, None, tell=tell))
    if json_wanted:
        print_json(as_json(scanned))
    else:
        _print(scanned)
    if not scanned.found.complete:
        return UNFINISHED
    return ATTENTION if scanned.found.floods else DONE


# What a scan alone does without is imported where it is used: it takes as much memory again.


async def _judged(
    stores: Sequence[Store],
    tell: Tell,
    offline: bool,
    server: str | None,
    provider: str | None,
    data: Path | None,
) -> Scanned:
    from secassist.usecases.check_mail import Checker, CheckOptions  # noqa: PLC0415 (see above)
    from secassist.usecases.judge_buried import judge_with  # noqa: PLC0415 (see above)

    options = CheckOptions(offline=offline or None, server=server, provider=provider, data=data)
    async with Checker(options) as checker:
        return await scan_stores(stores, judge_with(checker), tell=tell)


def _on_server(
    address: str, ca_file: Path | None, password_file: Path | None, closing: ExitStack
) -> tuple[Store, ...]:
    from secassist.network.imap import parse_address  # noqa: PLC0415 (see above)
    from secassist.usecases.mail_account import open_account  # noqa: PLC0415 (see above)

    account = parse_address(address, ca_file)
    password = _password(account.user, account.host, password_file)
    return open_account(account, password, closing)


def _password(user: str, host: str, file: Path | None) -> str:
    if file is None:
        if not sys.stdin.isatty():
            raise UnusableCall("Give the password with --password-file.")
        asked = click.prompt(f"Password of {user} at {host}", hide_input=True, err=True)
        return str(asked)
    return read_passphrase(file) or ""


def _silent(_: Progress) -> None:
    pass


def _show(news: Progress) -> None:
    share = f"{100 * news.done // news.total} %" if news.total else ""
    floods = f", {len(news.floods)} flood(s) so far" if news.floods else ""
    print(
        f"\r{share} {news.messages} mails, {news.messages / news.seconds:.0f}/s{floods}  ",
        end="",
        file=sys.stderr,
        flush=True,
    )


def _print(scanned: Scanned) -> None:
    found = scanned.found
    print(f"{found.messages} mails read in {found.seconds:.1f} s.")
    if not found.floods:
        print("No flood was found.")
    for flood in found.floods:
        print(
            f"Flood from {_time(flood.start)} to {_time(flood.end)}: {flood.messages} mails from"
            f" {flood.domains} senders, at most {flood.peak_per_hour} an hour."
        )
        print(f"  Because: {signs(flood)}.")
    if scanned.buried:
        print("Read these first; delete nothing yet:")
    for each in scanned.buried[:SHOWN]:
        _print_mail(each)
    if not found.floods and scanned.security:
        print("Security mail of the last 90 days:")
        for each in scanned.security[:SHOWN]:
            _print_mail(each)
    for sentence in scanned.limits:
        print(f"Note: {one_line(sentence)}")


def _print_mail(each: Judged) -> None:
    mail = each.mail
    verdict = f"[{each.verdict.value}] " if each.verdict else ""
    print(f"  {_time(mail.time)}  {verdict}{one_line(mail.subject)}  ({one_line(mail.sender)})")
    print(f"      {why(mail)}")


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)
