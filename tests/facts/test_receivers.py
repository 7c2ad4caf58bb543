"""The receivers' form, and the servers and names of real mail that they must know or refuse."""

from __future__ import annotations

from datetime import date

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.facts.receivers import Position, Receiver, parse, receiver_named, receivers

BY_ID = {receiver.id: receiver for receiver in receivers()}
TRUSTED = [receiver for receiver in receivers() if receiver.trusted]


@pytest.mark.parametrize(
    ("id_", "border", "internal", "authserv_id"),
    [
        ("gmail", "mx.google.com", "2002:a05:6214:4a85:b0:6b1:1f01:99a", "mx.google.com"),
        ("gmail", "mx.google.com", "10.152.28.6", "mx.google.com"),
        (
            "outlook",
            "BN1PEPF00004688.mail.protection.outlook.com",
            "DS7PR11MB7860.namprd11.prod.outlook.com",
            None,
        ),
        (
            "outlook",
            "DB8EUR06FT040.mail.protection.outlook.com",
            "BN8PR15CA0027.outlook.office365.com",
            "",
        ),
        (
            "yahoo",
            "atlas-production.v2-mail-prod1-bf1.omega.yahoo.com",
            None,
            "atlas206.free.mail.ne1.yahoo.com",
        ),
        (
            "icloud",
            "ci74p00im-qukt09072702.me.com",
            "p116-mailgateway-smtp-746c496c44-6mknn",
            "dkim-verifier.icloud.com",
        ),
        ("proton", "mailin046.protonmail.ch", None, "mail.protonmail.ch"),
        ("fastmail", "mx1.messagingengine.com", "mailmx.nyi.internal", "mx5.messagingengine.com"),
        ("gmx", "mx-ha.gmx.net", None, "gmx.net"),
        ("posteo", "mx01.posteo.de", "mailin02.posteo.de", "posteo.de"),
        ("zoho", "mx.zohomail.com", None, "mx.zohomail.eu"),
        (
            "yandex",
            "mxfront3q.mail.yandex.net",
            "mxback12j.mail.yandex.net",
            "mxfront3q.mail.yandex.net",
        ),
        ("mail-ru", "mx5.mail.ru", None, "mxs.mail.ru"),
        ("kasserver", "dd12345.kasserver.com", None, "dd12345.kasserver.com"),
    ],
)
def test_names_of_real_mail(
    id_: str, border: str, internal: str | None, authserv_id: str | None
) -> None:
    receiver = BY_ID[id_]
    assert receiver.is_border(border)
    assert receiver.writes(authserv_id)
    if internal is not None:
        assert receiver.is_internal(internal)
        assert not receiver.is_border(internal)


@pytest.mark.parametrize("receiver", TRUSTED, ids=lambda receiver: receiver.id)
@pytest.mark.parametrize(
    "host",
    [
        "mx.google.com.evil.test",
        "evil-mx.google.com",
        "mxxgoogle.com",
        "mail.protection.outlook.com.evil.test",
        "x.mail-protection.outlook.com",
        "atlas.evilyahoo.com",
        "evil.test",
        "",
        "gmx.net.evil.test",
        "mx.google.com " + "a" * 100_000,
    ],
)
def test_nobody_else_is_believed(receiver: Receiver, host: str) -> None:
    assert not receiver.is_border(host)
    assert not receiver.is_internal(host)
    assert not host or not receiver.writes(host)


def test_only_a_nameless_receiver_writes_nameless_lines() -> None:
    assert {r.id for r in receivers() if r.writes(None)} == {"outlook", "microsoft-365"}
    assert not BY_ID["outlook"].writes("mx.google.com")


def test_trust_is_given_only_to_what_was_seen() -> None:
    for receiver in receivers():
        if receiver.trusted:
            assert receiver.confidence == "seen"
            assert receiver.position in (
                Position.ABOVE_BORDER,
                Position.BELOW_BORDER,
                Position.REGROUPED,
            )
            assert receiver.border_by
            assert receiver.nameless or receiver.authserv_id is not None
            assert not receiver.gateway


@pytest.mark.parametrize(
    "host",
    ["relay.mimecast.com", "ppops.net", "smtpng1.m.smailru.net", "iva4-1.qloud-c.yandex.net"],
)
def test_senders_own_servers_are_never_the_receiver(host: str) -> None:
    assert not any(r.writes(host) for r in TRUSTED)
    assert any(r.writes(host) for r in receivers() if r.gateway)


def test_fields_between_border_and_line() -> None:
    assert BY_ID["icloud"].puts_between("X-ICL-SCORE")
    assert BY_ID["icloud"].puts_between("Received-SPF")
    assert not BY_ID["icloud"].puts_between("DKIM-Signature")
    assert not BY_ID["gmail"].puts_between("Return-Path")


def test_a_named_host_stands_for_itself_and_what_is_below() -> None:
    own = Receiver.own_server("Mail.Example.org")
    assert own.is_border("mail.example.org")
    assert own.is_border("mx1.mail.example.org")
    assert not own.is_border("example.org")
    assert not own.is_border("mailxexample.org")
    assert own.writes("mail.example.org")
    assert own.position is Position.ABOVE_BORDER


@pytest.mark.parametrize("host", ["", "not a host", "[192.0.2.1]", ".*", "a" * 5000])
def test_a_named_host_that_is_none_is_believed_by_nobody(host: str) -> None:
    own = Receiver.own_server(host)
    assert not own.trusted
    assert not own.is_border("mx.google.com")
    assert not own.writes("mx.google.com")


def test_what_people_call_their_provider() -> None:
    for key in ("gmail", "Outlook", "yahoo", "icloud", "proton", "fastmail", "gmx", "web.de"):
        assert receiver_named(key) is not None
    assert receiver_named(" GMX.net ") == BY_ID["gmx"]
    assert receiver_named("Microsoft365") == receiver_named("microsoft-365") is not None
    assert receiver_named("google-workspace") == BY_ID["gmail"]
    assert receiver_named("m-e.com") is None
    assert receiver_named("nobody.example") is None


def test_ids_and_keys_are_of_one_receiver_each() -> None:
    names = [name for r in receivers() for name in {r.id, *r.provider_keys}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"position": "sideways"}, "sideways"),
        ({"border_by": ["("]}, "no pattern"),
        ({"trusted": "yes"}, "trusted"),
        ({"trustd": True}, "trustd"),
        ({"as_of": "2026-11-25"}, "as_of"),
    ],
)
def test_a_slip_is_named(fields: dict[str, object], word: str) -> None:
    sound = {
        "name": "X",
        "position": "unknown",
        "confidence": "guess",
        "as_of": date(2026, 11, 25),
    }
    assert parse({"x": sound})
    with pytest.raises(CouldNotFinish, match=word):
        parse({"x": sound | fields})
