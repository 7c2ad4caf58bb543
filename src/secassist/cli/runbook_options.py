"""What ``secassist runbook start`` is told about the case."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

import click

from secassist.base.errors import UnusableInput
from secassist.cli.options import unix_time_of
from secassist.mail.verdict import Verdict
from secassist.plans.situation import KINDS, Asked, Landing, Situation, Touched
from secassist.usecases.plans import Begin

MAX_REPORT: Final = 4 * 1024 * 1024
MAX_RECORDS: Final = 50
_FILE = click.Path(path_type=Path, dir_okay=False)


def begin_options(function: Callable[..., int]) -> Callable[..., int]:
    """What is known about the case: by options, or by a saved check of the mail."""
    for option in (
        click.option("--organisation", default="", metavar="ID", help="Whom it is about."),
        click.option("--verdict", type=click.Choice([str(one) for one in Verdict])),
        click.option("--kind", type=click.Choice(KINDS), help="What the mail is about."),
        click.option("--asked", type=click.Choice(get_args(Asked)), help="Did you ask for it?"),
        click.option("--touched", type=click.Choice(get_args(Touched)), default="none"),
        click.option("--landing", type=click.Choice(get_args(Landing)), default="unknown"),
        click.option("--flood", is_flag=True, help="The mailbox is being flooded."),
        click.option("--check", type=_FILE, help="What “secassist check --json” printed."),
        click.option("--mail", type=_FILE, help="The mail itself; its SHA-256 is noted."),
        click.option("--noticed", metavar="TIME", help="When you noticed it (ISO 8601)."),
    ):
        function = option(function)
    return function


def begin_of(known: dict[str, Any]) -> Begin:
    """What the options tell; what is said by an option wins over the saved check."""
    begin = _from_check(known["check"]) if known["check"] else Begin()
    now = begin.situation
    return replace(
        begin,
        situation=replace(
            now,
            verdict=Verdict(known["verdict"]) if known["verdict"] else now.verdict,
            kind=known["kind"] or now.kind,
            asked=known["asked"],
            touched=known["touched"],
            landing=known["landing"],
            flood=known["flood"],
        ),
        organisation=known["organisation"] or begin.organisation,
        message=_digest(known["mail"]) if known["mail"] else "",
        noticed_at=unix_time_of(known["noticed"]) if known["noticed"] else begin.noticed_at,
    )


def _from_check(path: Path) -> Begin:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_REPORT + 1)
            judged_at = int(path.stat().st_mtime)
        told = json.loads(data.split(b"\n", 1)[0][:MAX_REPORT])
        return Begin(
            situation=Situation(verdict=Verdict(told["verdict"]), kind=_kind(told["message"])),
            organisation=told["message"]["claimed"] or "",
            judged_at=judged_at,
            records=tuple(
                f"{one['question']}: {one['outcome']}" for one in told["network"][:MAX_RECORDS]
            ),
        )
    except OSError as error:
        raise UnusableInput(f"“{path}” could not be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnusableInput(f"“{path}” is not what “secassist check --json” prints.") from error


def _kind(message: dict[str, Any]) -> str:
    kind = message["kind"]
    if kind not in KINDS:
        raise ValueError(kind)
    return str(kind)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnusableInput(f"“{path}” could not be read: {error.strerror}.") from error
