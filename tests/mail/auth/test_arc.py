from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from secassist.base.limits import MAX_ARC_SETS
from secassist.mail.auth import arc
from secassist.mail.auth.arc import ArcResult
from secassist.network.dns import ZoneResolver
from support.sign import HEADERS, SIGNED_AT, key_record, letter, seal, sign
from support.verify import AT

ZONE = {
    **key_record("list.example", "arc"),
    **key_record("relay.example", "arc", key="ed25519"),
    **key_record("third.example", "arc", key="rsa-1024"),
    **key_record("small.example", "arc", key="rsa-512"),
    **key_record("trial.example", "arc", t="y"),
    **key_record("strict.example", "arc", t="s"),
    "arc._domainkey.slow.example": "TIMEOUT",
    "arc._domainkey.broken.example": {"TXT": ["v=DKIM1; k=rsa; no tag"]},
}
LETTER = sign(letter(), domain="bank.example")
KEYS = {"relay.example": "ed25519", "third.example": "rsa-1024", "small.example": "rsa-512"}


def checked(message: bytes, zone: Mapping[str, object] = ZONE, at: datetime = AT) -> ArcResult:
    return asyncio.run(arc.verify(message, ZoneResolver(zone), at=at))


def said(message: bytes, zone: Mapping[str, object] = ZONE, at: datetime = AT) -> tuple[str, str]:
    result = checked(message, zone, at)
    return result.result.value, str(result.reason)


def chain(*sealers: str, message: bytes = LETTER) -> bytes:
    for sealer in sealers:
        message = seal(message, domain=sealer, key=KEYS.get(sealer, "rsa-2048"))
    return message


# Chains that pass


@pytest.mark.parametrize(
    "sealers",
    [
        ("list.example",),
        ("relay.example",),
        ("list.example", "relay.example"),
        ("list.example", "relay.example", "third.example", "list.example", "list.example"),
        ("strict.example",),
    ],
)
def test_a_sound_chain_passes(sealers: tuple[str, ...]) -> None:
    result = checked(chain(*sealers))
    assert (result.result, result.reason) == ("pass", "")
    assert result.sealers == sealers
    assert result.oldest_pass == 0
    assert result.covered_headers == {*HEADERS, "dkim-signature"}


def test_what_each_sealer_found_is_told_oldest_first() -> None:
    mail = seal(LETTER, domain="list.example", results="a.example; dkim=pass header.d=x.example")
    mail = seal(mail, domain="list.example", results="b.example;\r\n\tarc=pass")
    assert checked(mail).authentication_results == (
        "a.example; dkim=pass header.d=x.example",
        "b.example;\tarc=pass",
    )


@pytest.mark.parametrize("style", ["relaxed/relaxed", "simple/simple", "relaxed/simple", None])
def test_every_canonicalisation(style: str | None) -> None:
    mail = seal(LETTER, domain="list.example", canonicalization=style)
    assert said(mail) == ("pass", "")


def test_what_the_list_changed_before_it_sealed_does_not_matter() -> None:
    mail = chain("list.example").replace(b"Subject: Reset", b"Subject: [list] Reset")
    assert said(mail) == ("fail", "signature")
    result = checked(chain("relay.example", message=mail))
    assert (result.result, result.oldest_pass) == ("pass", 2)


def test_unchanged_since_counts_from_the_last_change() -> None:
    mail = chain("list.example", "list.example").replace(b"Reset", b"[x] Reset")
    mail = chain("relay.example", "list.example", message=mail)
    assert checked(mail).oldest_pass == 3


def test_blanks_folds_and_case_in_sealed_fields_do_not_matter() -> None:
    mail = chain("list.example", "relay.example")
    mail = mail.replace(
        b"ARC-Authentication-Results: i=1; ", b"arc-authentication-RESULTS:\r\n i=1;  "
    )
    assert said(mail) == ("pass", "")


def test_the_order_of_the_fields_does_not_matter() -> None:
    mail = chain("list.example")
    top, _, rest = mail.partition(b"ARC-Message-Signature:")
    middle, _, rest = rest.partition(b"ARC-Authentication-Results:")
    results, _, rest = rest.partition(b"DKIM-Signature:")
    moved = b"ARC-Authentication-Results:" + results + b"ARC-Message-Signature:" + middle + top
    assert said(moved + b"DKIM-Signature:" + rest) == ("pass", "")


@pytest.mark.parametrize("headers", [[], ["from", "reply-to", "reply-to"], ["FROM ", " to"]])
def test_lists_of_names(headers: list[str]) -> None:
    assert said(seal(LETTER, domain="list.example", headers=headers)) == ("pass", "")


