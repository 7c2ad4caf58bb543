"""The whole check by keyboard, through the real accessibility bus, as a screen reader hears it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from secassist.facts.assets import asset
from support.screen import SYSTEM_PYTHON, on_screen, require_screen_reader_parts

HERE = Path(__file__).resolve().parent
HEADLINE = "Really sent by Instagram."
SCRIPT = """
"$BUS_LAUNCHER" --launch-immediately &
"$WINDOW_PYTHON" {window} {sample} &
{python} {listen} {steps}
status=$?
kill %2
exit $status
"""


@pytest.mark.timeout(150)
def test_the_whole_check_is_heard_and_done_by_keyboard(tmp_path: Path) -> None:
    require_screen_reader_parts()
    (tmp_path / "settings.json").write_text(json.dumps({"offline": True}), "utf-8")
    steps = [
        "focus:Paste e-mail",
        "key:ctrl+2",
        "focus:The e-mail",
        "key:ctrl+v",
        "key:tab",
        "focus:Check this e-mail",
        "key:return",
        "hear:Checking this e-mail",
        f"hear:{HEADLINE}",
        f"focus:{HEADLINE}",
        "key:tab",
        "focus:Yes, I asked",
        "key:tab",
        "focus:No, I did not",
        "key:space",
        "hear:Real mail, but you did not ask for it.",
        "key:escape",
        "focus:The e-mail",
    ]
    script = SCRIPT.format(
        python=SYSTEM_PYTHON,
        window=shlex.quote(str(HERE / "open_window.py")),
        sample=shlex.quote(str(asset("samples/instagram-reset.eml"))),
        listen=shlex.quote(str(HERE / "listen.py")),
        steps=shlex.join(steps),
    )
    heard = on_screen(script, environment={"SECASSIST_DATA": str(tmp_path)}, seconds=140)
    assert "missed" not in heard, heard
    lines = heard.splitlines()
    assert lines.index("said Checking this e-mail") < lines.index(f"said {HEADLINE}"), heard
    assert lines.count(f"said {HEADLINE}") == 1, heard
