"""Mailbox files: split as the e-mail check splits them, in any blocks, whatever stands in them."""

from __future__ import annotations

import errno
import io
import os
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.base.errors import UnusableInput
from secassist.base.limits import MAX_SOURCE
from secassist.mail import mailbox_file, oddities
from secassist.mailbox.scan import scan
from secassist.mailbox.sources import mbox as module
from secassist.mailbox.sources.discover import stores_at
from secassist.mailbox.sources.mail import Mail, Reading, never
from secassist.mailbox.sources.mbox import Mbox
from secassist.mailbox.summary import Mark, summarise
from support.mailboxes import BEGIN, Letter, mbox

LINE = b"From a@b.example Thu Jan  1 00:00:00 2026\n"
LETTERS = [Letter(BEGIN + n, f"a{n}@b.example", f"Number {n}") for n in range(5)]


def read(path: Path) -> tuple[list[Mail], Reading]:
    reading = Reading()
    return list(Mbox(path).mails(reading, never)), reading


def heads(data: bytes) -> list[tuple[bytes, bool]]:
    """What the splitter of the e-mail check makes of it."""
    return [
        (_head(piece.source), oddities.UNCERTAIN_SPLIT in piece.oddities)
        for piece in mailbox_file.pieces(data)
    ]


def _head(source: bytes) -> bytes:
    ends = [at + 1 for line in (b"\n\n", b"\n\r\n") if (at := source.find(line)) >= 0]
    return source[: min(ends)] if ends else source


lines = st.sampled_from(
    [
        b"From: a@b.example",
        b"Subject: x",
        b"Content-Type: multipart/mixed; boundary=b",
        b'Content-Type: multipart/mixed;\n boundary="c d"',
        b"",
        b"text",
        b"--b",
        b"--b--",
        b"--c d--",
        b"From here on it is text",
        b">From a@b.example Thu Jan  1 00:00:00 2026",
        LINE.strip(),
        b"From - Thu Jan  1 00:00:00 2026",
        b"From 1234567890@xxx Thu Jan 01 00:00:00 +0000 2026",
        b"From a@b Thu Jan",
        b"\r",
        b"From ",
    ]
)


@given(
    st.lists(lines, max_size=60),
    st.sampled_from([b"\n", b"\r\n"]),
    st.sampled_from([64, 700, 1 << 20]),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_splits_as_the_check_does_whatever_the_block(
    tmp_path_factory: pytest.TempPathFactory,
    body: list[bytes],
    line_end: bytes,
    block: int,
    ended: bool,
) -> None:
    data = line_end.join([LINE.strip(), b"From: a@b.example", *body]) + line_end * ended
    path = tmp_path_factory.mktemp("box") / "mails.mbox"
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", block)
        found, _ = read(path)
    assert [(m.head, bool(m.marks & Mark.UNCERTAIN)) for m in found] == [
        (head, odd) for head, odd in heads(data)
    ]
    for mail in found:
        assert data[int(mail.place) :].startswith(b"From ")


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_every_mail_with_its_place_and_time(tmp_path: Path, line_end: bytes) -> None:
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(LETTERS, line_end=line_end))
    found, reading = read(path)
    summaries = [summarise(m.head, m.received, m.marks) for m in found]
    assert [s.subject for s in summaries] == [letter.subject for letter in LETTERS]
    assert [s.time for s in summaries] == [letter.time for letter in LETTERS]
    assert reading.done == reading.total == path.stat().st_size
    third = Mbox(path).whole(found[2].place)
    assert b"Subject: Number 2" in third
    assert b"Number 3" not in third


def test_a_mail_that_a_sender_smuggles_in_is_marked(tmp_path: Path) -> None:
    inside = (
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\n\n"
        + LINE
        + b"From: bank@bank.example\nSubject: Your password was changed\n\nhello\n--x--\n"
    )
    path = tmp_path / "mails.mbox"
    path.write_bytes(LINE + b"From: evil@b.example\n" + inside)
    found, reading = read(path)
    assert [bool(m.marks & Mark.UNCERTAIN) for m in found] == [False, True]
    assert reading.uncertain == 1


def test_only_what_was_added_is_read_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(LETTERS[:3]))
    first = Mbox(path)
    assert len(list(first.mails(Reading(), never))) == 3
    with path.open("ab") as file:
        file.write(mbox(LETTERS[3:]))
    again = Mbox(path, first.position)
    assert len(list(again.mails(Reading(), never))) == 2
    assert list(Mbox(path, again.position).mails(Reading(), never)) == []


