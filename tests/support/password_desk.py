"""A list of passwords, and what a person does with it at the window."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from secassist.passwords.findings import Audited
from secassist.ui.pages.passwords_account import PasswordAccountPage
from secassist.ui.pages.passwords_import import PasswordImportPage
from secassist.ui.pages.passwords_reading import LeakQuestionPage
from secassist.ui.pages.passwords_report import ReportPage
from secassist.ui.widgets.button import Button
from secassist.ui.widgets.label import Label
from support.password_lists import table
from support.person import Person
from support.window import FakeUseCases

SHARED = "Sunflower-Hill-1987"
ROWS = (
    ("Mail", "https://mail.example.com/", "anna@example.com", SHARED),
    ("Shop", "https://shop.example.net/", "anna", SHARED),
    ("Bank", "https://bank.example.org/", "anna", "123456"),
    ("Forum", "https://forum.example.org/", "anna", "qV7#tLw2!mZx9pRk"),
)


def exported(folder: Path, rows: Sequence[tuple[str, ...]] = ROWS) -> Path:
    """A list as Chrome writes it."""
    file = folder / "Chrome Passwords.csv"
    file.write_text(table("name,url,username,password", rows), "utf-8")
    return file


def remembered(usecases: FakeUseCases) -> dict[str, Audited]:
    """What is kept now, by the titles."""
    desk = asyncio.run(usecases.passwords().look())
    return {} if desk.report is None else {one.title: one for one in desk.report.accounts}


def drop(person: Person, file: Path) -> None:
    assert person.window.shown().drop([file])


def read_list(person: Person, file: Path, leaks: str = "off") -> ReportPage:
    """From the first page to the report."""
    person.goes_to("passwords")
    person.at(PasswordImportPage)
    drop(person, file)
    person.at(LeakQuestionPage).answered.emit(leaks)
    return person.at(ReportPage)


def shown_first(person: Person) -> list[str]:
    page = person.window.shown_page()
    return [row.account.title for row in page.rows] if isinstance(page, ReportPage) else []


def button(page: QWidget, words: str) -> Button:
    """The button that is called that."""
    return next(
        one for one in page.findChildren(Button) if one.label == words and not one.isHidden()
    )


def fix(person: Person, title: str) -> PasswordAccountPage:
    """Go to an account of the report."""
    page = person.at(ReportPage)
    next(row for row in page.rows if row.account.title == title).fix.click()
    return person.at(PasswordAccountPage)


def words_of(person: Person) -> str:
    """All that stands on the page."""
    return "\n".join(
        label.text() for label in person.window.shown_page().findChildren(Label)
        if not label.isHidden()
    )  # fmt: skip


def labels(person: Person) -> set[str]:
    """The words of all buttons of the page."""
    page = person.window.shown_page()
    return {one.label for one in page.findChildren(Button) if not one.isHidden()}
