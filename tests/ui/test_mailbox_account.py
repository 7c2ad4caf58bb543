"""A mail account in the window, on a real mail server."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from secassist.network.imap import Connection, Header
from secassist.store.settings import Settings, save
from secassist.ui.mail_watch import WATCHED
from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.mailbox_account import MailboxAccountPage
from secassist.ui.pages.mailbox_result import FloodPage
from secassist.ui.pages.mailbox_start import MailboxStartPage
from secassist.ui.pages.mailbox_watch import MailboxWatchPage
from secassist.ui.pages.spare_key import SpareKeyPage
from secassist.ui.pages.verdict import VerdictPage
from secassist.ui.part import Errand
from secassist.ui.window import Window
from secassist.usecases.mail_account import Login
from support import codes
from support.dovecot import Dovecot
from support.mailboxes import BULK, HOUR, Letter, flood, maildir
from support.person import Person
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]
AT = int(time.time()) - 6 * HOUR
ALERT = Letter(AT + HOUR, "alerts@bank.example", "Wire transfer of $4,500.00 was sent", BULK)


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    # Dovecot's sockets need a short path, and its user has to be able to reach the mail.
    base = Path(tempfile.mkdtemp(prefix="dovecot-"))
    base.chmod(0o755)
    maildir(base / "mail", sorted([ALERT, *flood("confirmations", AT, 900, per_hour=300)]))
    try:
        with Dovecot(base / "server", base / "mail") as running:
            yield running
    finally:
        shutil.rmtree(base)


@pytest.fixture
def person(open_window: Open, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """Somebody who is asked for the account; nothing but that is asked on the internet."""
    save(Settings(offline=True), tmp_path)
    person = Person(open_window(FakeUseCases(folder=tmp_path)), qtbot)
    person.window.go("mailbox")
    person.at(MailboxStartPage)
    person.tab_to("My account")
    person.enter()
    person.at(MailboxAccountPage)
    yield person
    part = person.window.parts.get("mailbox")
    qtbot.waitUntil(lambda: part._job is None, timeout=20_000)


def fill_in(person: Person, server: Dovecot, password: str = Dovecot.PASSWORD) -> None:
    """By keyboard alone."""
    person.types("me@home.example")
    person.tab_to("Mail server")
    page = person.at(MailboxAccountPage)
    assert page.host.text() == "imap.home.example"
    page.host.box.selectAll()
    person.types(f"127.0.0.1:{server.port}")
    person.tab_to("App password")
    person.types(password)
    person.enter()


def passwords_in_memory() -> int:
    """How many logins are held by anything, with a password."""
    gc.collect()
    found = [each for each in gc.get_objects() if isinstance(each, Login) and each.password]
    return len(found)


def test_a_flood_on_the_server(
    person: Person, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))
    fill_in(person, server)
    page = person.at(FloodPage)
    assert [row.judged.mail.subject for row in page.rows] == [ALERT.subject]
    person.bot.waitUntil(lambda: page.rows[0].judged.verdict is not None, timeout=20_000)
    page.rows[0].button.click()  # the mail is fetched once more
    person.at(VerdictPage)
    assert person.window._usecases.checked[0].startswith(b"Received: ")
    entries = person.window._usecases.mailboxes()._ledger().entries
    assert {entry.kind for entry in entries} <= {"imap"}
    person.press("Ctrl+L")
    assert person.window.parts.get("mailbox")._place is None  # nor its password


def test_locked_for_want_of_use_the_password_is_asked_for_again(
    person: Person, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))
    fill_in(person, server)
    page = person.at(FloodPage)
    part = person.window.parts.get("mailbox")
    person.bot.waitUntil(lambda: part._job is None, timeout=20_000)
    person.window.parts.lock(everywhere=False)
    assert person.at(FloodPage) is page  # what was found is none of the store's business
    assert passwords_in_memory() == 0
    assert part._offered() is None
    page.rows[0].button.click()
    asked = person.at(MailboxAccountPage)
    assert "Please type it once more" in asked.address.below.text()
    fill_in(person, server)
    person.at(FloodPage).rows[0].button.click()
    person.at(VerdictPage)


def test_an_account_is_watched_and_only_new_mail_is_asked_for(
    person: Person, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes.quicken(monkeypatch)
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))
    fill_in(person, server)
    page = person.at(FloodPage)
    part = person.window.parts.get("mailbox")
    person.bot.waitUntil(lambda: part._job is None, timeout=20_000)
    page.watch_wanted.emit()
    person.at(MailboxWatchPage).main.click()
    keys = person.at(PassphrasePage)
    for field in (keys.fields.first, keys.fields.again):
        field.box.setText(codes.PASSPHRASE)
    keys.main.click()
    person.at(SpareKeyPage).later.emit()
    person.at(MailboxWatchPage)
    desk = part.watch.desk
    person.bot.waitUntil(lambda: bool(desk.watched()[0].looked_at), timeout=20_000)
    person.bot.waitUntil(lambda: part.watch._job is None)
    asked: list[int] = []
    real = Connection.headers

    def headers(self: Connection, uids: Sequence[int]) -> Iterator[Header]:
        asked.extend(uids)
        return real(self, uids)

    monkeypatch.setattr(Connection, "headers", headers)
    letter = Letter(AT + HOUR, "a@b.example", "Hello again")
    path = server.mail / "new" / f"{AT}.again.host"
    path.write_bytes(letter.source())
    os.chown(path, server.mail.stat().st_uid, server.mail.stat().st_gid)
    part.watch.look()
    person.bot.waitUntil(lambda: part.watch._job is None, timeout=20_000)
    assert len(asked) == 1
    assert desk.watched()[0].trouble == ""
    person.window.parts.lock(everywhere=False)
    page = person.at(FloodPage)  # what is watched stands in the store, and is not shown any more
    assert part._place.needs_password
    page.rows[0].button.click()
    person.at(VerdictPage)  # the watch goes on, and knows the password
    person.window.parts.send(Errand("mailbox", WATCHED, desk.watched()[0].id))
    person.bot.waitUntil(lambda: part._job is None, timeout=20_000)
    assert passwords_in_memory() > 0
    person.press("Ctrl+L")
    person.at(MailboxStartPage)
    person.bot.waitUntil(lambda: passwords_in_memory() == 0)


def test_a_wrong_password_is_said_and_can_be_typed_again(
    person: Person, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))
    fill_in(person, server, "wrong")
    page = person.at(MailboxAccountPage)
    person.bot.waitUntil(lambda: "did not accept" in page.password.below.text(), timeout=20_000)
    assert page.password.box.hasFocus()
    person.types(Dovecot.PASSWORD)
    person.enter()
    person.at(FloodPage)
    assert person.window.shown()._account is None  # and the password with it


def test_a_server_that_nobody_vouches_for_gets_no_password(person: Person, server: Dovecot) -> None:
    fill_in(person, server)
    page = person.at(MailboxAccountPage)
    person.bot.waitUntil(lambda: "Nobody vouches" in page.password.below.text(), timeout=20_000)
    assert "was not sent" in page.password.below.text()


@pytest.mark.parametrize(
    ("address", "host", "says"),
    [
        ("anna@gmail.com", "imap.gmail.com", "two-step sign-in at Google first"),
        ("anna@outlook.com", "outlook.office365.com", "by its own sign-in page"),
    ],
)
def test_what_we_know_of_a_provider_is_said(
    person: Person, address: str, host: str, says: str
) -> None:
    page = person.at(MailboxAccountPage)
    person.types(address)
    assert page.host.text() == host
    assert says in page._hint.text()
    page.password.box.setText("x")
    assert page.main.available == (address == "anna@gmail.com")


def test_what_is_no_address_is_said(person: Person) -> None:
    page = person.at(MailboxAccountPage)
    page.entered.emit("me@home", "imap.home.example", "x")
    assert "whole e-mail address" in page.password.below.text()
    page.entered.emit("me@home.example", "imap home", "x")
    assert "name of the mail server" in page.password.below.text()
