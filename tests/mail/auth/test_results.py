from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.limits import MAX_FIELD
from secassist.mail.auth.results import MAX_PROPERTIES, MAX_RESULTS, MethodResult, parse
from secassist.mail.fields import crlf, split
from support.shared import shared

Brief = tuple[str, str, str | None]


def brief(results: tuple[MethodResult, ...]) -> list[Brief]:
    return [(r.method, r.result, r.domain) for r in results]


# RFC 8601, appendix B, with other names.
RFC_8601 = [
    ("mx.example.org 1; none", "mx.example.org", []),
    ("mx.example.org; none", "mx.example.org", []),
    (
        "mx.example.com;\r\n spf=pass smtp.mailfrom=example.net",
        "mx.example.com",
        [("spf", "pass", "example.net")],
    ),
    (
        (
            "mx.example.com;\r\n\tauth=pass (cram-md5) smtp.auth=sender@example.net;\r\n"
            "\tspf=pass smtp.mailfrom=example.net"
        ),
        "mx.example.com",
        [("auth", "pass", None), ("spf", "pass", "example.net")],
    ),
    (
        (
            "mx.example.com; sender-id=fail header.from=example.com; dkim=pass (good signature) "
            "header.d=example.com"
        ),
        "mx.example.com",
        [("sender-id", "fail", "example.com"), ("dkim", "pass", "example.com")],
    ),
    (
        (
            'example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net; '
            'dkim=fail reason="bad signature" header.i=@newyork.example.com'
        ),
        "example.com",
        [("dkim", "pass", "mail-router.example.net"), ("dkim", "fail", "newyork.example.com")],
    ),
    (
        (
            "foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait "
            "for it) "
            "fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I "
            "wasn't "
            "expecting it) 1362471462"
        ),
        "foo.example.net",
        [("dkim", "fail", None)],
    ),
]

