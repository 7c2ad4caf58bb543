from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from secassist.base.times import aware


def test_a_moment_always_has_a_zone() -> None:
    east = timezone(timedelta(hours=2))
    assert aware(datetime(2026, 1, 31, 12)) == datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert aware(datetime(2026, 1, 31, 12, tzinfo=east)).utcoffset() == timedelta(hours=2)
    assert abs(aware(None) - datetime.now(UTC)) < timedelta(minutes=1)
