from __future__ import annotations

from pathlib import Path

from secassist.passwords.analysis.relations import SENTENCES
from secassist.passwords.findings import Code


def test_every_code_and_relation_is_explained() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "codes.md").read_text("utf-8")
    for word in (*Code, *SENTENCES):
        assert f"`{word}`" in text
