"""Which messages are in an input, and what is refused."""

from __future__ import annotations

import base64
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.base.errors import OverLimit, UnusableInput
from secassist.base.limits import MAX_SOURCE
from secassist.mail import input_files
from secassist.mail.message import Parts
from secassist.mail.sources import Reading, read
from support.sign import letter

INNER = letter(subject="Your code is 123456")


def carrier(
    note: str = "please look",
    *,
    subject: str = "Fwd: Your code is 123456",
    attached: bytes = INNER,
    kind: str = "message/rfc822",
    coding: str = "7bit",
    name: str = "",
    extra: str = "",
    note_type: str = "text/plain",
    boundary: str = "B",
) -> bytes:
    disposition = f'Content-Disposition: attachment; filename="{name}"\r\n' if name else ""
    return (
        "From: Friend <friend@home.example>\r\nTo: me@mail.example\r\n"
        f"Subject: {subject}\r\nDate: Wed, 14 Oct 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\nContent-Type: {note_type}\r\n\r\n{note}\r\n{extra}"
        f"--{boundary}\r\nContent-Type: {kind}\r\n{disposition}"
        f"Content-Transfer-Encoding: {coding}\r\n\r\n"
    ).encode() + (attached + f"\r\n--{boundary}--\r\n".encode())


def senders(data: bytes | str) -> list[tuple[str, bool]]:
    return [
        (r.message.sender.spec if r.message.sender else "", r.message.attached) for r in read(data)
    ]


BANK, FRIEND = ("security@bank.example", True), ("friend@home.example", False)


class TestAttached:
    def test_of_a_plain_forward_only_the_inner_mail_is_read(self) -> None:
        assert senders(carrier()) == [BANK]
        assert senders(carrier("")) == [BANK]
        assert senders(carrier(subject="")) == [BANK]
        assert senders(carrier(subject="WG: Fwd: your code is 123456")) == [BANK]

    def test_the_inner_mail_is_byte_for_byte_what_was_attached(self) -> None:
        assert read(carrier())[0].message.source == INNER

    def test_base64_and_eml_files_are_messages_too(self) -> None:
        coded = base64.encodebytes(INNER).replace(b"\n", b"\r\n")
        assert senders(carrier(attached=coded, coding="base64")) == [BANK]
        eml = carrier(
            attached=coded, coding="base64", kind="application/octet-stream", name="mail.eml"
        )
        assert senders(eml) == [BANK]

    @pytest.mark.parametrize(
        "outer",
        [
            carrier("Log in at https://evil.example/"),
            carrier("Call 0800 123 456 7 now"),
            carrier("Write to me@evil.example"),
            carrier("word " * 200),
            carrier(subject="Your account is closed"),
            carrier(subject="Fwd: Call 0800 1234567"),
            carrier('<p>Log <a href="evil">in</a></p>', note_type="text/html"),
            carrier('<p style="background:url(evil)">Hi</p>', note_type="text/html"),
            carrier(extra="--B\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n"),
        ],
    )
    def test_a_mail_with_words_of_its_own_is_not_hidden_behind_a_good_one(
        self, outer: bytes
    ) -> None:
        assert senders(outer) == [FRIEND, BANK]
        assert "holds-message" in read(outer)[0].message.oddities
        assert [r.place for r in read(outer)] == ["#1", "#2"]

    def test_a_returned_mail_is_no_forward(self) -> None:
        bounce = carrier().replace(b"multipart/mixed", b"multipart/report; report-type=x")
        assert senders(bounce) == [FRIEND]

    def test_a_chain_of_plain_forwards_ends_at_the_innermost(self) -> None:
        assert senders(carrier(attached=carrier(boundary="A"))) == [BANK]

    def test_depth_is_limited(self) -> None:
        mail = INNER
        for level in range(6):
            mail = carrier("see https://x.example/", attached=mail, boundary=f"B{level}")
        readings = read(mail)
        assert len(readings) == 4
        assert "more-messages" in readings[0].message.unread


def mailbox(*messages: bytes, line: bytes = b"From - Tue Oct 13 10:00:00 2026\n") -> bytes:
    return b"\n".join(line + m.replace(b"\r\n", b"\n") for m in messages)


