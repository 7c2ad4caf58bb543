"""What is kept of each run of the check: when it was, and counts. Nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.passwords.findings import Code

KIND: Final = "password-run"
"""The kind of these rows in the store; their id is the time."""
VERSION: Final = 1
MOST: Final = 400
"""Runs that are kept."""
EACH: Final = 60
"""The newest so many are kept each; of older ones the last of each day."""
_DAY: Final = len("2026-11-26")


@dataclass(frozen=True, slots=True)
class Run:
    """One run. ``at``: ISO 8601, ``by_code``: code → accounts with such a finding."""

    at: str
    accounts: int
    by_code: Mapping[str, int] = field(default_factory=dict)

    @property
    def to_fix(self) -> int:
        """Findings of all codes together: what the line of the chart shows."""
        return sum(self.by_code.values())


def to_data(run: Run) -> dict[str, Any]:
    """The object of JSON for the store."""
    return {"version": VERSION, "accounts": run.accounts, "by_code": dict(run.by_code)}


def from_data(at: str, data: Mapping[str, Any]) -> Run:
    """The run of a row. Raises UnusableInput where it makes no sense."""
    try:
        counts = {str(code): int(n) for code, n in data["by_code"].items()}
        return Run(at, int(data["accounts"]), {code: n for code, n in counts.items() if n > 0})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableInput(f"This entry makes no sense ({type(error).__name__}).") from error


def kept(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Those to keep, the oldest first: the newest each, then one a day, and MOST at all."""
    ordered = sorted(runs, key=lambda run: run.at)
    old, new = ordered[:-EACH], ordered[-EACH:]
    last_of_day = {run.at[:_DAY]: run for run in old}
    return (*last_of_day.values(), *new)[-MOST:]


def change(earlier: Run, later: Run) -> dict[str, int]:
    """By how much each count rose (or fell, below 0); codes without a change are left out."""
    steps = {str(code): later.by_code.get(code, 0) - earlier.by_code.get(code, 0) for code in Code}
    return {code: step for code, step in steps.items() if step}
