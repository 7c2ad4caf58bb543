"""Assets are found in a checkout and in an installed wheel, and nowhere else."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.facts import assets
from secassist.facts.assets import asset, parse_table, read_table

ROOT = Path(__file__).resolve().parents[2]


def test_checkout() -> None:
    assert asset("icons/logo.svg").samefile(ROOT / "assets" / "icons" / "logo.svg")
    assert asset("icons").is_dir()


def test_absent_is_said_in_a_sentence() -> None:
    with pytest.raises(CouldNotFinish, match=r"missing \(icons/nosuch\.svg\)"):
        asset("icons/nosuch.svg")


@pytest.mark.parametrize("path", ["../pyproject.toml", "icons/../../README.md", "/etc/hostname"])
def test_never_leads_out(path: str) -> None:
    with pytest.raises(ValueError, match="inside"):
        asset(path)


@pytest.mark.parametrize("broken", [b"a = 1\nb = = 2\n", b"a = '\xff'\n"])
def test_a_slip_in_a_table_is_told_in_a_sentence(
    broken: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "table.toml").write_bytes(broken)
    monkeypatch.setattr(assets, "_root", lambda: tmp_path)
    with pytest.raises(CouldNotFinish, match=r"table\.toml cannot be read"):
        read_table("table.toml")


def test_installed_wheel_brings_every_asset(tmp_path: Path) -> None:
    built = tmp_path / "dist"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    wheel = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(built)]
    subprocess.run([*wheel, str(ROOT)], check=True, timeout=100)
    venv.create(tmp_path / "venv", with_pip=False)
    folder = "Scripts" if sys.platform == "win32" else "bin"
    python = tmp_path / "venv" / folder / "python"
    [file] = built.iterdir()
    into = [*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(file)]
    subprocess.run(into, check=True, timeout=100)
    script = "from secassist.facts.assets import asset; print(asset('icons').parent)"
    found = subprocess.run(
        [python, "-I", "-c", script], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    installed = Path(found.stdout.strip())
    assert installed.is_relative_to(tmp_path / "venv")
    assert names(installed) == names(ROOT / "assets")


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "assets").glob("*.toml")))
def test_tables_are_read_one_by_one_as_they_are_at_once(name: str) -> None:
    text = asset(name).read_text("utf-8")
    assert parse_table(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = 1\n[b]\nc = 2\n[d]\n",
        "[a]\nb = 1\n[c]\n[a.d]\ne = 1\n",
        "[[a]]\nb = 1\n[c]\n[[a]]\nb = 2\n",
        "a = '''\n[b]\n'''\n[c]\nd = \"\"\"\n[e]\n\"\"\"\n",
    ],
)
def test_a_table_in_several_places_is_one(text: str) -> None:
    assert parse_table(text) == tomllib.loads(text)


def test_a_table_twice_is_a_slip_and_its_line_is_told() -> None:
    with pytest.raises(tomllib.TOMLDecodeError, match="line 3"):
        parse_table("[a]\nb = 1\n[a]\nc = 1\n")
