"""SPF beyond the public suite: bounds, privacy, and how the questions are asked."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.auth.spf import MAX_TRACE, SpfResult, check_host
from secassist.network.dns import Answer, ZoneResolver
from secassist.network.dns.zone import Zone

IP = "192.0.2.1"


def judged(zone: Zone, ip: str = IP, mail_from: str = "jo@a.test", **options: bool) -> SpfResult:
    return asyncio.run(check_host(ip, mail_from, "h.test", ZoneResolver(zone), **options))


def policy(record: str | list[str], **others: object) -> Zone:
    zone: dict[str, object] = {"a.test": {"TXT": [record], "A": [IP]}, **others}
    return zone  # type: ignore[return-value]


class Noting:
    """Passes questions on after a turn of the loop, and notes them and how many run together."""

    def __init__(self, zone: Zone) -> None:
        self.zone = ZoneResolver(zone)
        self.questions: list[tuple[str, str]] = []
        self.rounds: dict[tuple[str, str], int] = {}
        self.turn = 0

    async def query(self, name: str, rdtype: str) -> Answer:
        self.questions.append((name, rdtype))
        self.rounds[name, rdtype] = self.turn
        started = self.turn
        for _ in range(20):
            await asyncio.sleep(0)
        self.turn = max(self.turn, started + 1)
        return await self.zone.query(name, rdtype)


def test_says_which_term_decided_and_how() -> None:
    found = judged(policy("v=spf1 ip4:198.51.100.0/24 a:a.test -all"))
    assert (found.result, found.mechanism, found.lookups) == ("pass", "a:a.test", 1)
    assert found.domain == "a.test"
    assert found.reason == ""
    assert found.trace[-1] == "a.test: a:a.test matches: pass"


def test_default_is_neutral_and_names_no_mechanism() -> None:
    found = judged(policy("v=spf1"))
    assert (found.result, found.mechanism) == ("neutral", "")


@pytest.mark.parametrize("ip", ["", "mail.a.test", "192.0.2.256", "1.2.3", "a" * 10_000])
def test_without_an_address_nothing_is_known(ip: str) -> None:
    found = judged(policy("v=spf1 +all"), ip)
    assert (found.result, found.reason) == ("unknown", "no-address")


@pytest.mark.parametrize(
    "mail_from",
    [
        "jo@localhost",
        "jo@[192.0.2.1]",
        "jo@a..test",
        f"jo@{'a' * 64}.test",
        "jo@\x00.test",
        "@",
        "<>",
    ],
)
def test_a_domain_that_is_none_has_no_policy(mail_from: str) -> None:
    assert judged(policy("v=spf1 +all"), mail_from=mail_from).result == "none"


def test_null_sender_is_judged_by_helo() -> None:
    zone: Zone = {
        "h.test": {"TXT": ["v=spf1 exists:%{l}.%{o}.x.test -all"]},
        "postmaster.h.test.x.test": {"A": ["127.0.0.2"]},
    }
    found = judged(zone, mail_from="")
    assert (found.result, found.domain) == ("pass", "h.test")


def test_domain_beyond_ascii_is_asked_by_its_a_label() -> None:
    zone: Zone = {
        "xn--mller-kva.test": {"TXT": ["v=spf1 exists:%{d}.x.test -all"]},
        "xn--mller-kva.test.x.test": {"A": ["127.0.0.2"]},
    }
    assert judged(zone, mail_from="jo@Müller.test").result == "pass"


def test_local_part_beyond_ascii_matches_no_macro() -> None:
    zone = policy("v=spf1 exists:%{l}.a.test ?all", **{"xn--j-eha.a.test": {"A": [IP]}})
    assert judged(zone, mail_from="jö@a.test").result == "neutral"


@pytest.mark.parametrize("fault", ["TIMEOUT", "SERVFAIL", "REFUSED"])
def test_a_fault_is_never_an_answer(fault: str) -> None:
    for zone in (
        {"a.test": fault},
        policy("v=spf1 a:b.test -all", **{"b.test": fault}),
        policy("v=spf1 mx:b.test -all", **{"b.test": fault}),
        policy("v=spf1 include:b.test -all", **{"b.test": fault}),
        policy("v=spf1 exists:b.test -all", **{"b.test": fault}),
        policy("v=spf1 redirect=b.test", **{"b.test": fault}),
    ):
        found = judged(zone)
        assert (found.result, found.reason) == ("temperror", fault.lower())


def test_fault_behind_the_deciding_term_does_not_count() -> None:
    assert judged(policy("v=spf1 a include:b.test -all", **{"b.test": "TIMEOUT"})).result == "pass"


def test_one_exchanger_without_an_answer_does_not_hide_another_that_matches() -> None:
    zone = policy(
        "v=spf1 mx:m.test -all",
        **{"m.test": {"MX": [[1, "gone.test"], [2, "a.test"]]}, "gone.test": "TIMEOUT"},
    )
    assert judged(zone).result == "pass"
    assert judged(zone, "192.0.2.9").result == "temperror"


def test_dead_names_of_the_client_are_no_error_of_the_domain() -> None:
    zone = policy(
        "v=spf1 ptr -all",
        **{"1.2.0.192.in-addr.arpa": {"PTR": [f"dead{n}.test" for n in range(9)]}},
    )
    assert judged(zone).result == "fail"


def test_fail_for_want_of_the_clients_names_says_so() -> None:
    found = judged(policy("v=spf1 ptr -all", **{"1.2.0.192.in-addr.arpa": "TIMEOUT"}))
    assert (found.result, found.mechanism, found.reason) == ("fail", "-all", "timeout")
    zone = policy(
        "v=spf1 ptr -all",
        **{"1.2.0.192.in-addr.arpa": {"PTR": ["late.test"]}, "late.test": "SERVFAIL"},
    )
    assert judged(zone).reason == "servfail"
    found = judged(policy("v=spf1 ptr a -all", **{"1.2.0.192.in-addr.arpa": "TIMEOUT"}))
    assert (found.result, found.reason) == ("pass", "")


@pytest.mark.parametrize("macro", ["%{l}", "%{s}", "%{L}", "%{S1r-}"])
def test_name_of_the_recipient_is_asked_only_with_consent(macro: str) -> None:
    resolver = Noting(policy(f"v=spf1 exists:{macro}.x.test a -all"))
    found = asyncio.run(
        check_host("192.0.2.9", "jo@a.test", "h.test", resolver, reveal_sender=False)
    )
    assert (found.result, found.reason, found.mechanism) == ("unknown", "withheld", "")
    assert not [name for name, _ in resolver.questions if "x.test" in name]


@pytest.mark.parametrize("why", ["offline", "withheld"])
def test_what_was_not_asked_by_choice_is_no_fault(why: str) -> None:
    class Silent:
        async def query(self, name: str, rdtype: str) -> Answer:
            return Answer.of(b"v=spf1 mx -all") if rdtype == "TXT" else Answer.fault(why)

    found = asyncio.run(check_host(IP, "jo@a.test", "h.test", Silent()))
    assert (found.result, found.reason) == ("unknown", why)


def test_withheld_name_does_not_matter_behind_the_deciding_term() -> None:
    zone = policy("v=spf1 a exists:%{l}.x.test -all")
    assert judged(zone, reveal_sender=False).result == "pass"


def test_withheld_explanation_leaves_the_result() -> None:
    zone = policy("v=spf1 -all exp=%{l}.x.test", **{"jo.x.test": {"TXT": ["No."]}})
    assert judged(zone).explanation == "No."
    found = judged(zone, reveal_sender=False)
    assert (found.result, found.explanation) == ("fail", "")


def test_questions_of_a_record_go_out_together() -> None:
    includes = {f"i{n}.test": {"TXT": [f"v=spf1 include:j{n}.test ?all"]} for n in range(4)}
    leaves = {f"j{n}.test": {"TXT": ["v=spf1 ip4:198.51.100.7 ?all"]} for n in range(4)}
    record = "v=spf1 " + " ".join(f"include:i{n}.test" for n in range(4)) + " -all"
    resolver = Noting(policy(record, **includes, **leaves))
    found = asyncio.run(check_host(IP, "jo@a.test", "h.test", resolver))
    assert found.result == "fail"
    assert max(resolver.rounds.values()) == 2  # the record, its includes, their includes
    assert len(resolver.questions) == len(set(resolver.questions)) == 9


def test_exchangers_are_on_their_way_while_the_includes_are_read() -> None:
    zone = policy(
        "v=spf1 include:i.test mx:m.test -all",
        **{
            "i.test": {"TXT": ["v=spf1 include:j.test ?all"]},
            "j.test": {"TXT": ["v=spf1 ?all"]},
            "m.test": {"MX": [[1, "h.test"]]},
            "h.test": {"A": [IP]},
        },
    )
    resolver = Noting(zone)
    assert asyncio.run(check_host(IP, "jo@a.test", "h.test", resolver)).result == "pass"
    assert resolver.rounds["h.test", "A"] == 2


def test_what_stands_behind_a_certain_match_is_not_asked() -> None:
    resolver = Noting(policy(f"v=spf1 ip4:{IP} include:b.test mx a:c.test -all"))
    assert asyncio.run(check_host(IP, "jo@a.test", "h.test", resolver)).result == "pass"
    assert resolver.questions == [("a.test", "TXT")]


def test_never_more_than_ten_terms_are_asked_ahead() -> None:
    record = "v=spf1 " + " ".join(f"a:b{n}.test" for n in range(40)) + " -all"
    resolver = Noting(policy(record, **{f"b{n}.test": {"A": ["192.0.2.9"]} for n in range(40)}))
    assert asyncio.run(check_host(IP, "jo@a.test", "h.test", resolver)).result == "permerror"
    assert len(resolver.questions) == 11


def test_no_task_is_left_behind_when_the_check_is_cancelled() -> None:
    class Silent:
        async def query(self, name: str, rdtype: str) -> Answer:
            await asyncio.Event().wait()
            raise AssertionError

    async def run() -> int:
        check = asyncio.create_task(check_host(IP, "jo@a.test", "h.test", Silent()))
        await asyncio.sleep(0)
        check.cancel()
        await asyncio.gather(check, return_exceptions=True)
        return len(asyncio.all_tasks())

    assert asyncio.run(run()) == 1


def _filled(term: str) -> str:
    return (
        "v=spf1 "
        + " ".join(
            term.replace("#", f"{n:x}").replace("@", f"{n >> 8 & 255}.{n & 255}")
            for n in range(4_000)
        )[:65_000].rpartition(" ")[0]
    )


HOSTILE = {
    "networks": _filled("ip4:9.9.@"),
    "networks of IPv6": _filled("ip6:::#"),
    "questions": _filled("a:b#.test"),
    "modifiers": _filled("x#=%{d}%{s}"),
    "one long name": "v=spf1 a:" + "%{s}" * 16_000 + ".test",
    "slashes": "v=spf1 a:" + "/" * 65_000,
    "dots": "v=spf1 a:" + "." * 65_000 + "test",
    "delimiters": "v=spf1 a:%{l" + "." * 65_000 + "}",
    "digits": "v=spf1 a:%{l" + "9" * 65_000 + "}",
    "open macros": "v=spf1 a:" + "%{" * 32_000,
    "hyphens": "v=spf1 a:x." + "a-" * 32_000,
    "spaces": "v=spf1" + " " * 65_000,
    "a name": "v=spf1 " + "a" * 65_000,
    "splits": "v=spf1 " + " ".join(("a:" + "%{l1r-}" * 800 + ".test",) * 10),
}


@pytest.mark.parametrize("record", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_record_is_judged_in_little_time(record: str) -> None:
    started = time.process_time()
    found = judged(policy(record), mail_from="b-" * 30_000 + "@a.test")
    assert time.process_time() - started < 0.5  # about 0.08 on an idle machine
    assert found.result in {"permerror", "neutral", "pass"}
    assert len(found.trace) <= MAX_TRACE


def test_records_too_large_in_sum_are_given_up() -> None:
    large = _filled("ip4:9.9.@")
    zone = policy(
        "v=spf1 include:b.test -all",
        **{"b.test": {"TXT": [large + " include:c.test"]}, "c.test": {"TXT": [large]}},
    )
    assert judged(zone).reason == "records too large to be read"


def test_exchangers_with_thousands_of_addresses_are_given_up() -> None:
    many = {"A": [f"9.{n >> 16}.{n >> 8 & 255}.{n & 255}" for n in range(4_000)]}
    zone = policy("v=spf1 mx mx mx -all", **{f"m{n}.test": many for n in range(10)})
    zone = {
        **zone,
        "a.test": {"TXT": ["v=spf1 mx -all"], "MX": [[n, f"m{n}.test"] for n in range(10)]},
    }
    assert judged(zone).result == "permerror"


def test_long_explanation_is_cut_or_ignored() -> None:
    zone = policy("v=spf1 -all exp=e.test", **{"e.test": {"TXT": ["%{s}" * 900]}})
    assert 0 < len(judged(zone).explanation) <= 1_000
    zone = policy("v=spf1 -all exp=e.test", **{"e.test": {"TXT": ["x" * 60_000]}})
    assert judged(zone).explanation == ""


def test_octets_that_are_no_text_do_no_harm() -> None:
    zone = policy("v=spf1 a:%{H}.x.test -all exp=e.test", **{"e.test": {"TXT": ["%{L} %{h}"]}})
    resolver = ZoneResolver(zone)
    found = asyncio.run(check_host(IP, "j\udcff\n@a.test", "h\udc80\x00", resolver))
    assert (found.result, found.explanation) == ("fail", "j%3F%0A h??")


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=40), st.binary(max_size=80))
def test_nothing_raises(ip: str, mail_from: str, helo: str, record: bytes) -> None:
    resolver = ZoneResolver({"a.test": {"TXT": [b"v=spf1 " + record]}})
    for sender in (mail_from, f"{mail_from}@a.test"):
        for address in (ip, IP):
            found = asyncio.run(check_host(address, sender, helo, resolver))
            assert isinstance(found, SpfResult)


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "%",
                "{",
                "}",
                "l",
                "s",
                "d",
                "1",
                "r",
                "-",
                ".",
                ":",
                "/",
                "=",
                " ",
                "ip4:",
                "include:",
                "exp=",
                "redirect=",
                "a.test",
            ]
        )
    )
)
def test_no_order_of_the_grammars_parts_raises(parts: list[str]) -> None:
    found = judged(policy("v=spf1 " + "".join(parts)))
    assert found.result in {"pass", "neutral", "permerror", "temperror", "fail", "softfail"}
