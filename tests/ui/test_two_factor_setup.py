"""The guided set-up, from nothing to a code that a site takes: over a real store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from secassist.base.errors import UnusableInput
from secassist.twofactor import codes as making
from secassist.twofactor import setup as guide
from secassist.twofactor.clock import Offset
from secassist.twofactor.setup import Step
from secassist.ui.pages.account import AccountPage
from secassist.ui.pages.codes import CodesPage
from secassist.ui.pages.no_codes import NoCodesPage
from secassist.ui.pages.setup_bring import BringPage, LookedAtPage, PickPage
from secassist.ui.pages.setup_site import SitePage, WherePage
from secassist.ui.pages.setup_try import TroublePage, TryPage
from secassist.ui.pages.store_closed import LockedPage
from secassist.ui.screen_picture import grey
from secassist.ui.window import Window
from secassist.usecases import setup as guided
from secassist.usecases.clock import Compared, in_words
from support import codes
from support.person import Person, redress
from support.routines import SPARE_CODE, bring_the_link, make_the_store, try_the_code
from support.site import test_site
from support.window import FakeUseCases

Open = Callable[[FakeUseCases], Window]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    codes.quicken(monkeypatch)


def test_from_nothing_to_a_code_that_the_site_takes_by_keyboard_alone(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(FakeUseCases(folder=tmp_path))
    person = Person(window, qtbot)
    with test_site() as site:
        person.goes_to("two-factor")
        person.at(NoCodesPage)
        person.enter()
        person.at(SitePage)
        person.types("Test site")
        person.tab_to("My site is not here")
        person.enter()
        person.at(WherePage)
        person.enter()
        person.at(BringPage)
        bring_the_link(person, site)
        make_the_store(person)
        try_the_code(person, site)
        person.at(CodesPage)
        QGuiApplication.clipboard().clear()
        person.press("Ctrl+C")
        assert site.takes(QGuiApplication.clipboard().text())
    view = asyncio.run(window._usecases.keeper().view())
    (saved,) = view.entries
    assert saved.confirmed
    assert saved.spare_codes == (SPARE_CODE,)
    assert saved.remind_at
    assert view.spare_key_kept
    assert not view.unfinished


@pytest.fixture
def filled(tmp_path: Path) -> FakeUseCases:
    """An open store with four accounts in it."""
    codes.fill(tmp_path)
    usecases = FakeUseCases(folder=tmp_path)
    codes.unlock(usecases.keeper())
    return usecases


def bring(window: Window, person: Person, name: str = "Test site") -> BringPage:
    """Go to the step that waits for the picture code."""
    window.go("two-factor")
    person.at(CodesPage).main.click()
    site = person.at(SitePage)
    site.field.box.setText(name)
    site.unlisted.click()
    person.at(WherePage).main.click()
    return person.at(BringPage)


def test_a_picture_that_is_dropped_is_read(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, tmp_path: Path
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    bring(window, person)
    picture = tmp_path / "code.png"
    with test_site() as site:
        picture.write_bytes(site.picture())
        assert window._stack.currentWidget().drop([picture])
        shown = person.at(TryPage)
        assert site.takes(shown.row.code.code)


def test_the_screen_and_a_copied_picture_are_read(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    page = bring(window, person)
    with test_site() as site:
        picture = QImage.fromData(site.picture())
        monkeypatch.setattr("secassist.ui.pages.setup_reading.screens", lambda: [grey(picture)])
        page.screen_wanted.emit()
        assert site.takes(person.at(TryPage).row.code.code)
        window.shown_page().leave.emit()
        bring(window, person)
        QGuiApplication.clipboard().setImage(picture)
        person.press("Ctrl+V")
        person.at(LookedAtPage).main.click()  # it is there already
        assert site.takes(person.at(TryPage).row.code.code)


def test_where_the_desktop_has_to_take_the_picture_of_the_screen(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("setup_flow", "setup_reading"):
        monkeypatch.setattr(f"secassist.ui.pages.{module}.can_read_screens", lambda: False)
    answers: list[bytes | Exception] = [UnusableInput("You said no to the desktop.")]

    def picture() -> bytes:
        answer = answers.pop()
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr("secassist.usecases.screen_portal.picture", picture)
    window = open_window(filled)
    person = Person(window, qtbot)
    page = bring(window, person)
    assert page.first.accessibleName().endswith("Your desktop asks you first.")
    page.screen_wanted.emit()
    person.says("You said no")
    with test_site() as site:
        answers.append(site.picture())
        page.screen_wanted.emit()
        assert site.takes(person.at(TryPage).row.code.code)


def test_what_is_no_picture_code_is_said(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, tmp_path: Path
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    page = bring(window, person)
    (tmp_path / "no.png").write_bytes(b"no picture")
    window._stack.currentWidget().drop([tmp_path / "no.png"])
    person.says("This picture cannot be read")
    QGuiApplication.clipboard().setText("https://example.com/")
    page.paste_wanted.emit()
    assert "another kind" in page.field.below.text()
    QGuiApplication.clipboard().clear()
    page.paste_wanted.emit()
    person.says("Nothing was copied yet")


def test_typed_letters_and_a_code_of_another_site(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    page = bring(window, person)
    page.field.box.setText("gezd gnbv gy3t-qojq gezd gnbv gy3t qojr")
    page.main.click()
    person.at(TryPage).leave.emit()
    page = bring(window, person, "Instagram")
    page.typed.emit(
        "otpauth://totp/Other:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJS&issuer=Other"
    )
    looked_at = person.at(LookedAtPage)
    looked_at.back.emit()
    page = person.at(BringPage)
    page.typed.emit(
        "otpauth://totp/Other:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJS&issuer=Other"
    )
    person.at(LookedAtPage).main.click()
    person.at(TryPage)


def test_several_accounts_in_one_picture(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    bring(window, person)
    found = tuple(
        candidate
        for letter in "AB"
        for candidate in filled.keeper().candidates(
            [f"otpauth://totp/Test%20site:{letter}?secret={letter * 32}&issuer=Test%20site"]
        )
    )
    window._stack.currentWidget().setup._take(found)
    person.at(PickPage).picked.emit(found[1])
    assert person.at(TryPage).row.saved.account.name == "B"


def test_a_set_up_is_taken_up_again_after_a_crash(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, tmp_path: Path
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    with test_site() as site:
        bring(window, person).typed.emit(site.link())
        person.at(TryPage)
        again = FakeUseCases(folder=tmp_path)  # the first one is not asked to end
        codes.unlock(again.keeper())
        window = open_window(again)
        person = Person(window, qtbot)
        window.go("two-factor")
        page = person.at(CodesPage)
        page.go_on_wanted.emit(asyncio.run(again.keeper().view()).unfinished[0])
        assert site.takes(person.at(TryPage).row.code.code)


def test_what_was_not_saved_yet_is_taken_up_again_too_and_forgotten_when_it_is_left(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, tmp_path: Path
) -> None:
    window = open_window(filled)
    bring(window, Person(window, qtbot))

    def noted() -> bool:
        kept = asyncio.run(filled.keeper().view()).unfinished
        return [setup.step for setup in kept] == [Step.PICTURE]

    qtbot.waitUntil(noted)
    again = FakeUseCases(folder=tmp_path)
    codes.unlock(again.keeper())
    window = open_window(again)
    person = Person(window, qtbot)
    window.go("two-factor")
    page = person.at(CodesPage)
    (unfinished,) = asyncio.run(again.keeper().view()).unfinished
    assert (unfinished.step, unfinished.site_name) == (Step.PICTURE, "Test site")
    page.go_on_wanted.emit(unfinished)
    person.at(BringPage).leave.emit()
    person.at(CodesPage)
    assert not asyncio.run(again.keeper().view()).unfinished


def test_before_the_first_code_an_unfinished_set_up_is_offered_too(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    codes.fill(tmp_path, ())
    usecases = FakeUseCases(folder=tmp_path)
    codes.unlock(usecases.keeper())
    setup = guide.found_it(guide.choose_site(guide.start(), "Test site"))
    asyncio.run(usecases.keeper().change(lambda vault: guided.keep(vault, setup)))
    person = Person(open_window(usecases), qtbot)
    person.window.go("two-factor")
    person.says("Test site is not finished yet")
    person.at(NoCodesPage)
    person.tab_to("Go on")
    person.enter()
    person.at(BringPage)


def test_another_dress_keeps_the_set_up(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    bring(window, person)
    redress(window, "dark")
    person.at(BringPage)


def test_a_wrong_clock_is_found_by_another_device_and_put_right(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    filled.now = lambda: codes.NOW  # four steps behind the site
    window = open_window(filled)
    person = Person(window, qtbot)
    bring(window, person).typed.emit("otpauth://totp/Test%20site:a?secret=" + "A" * 32)
    page = person.at(TryPage)
    account = page.row.saved.account
    page.refused.emit()
    for cause in ("Take the next one", "look at the clock", "another device"):
        page = person.at(TroublePage)
        assert cause in page.accessibleName()
        if "device" not in cause:
            page.refused.emit()
    page.other.box.setText("000000")
    page.other_device.emit("nonsense")
    assert "none of the last" in page.other.below.text()
    right = making.at(account, int(codes.NOW) + 120).code
    page.other_device.emit(right)
    person.says("behind")
    page.strip.buttons[0].click()
    assert person.at(TryPage).row.code.code == right
    assert filled.chosen.clock_offset == 120


def test_a_clock_that_the_system_does_not_set_is_compared_before_the_first_code_is_typed(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secassist.usecases.keeper.system_service", lambda: "off")

    async def compare(_: object) -> Compared:
        return in_words(Offset(95.0, 0.1, "ntp"))

    monkeypatch.setattr("secassist.usecases.clock.compare", compare)
    filled.now = lambda: codes.NOW
    window = open_window(filled)
    person = Person(window, qtbot)
    bring(window, person).typed.emit("otpauth://totp/Test%20site:a?secret=" + "A" * 32)
    person.says("does not set its clock by itself")
    page = person.at(TryPage)
    person.tab_to("Compare the clock")
    person.enter()
    person.says("95 seconds behind")
    page.strip.buttons[0].click()
    page = person.at(TryPage)
    assert filled.chosen.clock_offset == 95
    assert page.row.code.code == making.at(page.row.saved.account, int(codes.NOW) + 95).code
    assert page.strip is None


def test_what_the_system_says_of_its_clock_stands_where_the_clock_is_looked_at(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secassist.usecases.keeper.system_service", lambda: "on")
    window = open_window(filled)
    person = Person(window, qtbot)
    bring(window, person).typed.emit("otpauth://totp/Test%20site:a?secret=" + "A" * 32)
    person.at(TryPage).refused.emit()
    person.at(TroublePage).refused.emit()
    qtbot.waitUntil(lambda: "sets the clock by itself" in person.at(TroublePage)._service.text())


def test_forgotten_because_it_is_not_on_at_the_site(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    bring(window, person).typed.emit("otpauth://totp/Test%20site:a?secret=" + "A" * 32)
    person.at(TryPage).refused.emit()
    person.at(TroublePage).give_up.emit()
    page = person.at(CodesPage)
    assert len(page._entries) == len(codes.ACCOUNTS)


def test_the_account_for_a_second_device_and_parting_with_it(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    window.go("two-factor")
    page = person.at(CodesPage)
    page.row_of("google").more.click()
    account = person.at(AccountPage)
    account.second.set_open(True)
    qtbot.wait(50)
    from secassist.twofactor import otpauth, qr

    picture = grey(account.grab().toImage())
    (text,) = qr.read_pixels(picture.pixels, picture.width, picture.height, picture.stride)
    assert otpauth.read(text).account.secret == codes.SECRET
    account.remove_wanted.emit()
    page = person.at(CodesPage)
    assert page.row_of("google") is None


def test_locked_half_way_the_set_up_goes_on_after_unlocking(
    open_window: Open, qtbot: QtBot, filled: FakeUseCases
) -> None:
    window = open_window(filled)
    person = Person(window, qtbot)
    bring(window, person).typed.emit("otpauth://totp/Test%20site:a?secret=" + "A" * 32)
    person.at(TryPage)
    window.parts._guard.locker.due.emit()
    person.at(LockedPage)
    person.types(codes.PASSPHRASE)
    person.enter()
    person.at(TryPage)
