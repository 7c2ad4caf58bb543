"""Folders of mail, Maildir, Thunderbird: found, read, and survived when files vanish."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish, UnusableInput
from secassist.mailbox.scan import scan
from secassist.mailbox.sources.discover import stores_at
from secassist.mailbox.sources.folder import Folder
from secassist.mailbox.sources.mail import Reading, never
from secassist.mailbox.sources.mbox import Mbox
from secassist.mailbox.sources.thunderbird import profiles
from secassist.mailbox.summary import summarise
from support.mailboxes import BEGIN, Letter, maildir, mbox

LETTERS = [Letter(BEGIN + n, f"a{n}@b.example", f"Number {n}") for n in range(6)]


def subjects(path: Path) -> set[str]:
    return {
        summarise(mail.head, mail.received).subject
        for store in stores_at(path)
        for mail in store.mails(Reading(), never)
    }


def test_a_maildir_with_folders_below(tmp_path: Path) -> None:
    maildir(tmp_path / "Maildir", LETTERS[:3])
    maildir(tmp_path / "Maildir" / ".Junk", LETTERS[3:])
    assert subjects(tmp_path / "Maildir") == {letter.subject for letter in LETTERS}
    assert len(stores_at(tmp_path / "Maildir")) == 1


def test_a_folder_below_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its error, for tests may run as one who may read everything."""
    maildir(tmp_path, LETTERS)
    (tmp_path / "secret").mkdir()
    look = os.scandir

    def scandir(path: str) -> object:
        if os.path.basename(path) == "secret":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = scan(stores_at(tmp_path))
    assert found.messages == len(LETTERS)
    assert found.limits == ("The folder “secret” may not be read by you.",)


@pytest.mark.parametrize("kind", [Mbox, Folder])
def test_a_disk_that_fails_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Mbox] | type[Folder]
) -> None:
    class Failing(io.BytesIO):
        def seek(self, *_: object) -> int:
            raise OSError(errno.EIO, "Input/output error")

        read = seek  # type: ignore[assignment]

    module = sys.modules[kind.__module__]
    monkeypatch.setattr(module, "open_regular", lambda _: Failing())
    (tmp_path / "0").touch()
    with pytest.raises(CouldNotFinish, match="cannot be read to its end"):
        kind(tmp_path).whole("0")


def test_files_that_vanish_are_counted(tmp_path: Path) -> None:
    maildir(tmp_path, LETTERS)
    reading = Reading()
    mails = Folder(tmp_path).mails(reading, never)
    next(mails)
    for path in list((tmp_path / "cur").iterdir())[:]:
        path.unlink()
    assert len(list(mails)) < len(LETTERS) - 1
    assert any("moved or deleted" in sentence for sentence in reading.limits)


def test_a_mail_is_found_again_after_its_marks_changed(tmp_path: Path) -> None:
    maildir(tmp_path, LETTERS[:1])
    store = Folder(tmp_path)
    (mail,) = store.mails(Reading(), never)
    path = tmp_path / mail.place
    path.rename(path.with_name(path.name.replace(":2,S", ":2,RS")))
    assert b"Subject: Number 0" in store.whole(mail.place)


def test_a_mail_that_is_gone_is_said(tmp_path: Path) -> None:
    maildir(tmp_path, LETTERS[:1])
    with pytest.raises(UnusableInput, match="There is no"):
        Folder(tmp_path).whole("cur/1.host:2,S")


def test_the_time_of_a_maildir_file_counts_where_no_server_wrote_one(tmp_path: Path) -> None:
    (tmp_path / "cur").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / f"{BEGIN}.1.host").write_bytes(b"From: a@b.example\nSubject: x\n\ntext")
    (mail,) = Folder(tmp_path).mails(Reading(), never)
    assert summarise(mail.head, mail.received).time == BEGIN


def test_saved_mails_of_several_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(LETTERS[0].source())
    (tmp_path / "b.EML").write_bytes(LETTERS[1].source().replace(b"\n", b"\r\n"))
    apple = LETTERS[2].source()
    (tmp_path / "c.emlx").write_bytes(b"%d\n" % len(apple) + apple + b"<?xml version='1.0'?>")
    (tmp_path / "7").write_bytes(LETTERS[3].source())
    (tmp_path / "Archive").write_bytes(mbox(LETTERS[4:]))
    (tmp_path / "notes.txt").write_text("no mail")
    assert subjects(tmp_path) == {letter.subject for letter in LETTERS}
    assert Folder(tmp_path).whole("c.emlx") == apple


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="no mail"):
        stores_at(tmp_path)


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(LETTERS[0].source())
    (tmp_path / "loop").symlink_to(tmp_path)
    assert subjects(tmp_path) == {"Number 0"}


def test_thunderbird_is_found_by_itself(tmp_path: Path) -> None:
    root = tmp_path / ".thunderbird"
    box = root / "abc.default" / "ImapMail" / "imap.example.org"
    box.mkdir(parents=True)
    (root / "profiles.ini").write_text(
        "[General]\nVersion=2\n[Profile0]\nName=default\nIsRelative=1\nPath=abc.default\n"
        "[Profile1]\nIsRelative=1\nPath=gone\n"
    )
    (box / "INBOX").write_bytes(mbox(LETTERS).replace(b"From a", b"From - a", 0))
    (box / "INBOX.msf").write_text("// index")
    (found,) = profiles(tmp_path, {})
    (store,) = stores_at(found)
    assert isinstance(store, Mbox)
    assert subjects(found) == {letter.subject for letter in LETTERS}


@pytest.mark.parametrize("ini", ["", "[Profile0\n", "[Profile0]\nPath=\n", "\x00"])
def test_a_broken_list_of_profiles_is_none(tmp_path: Path, ini: str) -> None:
    (tmp_path / ".thunderbird").mkdir()
    (tmp_path / ".thunderbird" / "profiles.ini").write_text(ini)
    assert profiles(tmp_path, {}) == ()


def test_what_can_be_read_counts_beside_what_cannot(tmp_path: Path) -> None:
    (tmp_path / "one.mbox").write_bytes(mbox(LETTERS))
    stores = stores_at(tmp_path)
    found = scan([*stores, Mbox(tmp_path / "gone.mbox")])
    assert found.messages == len(LETTERS)
    assert any("gone.mbox" in sentence for sentence in found.limits)
