"""``secassist check``: judge e-mails from files, folders or standard input."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from secassist.base.errors import CouldNotFinish, SecassistError, UnusableCall
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE, UNFINISHED, UNUSABLE
from secassist.mail.input_files import Source, read_stream
from secassist.mail.report import Report
from secassist.mail.verdict import Verdict
from secassist.plans.decide import Asked, Landing, Touched
from secassist.usecases import advice, share
from secassist.usecases.check_mail import Checker, CheckOptions

CALM = (Verdict.GENUINE, Verdict.PROVEN_DOMAIN)
STDIN = "-"


@click.command(name="check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per mail, one per line.")
@click.option("--offline", is_flag=True, help="Nothing leaves this computer.")
@click.option("--dns", "server", metavar="HOST[:PORT]", help="Ask this DNS server.")
@click.option("--provider", help="Your mail provider: gmail, outlook, … or a host name.")
@click.option("--at", "at", metavar="TIME", help="Judge as of this ISO 8601 time.")
@click.option("--asked", type=click.Choice(["yes", "no", "unsure"]), help="Did you ask for it?")
@click.option("--touched", type=click.Choice(["none", "looked", "typed", "opened"]))
@click.option("--landing", type=click.Choice(["official", "other", "unknown"]))
@click.option("--data", "data", type=click.Path(path_type=Path), help="Settings folder.")
@click.option("--quiet", is_flag=True, help="Less on stderr.")
@click.option("-v", "--verbose", is_flag=True, help="More: technical details of each check.")
def command(
    files: tuple[str, ...],
    as_json: bool,
    offline: bool,
    server: str | None,
    provider: str | None,
    at: str | None,
    asked: Asked | None,
    touched: Touched | None,
    landing: Landing | None,
    data: Path | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Is this e-mail real? Files (.eml, .msg, .mbox, saved headers), folders, or - for stdin."""
    options = CheckOptions(
        at=_time(at), offline=offline, server=server, provider=provider, data=data
    )
    answers = advice.Answers(asked=asked, touched=touched, landing=landing)
    return asyncio.run(_check(files or (STDIN,), options, answers, as_json, quiet, verbose))


async def _check(
    names: tuple[str, ...],
    options: CheckOptions,
    answers: advice.Answers,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    code = DONE
    async with Checker(options) as checker:
        for name in names:
            try:
                for source in [_stdin()] if name == STDIN else checker.read(Path(name)):
                    code = max(code, await _judge(checker, source, answers, as_json, verbose))
            except SecassistError as error:
                code = max(code, _refused(name, error))
    return code


async def _judge(
    checker: Checker, source: Source, answers: advice.Answers, as_json: bool, details: bool
) -> int:
    code = DONE
    try:
        async for report in checker.judge([source]):
            told = advice.apply(report, answers)
            _print(told, as_json=as_json, details=details)
            code = max(code, DONE if told.verdict in CALM else ATTENTION)
    except SecassistError as error:
        return _refused(source.name, error)
    return code


def _refused(name: str, error: SecassistError) -> int:
    print(f"secassist: {name}: {error.sentence}", file=sys.stderr)
    return UNFINISHED if isinstance(error, CouldNotFinish) else UNUSABLE


def _print(report: Report, *, as_json: bool, details: bool) -> None:
    if as_json:
        print(share.as_json(report), flush=True)
    else:
        print(share.as_text(report, share.Include.everything(), details=details), flush=True)


def _stdin() -> Source:
    if sys.stdin.isatty():
        print("Paste the whole e-mail, then press Ctrl+D:", file=sys.stderr)
    return Source(STDIN, read_stream(sys.stdin.buffer))


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise UnusableCall(
            f"“{text}” is no time that we can read. Write it as 2026-01-31T12:00:00+00:00."
        ) from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def run(arguments: list[str]) -> int:
    """Run the command; its exit code. Wrong options are said in one line, exit code 2."""
    return run_click(command, arguments)
