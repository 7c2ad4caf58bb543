from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import CouldNotFinish
from secassist.store.settings import FILE, Settings, load, save


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    changed = Settings(dns="9.9.9.9", provider="gmail", my_senders={"club.example": "My club"})
    save(changed, tmp_path / "new")
    assert load(tmp_path / "new") == changed
    assert changed.senders == ("club.example",)


def test_the_first_start(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_the_owner_can_read(tmp_path: Path) -> None:
    save(Settings(), tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new" / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_failed_write_keeps_the_old_file_and_leaves_none_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(Settings(provider="gmail"), tmp_path)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CouldNotFinish, match="No space left"):
        save(Settings(provider="outlook"), tmp_path)
    assert load(tmp_path).provider == "gmail"
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("broken", ["", "[]", "{", '{"offline": "yes"}', "[" * 100_000, "\x00"])
def test_a_broken_file_is_as_the_first_start(broken: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(broken, encoding="utf-8")
    assert load(tmp_path) == Settings()


def test_one_wrong_value_does_not_lose_the_others(tmp_path: Path) -> None:
    saved = {"offline": 1, "provider": "gmail", "unknown": [], "my_senders": ["x"]}
    (tmp_path / FILE).write_text(json.dumps(saved), encoding="utf-8")
    assert load(tmp_path) == Settings(provider="gmail")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(list(Settings.__dataclass_fields__)), JSON))
def test_any_content_loads(tmp_path_factory: pytest.TempPathFactory, content: object) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / FILE).write_text(json.dumps(content), encoding="utf-8")
    assert isinstance(load(folder), Settings)
