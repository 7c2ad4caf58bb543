"""The locks pin everything, agree with each other and with pyproject.toml, and name no host."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {name: ROOT / f"packaging/locks/{name}.txt" for name in ("run", "build", "freeze", "test")}


def pins(name: str) -> dict[str, set[str]]:
    """Package → versions (more than one where systems differ), of one lock."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOCKS[name].read_text(), re.M):
        found.setdefault(canonical(package), set()).add(version)
    return found


def canonical(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_is_pinned_and_hashed_and_names_no_host(name: str) -> None:
    text = LOCKS[name].read_text()
    assert "://" not in text
    for entry in re.split(r"\n(?! )", text.strip().replace("\\\n", "")):
        assert re.match(r"[\w.-]+==[\w.]+", entry), entry
        assert "--hash=sha256:" in entry, entry
        assert not re.search(r"--(?!hash=)", entry), entry


def test_locks_hold_what_the_project_asks_for(project: dict[str, Any]) -> None:
    groups = project["dependency-groups"]
    asked = {
        "run": project["project"]["dependencies"],
        "build": groups["build"],
        "freeze": groups["freeze"],
        "test": groups["test"],
    }
    for name, requirements in asked.items():
        assert {canonical(one) for one in requirements} <= pins(name).keys()
    assert set(project["build-system"]["requires"]) <= pins("build").keys()


@pytest.mark.parametrize("larger", ["freeze", "test"])
@pytest.mark.parametrize("smaller", ["run", "build"])
def test_larger_locks_hold_the_smaller_ones(smaller: str, larger: str) -> None:
    assert pins(smaller).items() <= pins(larger).items()