def test_a_message_signature_without_from_is_told() -> None:
    result = checked(seal(LETTER, domain="list.example", headers=["subject"]))
    assert (result.result, "from" in result.covered_headers) == ("pass", False)


def test_text_that_is_left_out_is_told() -> None:
    nothing = base64.b64encode(hashlib.sha256(b"").digest()).decode()
    mail = seal(LETTER, domain="list.example", message_tags={"l": "0", "bh": nothing})
    result = checked(mail)
    assert (result.result, result.uncovered) == ("pass", 46)
    assert checked(seal(LETTER, domain="list.example")).uncovered == 0


def test_tags_that_do_not_matter() -> None:
    mail = seal(
        LETTER,
        domain="list.example",
        message_tags={"zz": "unknown", "t": None},
        seal_tags={"zz": "unknown", "t": None},
    )
    assert said(mail) == ("pass", "")


def test_as_many_sets_as_allowed() -> None:
    mail = chain(*["third.example"] * MAX_ARC_SETS)
    assert said(mail) == ("pass", "")
    assert said(chain("third.example", message=mail)) == ("fail", "too-many")


# No chain


@pytest.mark.parametrize("message", [b"", b"\r\nText alone\r\n", b"From: a@b.example\r\n", LETTER])
def test_without_arc_fields_there_is_no_chain(message: bytes) -> None:
    assert said(message) == ("none", "")


# Chains that are broken


def without(message: bytes, name: bytes, instance: int) -> bytes:
    """The message without one of its ARC fields."""
    start = message.index(b"%s: i=%d;" % (name, instance))
    end = start
    while True:
        end = message.index(b"\r\n", end) + 2
        if message[end : end + 1] not in (b" ", b"\t"):
            return message[:start] + message[end:]


@pytest.mark.parametrize(
    "name", [b"ARC-Seal", b"ARC-Message-Signature", b"ARC-Authentication-Results"]
)
@pytest.mark.parametrize("instance", [1, 2])
def test_a_missing_field(name: bytes, instance: int) -> None:
    mail = chain("list.example", "relay.example")
    assert said(without(mail, name, instance)) == ("fail", "incomplete")


@pytest.mark.parametrize(
    "name", [b"ARC-Seal", b"ARC-Message-Signature", b"ARC-Authentication-Results"]
)
def test_a_field_that_stands_twice(name: bytes) -> None:
    mail = chain("list.example")
    again = mail[mail.index(name + b":") :]
    field = again[: len(again) - len(without(again, name, 1))]
    assert said(field + mail) == ("fail", "incomplete")


def test_a_set_that_stands_twice() -> None:
    mail = chain("list.example")
    added = mail.removesuffix(LETTER)
    assert said(added + mail) == ("fail", "incomplete")


@pytest.mark.parametrize(
    "prefix", [b"", b"i=2; ", b"i=; ", b"i=0; ", b"i=x; ", b"i=1 ", b"lists.example; i=1; "]
)
def test_results_that_do_not_start_with_their_number(prefix: bytes) -> None:
    mail = chain("list.example").replace(b"-Results: i=1; ", b"-Results: " + prefix)
    assert said(mail) == ("fail", "incomplete")


@pytest.mark.parametrize("instance", [0, 2, 3, 1000])
def test_a_number_out_of_line(instance: int) -> None:
    tags = {"i": str(instance)}
    mail = seal(LETTER, domain="list.example", instance=1, seal_tags=tags)
    assert said(mail) == ("fail", "incomplete")
    mail = seal(LETTER, domain="list.example", instance=1, message_tags=tags)
    assert said(mail) == ("fail", "incomplete")


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("pass", None, "chain-status"),
        ("fail", None, "chain-failed"),
        ("pass", "pass", "chain-status"),
        ("fail", "pass", "chain-status"),
        ("none", "none", "chain-status"),
        ("none", "fail", "chain-failed"),
        ("", None, "malformed"),
        ("PASS", None, "malformed"),
    ],
)
def test_statuses(first: str, second: str | None, reason: str) -> None:
    mail = seal(LETTER, domain="list.example", seal_tags={"cv": first})
    if second:
        mail = seal(mail, domain="list.example", cv=second, only_newest=second == "fail")
    assert said(mail) == ("fail", reason)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"a": "rsa-sha1"}, "sha1"),
        ({"a": "rsa-poptart"}, "unsupported-algorithm"),
        ({"a": ""}, "malformed"),
        ({"d": ""}, "malformed"),
        ({"d": "not a domain"}, "malformed"),
        ({"s": ""}, "malformed"),
        ({"t": ""}, "malformed"),
        ({"t": "-123.4"}, "malformed"),
        ({"x": str(SIGNED_AT - 9)}, "timestamps"),
        ({"9": "no name"}, "incomplete"),  # a list that cannot be read has no number either
    ],
)
def test_tags_of_both_signatures(tags: dict[str, str], reason: str) -> None:
    assert said(seal(LETTER, domain="list.example", seal_tags=tags)) == ("fail", reason)
    assert said(seal(LETTER, domain="list.example", message_tags=tags)) == ("fail", reason)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"h": "from:arc-seal"}, "malformed"),
        ({"bh": ""}, "malformed"),
        ({"bh": "not base64"}, "malformed"),
        ({"c": "relaxed/nofws"}, "unsupported-canonicalization"),
    ],
)
def test_tags_of_the_message_signature(tags: dict[str, str], reason: str) -> None:
    assert said(seal(LETTER, domain="list.example", message_tags=tags)) == ("fail", reason)


