"""What copying does to a signed mail, and whether the mended mail verifies again."""

from __future__ import annotations

import html

import dkim
import pytest

from secassist.mail.message import Parts
from secassist.mail.sources import Reading, read
from support import sign

DOMAIN = "bank.example"
RECEIVED = (
    "by mx.provider.example with ESMTPS id abc123\r\n"
    "        for <someone@mail.example>\r\n"
    "        (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128);\r\n"
    "        Tue, 13 Oct 2026 03:00:01 -0700 (PDT)"
)
RESULTS = (
    "mx.provider.example;\r\n"
    "       dkim=pass header.i=@bank.example header.s=s header.b=Abc123;\r\n"
    "       spf=pass smtp.mailfrom=security@bank.example"
)
BODY = (
    "Hello,\r\n\r\nsomebody asked for a new password.  See\r\n"
    "https://www.bank.example/reset?a=1&b=<2>\r\n\r\nYour bank\r\n"
)
# Wire order, with the receiver's fields above the signature.
HEADERS = [("Received", RECEIVED), ("Authentication-Results", RESULTS)]


def whole(**how: object) -> bytes:
    signed = sign.sign(sign.letter(body=BODY), domain=DOMAIN, **how)  # type: ignore[arg-type]
    top = "".join(f"{name}: {value}\r\n" for name, value in HEADERS).encode()
    return b"Delivered-To: someone@mail.example\r\n" + top + signed


def verifies(message: bytes) -> bool:
    zone = sign.key_record(DOMAIN)

    def dnsfunc(name: bytes, timeout: int = 5) -> bytes | None:
        records = zone.get(name.decode().rstrip("."), {}).get("TXT", [])
        return records[0].encode() if records else None

    return bool(dkim.verify(message, dnsfunc=dnsfunc))


def lf() -> str:
    return whole().replace(b"\r\n", b"\n").decode()


def unfolded(text: str) -> str:
    top, blank, body = text.partition("\n\n")
    return "\n".join(line.lstrip() for line in top.split("\n")) + blank + body


def on_page(text: str) -> str:
    table = (
        "Original Message\n\nMessage ID\t<1@bank.example>\n"
        "Created at:\tTue, Oct 13, 2026 at 12:00 PM (Delivered after 1 second)\n"
        "From:\tMallory <m@evil.example>\nTo:\tsomeone@mail.example\nSubject:\tanother\n"
        "SPF:\tPASS with IP 192.0.2.1 Learn more\nDKIM:\t'PASS' with domain bank.example\n"
        "DMARC:\t'PASS' Learn more\n\n\nDownload Original\n\tCopy to clipboard\n\n"
    )
    return table + text


CERTAIN = {
    "line feeds": (lf(), ()),
    "carriage returns only": (lf().replace("\n", "\r"), ("line-ends",)),
    "doubled carriage returns": (lf().replace("\n", "\r\r\n"), ("line-ends",)),
    "byte order mark": ("\ufeff" + lf(), ()),
    "blank lines above": ("\n\n" + lf(), ()),
    "unfolded": (unfolded(lf()), ("unfolded",)),
    "tabs to blanks": (lf().replace("\t", "    "), ()),
    "quoted": ("".join(f"> {line}\n" for line in lf().split("\n")), ("quoted",)),
    "quoted without blank": (
        "".join(f">{line}\n" for line in lf().split("\n")),
        ("quoted",),
    ),
    "quoted twice": ("".join(f"> > {line}\n" for line in lf().split("\n")), ("quoted",)),
    "quoted, blank lines bare": (
        "".join(f"> {line}\n" if line else ">\n" for line in lf().split("\n")),
        ("quoted",),
    ),
    "indented": ("".join(f"    {line}\n" for line in lf().split("\n")), ("indented",)),
    "indented but for the first line": (
        "\n".join("    " + line for line in lf().split("\n")).lstrip(),
        ("indented",),
    ),
    "indented by tabs": ("".join(f"\t{line}\n" for line in lf().split("\n")), ("indented",)),
    "non-breaking folds": (lf().replace("\n        ", "\n\xa0\xa0 "), ("nbsp",)),
    "double spaced": (lf().replace("\n", "\n\n"), ("double-spaced",)),
    "source page": (on_page(lf()), ("source-page",)),
    "source page as html": (
        "<html><head><title>Original</title></head><body><table><tr><td>SPF:</td><td>PASS with IP"
        " 192.0.2.1</td></tr></table><pre>" + html.escape(lf()) + "</pre></body></html>",
        ("html", "source-page"),
    ),
    "html, lines by br": (
        "<pre class=x>" + html.escape(lf()).replace("\n", "<br>\n") + "</pre>",
        ("html",),
    ),
    "html, a div a line": (
        "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in lf().split("\n")),
        ("html",),
    ),
    "entities": (html.escape(lf(), quote=False), ("entities",)),
    "words above": ("Is this one real?\n\n" + lf(), ("text-above",)),
    "quoted below words": (
        "On Tuesday somebody wrote:\n" + "".join(f"> {line}\n" for line in lf().split("\n")),
        ("text-above", "quoted"),
    ),
}


