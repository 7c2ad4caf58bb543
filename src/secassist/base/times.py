"""Moments: always with a zone, so that two of them can be compared."""

from __future__ import annotations

from datetime import UTC, datetime


def aware(moment: datetime | None) -> datetime:
    """``moment`` with its zone: UTC where none was said, as on the command line; None is now."""
    if moment is None:
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
