"""What ``secassist audit`` prints, and the reports that it writes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.base.progress import News
from secassist.cli.options import note
from secassist.cli.streams import print_json
from secassist.passwords.exclusions import Exclusion
from secassist.passwords.findings import Report
from secassist.passwords.history import Run
from secassist.passwords.report_forms import (
    FORMS,
    account_lines,
    as_form,
    as_object,
    counted,
    summary,
)
from secassist.store.atomic import write_atomically
from secassist.usecases import hygiene


def progress(news: News) -> None:
    """One line on a terminal that changes."""
    print(f"\r{news.title}: {news.note}  ", end="", file=sys.stderr, flush=True)


def as_json(report: Report, seconds: float) -> None:
    """An object for each account, and the summary."""
    for account in report.accounts:
        print_json(as_object(account))
    print_json(summary(report, seconds))


def as_text(report: Report) -> None:
    """What is wrong, the gravest first."""
    for line in (*account_lines(report), *counted(report)):
        print(line)


def notes(report: Report) -> None:
    """What is good to know besides, on stderr."""
    for reason, count in report.skipped.items():
        note(f"left out {count}: {reason}")
    hidden = sum(bool(account.hidden) for account in report.accounts)
    if hidden:
        note(f"{hidden} accounts have findings that you left out (--list-exclusions)")
    if report.gone:
        titles = ", ".join(title for _, title in report.gone[:5])
        more = ", …" if len(report.gone) > 5 else ""
        note(f"not in this list any more: {titles}{more} (--forget-gone forgets them)")
    if report.codes_found:
        note(
            f"{report.codes_found} codes for two-step sign-in stand in this list "
            "(--take-codes takes them into the store)"
        )


def written(report: Report, wanted: Sequence[str]) -> None:
    """Write each ``FORM:FILE``. Raises UnusableCall, CouldNotFinish."""
    for one in wanted:
        form, path = form_and_path(one)
        try:
            data = as_form(report, form, hygiene.now()).encode("utf-8", "replace")
            write_atomically(path, data)
        except OSError as error:
            raise CouldNotFinish(
                f"“{path}” could not be written ({error.strerror}). Choose another place."
            ) from error


def form_and_path(text: str) -> tuple[str, Path]:
    """``FORM:FILE`` in its parts. Raises UnusableCall."""
    form, _, path = text.partition(":")
    if form not in FORMS or not path:
        raise UnusableCall(f"Write --report FORM:FILE, with one of: {', '.join(FORMS)}.")
    return form, Path(path)


def exclusion(one: Exclusion, *, json_lines: bool) -> None:
    """One exclusion."""
    fields = {
        "schema": "secassist.audit.exclusion/1",
        "id": one.id,
        "kind": one.kind,
        "value": one.value,
        "reason": one.reason,
        "since": one.since,
    }
    if json_lines:
        print_json(fields)
    else:
        print(f"{one.id}  {one.kind}:{one.value}  since {one.since[:10]}: {one.reason}")


def run(one: Run, *, json_lines: bool) -> None:
    """The counts of one run."""
    if json_lines:
        counts = dict(one.by_code)
        print_json({"schema": "secassist.audit.run/1", "at": one.at, "accounts": one.accounts,
                "by_code": counts})  # fmt: skip
    else:
        counted = ", ".join(f"{code}: {n}" for code, n in one.by_code.items())
        print(f"{one.at[:16]}  {one.accounts} accounts  {counted or 'nothing found'}")


def sites(count: int, as_of: str, *, json_lines: bool) -> None:
    """How many sites are known to have lost passwords."""
    if json_lines:
        print_json({"schema": "secassist.audit.sites/1", "sites": count, "as_of": as_of})
    else:
        print(f"{count:,} sites that lost passwords, as of {as_of}.")


def schedule(told: str, every: str, files: Sequence[Path], *, json_lines: bool) -> None:
    """What the system was asked to do by itself, and the files that tell it."""
    if json_lines:
        paths = [str(path) for path in files]
        print_json({"schema": "secassist.audit.schedule/1", "every": every, "files": paths})
    else:
        print("\n  ".join((told, *map(str, files))))
