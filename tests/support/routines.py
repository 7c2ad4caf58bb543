"""What a person does at the window in more than one story, by keyboard alone."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from secassist.ui.pages.keys import PassphrasePage
from secassist.ui.pages.setup_spare import DonePage, PrivateWindowPage, SparePage
from secassist.ui.pages.setup_try import TryPage
from secassist.ui.pages.spare_key import SpareKeyPage
from support import codes
from support.person import Person
from support.site import TestSite

SPARE_CODE = "8371 2046"


def make_the_store(person: Person) -> None:
    """Something is to be kept for the first time, and there is no key ring here."""
    person.at(PassphrasePage)
    person.types(codes.PASSPHRASE)
    person.tab_to("The same once more")
    person.types(codes.PASSPHRASE)
    person.enter()
    page = person.at(SpareKeyPage)
    person.types(page._key.groups[page.asked - 1].lower())
    person.enter()


def bring_the_link(person: Person, site: TestSite) -> None:
    """Copy what is behind the picture code of ``site``, and have it read."""
    QGuiApplication.clipboard().setText(site.link())
    person.tab_to("From the clipboard")
    person.enter()


def try_the_code(person: Person, site: TestSite) -> None:
    """From the first code, which the site takes, to the last page of the set-up."""
    person.at(TryPage)
    person.tab_to("Copy the code")
    person.enter()
    assert site.takes(QGuiApplication.clipboard().text())
    person.tab_to("Yes")
    person.enter()
    person.at(SparePage)
    person.types(SPARE_CODE)
    person.tab_to("Keep them with the code")
    person.enter()
    person.at(PrivateWindowPage)
    person.enter()
    person.at(DonePage)
    person.enter()
