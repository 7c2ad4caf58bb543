"""``secassist check``: judge e-mails from files, folders or standard input."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from secassist.base.errors import CouldNotFinish, SecassistError, UnusableCall
from secassist.cli import streams
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE, UNFINISHED, UNUSABLE
from secassist.cli.options import (
    at_option,
    data_option,
    dns_option,
    loudness_options,
    provider_option,
    quiet,
    verbose,
)
from secassist.mail.input_files import Source, read_stream
from secassist.mail.report import Report
from secassist.mail.verdict import Verdict
from secassist.network.ledger import Entry, Ledger
from secassist.plans.decide import Asked, Landing, Touched
from secassist.usecases import advice, share
from secassist.usecases.check_mail import Checker, CheckOptions

CALM = (Verdict.GENUINE, Verdict.PROVEN_DOMAIN)
STDIN = "-"


@dataclass(frozen=True, slots=True)
class _Output:
    as_json: bool
    details: bool
    progress: bool
    """Whether somebody watches stderr, and the reports do not go there as well."""


@click.command(name="check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per mail, one per line.")
@click.option("--offline", is_flag=True, help="Nothing leaves this computer.")
@dns_option
@provider_option
@at_option
@click.option("--asked", type=click.Choice(["yes", "no", "unsure"]), help="Did you ask for it?")
@click.option(
    "--touched",
    type=click.Choice(["none", "looked", "typed", "opened"]),
    help="What you did: nothing, looked at the page, typed something there, opened a file.",
)
@click.option(
    "--landing",
    type=click.Choice(["official", "other", "unknown"]),
    help="Whose page it was: the organisation's, somebody else's, or you do not know.",
)
@data_option
@loudness_options
def command(
    files: tuple[str, ...],
    as_json: bool,
    offline: bool,
    server: str | None,
    provider: str | None,
    at: datetime | None,
    asked: Asked | None,
    touched: Touched | None,
    landing: Landing | None,
    data: Path | None,
) -> int:
    """Is this e-mail real? Files (.eml, .msg, .mbox, saved headers), folders, or - for stdin."""
    if "" in files:  # Path("") would be the folder we happen to be in
        raise UnusableCall("The name of a file is empty.")
    options = CheckOptions(
        at=at, offline=offline or None, server=server, provider=provider, data=data
    )
    answers = advice.Answers(asked=asked, touched=touched, landing=landing)
    watched = sys.stderr.isatty() and not sys.stdout.isatty()
    output = _Output(as_json, verbose(), progress=watched and not quiet())
    return asyncio.run(_check(files or (STDIN,), options, answers, output))


async def _check(
    names: tuple[str, ...], options: CheckOptions, answers: advice.Answers, output: _Output
) -> int:
    code, done = DONE, 0
    async with Checker(options, Ledger(on_entry=_tell if output.details else None)) as checker:
        for name in names:
            try:
                for source in [_stdin()] if name == STDIN else checker.read(Path(name)):
                    code = max(code, await _judge(checker, source, answers, output))
                    done += 1
                    if output.progress:
                        print(f"\r{done} read  ", end="", file=sys.stderr, flush=True)
            except SecassistError as error:
                code = max(code, _refused(name, error))
    if output.progress:
        print(file=sys.stderr)
    return code


async def _judge(checker: Checker, source: Source, answers: advice.Answers, output: _Output) -> int:
    code = DONE
    try:
        async for report in checker.judge([source]):
            told = advice.apply(report, answers)
            _print(told, output)
            code = max(code, DONE if told.verdict in CALM else ATTENTION)
    except SecassistError as error:
        return _refused(source.name, error)
    return code


def _refused(name: str, error: SecassistError) -> int:
    streams.complain(f"{name}: {error.sentence}")
    return UNFINISHED if isinstance(error, CouldNotFinish) else UNUSABLE


def _print(report: Report, output: _Output) -> None:
    if output.as_json:
        # The subject as it is, for programs of this person; paths of links, which may open an
        # account, stay out. What is handed on is redacted in the window.
        include = share.Include(codes=True, recipients=True)
        print(share.as_json(report, include), flush=True)
    else:
        everything = share.Include.everything()
        print(share.as_text(report, everything, details=output.details), flush=True)


def _tell(entry: Entry) -> None:
    why = f" ({entry.why})" if entry.why else ""
    known = ", known already" if entry.cached else f", {entry.ms} ms"
    streams.complain(f"asked {entry.question}: {entry.outcome.value}{why}{known}")


def _stdin() -> Source:
    if sys.stdin.isatty() and not quiet():
        end = "Ctrl+Z and Enter" if sys.platform == "win32" else "Ctrl+D"
        print(f"Paste the whole e-mail, then press {end}:", file=sys.stderr)
    return Source(STDIN, read_stream(sys.stdin.buffer))


def run(arguments: list[str]) -> int:
    """Run the command; its exit code. Wrong options are said in one line, exit code 2."""
    return run_click(command, arguments)
