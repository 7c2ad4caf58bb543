"""The story of January 2026 from beginning to end: a genuine mail that nobody had asked for.

The mail is signed here, judged for real against a name server on this computer; the store, the
list of passwords and the site that asks for codes are real as well. Keyboard alone.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from secassist.base.language import english
from secassist.network.ledger import Ledger
from secassist.store.settings import Settings, save
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_reading import LeakQuestionPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.pages.plans_list import PlansListPage
from secassist.ui.pages.plans_page import PlanPage
from secassist.ui.pages.setup_bring import BringPage, LookedAtPage
from secassist.ui.pages.setup_site import WherePage
from secassist.ui.pages.verdict import VerdictPage
from secassist.ui.widgets.label import Label
from secassist.ui.window import Window
from secassist.usecases.desktop import Desktop
from secassist.usecases.keeper import Keeper
from support import codes
from support.dns_server import DnsServer
from support.mails import at_gmail
from support.password_lists import table
from support.person import Person
from support.routines import bring_the_link, make_the_store, try_the_code
from support.sign import key_record, letter, sign
from support.site import test_site

DOMAIN = "mail.instagram.com"
SENT = datetime(2026, 1, 9, 9, 30, tzinfo=UTC)
BODY = (
    "Hi anna.m,\r\n\r\nSorry to hear you're having trouble logging into Instagram. We got a message"
    " that you forgot your password. If this was you, you can reset your password now.\r\n"
)
MAIL = at_gmail(
    sign(
        letter(
            sender=f"Instagram <security@{DOMAIN}>",
            subject="Reset your password",
            date="Fri, 09 Jan 2026 09:29:50 +0000",
            body=BODY,
        ),
        domain=DOMAIN,
        timestamp=int(SENT.timestamp()),
    ),
    mail_from=f"security@{DOMAIN}",
    results=f"dkim=pass header.i=@{DOMAIN}",
    when=SENT,
)
ZONE = key_record(DOMAIN) | {f"_dmarc.{DOMAIN}": {"TXT": ["v=DMARC1; p=reject"]}}
ROWS = (
    ("Instagram", "https://www.instagram.com/", "anna.m", "Sunflower-Hill-1987"),
    ("Shop", "https://shop.example.net/", "anna", "Sunflower-Hill-1987"),
    ("Forum", "https://forum.example.org/", "anna", "qV7#tLw2!mZx9pRk"),
)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """The real use cases, with a name server and a data folder of their own; no key ring."""
    codes.quicken(monkeypatch)
    data = tmp_path / "data"
    data.mkdir()
    with DnsServer(ZONE) as server:
        dns = f"{server.address}:{server.port}"
        save(Settings(theme="light", dns=dns, provider="gmail", provider_asked=True), data)
        made = Desktop(english, data)
        made._keeper = Keeper(data, Ledger, no_keyring=True)
        yield made


def step(person: Person, id_: str) -> PlanPage:
    """Wait until this step of the plan is the open one."""

    def there() -> None:
        page = person.window.shown_page()
        assert isinstance(page, PlanPage), page
        assert page.kept.progress.open_step == id_, page.kept.progress.open_step

    person.bot.waitUntil(there, timeout=20_000)
    return person.at(PlanPage)


def words(window: Window) -> str:
    page = window.shown_page()
    return " ".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def check_the_mail(person: Person) -> None:
    QGuiApplication.clipboard().setText(MAIL.decode())
    person.enter()  # Paste e-mail
    page = person.at(VerdictPage)
    assert page.headline.text() == "Really sent by Instagram."
    assert page.report.verdict == "genuine"
    person.tab_to("No, I did not")
    person.enter()
    assert page.headline.text() == "Real mail, but you did not ask for it."
    assert "You can ignore those emails" in words(person.window)  # what Instagram said
    person.enter()  # Make my account safer


def begin_the_plan(person: Person, opened: list[str]) -> None:
    page = step(person, "leave-the-link")
    run = page.kept.progress.run
    assert run.organisation == "instagram"
    assert run.message == hashlib.sha256(MAIL).hexdigest()
    assert not page.kept.is_kept
    assert "You can ignore those emails" in words(person.window)
    person.enter()
    step(person, "sent-list")
    person.enter()
    person.bot.waitUntil(lambda: "Recent emails" in words(person.window))
    person.enter()
    step(person, "look-who-is-in")
    person.enter()
    assert opened == ["https://accountscenter.instagram.com/password_and_security"]
    person.tab_to("I have done this")
    person.enter()


def change_the_password(person: Person, folder: Path) -> None:
    file = folder / "Chrome Passwords.csv"
    file.write_text(table("name,url,username,password", ROWS), "utf-8")
    step(person, "check-password")
    person.enter()
    person.at(PasswordImportPage)
    assert person.window.shown().drop([file])
    person.at(LeakQuestionPage).answered.emit("off")
    page = person.at(ReportPage)
    account = next(row.account for row in page.rows if row.account.title == "Instagram")
    assert {finding.code for finding in account.findings} >= {"reused"}
    page.fix_wanted.emit(account.id)
    person.at(PasswordAccountPage).fix.changed.emit()
    make_the_store(person)  # nothing was kept so far


def set_up_two_steps(person: Person) -> None:
    assert step(person, "two-step").kept.is_kept, "it is kept since there is a store"
    person.enter()
    person.at(WherePage)
    person.enter()
    with test_site() as site:
        person.at(BringPage)
        bring_the_link(person, site)
        person.at(LookedAtPage)  # the site in the test goes by another name
        person.enter()
        try_the_code(person, site)


def test_the_story(
    desktop: Desktop,
    open_window: Callable[[Desktop], Window],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []

    def open_(address: object) -> bool:
        opened.append(address.toString())
        return True

    monkeypatch.setattr("secassist.ui.opening.QDesktopServices.openUrl", open_)
    saved = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    person = Person(open_window(desktop), qtbot)
    check_the_mail(person)
    begin_the_plan(person, opened)
    change_the_password(person, tmp_path)
    set_up_two_steps(person)
    step(person, "way-back")
    person.tab_to("I have done this")
    person.enter()
    step(person, "look-again")
    person.tab_to("I have done this")
    person.enter()
    qtbot.waitUntil(lambda: person.window.shown_page().kept.progress.open_step is None)
    person.enter()  # Save the report
    qtbot.waitUntil(saved.exists)
    report = saved.read_text("utf-8")
    assert "Verdict on the mail: really sent by the one it names" in report
    assert hashlib.sha256(MAIL).hexdigest() in report
    assert "Known wave of such mails: “We fixed an issue" in report
    assert report.count("(done, ") == 7
    assert "not yet" not in report
    assert "_domainkey.mail.instagram.com" in report
    person.goes_to("home")
    person.goes_to("plans")
    person.press("Esc")
    page = person.at(PlansListPage)
    assert "Finished" in words(person.window)
    assert page._rows == []
    assert asyncio.run(desktop.keeper().view()).entries[0].confirmed
