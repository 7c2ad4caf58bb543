"""Every code that identity and content can say is listed, and has a sentence."""

from __future__ import annotations

import re

import pytest

from secassist.mail.words.evidence import SENTENCES
from support.shared import ROOT

_CODE = re.compile(
    r'"((?:claim|name|subject|link|content|lookalike|reply-to|return-path|qr|attachment)\.[a-z-]+)"'
)
_FROM_ADDRESSES = [
    f"link.{code}"
    for code in ("userinfo", "control", "backslash", "escaped-host", "odd-number", "data", "file")
] + ["link.port", "link.punycode", "link.script"]


def codes() -> list[str]:
    found = set(_FROM_ADDRESSES)
    for room in ("identity", "content"):
        for file in (ROOT / "src/secassist/mail" / room).glob("*.py"):
            found.update(_CODE.findall(file.read_text("utf-8")))
    return sorted(found)


@pytest.mark.parametrize("code", codes())
def test_a_code_has_a_line_and_a_sentence(code: str) -> None:
    assert f"`{code}`" in (ROOT / "docs/codes.md").read_text("utf-8")
    assert code in SENTENCES
