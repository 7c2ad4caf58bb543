"""From the pasted text to the advice, against stand-in use cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from secassist.base.errors import CouldNotFinish
from secassist.mail.report import Action, Leg, Report
from secassist.ui import a11y
from secassist.ui.opening import open_site
from secassist.ui.pages.plans_page import PlanPage
from secassist.ui.pages.plans_site import WhichSitePage
from secassist.ui.pages.provider import ProviderCard
from secassist.ui.pages.results import ResultsPage
from secassist.ui.pages.verdict import VerdictPage
from secassist.ui.pages.where_typed import WhereTypedPage
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.disclosure import ChoiceRow, RowButton
from secassist.ui.widgets.label import Label
from secassist.ui.window import Window
from support import reports
from support.pages import check
from support.person import Person
from support.window import NO_MAIL, FakeUseCases

Open = Callable[[FakeUseCases], Window]


@pytest.fixture
def usecases() -> FakeUseCases:
    return FakeUseCases()


@pytest.fixture
def window(open_window: Open, usecases: FakeUseCases) -> Window:
    return open_window(usecases)


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    update = QAccessible.updateAccessibility

    def listen(event: object) -> None:
        if hasattr(event, "message"):
            said.append(event.message())
        update(event)

    monkeypatch.setattr(a11y.QAccessible, "updateAccessibility", listen)
    return said


def press(window: Window, label: str) -> None:
    QApplication.processEvents()  # what was put into a layout is shown with the next events
    shown = [b for b in window.shown_page().findChildren(Button) if b.isVisible()]
    next(button for button in shown if button.label == label).click()


def record_opening(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return opened


def words(window: Window) -> str:
    page = window.shown_page()
    return f"{page.headline.text()} {page.reason.text()}"


# Giving the mail


def test_home_is_first_and_asks_nothing(window: Window) -> None:
    assert window.current == "home"
    assert QApplication.focusWidget().text() == "Paste e-mail"


def test_paste_from_home_checks_what_was_copied(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("From: a@example.org\n\nhello")
    press(window, "Paste e-mail")
    qtbot.waitUntil(lambda: isinstance(window.shown_page(), VerdictPage))
    assert usecases.checked == ["From: a@example.org\n\nhello"]


def test_paste_with_nothing_copied_shows_the_box(window: Window, usecases: FakeUseCases) -> None:
    QGuiApplication.clipboard().clear()
    press(window, "Paste e-mail")
    assert window.shown_page() is window.check.input
    assert usecases.checked == []


def test_the_button_is_off_until_there_is_text(window: Window, usecases: FakeUseCases) -> None:
    window.go("check")
    button = window.check.input.main
    assert not button.available
    button.click()
    assert usecases.checked == []
    window.check.input.box.setPlainText("From: a@example.org")
    assert button.available
    button.click()
    assert window.shown_page() is window.check.running


def test_a_file_that_is_dropped_is_checked(
    window: Window, usecases: FakeUseCases, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "mail.eml"
    file.write_text("From: a@example.org")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: isinstance(window.shown_page(), VerdictPage))
    assert usecases.checked == [file]


def test_a_file_that_is_chosen_is_checked(
    window: Window, usecases: FakeUseCases, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/tmp/a.eml", ""))
    press(window, "Open a file…")
    qtbot.waitUntil(lambda: isinstance(window.shown_page(), VerdictPage))
    assert usecases.checked == [Path("/tmp/a.eml")]


def test_a_long_text_is_checked_whole(window: Window, usecases: FakeUseCases) -> None:
    text = "From: a@example.org\n\n" + "x" * 3_000_000
    window.check_text(text)
    assert window.check.input.text() == text
    assert len(window.check.input.box.toPlainText()) < 100_000
    assert window.check.input.box.isReadOnly()


def test_how_to_opens_with_f1(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.current == "check"
    assert window.check.input.programs[0].is_open
    assert [row.row.title.text() for row in window.check.input.programs][1] == "Outlook"
    assert len(window.check.input.programs) == 5, "two places of Outlook share a row"


# Running


def test_start_and_result_are_said_once(
    window: Window, usecases: FakeUseCases, qtbot: QtBot, announced: list[str]
) -> None:
    check(window, usecases, qtbot, reports.fake())
    assert announced == [
        "Checking this e-mail",
        "Half of it is done",
        "Fake. This is not from PayPal.",
    ]
    assert QApplication.focusWidget() is window.shown_page().headline


def test_cancel_keeps_the_text(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    usecases.stay = True
    window.check_text("From: a@example.org")
    qtbot.waitUntil(lambda: bool(window.check.running._rows))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.shown_page() is window.check.input
    assert window.check.input.text() == "From: a@example.org"
    qtbot.wait(30)
    assert window.shown_page() is window.check.input


def test_a_second_check_replaces_the_first(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    usecases.stay = True
    window.check_text("first")
    qtbot.waitUntil(lambda: usecases.checked == ["first"])
    usecases.stay = False
    check(window, usecases, qtbot, reports.fake())
    assert words(window).startswith("Fake.")


# Faults


def test_no_mail_in_the_text_leads_to_how_to(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    usecases.error = NO_MAIL
    window.check_text("hello")
    qtbot.waitUntil(lambda: window.shown_page().strip is not None)
    assert window.shown_page().strip.sentence.text() == NO_MAIL.sentence
    assert window.check.input.text() == "hello"
    press(window, "Show me how")
    assert window.check.input.programs[0].is_open


def test_a_fault_outside_can_be_tried_again(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    usecases.error = CouldNotFinish("The disk is full.")
    window.check_text("From: a@example.org")
    qtbot.waitUntil(lambda: window.shown_page().strip is not None)
    usecases.error = None
    press(window, "Try again")
    qtbot.waitUntil(lambda: isinstance(window.shown_page(), VerdictPage))


def test_a_fault_of_ours_is_shown_without_the_mail(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    usecases.error = KeyError("secret words of a mail")
    window.check_text("From: a@example.org")
    qtbot.waitUntil(lambda: window.shown_page().strip is not None)
    assert "It was not you" in window.shown_page().strip.title.text()
    press(window, "Copy report")
    copied = QGuiApplication.clipboard().text()
    assert "KeyError" in copied
    assert "secret" not in copied


def test_no_internet_is_said_above_the_verdict(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    report = reports.cannot_tell()
    failed = tuple(replace(entry, outcome="failed") for entry in report.network)
    check(window, usecases, qtbot, replace(report, network=failed))
    assert window.shown_page().strip.title.text() == "No internet right now."
    usecases.reports = (report,)
    press(window, "Try again")
    qtbot.waitUntil(
        lambda: isinstance(window.shown_page(), VerdictPage) and window.shown_page().strip is None
    )


# Verdicts


@pytest.mark.parametrize("report", reports.every_verdict(), ids=lambda r: r.verdict.value)
def test_headline_reason_and_buttons_come_from_the_report(
    report: Report, window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, report)
    page = window.shown_page()
    assert words(window) == f"{report.headline} {report.reason}"
    shown = [b for b in page._buttons.buttons() if b.isVisible()]
    # Where the buttons only open a page, the plan has a button of its own.
    plan = ["Step by step"] if report.verdict == "cannot-tell" else []
    labels = [*(a.label for a in report.buttons), *plan, "I already clicked"]
    assert [b.label for b in shown] == labels
    assert (shown[0].kind is Kind.FILLED) == (not report.question)
    asked_below = bool(report.question) and report.question not in report.headline
    assert page._question.isVisible() == asked_below
    assert page._note.isVisible() == bool(report.note)
    assert page.route.accessibleName() == report.route.sentence


@pytest.mark.parametrize(
    ("answer", "headline"),
    [
        ("Yes, I asked", "Real mail, and you asked for it."),
        ("No, I did not", "Real mail, but you did not ask for it."),
        ("Not sure", "Real mail. If you did not ask, leave it."),
    ],
)
def test_did_you_ask_for_it(
    answer: str, headline: str, window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, reports.genuine())
    press(window, answer)
    page = window.shown_page()
    assert page.headline.text() == headline
    assert not page._question.isVisible()
    assert QApplication.focusWidget() is page.headline


def test_nobody_knows_who_set_an_unasked_mail_off(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, reports.genuine())
    press(window, "No, I did not")
    page = window.shown_page()
    assert "does not change your password" in page.reason.text()
    route = page.route.route
    assert route.legs[0].kind is Leg.UNPROVED
    assert len(route.nodes) <= 5
    assert len(route.legs) == len(route.nodes) - 1
    assert "Nobody knows" in page.route.accessibleName()


def test_several_mails_are_listed_and_each_opens(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, *reports.every_verdict())
    page = window.shown_page()
    assert isinstance(page, ResultsPage)
    rows = page.findChildren(RowButton)
    assert len(rows) == 6
    rows[5].click()
    assert words(window).startswith("Fake.")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert isinstance(window.shown_page(), ResultsPage)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.shown_page() is window.check.input
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.current == "home"


@pytest.mark.parametrize("place", range(4))
def test_already_clicked_asks_once_and_advises(
    place: int, window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, reports.fake())
    press(window, "I already clicked")
    window.shown_page().findChildren(ChoiceRow)[place].click()
    one = Person(window, qtbot).at(PlanPage).kept.progress
    assert one.plan.id == ("clicked", "gave-secret", "opened-file", "gave-secret")[place]
    assert one.organisation.id == "paypal"
    assert one.run.situation.verdict == "fake"
    assert one.run.judged_at
    window.go("check")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert words(window).startswith("Fake.")


@pytest.mark.parametrize(
    ("place", "plan"), [(0, "unexpected"), (1, "gave-secret"), (2, "gave-secret")]
)
def test_after_a_real_mail_it_matters_where_it_was_typed(
    place: int, plan: str, window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, reports.genuine())
    press(window, "No, I did not")
    press(window, "I already clicked")
    window.shown_page().findChildren(ChoiceRow)[1].click()
    page = window.shown_page()
    assert isinstance(page, WhereTypedPage)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    window.shown_page().findChildren(ChoiceRow)[1].click()
    window.shown_page().findChildren(ChoiceRow)[place].click()
    one = Person(window, qtbot).at(PlanPage).kept.progress
    assert one.plan.id == plan
    assert one.run.situation.asked == "no"
    assert one.run.situation.landing == ("official", "other", "unknown")[place]


@pytest.mark.parametrize("place", [1, 3])  # who is not sure takes the careful way
def test_already_clicked_is_on_home_too(place: int, window: Window, qtbot: QtBot) -> None:
    press(window, "I already clicked something")
    window.shown_page().findChildren(ChoiceRow)[place].click()
    Person(window, qtbot).at(WhichSitePage).skip.click()
    one = Person(window, qtbot).at(PlanPage).kept.progress
    assert one.plan.id == "gave-secret"
    assert one.run.situation.verdict is None


@pytest.mark.parametrize(
    ("report", "labels", "plan"),
    [
        (reports.fake(), ["Report and delete it"], "forged"),
        (reports.relayed(), ["Ask the person first"], "unknown-sender"),
        (reports.suspicious(), ["Check it another way"], "cannot-tell"),
        (reports.cannot_tell(), ["Step by step"], "cannot-tell"),
        (reports.proven_domain(), ["No, I don’t"], "unknown-sender"),
        (reports.genuine(), ["No, I did not", "Make my account safer"], "unexpected"),
        (reports.genuine(), ["Yes, I asked", "Step by step"], "expected"),
        (reports.genuine(), ["Not sure", "Nobody asked for it", "Make my account safer"],
         "unexpected"),
    ],
)  # fmt: skip
def test_every_verdict_leads_to_the_plan_that_fits(
    report: Report,
    labels: list[str],
    plan: str,
    window: Window,
    usecases: FakeUseCases,
    qtbot: QtBot,
) -> None:
    check(window, usecases, qtbot, report)
    for label in labels:
        press(window, label)
    one = Person(window, qtbot).at(PlanPage).kept.progress
    assert one.plan.id == plan
    assert one.run.situation.verdict == report.verdict


def test_try_with_the_original_leads_to_how_to(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, reports.cannot_tell())
    press(window, "Try with the original")
    assert window.shown_page() is window.check.input
    assert window.check.input.programs[0].is_open


def test_what_the_headline_asks_is_not_asked_again(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, reports.proven_domain())
    shown = (label.text() for label in window.shown_page().findChildren(Label) if label.isVisible())
    assert sum("Do you know them?" in text for text in shown) == 1


def test_a_known_sender_is_remembered(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    check(window, usecases, qtbot, reports.proven_domain())
    press(window, "Yes, I know them")
    assert list(usecases.chosen.my_senders) == ["vereinsheim-aarau.ch"]
    assert "vereinsheim-aarau.ch" in window.shown_page().strip.title.text()
    window.go("settings")
    press(window, "Remove")
    assert usecases.chosen.my_senders == {}


# Opening, copying, saving


def test_only_the_organisations_own_address_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = record_opening(monkeypatch)
    report = reports.fake()
    own = report.buttons[1]
    assert open_site(report, own)
    for url in (
        "https://paypa1-help.com/",
        "http://www.paypal.com/",
        "file:///etc/passwd",
        "https://user@www.paypal.com/",
        None,
    ):
        assert not open_site(report, Action("open-site", "x", url))
    assert not open_site(
        replace(report, site="http://www.paypal.com/"),
        Action("open-site", "x", "http://www.paypal.com/"),
    )
    assert not open_site(None, own)
    assert opened == ["https://www.paypal.com/"]


def test_the_button_opens_the_real_site(
    window: Window, usecases: FakeUseCases, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = record_opening(monkeypatch)
    check(window, usecases, qtbot, reports.fake())
    press(window, "Open the real PayPal")
    assert opened == ["https://www.paypal.com/"]


def test_a_copied_report_leaves_private_things_out(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, reports.genuine())
    press(window, "Copy report")
    copied = QGuiApplication.clipboard().text()
    assert "Really sent by Instagram." in copied
    assert "me@example.net" not in copied
    assert "/r/123456" not in copied
    press(window, "Copied")  # the same button says that it is done


def test_private_things_can_be_added_back(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, reports.genuine())
    details = window.shown_page().details
    details.share.row.click()
    details._private["recipients"].click()
    press(window, "Copy this report")
    copied = QGuiApplication.clipboard().text()
    assert "me@example.net" in copied
    assert "/r/123456" not in copied


@pytest.mark.parametrize(
    ("chosen", "start"),
    [("r.txt", "Really"), ("r.html", "<!doctype"), ("r.json", "{"), ("r", "Real")],
)
def test_a_report_is_saved_in_the_form_of_its_ending(
    chosen: str,
    start: str,
    window: Window,
    usecases: FakeUseCases,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / chosen), "Text (*.txt)")
    )
    check(window, usecases, qtbot, reports.genuine())
    window.shown_page().details.share.row.click()
    press(window, "Save report…")
    saved = next(tmp_path.iterdir())
    assert saved.read_text("utf-8").startswith(start)


def test_a_report_that_cannot_be_saved_says_why(
    window: Window, usecases: FakeUseCases, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/no/such/folder/r.txt", ""))
    check(window, usecases, qtbot, reports.genuine())
    window.shown_page().details.share.row.click()
    press(window, "Save report…")
    assert window.shown_page().strip.title.text() == "The report was not saved."


# The mail provider


def _with_hops(report: Report) -> Report:
    from secassist.mail.report import Hop

    return replace(report, hops=(Hop("mx.example.net", "a.example", "192.0.2.1", None, None),))


def test_the_provider_is_asked_for_once_where_it_would_help(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, _with_hops(reports.cannot_tell()))
    card = window.shown_page().findChild(ProviderCard)
    assert not card.use.available
    card.combo.setCurrentIndex(1)
    card.use.click()
    assert usecases.chosen.provider == "gmail"
    assert usecases.chosen.provider_asked
    qtbot.waitUntil(lambda: len(usecases.checked) == 2)
    qtbot.waitUntil(lambda: isinstance(window.shown_page(), VerdictPage))
    assert window.shown_page().findChild(ProviderCard) is None


def test_the_question_for_the_provider_can_be_skipped(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, _with_hops(reports.cannot_tell()))
    press(window, "Skip")
    assert usecases.chosen.provider == ""
    assert usecases.chosen.provider_asked
    check(window, usecases, qtbot, _with_hops(reports.cannot_tell()))
    assert window.shown_page().findChild(ProviderCard) is None


@pytest.mark.parametrize("report", [reports.genuine(), reports.fake()])
def test_the_provider_is_not_asked_for_where_nothing_hangs_on_it(
    report: Report, window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, _with_hops(report))
    assert window.shown_page().findChild(ProviderCard) is None


def test_enter_presses_the_filled_button(
    window: Window, usecases: FakeUseCases, qtbot: QtBot
) -> None:
    check(window, usecases, qtbot, reports.fake())
    assert QApplication.focusWidget() is window.shown_page().headline
    qtbot.keyClick(window, Qt.Key.Key_Return)
    Person(window, qtbot).at(PlanPage)


def test_nothing_opens_where_one_clicks_on_a_mails_words(
    window: Window, usecases: FakeUseCases, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pytest.fail(url.toString()))
    check(window, usecases, qtbot, reports.fake())
    page = window.shown_page()
    page.details.why.row.click()
    for widget in page.findChildren(type(page.headline)):
        if widget.isVisible():
            qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))


def tab_stops(window: Window, qtbot: QtBot, count: int) -> list[str]:
    names = []
    for _ in range(count):
        names.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    return names


def test_tab_goes_as_one_reads(window: Window, usecases: FakeUseCases, qtbot: QtBot) -> None:
    report = _with_hops(reports.cannot_tell())
    failed = tuple(replace(entry, outcome="failed") for entry in report.network)
    check(window, usecases, qtbot, replace(report, network=failed))
    QApplication.processEvents()
    stops = [widget.accessibleName() for widget in a11y.stops(window.shown_page().widget())]
    assert stops == [
        "Try again",
        "Check another",
        "Copy report",
        report.headline,
        "Open booking.com myself",
        "Try with the original",
        "Step by step",
        "I already clicked",
        "Who is your mail provider?",
        "Check again with it",
        "Skip",
        "Why we think so, 3 checks, none against",
        "What left this computer, 2 names asked, 0.1 s",
        "Share this report",
    ]
    assert tab_stops(window, qtbot, 11) == stops[3:]
