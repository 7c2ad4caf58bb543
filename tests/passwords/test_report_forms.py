"""Reports that are saved: safe to open in a table program and in a browser, and without secrets."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest

from secassist.passwords import report_forms
from secassist.passwords.findings import Audited, Code, Finding, Report

AT = "2026-11-26T03:00:00+00:00"
NASTY = ("=HYPERLINK(\"x\")", "+1+1", "-2", "@SUM(A1)", "  =1", "＝1+1",
         "<script>alert(1)</script>", '"; DROP', "plain")  # fmt: skip


def report() -> Report:
    accounts = [
        Audited(
            name, "shop.example", name, (Finding(Code.REUSED, "Shared.", NASTY, NASTY, "same"),)
        )
        for name in NASTY
    ]
    fine = Audited("Nothing wrong", "fine.example", "u")
    return Report((*accounts, fine), {"breached": "not asked"})


def test_no_cell_is_a_formula() -> None:
    head, *rows = csv.reader(io.StringIO(report_forms.as_csv(report(), AT), newline=""))
    assert len(rows) == len(NASTY) + 1
    for row in rows:
        assert len(row) == len(head)
        assert not any(cell.strip()[:1] in tuple("=+-@＝＋－＠") for cell in row if cell)
    assert rows[0][0] == "'" + NASTY[0]
    assert rows[-1][3:5] == ["not checked", "breached: not asked"]


def test_a_page_with_nothing_but_text() -> None:
    seen: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            seen.add(tag)

    page = report_forms.as_html(report(), AT)
    Reader().feed(page)
    assert seen <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "small",
                    "ul", "li", "bdi"}  # fmt: skip
    assert "&lt;script&gt;" in page
    assert "Nothing wrong" not in page
    assert "Not checked: breached" in page


def test_text_and_json() -> None:
    text = report_forms.as_text(report(), AT)
    assert "reused: Shared." in text
    assert "Not checked: breached: not asked" in text
    whole = json.loads(report_forms.as_json(report(), AT))
    assert (len(whole["accounts"]), whole["summary"]["by_code"]) == (10, {"reused": 9})


@pytest.mark.parametrize("form", report_forms.FORMS)
def test_nothing_found(form: str) -> None:
    assert report_forms.as_form(Report(()), form, AT)
