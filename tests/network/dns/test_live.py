"""The live resolver against a real server on loopback that fails in every way we know."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
import time
from collections.abc import Awaitable, Callable

import pytest

from secassist.network.dns import Answer, Outcome
from secassist.network.dns.live import LiveResolver, OfflineResolver
from secassist.network.dns.server import Server
from support.dns_server import DnsServer

ZONE = {
    "a.test": {
        "TXT": ["v=spf1 -all", ["two ", "pieces"], b"\xff\x00"],
        "A": ["192.0.2.1", "192.0.2.2"],
        "AAAA": ["2001:db8::1"],
        "MX": [[10, "m.a.test"], [20, "."]],
    },
    "1.2.0.192.in-addr.arpa": {"PTR": ["a.test"]},
    "alias.test": {"CNAME": "a.test"},
    "dangling.test": {"CNAME": "gone.test"},
    "large.test": {"TXT": ["x" * 60_000]},
    "medium.test": {"TXT": ["x" * 2_000]},
    "odd name%.test": {"A": ["192.0.2.3"]},
    **{f"chain{n}.test": {"CNAME": f"chain{n + 1}.test"} for n in range(9)},
    "chain9.test": {"A": ["192.0.2.9"]},
    **{f"long{n}.test": {"CNAME": f"long{n + 1}.test"} for n in range(13)},
    "long13.test": {"A": ["192.0.2.9"]},
}


def asked(server: DnsServer, *questions: tuple[str, str], deadline: float = 5.0) -> list[Answer]:
    async def run() -> list[Answer]:
        async with LiveResolver([Server(server.address, server.port)], deadline=deadline) as live:
            check = live.for_check()
            return [await check.query(*question) for question in questions]

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("name", "rdtype", "records"),
    [
        ("a.test", "TXT", (b"v=spf1 -all", b"two pieces", b"\xff\x00")),
        ("A.TEST.", "A", ("192.0.2.1", "192.0.2.2")),
        ("a.test", "aaaa", ("2001:db8::1",)),
        ("a.test", "MX", ((10, "m.a.test"), (20, ""))),
        ("1.2.0.192.in-addr.arpa", "PTR", ("a.test",)),
        ("alias.test", "AAAA", ("2001:db8::1",)),
        ("chain0.test", "A", ("192.0.2.9",)),
        ("odd name%.test", "A", ("192.0.2.3",)),
        ("large.test", "TXT", (b"x" * 60_000,)),
    ],
)
def test_found(name: str, rdtype: str, records: tuple[object, ...]) -> None:
    with DnsServer(ZONE) as server:
        (answer,) = asked(server, (name, rdtype))
    assert (answer.outcome, set(answer.records), answer.ttl) == (Outcome.FOUND, set(records), 300)


@pytest.mark.parametrize(
    ("name", "rdtype", "why"),
    [
        ("gone.test", "A", "nxdomain"),
        ("a.test", "PTR", "nodata"),
        ("dangling.test", "A", "nxdomain"),
        ("alias.test", "PTR", "nodata"),
    ],
)
def test_proved_absent(name: str, rdtype: str, why: str) -> None:
    with DnsServer(ZONE) as server:
        (answer,) = asked(server, (name, rdtype))
    assert (answer.outcome, answer.why, answer.records) == (Outcome.ABSENT, why, ())


def test_end_of_a_broken_chain_is_asked_for_itself() -> None:
    with DnsServer(ZONE) as server:
        asked(server, ("alias.test", "PTR"))
    assert [q.name for q in server.questions] == ["alias.test", "a.test"]


FAILURES = {
    "servfail": "servfail",
    "refused": "refused",
    "drop": "timeout",
    "truncated": "truncated",
    "drip": "timeout",
    "hang-up": "unreachable",
    "wrong-id": "timeout",
    "wrong-question": "timeout",
    "cname-loop": "cname-loop",
    "garbage": "malformed",
    "referral": "refused",
    "empty": "refused",
}


@pytest.mark.parametrize(("fault", "why"), FAILURES.items(), ids=FAILURES.keys())
def test_a_fault_is_never_absence(fault: str, why: str) -> None:
    slow = why == "timeout"
    with DnsServer(ZONE, faults={"*": fault}) as server:  # type: ignore[dict-item]
        started = time.monotonic()
        (answer,) = asked(server, ("a.test", "TXT"), deadline=0.2 if slow else 5.0)
        took = time.monotonic() - started
    assert (answer.outcome, answer.why, answer.records) == (Outcome.FAILED, why, ())
    assert took < 2.0


def test_chain_of_more_than_ten_aliases_is_a_fault() -> None:
    with DnsServer(ZONE) as server:
        (answer,) = asked(server, ("long0.test", "A"))
    assert (answer.outcome, answer.why) == (Outcome.FAILED, "cname-loop")


def test_reply_with_a_wrong_number_is_ignored_and_the_right_one_taken() -> None:
    with DnsServer(ZONE, faults={"a.test": "wrong-id-first"}) as server:
        (answer,) = asked(server, ("a.test", "A"))
    assert answer.found


def test_server_that_does_not_know_edns_is_asked_without() -> None:
    with DnsServer(ZONE, faults={"a.test": "formerr"}) as server:
        (answer,) = asked(server, ("a.test", "A"))
    assert answer.found


def test_what_fits_goes_over_udp_and_what_does_not_over_tcp() -> None:
    with DnsServer(ZONE) as server:
        asked(server, ("a.test", "TXT"), ("medium.test", "TXT"))
    assert [q.transport for q in server.questions] == ["udp", "udp", "tcp"]


def test_lost_question_is_sent_again() -> None:
    with DnsServer(ZONE, faults={"a.test": "drop-first"}) as server:
        (answer,) = asked(server, ("a.test", "A"), deadline=2.0)
    assert answer.found
    assert len(server.questions) == 2


def test_nobody_listens() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    answer = asyncio.run(
        LiveResolver([Server("127.0.0.1", port)], deadline=2.0).query("a.test", "A")
    )
    assert (answer.outcome, answer.why) == (Outcome.FAILED, "unreachable")


def test_without_a_server_nothing_can_be_known() -> None:
    answer = asyncio.run(LiveResolver([]).query("a.test", "A"))
    assert (answer.outcome, answer.why) == (Outcome.FAILED, "unreachable")


@pytest.mark.parametrize("fault", ["servfail", "refused", "garbage", "truncated", "drop"])
def test_second_server_answers_for_the_first(fault: str) -> None:
    with DnsServer(ZONE, faults={"*": fault}) as bad, DnsServer(ZONE) as good:  # type: ignore[dict-item]
        servers = [Server(s.address, s.port) for s in (bad, good)]
        answer = asyncio.run(LiveResolver(servers, deadline=2.0).query("a.test", "A"))
    assert answer.found


def test_server_that_failed_is_not_asked_again() -> None:
    faults = {"*": "servfail"}
    with DnsServer(faults=faults) as one, DnsServer(faults=faults) as two:  # type: ignore[arg-type]
        servers = [Server(s.address, s.port) for s in (one, two)]
        answer = asyncio.run(LiveResolver(servers).query("a.test", "A"))
        assert (len(one.questions), len(two.questions)) == (1, 1)
    assert answer.why == "servfail"


@pytest.mark.parametrize(
    ("name", "rdtype"),
    [
        ("", "A"), (".", "A"), ("a..test", "A"), ("." + "a.test", "A"), ("a" * 64 + ".test", "A"),
        ("a." * 130 + "test", "A"), ("a\x00.test", "A"), ("a\n.test", "A"), ("\ud800.test", "A"),
        ("\u200b.test", "A"), ("x" * 100_000, "A"), ("a.test", "ANY"), ("a.test", ""),
    ],
)  # fmt: skip
def test_name_that_dns_cannot_hold_is_not_asked(name: str, rdtype: str) -> None:
    with DnsServer(ZONE) as server:
        (answer,) = asked(server, (name, rdtype))
        assert (answer.outcome, answer.why) == (Outcome.FAILED, "malformed")
        assert server.questions == []


def test_name_beyond_ascii_is_asked_by_its_a_label() -> None:
    with DnsServer({"xn--bcher-kva.test": {"A": ["192.0.2.5"]}}) as server:
        (answer,) = asked(server, ("Bücher.test", "A"))
    assert answer.names == ("192.0.2.5",)


def test_same_question_at_the_same_time_is_asked_once() -> None:
    with DnsServer(ZONE, delay=0.02) as server:

        async def run() -> list[Answer]:
            live = LiveResolver([Server(server.address, server.port)])
            names = ("a.test", "A.test", "a.test.")
            return await asyncio.gather(*(live.query(name, "A") for name in names))

        answers = asyncio.run(run())
    assert len(server.questions) == 1
    assert [a.cached for a in answers] == [False, True, True]
    assert all(a.names == answers[0].names for a in answers)


def test_different_questions_run_side_by_side() -> None:
    zone = {f"n{n}.test": {"A": ["192.0.2.1"]} for n in range(20)}
    with DnsServer(zone, delay=0.1) as server:

        async def run() -> float:
            check = LiveResolver([Server(server.address, server.port)]).for_check()
            started = time.monotonic()
            answers = await asyncio.gather(*(check.query(name, "A") for name in zone))
            assert all(a.found for a in answers)
            return time.monotonic() - started

        assert asyncio.run(run()) < 1.0  # one after the other: 2


def with_live(
    server: DnsServer, work: Callable[[LiveResolver, list[float]], Awaitable[None]]
) -> None:
    """Run ``work`` with a resolver and the hand of its clock."""
    now = [1_000.0]

    async def run() -> None:
        servers = [Server(server.address, server.port)]
        async with LiveResolver(servers, clock=lambda: now[0]) as live:
            await work(live, now)

    asyncio.run(run())


def test_answers_are_kept_for_their_time_to_live() -> None:
    async def work(live: LiveResolver, now: list[float]) -> None:
        for name in ("a.test", "gone.test"):
            first, second = [await live.query(name, "A") for _ in range(2)]
            assert (first.cached, second.cached) == (False, True)
            assert (second.outcome, second.records) == (first.outcome, first.records)
            assert second.milliseconds == 0
        now[0] += 301
        assert not (await live.query("a.test", "A")).cached

    with DnsServer(ZONE) as server:
        with_live(server, work)
        assert len(server.questions) == 3


def test_no_is_not_kept_where_the_zone_does_not_say_for_how_long() -> None:
    async def work(live: LiveResolver, now: list[float]) -> None:
        assert [(await live.query("a.test", "A")).cached for _ in range(2)] == [False, False]

    with DnsServer(faults={"*": "nxdomain-bare"}) as server:
        with_live(server, work)


def test_fault_is_kept_for_the_check_and_no_longer() -> None:
    async def work(live: LiveResolver, now: list[float]) -> None:
        check = live.for_check()
        first, second = [await check.query("a.test", "A") for _ in range(2)]
        assert (first.cached, second.cached) == (False, True)
        assert first.why == second.why == "servfail"
        server.faults.clear()
        assert (await check.query("a.test", "A")).failed
        assert (await live.for_check().query("a.test", "A")).found

    with DnsServer(ZONE, faults={"a.test": "servfail"}) as server:
        with_live(server, work)


def test_one_deadline_for_all_questions_of_a_check() -> None:
    async def work(live: LiveResolver, now: list[float]) -> None:
        started = time.monotonic()
        check = live.for_check(0.2)
        for n in range(5):
            assert (await check.query(f"n{n}.test", "A")).why == "timeout"
        assert time.monotonic() - started < 1.0  # each alone: 1
        assert (await live.for_check().query("a.test", "A")).found

    with DnsServer(ZONE, faults={f"n{n}.test": "drop" for n in range(5)}) as server:
        with_live(server, work)


def test_one_check_giving_up_does_not_take_the_answer_from_another() -> None:
    async def work(live: LiveResolver, now: list[float]) -> None:
        hasty, patient = await asyncio.gather(
            live.for_check(0.02).query("a.test", "A"), live.for_check().query("a.test", "A")
        )
        assert (hasty.why, patient.found) == ("timeout", True)

    with DnsServer(ZONE, delay=0.2) as server:
        with_live(server, work)
        assert len(server.questions) == 1


@pytest.mark.parametrize("fault", ["drop", "drip"])
def test_cancelled_question_leaves_nothing_open(fault: str) -> None:
    async def work(live: LiveResolver, now: list[float]) -> None:
        question = asyncio.create_task(live.query("a.test", "A"))
        await asyncio.sleep(0.05)
        question.cancel()
        await asyncio.gather(question, return_exceptions=True)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) == 1

    with DnsServer(ZONE, faults={"*": fault}) as server:  # type: ignore[dict-item]
        with_live(server, work)
    gc.collect()  # a socket that was left open is an error here


def test_one_resolver_serves_one_loop_after_another() -> None:
    with DnsServer(ZONE) as server:
        live = LiveResolver([Server(server.address, server.port)])
        assert asyncio.run(live.query("a.test", "A")).found
        assert asyncio.run(live.query("a.test", "AAAA")).found


def test_servers_of_the_system_are_read_when_first_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []

    with DnsServer(ZONE) as server:

        def servers() -> tuple[Server, ...]:
            reads.append(1)
            return (Server(server.address, server.port),)

        monkeypatch.setattr("secassist.network.dns.live.system_servers", servers)
        live = LiveResolver()
        assert reads == []
        assert asyncio.run(live.query("a.test", "A")).found
        assert asyncio.run(live.query("a.test", "AAAA")).found
    assert reads == [1]


def test_offline_asks_nobody() -> None:
    answer = asyncio.run(OfflineResolver().query("a.test", "A"))
    assert (answer.outcome, answer.why) == (Outcome.FAILED, "offline")


def test_questions_at_once_all_wait_for_the_servers_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the first ones of every check come; only the first was answered once."""
    found = threading.Event()

    async def at_once(live: LiveResolver) -> list[Answer]:
        check = live.for_check()
        asked = [
            asyncio.ensure_future(check.query(name, "A"))
            for name in ("a.test", "alias.test", "missing.test")
        ]
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_later(0.05, found.set)
        return await asyncio.gather(*asked)

    with DnsServer(ZONE) as server:

        def servers() -> tuple[Server, ...]:
            assert found.wait(10)
            return (Server(server.address, server.port),)

        monkeypatch.setattr("secassist.network.dns.live.system_servers", servers)
        answers = asyncio.run(at_once(LiveResolver()))
    assert not any(answer.failed for answer in answers)