class TestMailbox:
    def test_each_message_is_read(self) -> None:
        readings = read(mailbox(letter(subject="1"), letter(subject="2"), letter(subject="3")))
        assert [r.message.subject for r in readings] == ["1", "2", "3"]
        assert [r.place for r in readings] == ["#1", "#2", "#3"]
        assert all(not r.message.oddities for r in readings)
        assert readings[0].message.source == letter(subject="1")

    def test_a_mailbox_of_one_is_one_message(self) -> None:
        (reading,) = read(mailbox(letter()))
        assert reading.place == ""

    @pytest.mark.parametrize(
        "line",
        [
            b"From - Tue Oct 13 10:00:00 2026\n",
            b"From security@bank.example Tue Oct 13 10:00:00 2026\n",
            b"From security@bank.example  Tue Oct  3 10:00:00 2026\n",
            b"From 1793@xxx Tue Oct 13 10:00:00 +0000 2026\n",
            b"From MAILER-DAEMON Tue Oct 13 10:00:00 CEST 2026\n",
            b"From x Tue, 13 Oct 2026 10:00:00 +0000\n",
        ],
    )
    def test_the_line_in_its_usual_forms(self, line: bytes) -> None:
        assert len(read(mailbox(letter(), letter(), line=line))) == 2

    @pytest.mark.parametrize(
        "body",
        [
            "Hello\r\n\r\nFrom now on: all is well\r\n",
            "Hello\r\n\r\nFrom me Tue Oct 13 10:00:00 2026\r\nwords without a colon\r\n",
            "Hello\r\nFrom - Tue Oct 13 10:00:00 2026\r\nFrom: x@y.example\r\n",
        ],
    )
    def test_a_line_of_the_body_starts_no_message(self, body: str) -> None:
        assert len(read(mailbox(letter(body=body)))) == 1

    def test_a_line_in_another_hand_is_marked(self) -> None:
        fake = "Hello\r\n\r\nFrom x@y.example Tue Oct 13 10:00:00 2026\r\nFrom: b@bank.example\r\n"
        first, second = read(mailbox(letter(body=fake)))
        assert first.message.oddities == ()
        assert "uncertain-split" in second.message.oddities

    def test_a_line_inside_an_open_multipart_is_marked(self) -> None:
        outer = carrier("x\r\n\r\nFrom - Tue Oct 13 10:00:00 2026\r\nFrom: b@bank.example\r\n")
        found = read(mailbox(outer))
        assert any("uncertain-split" in r.message.oddities for r in found)

    def test_a_message_that_does_not_start_as_a_mailbox_is_never_split(self) -> None:
        body = "Hello\r\n\r\nFrom - Tue Oct 13 10:00:00 2026\r\nFrom: b@bank.example\r\n\r\nHi\r\n"
        assert len(read(letter(body=body))) == 1

    def test_more_messages_than_are_read_are_named(self) -> None:
        line = b"From - Tue Oct 13 10:00:00 2026\nFrom: a@b.example\nTo: c@d.example\n\nx\n\n"
        readings = read(line * 2_100)
        assert len(readings) == 2_000
        assert readings[-1].message.unread == ("more-messages",)


def test_apple_mail_files() -> None:
    mail = letter()
    emlx = b"%d\n" % len(mail) + mail + b'<?xml version="1.0"?><plist></plist>'
    assert read(emlx)[0].message.source == mail


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t\r\n",
        b"\xef\xbb\xbf",
        b"\0" * 100,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"GIF89a\x01\0\x01\0",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic\0\0",
        b"\0\0\0\x18ftypmp42\0\0",
        b"PK\x03\x04\x14\0\0\0",
        b"\x1f\x8b\x08\0\0\0\0\0",
        b"{\\rtf1\\ansi Hello}",
        b"MZ\x90\0\x03\0\0\0\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"\x01\x02\x03\x04\x05\x06" * 100,
    ],
)
def test_what_is_no_mail_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnusableInput) as refused:
        read(data)
    assert "\n" not in refused.value.sentence
    assert refused.value.sentence.endswith(".")


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(OverLimit):
        read(b"a" * (MAX_SOURCE + 1))


@pytest.mark.parametrize("text", ["MZ is a word", "BM is a word", "PK was here", "BZh"])
def test_letters_that_also_start_files_are_text(text: str) -> None:
    assert read(text)[0].message.parts is Parts.TEXT_ONLY