def test_another_file_in_its_place_is_read_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(LETTERS[:3]))
    first = Mbox(path)
    list(first.mails(Reading(), never))
    path.write_bytes(mbox(LETTERS[::-1]))
    assert len(list(Mbox(path, first.position).mails(Reading(), never))) == 5


def test_what_grows_meanwhile_is_left_for_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(LETTERS[:3]))
    store = Mbox(path)
    mails = store.mails(Reading(), never)
    next(mails)
    with path.open("ab") as file:
        file.write(mbox(LETTERS[3:]))
    assert len(list(mails)) == 2
    assert len(list(Mbox(path, store.position).mails(Reading(), never))) == 2


def test_what_shrinks_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 700)
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(LETTERS))
    reading = Reading()
    store = Mbox(path)
    mails = store.mails(reading, never)
    next(mails)
    os.truncate(path, 1_000)
    list(mails)
    assert reading.limits == [
        "“mails.mbox” became shorter while it was being read. It was read up to message 1."
    ]
    assert store.position is None


def test_a_file_that_ends_within_a_mail_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mails.mbox"
    inside = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n"
    path.write_bytes(mbox(LETTERS) + LINE + inside + b"--x--\n")
    assert read(path)[1].limits == []
    path.write_bytes(mbox(LETTERS) + LINE + inside)
    (sentence,) = read(path)[1].limits
    assert sentence == "“mails.mbox” ends in the middle of a mail. It was read up to message 6."


class _Broken(io.BytesIO):
    """A disk that cannot be read behind a certain byte."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() >= 1_400:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def test_a_disk_that_fails_is_told_with_how_far_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BLOCK", 700)
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(LETTERS))
    broken = _Broken(path.read_bytes())
    monkeypatch.setattr(broken, "fileno", lambda: os.open(path, os.O_RDONLY), raising=False)
    monkeypatch.setattr(module, "open_regular", lambda _: broken)
    store = Mbox(path)
    found = scan([store])
    assert 0 < found.messages < len(LETTERS)
    assert not found.complete
    (sentence,) = found.limits
    assert sentence.startswith("“mails.mbox” is damaged (Input/output error).")
    assert sentence.endswith(f"It was read up to message {found.messages}.")
    assert store.position is None


def test_stops_before_the_next_mail(tmp_path: Path) -> None:
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(LETTERS))
    store = Mbox(path)
    seen: list[Mail] = []
    seen.extend(store.mails(Reading(), lambda: len(seen) == 2))
    assert len(seen) == 2
    assert store.position is None


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "empty"), (b"Dear all,\n\nhello", "not a mailbox"), (b"\x89PNG\r\n", "not a mailbox")],
)
def test_what_is_no_mailbox_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(UnusableInput, match=says):
        stores_at(path)


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnusableInput, match="not a file"):
        stores_at(tmp_path / "pipe")


@contextmanager
def _not_as_root() -> Iterator[None]:
    """Root may read everything: be nobody for a while."""
    if os.geteuid():
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other rights")
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_may_not_be_read_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "mails"
    if kind == "file":
        path.write_bytes(mbox(LETTERS))
    else:
        path.mkdir()
    path.chmod(0)
    with _not_as_root(), pytest.raises(UnusableInput, match=r"may not be read|cannot be opened"):
        stores_at(path)


def test_a_mail_of_a_gigabyte_is_read_past_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.mbox"
    first, second = mbox(LETTERS[:1]), mbox(LETTERS[1:2])
    with path.open("wb") as file:
        file.write(first)
        file.truncate(1 << 30)  # zeros, for which no disk is needed
        file.seek(0, os.SEEK_END)
        file.write(b"\n\n" + second)
    tracemalloc.start()
    try:
        found, reading = read(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [summarise(mail.head).subject for mail in found] == ["Number 0", "Number 1"]
    assert reading.done == path.stat().st_size
    assert peak < 12 * 1024 * 1024
    assert len(Mbox(path).whole(found[0].place)) <= MAX_SOURCE


def test_one_very_large_mail_costs_time_in_proportion(tmp_path: Path) -> None:
    """Twice the file, about twice the time: nothing is searched again and again."""
    took = []
    for size in (8, 16):
        path = tmp_path / f"{size}.mbox"
        part = b"From here the text goes on\n\nFrom x\n" * (size * 1024 * 1024 // 36)
        head = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=never\n\n"
        path.write_bytes(LINE + head + part)
        began = time.process_time()
        found, _ = read(path)
        took.append(time.process_time() - began)
        assert len(found) == 1
    assert took[1] < 3.5 * took[0] + 0.2