REAL_FORMS = [
    (  # Google
        (
            "mx.google.example;       dkim=pass header.i=@mail.shop.example header.s=s1 "
            "header.b=AbC+/=;       spf=pass (google.example: domain of bounce+1-x=me.example@"
            'mail.shop.example designates 192.0.2.7 as permitted sender) smtp.mailfrom="bounce+1-'
            'x=me.example@mail.shop.example";       dmarc=pass (p=REJECT sp=REJECT dis=NONE) '
            "header.from=shop.example"
        ),
        "mx.google.example",
        [
            ("dkim", "pass", "mail.shop.example"),
            ("spf", "pass", "mail.shop.example"),
            ("dmarc", "pass", "shop.example"),
        ],
    ),
    (  # Microsoft 365
        (
            "spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=b.shop.example; dkim=pass "
            "(signature "
            "was verified)\r\n header.d=shop.example;dmarc=pass action=none "
            "header.from=shop.example;"
            "compauth=pass reason=100"
        ),
        None,
        [
            ("spf", "pass", "b.shop.example"),
            ("dkim", "pass", "shop.example"),
            ("dmarc", "pass", "shop.example"),
            ("compauth", "pass", None),
        ],
    ),
    (  # Microsoft 365, not signed
        (
            "spf=none (sender IP is 192.0.2.1) smtp.mailfrom=x.example; dkim=none (message not "
            "signed)"
            " header.d=none;dmarc=bestguesspass action=none header.from=x.example;compauth=fail "
            "reason=001"
        ),
        None,
        [
            ("spf", "none", "x.example"),
            ("dkim", "none", None),
            ("dmarc", "bestguesspass", "x.example"),
            ("compauth", "fail", None),
        ],
    ),
    (  # Microsoft 365 of some years ago, with the recipient's domain in between
        (
            "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=x.example; me.example; dkim=pass "
            "(signature was verified) header.d=x.example;me.example; dmarc=pass action=none "
            "header.from=x.example;"
        ),
        None,
        [
            ("spf", "pass", "x.example"),
            ("dkim", "pass", "x.example"),
            ("dmarc", "pass", "x.example"),
        ],
    ),
    (  # Yahoo
        (
            "atlas-production.v2-mail-prod1-gq1.omega.yahoo.example; dkim=pass "
            "header.i=@shop.example "
            "header.s=s1; spf=pass smtp.mailfrom=shop.example; dmarc=pass(p=REJECT) "
            "header.from=shop.example;"
        ),
        "atlas-production.v2-mail-prod1-gq1.omega.yahoo.example",
        [
            ("dkim", "pass", "shop.example"),
            ("spf", "pass", "shop.example"),
            ("dmarc", "pass", "shop.example"),
        ],
    ),
    (  # Mail.ru: an address in header.from
        (
            "mxs.mail.example; spf=pass (mx1.mail.example: domain of shop.example designates "
            "192.0.2.1 "
            "as permitted sender) smtp.mailfrom=news@shop.example smtp.helo=out.shop.example; "
            "dkim=pass header.d=shop.example; dmarc=pass header.from=news@shop.example"
        ),
        "mxs.mail.example",
        [
            ("spf", "pass", "shop.example"),
            ("dkim", "pass", "shop.example"),
            ("dmarc", "pass", "shop.example"),
        ],
    ),
    (  # iCloud: one field a method
        'bimi.icloud.example; bimi=skipped reason="insufficient dmarc"',
        "bimi.icloud.example",
        [("bimi", "skipped", None)],
    ),
    (  # iCloud
        "dmarc.icloud.example; dmarc=pass header.from=shop.example",
        "dmarc.icloud.example",
        [("dmarc", "pass", "shop.example")],
    ),
    (  # Proton
        (
            "mailin046.proton.example; dkim=pass (Good 2048\r\n    bit rsa-sha256 signature) "
            "header.d=shop.example header.a=rsa-sha256"
        ),
        "mailin046.proton.example",
        [("dkim", "pass", "shop.example")],
    ),
    (  # Fastmail: a value on the next line, comments among the properties
        (
            "mx1.fastmail.example; bimi=pass header.d=shop.example header.selector=default\r\n"
            ' policy.mark-type="Registered Mark"\r\n policy.authority-uri=\r\n  '
            "https://x.example/a.pem;"
            " dmarc=pass policy.published-domain-policy=reject (p=reject,d=none) "
            "policy.policy-from=p "
            "header.from=shop.example; x-vs=transactional:account score=20 state=14"
        ),
        "mx1.fastmail.example",
        [
            ("bimi", "pass", "shop.example"),
            ("dmarc", "pass", "shop.example"),
            ("x-vs", "transactional:account", None),
        ],
    ),
    (  # GMX, Web.de
        "gmx.example; dkim=pass header.i=@shop.example; spf=none smtp.helo=out.shop.example",
        "gmx.example",
        [("dkim", "pass", "shop.example"), ("spf", "none", "out.shop.example")],
    ),
    (  # amavis, OpenDKIM: (amavisd-new) after the name, test keys
        (
            "mail.example.org (amavisd-new); dkim=pass (2048-bit key) header.d=a.example; "
            'dkim=test reason="key in test mode" header.d=b.example; dkim=neutral '
            "header.d=c.example"
        ),
        "mail.example.org",
        [
            ("dkim", "pass", "a.example"),
            ("dkim", "test", "b.example"),
            ("dkim", "neutral", "c.example"),
        ],
    ),
    (  # Postfix with several tools: spaces wherever they may be
        (
            "  mx.example.org ;dkim = pass  header.d = A.Example ; SPF=Pass smtp.mailfrom = "
            "<u@b.example>"
        ),
        "mx.example.org",
        [("dkim", "pass", "a.example"), ("spf", "pass", "b.example")],
    ),
    (  # an empty address before the next property
        "mx.example.org; spf=none smtp.mailfrom= smtp.helo=out.example",
        "mx.example.org",
        [("spf", "none", "out.example")],
    ),
    (
        "mx.example.org; spf=none smtp.mailfrom=; dkim=none",
        "mx.example.org",
        [("spf", "none", None), ("dkim", "none", None)],
    ),
    (  # the semicolon after the name forgotten
        "mx.example.org dkim=pass header.d=a.example",
        "mx.example.org",
        [("dkim", "pass", "a.example")],
    ),
    (  # a quoted name, a quoted local part with a semicolon in it
        '"mx.example.org" 1; spf=pass smtp.mailfrom="a;dkim=pass header.d=b.example"@c.example',
        "mx.example.org",
        [("spf", "pass", "c.example")],
    ),
    ("none", None, []),
    ("", None, []),
]


