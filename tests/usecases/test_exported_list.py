"""The exported list is deleted only if it is the file that was read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish, UnusableInput
from secassist.usecases.exported_list import ExportedList


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text("name,url,username,password\n", "utf-8")
    return file


def test_deleted(file: Path) -> None:
    listed = ExportedList.of(file)
    listed.delete()
    assert not file.exists()
    listed.delete()  # gone already is well


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_of_a_link_what_it_leads_to(file: Path) -> None:
    link = file.with_name("link.csv")
    link.symlink_to(file)
    ExportedList.of(link).delete()
    assert not file.exists()


@pytest.mark.parametrize("how", ["written", "replaced"])
def test_another_file_in_its_place_stays(how: str, file: Path) -> None:
    listed = ExportedList.of(file)
    if how == "replaced":
        other = file.with_name("other")
        other.write_text("x" * file.stat().st_size, "utf-8")
        os.replace(other, file)
    else:
        file.write_text("mine", "utf-8")
    with pytest.raises(CouldNotFinish, match="was changed after it was read"):
        listed.delete()
    assert file.exists()


def test_what_can_not_be_deleted_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    listed = ExportedList.of(file)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(CouldNotFinish, match="Permission denied"):
        listed.delete()


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="could not be read"):
        ExportedList.of(tmp_path / "none")