def test_one_question_giving_up_does_not_end_the_search_for_the_servers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = threading.Event()

    async def one_leaves(live: LiveResolver) -> Answer:
        leaves = asyncio.ensure_future(live.query("a.test", "A"))
        stays = asyncio.ensure_future(live.query("alias.test", "A"))
        await asyncio.sleep(0.01)
        leaves.cancel()
        found.set()
        return await stays

    with DnsServer(ZONE) as server:

        def servers() -> tuple[Server, ...]:
            assert found.wait(10)
            return (Server(server.address, server.port),)

        monkeypatch.setattr("secassist.network.dns.live.system_servers", servers)
        assert not asyncio.run(one_leaves(LiveResolver())).failed


def test_every_address_of_a_server_by_name_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """``localhost`` is ::1 first on many systems, where perhaps nobody listens."""

    async def addresses(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [
            (socket.AF_INET6, socket.SOCK_DGRAM, 17, "", ("::1", 1, 0, 0)),
            (socket.AF_INET, socket.SOCK_DGRAM, 17, "", ("127.0.0.1", 1)),
        ]

    async def ask(port: int) -> Answer:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", addresses)
        return await LiveResolver([Server("dns.test", port)]).query("a.test", "A")

    with DnsServer(ZONE, address="127.0.0.1") as server:
        assert asyncio.run(ask(server.port)).found


def test_a_server_whose_name_leads_nowhere_is_unreachable() -> None:
    live = LiveResolver([Server("no-such-host.invalid", 5353)])
    answer = asyncio.run(live.query("a.test", "A"))
    assert answer.failed
    assert answer.why in {"unreachable", "timeout"}