@pytest.mark.parametrize("name", CERTAIN)
def test_a_certain_repair_brings_the_signed_message_back(name: str) -> None:
    text, repairs = CERTAIN[name]
    (reading,) = read(text)
    message = reading.message
    assert message.repairs == repairs
    assert message.parts is Parts.WHOLE
    assert message.sender is not None
    assert message.sender.spec == "security@bank.example"
    assert message.oddities == ()
    assert verifies(message.source)


@pytest.mark.parametrize("name", CERTAIN)
def test_bytes_read_like_text(name: str) -> None:
    text, _ = CERTAIN[name]
    assert read(text.encode()) == read(text)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_is_read(codec: str) -> None:
    (reading,) = read(lf().encode(codec))
    assert reading.message.repairs == ("utf-16",)
    assert verifies(reading.message.source)


def mended(reading: Reading, code: str) -> bytes:
    return next(a.source for a in reading.alternatives if a.code == code)


UNCERTAIN = {
    "external tag": (
        "subject-tag",
        whole().replace(b"Subject: Reset", b"Subject: [EXTERN] Reset"),
    ),
    "spam stars": ("subject-tag", whole().replace(b"Subject: Reset", b"Subject: ***SPAM*** Reset")),
    "spam braces": ("subject-tag", whole().replace(b"Subject: Reset", b"Subject: {Spam?} Reset")),
    "colon tag": ("subject-tag", whole().replace(b"Subject: Reset", b"Subject: EXTERNAL: Reset")),
    "defanged": ("defanged", whole().replace(b"https://www.bank.", b"hxxps://www[.]bank[.]")),
    "lone unfolded line": ("unfolded", whole().replace(b"        for <someone", b"for <someone")),
}


@pytest.mark.parametrize("name", UNCERTAIN)
def test_an_uncertain_repair_is_offered_only_as_an_alternative(name: str) -> None:
    code, message = UNCERTAIN[name]
    (reading,) = read(message)
    assert reading.message.source == message
    assert verifies(mended(reading, code))
    found = reading.mended(next(a for a in reading.alternatives if a.code == code))
    assert found.repairs == (code,)


def test_a_blank_of_the_sender_inside_a_fold_is_left_alone() -> None:
    letter = sign.letter(subject="Reset\r\n \xa0your password")
    signed = b"Received: from a by b\r\n" + sign.sign(letter, domain=DOMAIN)
    (reading,) = read(signed)
    assert reading.message.source == signed
    assert verifies(reading.message.source)


def test_two_tags_are_taken_off_one_by_one() -> None:
    message = whole().replace(b"Subject: Reset", b"Subject: [EXT] *SPAM* Reset")
    (reading,) = read(message)
    assert [verifies(a.source) for a in reading.alternatives[:2]] == [False, True]