SHARDS = st.sampled_from(
    [
        b"From: a@b.example\r\n",
        b"From - Tue Oct 13 10:00:00 2026\n",
        b"Received: by x;\r\n",
        b"Subject: =?utf-8?b?",
        b"DKIM-Signature: v=1; h=from\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"---------- Forwarded message ---------\n",
        b"SPF: PASS\n",
        b"hxxp://a[.]b",
        b"[EXTERN] ",
        *(b"\r\n|\n|\r|> |    |\t|\xc2\xa0|?=|--b\r\n|--b--\r\n|<html>|<pre>|&lt;".split(b"|")),
        *(b'" ( < > @ : ; = , \\ \0 \xff\xfe \xf0\x9f'.split(b" ")),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(SHARDS, st.binary(max_size=20)), max_size=30).map(b"".join))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    readings: tuple[Reading, ...] = ()
    with suppress(UnusableInput):
        readings = read(data)
        assert readings
    for reading in readings:
        assert b"\n" not in reading.message.source.replace(b"\r\n", b"")
        assert len(reading.alternatives) <= 6


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                b"From: Bank <security@bank.example>",
                b"From - Tue Oct 13 10:00:00 2026",
                b"Authentication-Results: mx.provider.example; dmarc=pass",
                b"Received: by mx.provider.example",
                b"DKIM-Signature: v=1; h=from:",
                b"",
                b">",
                b"<html><pre>",
                b"Original Message",
                b"SPF: PASS with IP 192.0.2.1",
            ]
        ),
        st.binary(max_size=20).map(lambda b: b.replace(b"\r", b"").replace(b"\n", b"")),
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(LINES, LINES)
def test_what_a_sender_writes_never_moves_the_fields(value: list[bytes], body: list[bytes]) -> None:
    top = b"Received: from a\r\n by b; x\r\nX-Note: y\r\n"
    top += b"".join(b" " + line + b"\r\n" for line in value)
    top += b"From: Evil <x@evil.example>\r\nTo: me@x.example\r\nSubject: Hi\r\n"
    source = top + b"\r\n" + b"Hello\r\n" + b"\r\n".join(body) + b"\r\n"
    (reading,) = read(source)
    assert reading.message.source == source
    assert reading.message.repairs == ()
    assert [f.name for f in reading.message.split.fields] == [
        "received",
        "x-note",
        "from",
        "to",
        "subject",
    ]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UnusableInput):
        assert read(text)


class TestInputFiles:
    def names(self, path: Path) -> list[str]:
        return [s.name.removeprefix(str(path)) for s in input_files.load(path)]

    def test_a_file_is_handed_out_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "a.eml"
        path.write_bytes(letter())
        (source,) = input_files.load(path)
        assert (source.name, source.data, source.error) == (str(path), letter(), None)

    def test_a_mailbox_is_handed_out_message_by_message(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mbox"
        path.write_bytes(mailbox(letter(subject="1"), letter(subject="2")))
        sources = list(input_files.load(path))
        assert [s.name for s in sources] == [f"{path}#1", f"{path}#2"]
        assert [read(s.data)[0].message.subject for s in sources] == ["1", "2"]

    def test_what_was_noticed_while_splitting_comes_along(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mbox"
        fake = "Hello\r\n\r\nFrom x@y.example Tue Oct 13 10:00:00 2026\r\nFrom: b@bank.example\r\n"
        path.write_bytes(mailbox(letter(body=fake)))
        _, second = input_files.load(path)
        (reading,) = read(second.data, noticed=second.oddities)
        assert "uncertain-split" in reading.message.oddities

    def test_a_folder_and_a_maildir(self, tmp_path: Path) -> None:
        for name in ("b.eml", "a.EML", "notes.txt", "cur/123:2,S", "new/.hidden", "tmp/x"):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(letter())
        (tmp_path / "notes.txt").write_bytes(b"Dear diary,\n\ntoday: nothing.\n")
        (tmp_path / "Inbox").write_bytes(mailbox(letter(), letter()))
        (tmp_path / "17").write_bytes(letter())
        os.mkfifo(tmp_path / "pipe")
        expected = ["/17", "/Inbox#1", "/Inbox#2", "/a.EML", "/b.eml", "/cur/123:2,S", "/tmp/x"]
        assert self.names(tmp_path) == expected

    def test_one_bad_file_does_not_hide_the_others(self, tmp_path: Path) -> None:
        (tmp_path / "b.eml").write_bytes(letter())
        (tmp_path / "a.eml").symlink_to(tmp_path / "missing")
        first, second = input_files.load(tmp_path)
        assert first.error is not None
        assert second.data == letter()

    def test_pipes_missing_files_and_empty_folders_are_refused(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        for path in (pipe, tmp_path / "missing", tmp_path, Path("/dev/null"), Path("a\0b")):
            with pytest.raises(UnusableInput) as refused:
                list(input_files.load(path))
            assert refused.value.sentence.count("\n") == 0

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_an_unreadable_file_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.eml"
        path.write_bytes(letter())
        path.chmod(0)
        with pytest.raises(UnusableInput):
            list(input_files.load(path))

    def test_too_large_a_file_is_refused_without_reading_it(self, tmp_path: Path) -> None:
        path = tmp_path / "a.eml"
        with path.open("wb") as file:
            file.truncate(MAX_SOURCE + 1)
        with pytest.raises(OverLimit):
            list(input_files.load(path))
