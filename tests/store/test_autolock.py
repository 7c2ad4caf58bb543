from __future__ import annotations

import pytest

from secassist.store.autolock import AutoLock, Rules


def _lock(rules: Rules | None = None) -> AutoLock:
    return AutoLock(rules or Rules(idle_seconds=300), monotonic=0, wall=1000)


def _every_5_seconds(lock: AutoLock, until: int, used_at: tuple[int, ...] = ()) -> int | None:
    """The second in which it locked."""
    for second in range(5, until + 1, 5):
        if second in used_at:
            lock.used(monotonic=second)
        if lock.look(monotonic=second, wall=1000 + second):
            return second
    return None


def test_after_five_minutes_without_use() -> None:
    assert _every_5_seconds(_lock(), 1000) == 300
    assert _every_5_seconds(_lock(), 1000, used_at=(200,)) == 500
    assert _every_5_seconds(_lock(Rules(idle_seconds=None)), 100_000) is None


@pytest.mark.parametrize("monotonic", [7, 4000])
def test_a_sleep_that_nobody_announced(monotonic: int) -> None:
    lock = _lock(Rules(idle_seconds=None))
    assert not lock.look(monotonic=5, wall=1005)
    assert lock.look(monotonic=monotonic, wall=5000)
    lock = _lock(Rules(idle_seconds=None, on_sleep=False))
    assert not lock.look(monotonic=monotonic, wall=5000)


def test_a_clock_that_is_set_back_locks_nothing() -> None:
    lock = _lock()
    assert not lock.look(monotonic=5, wall=-90_000)
    assert not lock.look(monotonic=10, wall=-89_995)


def test_events_and_that_they_can_be_switched_off() -> None:
    assert _lock().screen_locked()
    assert _lock().going_to_sleep()
    off = _lock(Rules(on_screen_lock=False, on_sleep=False))
    assert not off.screen_locked()
    assert not off.going_to_sleep()


def test_what_is_due_stays_due_until_it_was_opened_again() -> None:
    lock = _lock()
    lock.screen_locked()
    lock.used(monotonic=1)
    assert lock.look(monotonic=2, wall=1002)
    lock.opened(monotonic=3, wall=1003)
    assert not lock.look(monotonic=4, wall=1004)