def test_a_mailbox_writers_quoting_is_an_alternative() -> None:
    signed = sign.sign(
        sign.letter(body="Hello,\r\n\r\nFrom now on all is well.\r\n"), domain=DOMAIN
    )
    stored = b"From - Tue Oct 13 10:00:00 2026\n" + signed.replace(b"\nFrom now", b"\n>From now")
    (reading,) = read(stored)
    assert not verifies(reading.message.source)
    assert verifies(mended(reading, "mailbox-quoting"))


def test_text_pasted_from_another_charset_is_an_alternative() -> None:
    extra = [("Content-Type", "text/plain; charset=iso-8859-1")]
    body = "Grüße\r\n".encode("latin-1")
    signed = sign.sign(sign.letter(body=body, extra=extra), domain=DOMAIN)
    (reading,) = read(signed.decode("latin-1"))
    assert not verifies(reading.message.source)
    assert verifies(mended(reading, "charset"))


def test_tabs_matter_to_simple_canonicalisation() -> None:
    letter = sign.letter(to="a@x.example,\r\n\tb@x.example", body=BODY)
    signed = sign.sign(letter, domain=DOMAIN, canonicalization="simple/relaxed", fold=False)
    (reading,) = read(signed.replace(b"\t", b"        "))
    assert not verifies(reading.message.source)
    assert verifies(mended(reading, "tabs"))


def test_a_message_without_a_signature_has_no_alternatives() -> None:
    (reading,) = read(sign.letter(subject="[EXTERN] Hello"))
    assert reading.alternatives == ()


def test_one_line_as_some_outlook_versions_paste_it() -> None:
    top = whole().partition(b"\r\n\r\n")[0].decode()
    flat = " ".join(line.strip() for line in top.split("\r\n"))
    (reading,) = read(flat)
    message = reading.message
    assert message.repairs == ("one-line",)
    assert message.parts is Parts.HEADERS
    assert message.subject == "Reset your password"
    assert message.sender is not None
    whole_again = message.source + b"\r\n" + BODY.encode()
    assert verifies(whole_again)


def test_one_line_without_blanks_between_the_fields() -> None:
    top = letter_with_route().partition(b"\r\n\r\n")[0].decode()
    (reading,) = read(top.replace("\r\n", ""))
    assert reading.message.repairs == ("one-line",)
    assert reading.message.sender is not None
    assert reading.message.sender.spec == "security@bank.example"
    assert len(reading.message.split.fields) == 6


def letter_with_route() -> bytes:
    return b"Received: from a by b; Tue, 13 Oct 2026 10:00:00 +0000\r\n" + sign.letter()


def test_one_line_with_a_field_hidden_in_the_subject_shows_two_from() -> None:
    flat = (
        "Received: from a by b; Tue, 13 Oct 2026 10:00:00 +0000 From: Evil <x@evil.example> "
        "Subject: Hi From: Bank <security@bank.example> Date: Tue, 13 Oct 2026 10:00:00 +0000"
    )
    (reading,) = read(flat)
    assert "two-from" in reading.message.oddities


LOST_FOLDS = [
    ("DKIM-Signature: v=1; h=from:to:", "subject:date:message-id; bh=abc;", "b=abc"),
    ("DKIM-Signature: v=1; h=", "Content-Type:From:Subject; b=abc"),
    ("DKIM-Signature: v=1; h=From:Subject:", "To: Date: Message-Id; b=abc"),
    ("X-Microsoft-Antispam:", "BCL:0;ARA:1444111002;"),
    ("X-Results: default;", "asn:15169, ip:192.0.2.1"),
    ("List-Unsubscribe:", "https://bank.example/out,", "mailto:out@bank.example"),
]


