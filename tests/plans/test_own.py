"""The person's own plans: good ones win, broken and newer ones are set aside with a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from secassist.plans import own
from secassist.plans.plan import plans

GOOD = """version = 1
title = "My own"
about = "For me."
[[steps]]
id = "one"
what = "Do it."
why = "It helps."
minutes = 1
button = "mark-done"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    return tmp_path / "plans"


def test_without_a_folder_there_are_those_that_ship(tmp_path: Path) -> None:
    assert own.shelf(tmp_path) == own.Shelf(plans())


def test_a_good_one_is_taken_and_wins(folder: Path) -> None:
    (folder / "mine.toml").write_text(GOOD)
    (folder / "flood.toml").write_text(GOOD)
    shelf = own.shelf(folder.parent)
    assert shelf.set_aside == ()
    assert shelf.plans["mine"].own
    assert shelf.plans["flood"].title == "My own"
    assert not plans()["flood"].own


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("newer.toml", GOOD.replace("version = 1", "version = 2").encode(), "newer Secassist"),
        ("broken.toml", GOOD.encode()[:60], "cannot be read"),
        ("empty.toml", b"", "does not say"),
        ("latin.toml", b"title = '\xe9'", "cannot be read"),
        ("large.toml", b"#" * (own.MAX_BYTES + 1), "too large"),
        ("Bad Name.toml", GOOD.encode(), "its name"),
        ("link.toml", GOOD.replace('"mark-done"', '"open-site"\nurl = "http://x.example"').encode(),
         "no field"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_set_aside(
    folder: Path, name: str, content: bytes, says: str
) -> None:
    (folder / name).write_bytes(content)
    (folder / "good.toml").write_text(GOOD)
    shelf = own.shelf(folder.parent)
    assert len(shelf.set_aside) == 1
    assert says in shelf.set_aside[0]
    assert set(shelf.plans) == {*plans(), "good"}
    assert (folder / name).read_bytes() == content  # it waits there, byte for byte


def test_what_is_no_file(folder: Path) -> None:
    (folder / "folder.toml").mkdir()
    (folder / "nowhere.toml").symlink_to(folder / "not-there")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.toml")
    shelf = own.shelf(folder.parent)
    assert len(shelf.set_aside) == len(list(folder.iterdir()))
    assert shelf.plans == plans()


def test_so_many_and_no_more(folder: Path) -> None:
    for number in range(own.MAX_FILES + 5):
        (folder / f"mine-{number:03}.toml").write_text(GOOD)
    shelf = own.shelf(folder.parent)
    assert len(shelf.plans) == len(plans()) + own.MAX_FILES
    assert "more than 50" in shelf.set_aside[0]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="the system does not tell")
def test_a_folder_that_is_called_a_plan_is_closed_again(tmp_path: Path) -> None:
    (tmp_path / "plans" / "folder.toml").mkdir(parents=True)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        own.shelf(tmp_path)
    assert len(os.listdir("/proc/self/fd")) == before
