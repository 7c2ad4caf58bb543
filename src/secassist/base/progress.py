"""News of work that takes a while: what is done, what is being done, what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["waiting", "asking", "done"]


@dataclass(frozen=True, slots=True)
class News:
    """One step. News of the same step replace each other."""

    step: str
    title: str
    state: State
    note: str = ""


Tell = Callable[[News], None]


def untold(news: News) -> None:
    """For work that nobody watches."""