@pytest.mark.parametrize("lines", LOST_FOLDS)
def test_lost_folds_that_look_like_fields(lines: tuple[str, ...]) -> None:
    top = "Received: from a by b\n{}\nFrom: a@b.example\nSubject: x\n\nHello\n"
    (reading,) = read(top.format("\n".join(lines)))
    assert [f.name for f in reading.message.split.fields] == [
        "received",
        lines[0].partition(":")[0].lower(),
        "from",
        "subject",
    ]
    (flat,) = read(top.format(" ".join(lines)).partition("\n\n")[0].replace("\n", " "))
    assert [f.value.split() for f in flat.message.split.fields] == [
        f.value.split() for f in reading.message.split.fields
    ]


def test_fields_below_an_empty_one_stay_fields() -> None:
    top = "Received: from a by b\nCc:\nFrom:a@b.example\nX-A:\nSubject:x\nlost\n\nHello\n"
    (reading,) = read(top)
    assert [f.name for f in reading.message.split.fields][1:4] == ["cc", "from", "x-a"]


def test_headers_alone_have_no_body_even_with_blank_lines_below() -> None:
    top = whole().partition(b"\r\n\r\n")[0]
    for below in (b"", b"\r\n", b"\r\n\r\n", b"\r\n\r\n\r\n \r\n"):
        (reading,) = read(top + below)
        assert reading.message.parts is Parts.HEADERS
        assert reading.message.split.body is None
        assert reading.message.source == top + b"\r\n"


def test_an_empty_body_that_was_signed_is_a_body() -> None:
    signed = sign.sign(sign.letter(body=""), domain=DOMAIN)
    (reading,) = read(signed)
    assert reading.message.parts is Parts.WHOLE
    assert verifies(reading.message.source)


def test_the_lines_of_a_source_page_are_never_headers() -> None:
    (reading,) = read(on_page(lf()))
    assert not reading.message.attached
    assert [
        f.name for f in reading.message.split.fields if f.name in ("spf", "dkim", "dmarc")
    ] == []
    assert len(reading.message.fields("from")) == 1


def test_a_table_copied_without_its_first_lines_is_no_header_either() -> None:
    page = on_page(lf())
    (reading,) = read(page[page.index("From:\tMallory") :])
    assert reading.message.repairs == ("source-page",)
    assert len(reading.message.fields("from")) == 1


def test_a_page_whose_source_was_not_copied_is_text_only() -> None:
    page = on_page("")
    (reading,) = read(page[page.index("From:\tMallory") :])
    assert reading.message.parts is Parts.TEXT_ONLY
    assert reading.message.from_addresses == ()


def test_below_other_text_no_receiver_is_trusted() -> None:
    (reading,) = read("Dear customer, see the source of your mail:\n\n" + lf())
    assert reading.message.attached


def test_a_lone_line_below_from_stays_an_oddity_although_it_is_mended() -> None:
    text = "Received: from a by b\nFrom: Bank <a@bank.example>\nstray words\nSubject: Hi\n\nText\n"
    (reading,) = read(text)
    assert "stray-line" in reading.message.oddities


@pytest.mark.parametrize(
    "text",
    [
        "Dear customer,\n\nyour account was closed. Call us.\n",
        "From: PayPal <service@paypal.example>\nSent: 5 October 2026\nTo: a@x.example\n\nDear\n",
        "Von: PayPal <service@paypal.example>\nGesendet: 5. Oktober 2026\nAn: ich\n\nGuten Tag\n",
        "Note: one line\n",
        "https://evil.example/login",
        "x",
    ],
)
def test_visible_text_alone(text: str) -> None:
    (reading,) = read(text)
    assert reading.message.parts is Parts.TEXT_ONLY
    assert reading.message.leaves[0].text == text
    assert reading.message.sender is None


def test_visible_text_is_refanged_and_a_page_keeps_its_html() -> None:
    (reading,) = read("Go to hxxps://evil[.]example/login now")
    assert reading.message.leaves[0].text == "Go to https://evil.example/login now"
    (reading,) = read('<p>Go <a href="https://evil.example/">here</a></p>')
    assert reading.message.parts is Parts.TEXT_ONLY
    assert [leaf.content_type for leaf in reading.message.leaves] == ["text/plain", "text/html"]
