"""Render every page in every dress: ``python tests/ui/pictures.py OUT [WORD…]``.

Each WORD keeps only the pictures with it in their names. Sizes are 1200 by 800.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from secassist.facts.assets import asset
from secassist.store.settings import Settings, save
from secassist.ui.app import make
from secassist.ui.window import Window
from support import codes, mailbox_pages, password_pages, plan_pages, reports, two_factor_pages
from support.window import NO_MAIL, FakeSettings, FakeUseCases, some_lines

DRESSES = {
    "light": FakeSettings("light"),
    "dark": FakeSettings("dark"),
    "contrast": FakeSettings("contrast"),
    "200": FakeSettings("light", 200),
    "rtl": FakeSettings("light", language="pseudo-rtl"),
    "pseudo": FakeSettings("dark", language="pseudo"),
}
Scene = Callable[[Window, FakeUseCases], None]


def scenes() -> Iterator[tuple[str, Scene]]:
    yield "home", lambda window, _: window.go("home")
    yield "check", lambda window, _: (window.go("check"), window.check.input.show_how_to())[0]
    yield "running", _running
    for report in reports.every_verdict():
        yield (
            f"verdict-{report.verdict.value}",
            lambda window, cases, r=report: _show(window, cases, r),
        )
    yield "verdict-fake-why", _why
    yield "verdict-genuine-not-asked", _not_asked
    yield "already-clicked", _clicked
    yield "clicked-at-home", lambda window, _: window.shown_page().already_clicked.emit()
    yield "where-typed", _where_typed
    yield "advice", _advice
    yield "results", _results
    yield "ledger", lambda window, _: window.go("ledger")
    yield "settings", lambda window, _: window.go("settings")
    yield "no-mail", _no_mail
    for name, visit in {
        **mailbox_pages.VISITS,
        **password_pages.VISITS,
        **plan_pages.VISITS,
        **two_factor_pages.VISITS,
    }.items():
        yield name, lambda window, _, visit=visit: visit(window)


def _settle(condition: Callable[[], bool]) -> None:
    for _ in range(2_000):
        QTest.qWait(10)
        if condition():
            return
    raise TimeoutError("the page did not come")


def _show(window: Window, cases: FakeUseCases, report: reports.Report) -> None:
    cases.reports = (report,)
    window.check_text("From: x")
    _settle(lambda: window.shown_page() is not window.check.running)


def _running(window: Window, cases: FakeUseCases) -> None:
    cases.stay = True
    window.check_text("From: x")
    QTest.qWait(100)


def _why(window: Window, cases: FakeUseCases) -> None:
    _show(window, cases, reports.fake())
    details = window.shown_page().details
    details.why.set_open(True)
    details._toggle_technical()
    QTest.qWait(250)
    window.shown_page().verticalScrollBar().setValue(280)


def _not_asked(window: Window, cases: FakeUseCases) -> None:
    _show(window, cases, reports.genuine())
    window.check._act(window.shown_page(), reports.genuine().buttons[1])


def _clicked(window: Window, cases: FakeUseCases) -> None:
    _show(window, cases, reports.fake())
    window.check.ask_what_happened()


def _where_typed(window: Window, cases: FakeUseCases) -> None:
    _show(window, cases, reports.genuine())
    window.check._after_click("typed")


def _advice(window: Window, cases: FakeUseCases) -> None:
    _show(window, cases, reports.cannot_tell())
    page = window.shown_page()
    page.chosen.emit(reports.Action("as-attachment", "Ask for it as an attachment"))


def _results(window: Window, cases: FakeUseCases) -> None:
    cases.reports = reports.every_verdict()
    window.check_text("From: x")
    _settle(lambda: window.shown_page() is not window.check.running)


def _no_mail(window: Window, cases: FakeUseCases) -> None:
    cases.error = NO_MAIL
    window.check_text("hello")
    _settle(lambda: window.shown_page() is window.check.input)


def made_up(settings: FakeSettings) -> Iterator[tuple[str, Callable[[], Window]]]:
    """Every page, with made-up reports."""
    for name, scene in scenes():

        def build(scene: Scene = scene) -> Window:
            cases = FakeUseCases(chosen=settings, lines=some_lines(), now=lambda: codes.NOW + 12)
            _, window = make(cases)
            window.show()
            window.go("home")
            scene(window, cases)
            return window

        yield name, build


def samples(settings: FakeSettings, data: Path) -> Iterator[tuple[str, Callable[[], Window]]]:
    """The bundled mails, judged for real; nothing is asked on the internet."""
    os.environ["SECASSIST_DATA"] = str(data)
    look = {name: getattr(settings, name) for name in ("theme", "text_percent", "language")}
    save(Settings(**look, offline=True), data)
    for sample in sorted(asset("samples").glob("*.eml")):

        def build(sample: Path = sample) -> Window:
            _, window = make()
            window.show()
            window.check_file(sample)
            _settle(lambda: window.shown_page() is not window.check.running)
            return window

        yield f"sample-{sample.stem}", build


def main(out: Path, words: list[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for dress, settings in DRESSES.items():
        with tempfile.TemporaryDirectory() as data:
            for name, build in (*made_up(settings), *samples(settings, Path(data))):
                file = f"{name}-{dress}"
                if not all(word in file for word in words):
                    continue
                window = build()
                QTest.qWait(100)
                window.grab().save(str(out / f"{file}.png"))
                window.close_down()
                window.close()
                window.deleteLater()
                QApplication.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
