"""``secassist audit``: password hygiene of exported lists."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from typing import Any, Final

import click

from secassist.base.errors import UnusableCall
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE
from secassist.passwords.audit import STDIN, Wanted
from secassist.passwords.findings import Audited, Finding, Report
from secassist.passwords.importers.source import MAX_BYTES
from secassist.usecases import audit as use

SCHEMA: Final = "secassist.audit/1"
SUMMARY: Final = "secassist.audit.summary/1"


@click.command("audit")
@click.argument("files", nargs=-1, type=click.Path(path_type=str), metavar="[FILE|-]…")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--format", "form", default="", metavar="NAME", help="What wrote the file.")
def command(files: tuple[str, ...], as_json: bool, form: str) -> int:
    """Judge the passwords of exported lists: reused, alike, weak, breached."""
    if not files:
        raise UnusableCall("Name an exported list of passwords, or “-” for standard input.")
    began = time.monotonic()
    stdin = sys.stdin.buffer.read(MAX_BYTES + 1) if STDIN in files else b""
    report = asyncio.run(use.audit_files(Wanted(tuple(files), form, stdin)))
    seconds = round(time.monotonic() - began, 3)
    if as_json:
        for account in report.accounts:
            _print(as_object(account))
        _print(summary(report, seconds))
    else:
        _tell(report)
    for reason, count in report.skipped.items():
        print(f"secassist: left out {count}: {reason}", file=sys.stderr)
    return ATTENTION if report.by_code else DONE


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)


def as_object(account: Audited) -> dict[str, Any]:
    """One account in the form of INTERFACES."""
    return {
        "schema": SCHEMA,
        "account": {
            "title": account.title,
            "site": account.site or None,
            "username": account.username,
        },
        "findings": [_finding(finding) for finding in account.findings],
        "strength": {"guesses_log10": account.guesses_log10},
    }


def summary(report: Report, seconds: float) -> dict[str, Any]:
    """The last line."""
    return {
        "schema": SUMMARY,
        "accounts": len(report.accounts),
        "by_code": report.by_code,
        "not_checked": dict(report.not_checked),
        "skipped": dict(report.skipped),
        "seconds": seconds,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": str(finding.code),
        "detail": finding.detail,
        "with": list(finding.others),
        "relation": finding.relation or None,
        "checked_at": finding.checked_at or None,
    }


def _tell(report: Report) -> None:
    for account in report.accounts:
        if not account.findings:
            continue
        name = " · ".join(dict.fromkeys(filter(None, (account.title, account.username))))
        print(name)
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
