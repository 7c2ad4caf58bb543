"""What holds for every test: windows off screen, and the same examples on every run."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from secassist.mail.words import evidence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

# A busy machine is no reason to fail, and a failure must come back on the next run. To look for
# new examples: pytest --hypothesis-profile=search
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def _every_finding_has_its_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(code: str) -> tuple[str, str]:
        raise AssertionError(f"no sentence says what {code} is: see mail/words")

    monkeypatch.setattr(evidence, "unworded", missing)