@pytest.mark.parametrize(("value", "authserv_id", "expected"), [*RFC_8601, *REAL_FORMS])
def test_forms(value: str, authserv_id: str | None, expected: list[Brief]) -> None:
    parsed = parse(value)
    assert parsed.authserv_id == authserv_id
    assert brief(parsed.results) == expected


def test_all_that_one_result_holds() -> None:
    parsed = parse(
        'mx.example 2; dkim/1=Fail reason="bad; (sig)" (body hash (sha256) \\) wrong) '
        "header.d=a.example header.i=@b.a.example policy.x=1 (late)"
    )
    assert (parsed.version, parsed.instance, parsed.oddities) == (2, None, ())
    (result,) = parsed.results
    assert (result.method, result.result, result.reason) == ("dkim", "fail", "bad; (sig)")
    assert result.comment == "body hash (sha256) ) wrong late"
    assert result.prop("header.i") == "@b.a.example"
    assert result.prop("header.s") is None
    assert parsed.all("dkim") == (result,)
    assert parsed.all("spf") == ()
    assert result.separated


def test_comments_between_the_parts_of_a_name() -> None:
    parsed = parse(RFC_8601[-1][0])
    assert (parsed.version, parsed.oddities) == (1, ())
    (result,) = parsed.results
    assert result.prop("policy.expired") == "1362471462"


def test_none_is_told_apart_from_nothing() -> None:
    assert parse("mx.example; none").nothing_done
    assert parse("mx.example 1; none (no checks)").nothing_done
    assert not parse("mx.example;").nothing_done
    assert not parse("mx.example; spf=none smtp.mailfrom=a.example").nothing_done


def test_arc_set() -> None:
    parsed = parse("i=2; mx.example; dkim=pass header.i=@a.example; arc=pass (i=1 spf=pass)")
    assert (parsed.instance, parsed.authserv_id) == (2, "mx.example")
    assert brief(parsed.results) == [("dkim", "pass", "a.example"), ("arc", "pass", None)]
    parsed = parse(
        "i=1; mx.microsoft.example 1; spf=softfail (sender ip is 192.0.2.1) "
        "smtp.rcpttodomain=me.example smtp.mailfrom=a.example; arc=none (0)"
    )
    assert (parsed.instance, parsed.version) == (1, 1)
    assert brief(parsed.results) == [("spf", "softfail", "a.example"), ("arc", "none", None)]


@pytest.mark.parametrize("encoding", ["b", "q"])
def test_a_value_wholly_in_encoded_words(encoding: str) -> None:
    text = "mx.example; dkim=pass header.d=a.example; spf=fail smtp.mailfrom=b.example"
    cut = len(text) // 2

    def word(piece: str) -> str:
        if encoding == "b":
            return f"=?utf-8?b?{base64.b64encode(piece.encode()).decode()}?="
        return "=?utf-8?Q?" + piece.replace("=", "=3D").replace(" ", "_") + "?="

    parsed = parse(word(text[:cut]) + "\r\n " + word(text[cut:]))
    assert parsed.authserv_id == "mx.example"
    assert brief(parsed.results) == [("dkim", "pass", "a.example"), ("spf", "fail", "b.example")]
    assert parsed.oddities == ("encoded",)


def test_encoded_words_inside_are_the_senders_text() -> None:
    hidden = base64.b64encode(b"; dkim=pass header.d=bank.example").decode()
    parsed = parse(f"mx.example; spf=pass smtp.mailfrom==?utf-8?b?{hidden}?=@evil.example")
    assert brief(parsed.results) == [("spf", "pass", "evil.example")]


