"""The sentences of the plans reach the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.frontend import parse_mapping_cfg

from secassist.plans.plan import plans

ROOT = Path(__file__).resolve().parents[2]


def test_every_sentence_of_every_plan_is_found_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    with (ROOT / "packaging" / "babel.cfg").open(encoding="utf-8") as file:
        methods = dict(parse_mapping_cfg(file)[0])
    for id_, plan in plans().items():
        path = ROOT / "assets" / "plans" / f"{id_}.toml"
        lines = path.read_text("utf-8").splitlines()
        found = extract_from_file(methods["assets/plans/**.toml"], path)
        wanted = [plan.title, plan.about]
        for step in plan.steps:
            wanted += [text for text in (step.what, step.why, step.label) if text]
        assert [message for _, message, _, _ in found] == wanted
        for number, message, _, _ in found:
            assert message in lines[number - 1]
