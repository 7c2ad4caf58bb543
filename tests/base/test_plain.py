from __future__ import annotations

import pytest

from secassist.base.plain import one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Grüße, 你好 → “ok”", "Grüße, 你好 → “ok”"),
        ("a\x1b[2Jb\x07c\x7f", "a [2Jb c "),
        ("one\r\ntwo\u2028three", "one  two three"),
        ("\u202eabc\u2066\u200b", " abc  "),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\udcff", " "),
    ],
)
def test_one_harmless_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_something_else_in_its_place() -> None:
    assert one_line("a\tb", "?") == "a?b"