@pytest.mark.parametrize(
    ("value", "oddity"),
    [
        ("mx.example; spf=fail (domain of x@evil.example (; dkim=pass", "unclosed-comment"),
        ('mx.example; spf=fail smtp.mailfrom="x; dkim=pass header.d=b.example', "unclosed-quote"),
        (
            (
                'mx.example; spf=fail (domain of "a); dkim=pass header.d=bank.example; x=y (b"@evil'
                ".example does not designate) smtp.mailfrom=evil.example"
            ),
            "half-quote-in-comment",
        ),
        (
            (
                'mx.example; spf=fail (domain of "a\\"); dkim=pass header.d=bank.example; x=y '
                '(\\"b"@evil.example does not designate)'
            ),
            "half-quote-in-comment",
        ),
        ("mx.example; spf=fail what is this", "junk"),
        ("mx.example; dkim pass", "junk"),
        ("mx.example; header.from=bank.example", "junk"),
    ],
)
def test_signs_that_the_senders_text_broke_out(value: str, oddity: str) -> None:
    assert oddity in parse(value).oddities


def test_a_result_without_its_semicolon_is_marked() -> None:
    parsed = parse('mx.example; spf=fail (of "a) dkim=pass header.d=bank.example (b"@evil.example)')
    assert [(r.method, r.separated) for r in parsed.results] == [("spf", True), ("dkim", False)]
    assert "half-quote-in-comment" in parsed.oddities
    first, second = parse(
        "spf=pass smtp.mailfrom=a.example dmarc=pass header.from=a.example"
    ).results
    assert (first.separated, second.separated) == (True, False)
    (only,) = parse("mx.example dkim=pass").results
    assert not only.separated


def test_contradictory_domains_are_no_domain() -> None:
    (result,) = parse("mx.example; dmarc=pass header.from=a.example header.from=b.example").results
    assert result.domain is None
    (result,) = parse("mx.example; dmarc=pass header.from=a.example header.from=A.example.").results
    assert result.domain == "a.example"


def test_limits() -> None:
    parsed = parse("mx.example" + "; spf=pass" * (MAX_RESULTS + 5))
    assert len(parsed.results) == MAX_RESULTS
    assert "too-many" in parsed.oddities
    (result,) = parse("mx.example; spf=pass" + " a.b=c" * (MAX_PROPERTIES + 5)).results
    assert len(result.properties) == MAX_PROPERTIES
    assert "too-long" in parse("mx.example; spf=pass (" + "x" * MAX_FIELD).oddities


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        ")",
        '"',
        "\\",
        ";",
        "=",
        " ",
        "a",
        "a=",
        "a.b",
        "/1",
        "=?a?q?",
        "=?a?b?x?= ",
        "(\\",
        '"(',
        "dkim/",
        "\r\n ",
        "reason=",
        "none;",
        "i=1;",
        "a.b= ",
    ],
)
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    value = piece * (MAX_FIELD // len(piece))
    start = time.process_time()
    parse(value)
    parse("mx.example; spf=" + value)
    parse("mx.example; spf=pass (" + value)
    assert time.process_time() - start < 1.0


PIECES = st.sampled_from(
    [
        "mx.example",
        ";",
        " ",
        "\r\n ",
        "spf",
        "=",
        "pass",
        "dkim=pass",
        "header.d=a.example",
        "(",
        ")",
        '"',
        "\\",
        "none",
        "1",
        "/",
        "i=1;",
        "reason=",
        "=?utf-8?q?a=3Bb?=",
        "\x00",
        "é",
        "\ud800",
        ".",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_is_answered(value: str) -> None:
    parsed = parse(value)
    for result in parsed.results:
        assert result.method == result.method.lower()
        assert result.domain is None or "@" not in result.domain
        assert "." not in result.method


def test_every_field_of_the_real_mail_is_read() -> None:
    fields = [
        field
        for path in sorted(shared("corpus").rglob("*.eml"))
        for field in split(crlf(path.read_bytes())).fields
        if "authentication-results" in field.name
    ]
    assert len(fields) > 200
    for field in fields:
        parsed = parse(field.value.decode("utf-8", "replace"))
        assert parsed.results or parsed.nothing_done, field.raw
        for result in parsed.results:
            if result.result == "pass" and result.method in {"dkim", "spf", "dmarc"}:
                assert result.domain, field.raw
