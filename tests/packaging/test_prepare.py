"""What the two commands do once everything is ready, and when they prepare again."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def prepare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, with its folder elsewhere and every command noted instead of run."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    spec = importlib.util.spec_from_file_location("prepare", PACKAGING / "prepare.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.calls = []
    module.VENV = tmp_path / "venv"
    module.PYTHON = module.VENV / "bin" / "python"

    def call(command: list[str], **_: object) -> int:
        module.calls.append([str(word) for word in command])
        if command[1:3] == ["-m", "venv"]:
            module.PYTHON.parent.mkdir(parents=True)
            module.PYTHON.touch()
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr(module, "add_missing", module.calls.append)
    return module


def test_second_start_costs_nothing(prepare: ModuleType) -> None:
    prepare.prepare("test")
    assert prepare.calls[0] == ["always", "window", "better", "test"]
    prepare.calls.clear()
    for stage in ("terminal", "window", "tools", "test"):
        prepare.prepare(stage)
    assert prepare.calls == []


def test_prepares_again_for_more_or_for_other_locks(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare.prepare("terminal")
    monkeypatch.setattr(prepare, "make_venv", lambda: None)
    prepare.calls.clear()
    prepare.prepare("window")
    assert prepare.calls
    prepare.calls.clear()
    monkeypatch.setattr(prepare, "fingerprint", lambda: "of other locks")
    prepare.prepare("window")
    assert prepare.calls


def test_a_failed_step_leaves_no_stamp(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "make_venv", prepare.VENV.mkdir)
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    with pytest.raises(SystemExit) as left:
        prepare.prepare("terminal")
    assert left.value.code == 3
    assert "Nothing is lost" in capsys.readouterr().err
    assert not prepare.stamp("terminal").exists()


@pytest.mark.parametrize(("display", "ends"), [(":0", ["-m", "secassist"]), ("", ["--offline"])])
def test_run_without_a_screen_judges_the_sample(
    display: str, ends: list[str], prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert prepare.main(["run"]) == 0
    started = [word for word in prepare.calls[-1] if not word.endswith(".eml")]
    assert started[-len(ends) :] == ends


def test_the_sample_is_there(prepare: ModuleType) -> None:
    assert (prepare.ROOT / prepare.SAMPLE).is_file()


def test_test_passes_its_arguments_on(prepare: ModuleType) -> None:
    assert prepare.main(["test", "-k", "spf"]) == 0
    assert prepare.calls[-1][1:] == ["-m", "pytest", "-n", "2", "--dist", "worksteal", "-k", "spf"]


def test_anything_else_tells_the_usage(
    prepare: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prepare.main(["nonsense"]) == 2
    assert "prepare.py run" in capsys.readouterr().err
    assert prepare.calls == []


def test_a_folder_with_any_name_is_found_in_any_locale(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """``.pth`` files are read in the locale's encoding up to Python 3.12."""
    root = tmp_path / "Jürgen 你好"
    package = root / "src" / "secassist"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.undo()  # from here on commands run
    prepare.ROOT, prepare.VENV = root, root / ".venv"
    venv.create(prepare.VENV, with_pip=False)
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(prepare.VENV)}))
    (packages / "_secassist.pth").write_text(f"{root / 'src'}\n", encoding="utf-8")
    prepare.write_the_way()
    done = subprocess.run(
        [prepare.VENV / prepare.BINARY, "-c", "import secassist; print(secassist.__name__)"],
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "secassist\n"), done.stderr
