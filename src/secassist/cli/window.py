"""``secassist [--page NAME] [FILE]``: open the window."""

from __future__ import annotations

from pathlib import Path

from secassist import __version__
from secassist.base.errors import UnusableCall
from secassist.cli.main import COMMANDS
from secassist.ui.places import PAGES

USAGE = """\
Usage: secassist [--page {pages}] [--data DIR] [FILE]
       secassist COMMAND …

Opens the window. With FILE, checks that e-mail at once.

Commands (each has --help):
{commands}
"""


def run(words: list[str]) -> int:
    """Open the window; 2 when the call makes no sense or there is no screen."""
    page, file, data = None, None, None
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word in {"-h", "--help"}:
            lines = (f"  {name:8} {line}" for name, line in COMMANDS.items())
            print(USAGE.format(pages="|".join(PAGES), commands="\n".join(lines)), end="")
            return 0
        if word == "--version":
            print(f"secassist {__version__}")
            return 0
        if word in {"--page", "--data"}:
            if not rest:
                raise UnusableCall(f"{word} needs a value. See secassist --help.")
            value = rest.pop(0)
            page, data = (value, data) if word == "--page" else (page, value)
        elif word.startswith("-"):
            raise UnusableCall(f"“{word}” is no option. See secassist --help.")
        elif file is not None:
            raise UnusableCall("The window opens one file at a time. See secassist --help.")
        else:
            file = Path(word)
    if page is not None and page not in PAGES:
        raise UnusableCall(f"There is no page “{page}”. Pages: {', '.join(PAGES)}.")
    if file is not None and not file.exists():
        raise UnusableCall(f"“{file}” is no command and no file. See secassist --help.")
    from secassist.ui.app import run as run_window  # noqa: PLC0415 (Qt only when needed)

    return run_window(page, file, data=Path(data) if data else None)
