from __future__ import annotations

from secassist.network.dns import Answer
from secassist.network.dns.cache import MAX_NEGATIVE_TTL, MAX_TTL, AnswerCache

A = ("a.test", "A")


def test_answer_comes_back_marked_and_with_the_time_that_is_left() -> None:
    cache = AnswerCache()
    cache.put(A, Answer.of("192.0.2.1", ttl=60), 100.0)
    kept = cache.get(A, 130.0)
    assert kept is not None
    assert (kept.names, kept.ttl, kept.cached) == (("192.0.2.1",), 30, True)
    assert cache.get(("a.test", "AAAA"), 130.0) is None
    assert cache.get(A, 160.0) is None
    assert len(cache) == 0


def test_what_may_not_be_kept() -> None:
    cache = AnswerCache()
    cache.put(A, Answer.fault("timeout"), 0.0)
    cache.put(A, Answer.of("192.0.2.1", ttl=0), 0.0)
    cache.put(A, Answer.none(ttl=0), 0.0)
    assert len(cache) == 0


def test_times_are_capped() -> None:
    cache = AnswerCache()
    cache.put(A, Answer.of("192.0.2.1", ttl=10**9), 0.0)
    assert cache.get(A, MAX_TTL - 1.0) is not None
    assert cache.get(A, MAX_TTL + 0.0) is None
    cache.put(A, Answer.none(ttl=10**9), 0.0)
    assert cache.get(A, MAX_NEGATIVE_TTL - 1.0) is not None
    assert cache.get(A, MAX_NEGATIVE_TTL + 0.0) is None


def test_oldest_go_when_there_are_too_many() -> None:
    cache = AnswerCache(max_entries=3)
    for n in range(3):
        cache.put((f"n{n}.test", "A"), Answer.none(), 0.0)
    assert cache.get(("n0.test", "A"), 1.0) is not None  # used again, so n1 is the oldest
    cache.put(("n3.test", "A"), Answer.none(), 1.0)
    assert [n for n in range(4) if cache.get((f"n{n}.test", "A"), 1.0)] == [0, 2, 3]


def test_large_ones_are_bounded_in_sum_and_one_alone_too() -> None:
    cache = AnswerCache(max_octets=100_000)
    for n in range(20):
        cache.put((f"n{n}.test", "TXT"), Answer.of(b"x" * 20_000), 0.0)
        cache.put((f"n{n}.test", "TXT"), Answer.of(b"x" * 20_000), 0.0)
    assert len(cache) == 4
    cache.put(A, Answer.of(b"x" * 200_000), 0.0)
    assert len(cache) == 0


def test_forgets_everything() -> None:
    cache = AnswerCache()
    cache.put(A, Answer.of("192.0.2.1"), 0.0)
    cache.clear()
    assert cache.get(A, 0.0) is None
