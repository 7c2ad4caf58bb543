"""``secassist mailbox``: look for a flood, and for the alerts buried in it."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE, UNFINISHED
from secassist.mailbox.scan import Progress
from secassist.mailbox.words_for_people import signs, why
from secassist.usecases.check_mail import Checker, CheckOptions
from secassist.usecases.scan_mailbox import Judged, Scanned, as_json, scan_mailbox

SHOWN = 20


@click.command(name="mailbox", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="One JSON object.")
@click.option("--judge/--no-judge", default=True, help="Judge the buried mails as well.")
@click.option("--offline", is_flag=True, help="Nothing leaves this computer.")
@click.option("--dns", "server", metavar="HOST[:PORT]", help="Ask this DNS server.")
@click.option("--provider", help="Your mail provider: gmail, outlook, … or a host name.")
@click.option("--data", type=click.Path(path_type=Path), help="Settings folder.")
@click.option("--quiet", is_flag=True, help="No progress on stderr.")
def command(
    path: Path,
    json_wanted: bool,
    judge: bool,
    offline: bool,
    server: str | None,
    provider: str | None,
    data: Path | None,
    quiet: bool,
) -> int:
    """Was this mailbox flooded, and what did the flood bury? PATH: .mbox, Maildir, folder."""
    options = CheckOptions(offline=offline or None, server=server, provider=provider, data=data)
    scanned = asyncio.run(_scan(path, options if judge else None, quiet))
    if json_wanted:
        print(json.dumps(as_json(scanned), ensure_ascii=False))
    else:
        _print(scanned)
    if not scanned.found.complete:
        return UNFINISHED
    return ATTENTION if scanned.found.floods else DONE


async def _scan(path: Path, options: CheckOptions | None, quiet: bool) -> Scanned:
    tell = _silent if quiet or not sys.stderr.isatty() else _show
    if options is None:
        return await scan_mailbox(path, None, tell=tell)
    async with Checker(options) as checker:
        return await scan_mailbox(path, checker, tell=tell)


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
        print(f"Note: {sentence}")


def _print_mail(each: Judged) -> None:
    mail = each.mail
    verdict = f"[{each.verdict.value}] " if each.verdict else ""
    print(f"  {_time(mail.time)}  {verdict}{_plain(mail.subject)}  ({_plain(mail.sender)})")
    print(f"      {why(mail)}")


def _plain(text: str) -> str:
    """Nothing that a sender writes may steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)