def test_a_seal_has_no_list_of_names() -> None:
    mail = seal(LETTER, domain="list.example", seal_tags={"h": "from"})
    assert said(mail) == ("fail", "malformed")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"i=1; mx.list.example; dkim=pass", b"i=1; mx.list.example; dkim=fail"),
        (b"i=2; mx.list.example; dkim=pass", b"i=2; mx.list.example; dkim=fail"),
        (b"Subject: Reset", b"Subject: Change"),
        (b"cv=none", b"cv= none; z=1"),
    ],
)
def test_changed_fields(old: bytes, new: bytes) -> None:
    mail = chain("list.example", "relay.example")
    assert mail.count(old) == 1
    assert said(mail.replace(old, new)) == ("fail", "signature")


def test_a_changed_text() -> None:
    mail = chain("list.example", "relay.example")
    assert said(mail.replace(b"somebody", b"nobody")) == ("fail", "body-hash")


@pytest.mark.parametrize(
    ("sealer", "outcome"),
    [
        ("gone.example", ("fail", "key-absent")),
        ("broken.example", ("fail", "key-malformed")),
        ("small.example", ("fail", "key-too-small")),
        ("slow.example", ("unknown", "dns-failed")),
        ("trial.example", ("unknown", "test-mode")),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_keys(sealer: str, outcome: tuple[str, str], place: int) -> None:
    sealers = ["list.example", "list.example"]
    sealers[place] = sealer
    assert said(chain(*sealers)) == outcome


def test_a_fault_of_dns_does_not_hide_a_broken_chain() -> None:
    mail = chain("slow.example", "list.example")
    assert said(mail) == ("unknown", "dns-failed")
    assert said(mail.replace(b"Reset", b"Change")) == ("fail", "signature")


# Chains that stay open


def test_headers_alone_leave_a_chain_open() -> None:
    top = chain("list.example").partition(b"\r\n\r\n")[0] + b"\r\n"
    for end in (b"", b"\r\n"):
        assert said(top + end) == ("unknown", "body-absent")
    assert said(top.replace(b"Reset", b"Change")) == ("fail", "signature")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (b"no field at all\r\n", "malformed-message"),
        (b"X-A: 1\rFrom: x@evil.example\r\n", "malformed-message"),
        (b"From: x@evil.example\r\n", "from-repeated"),
    ],
)
def test_messages_that_programs_read_differently(damage: bytes, reason: str) -> None:
    mail = chain("list.example").replace(b"From:", damage + b"From:")
    assert said(mail)[0] != "pass"
    assert said(b"X-Top: 1\r\n" + damage + chain("list.example")) == ("unknown", reason)


def test_times() -> None:
    mail = seal(LETTER, domain="list.example", message_tags={"x": str(SIGNED_AT + 100)})
    late = datetime.fromtimestamp(SIGNED_AT + 101, UTC)
    early = datetime.fromtimestamp(SIGNED_AT - 36_001, UTC)
    assert said(mail) == ("pass", "")
    assert said(mail, at=late) == ("unknown", "expired")
    assert said(mail, at=early) == ("unknown", "future")


def test_a_key_that_is_used_twice_is_asked_for_once() -> None:
    class Counting(ZoneResolver):
        asked = 0

        async def query(self, name: str, rdtype: str) -> object:  # type: ignore[override]
            Counting.asked += 1
            return await super().query(name, rdtype)

    asyncio.run(arc.verify(chain("list.example", "relay.example"), Counting(ZONE), at=AT))
    assert Counting.asked == 2
