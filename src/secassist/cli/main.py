"""Entry point: a command by its name, else the window."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from secassist.base.errors import CouldNotFinish, SecassistError

# Name of the command → module with a ``run(arguments) -> exit code``. Imported only when called,
# so that the window does not pay for the command line, nor the other way round.
COMMANDS = {
    "audit": "secassist.cli.audit",
    "check": "secassist.cli.check",
    "dns": "secassist.cli.dns",
    "mailbox": "secassist.cli.mailbox",
    "runbook": "secassist.cli.runbook",
    "totp": "secassist.cli.totp",
    "vault": "secassist.cli.vault",
}
WINDOW = "secassist.cli.window"

DONE, ATTENTION, UNUSABLE, UNFINISHED = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0, 1, 2 or 3 as INTERFACES says; no traceback."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words[0] if words else ""
    run: Callable[[list[str]], int]
    if name in COMMANDS:
        run = import_module(COMMANDS[name]).run
        words = words[1:]
    else:
        run = import_module(WINDOW).run
    try:
        return run(words)
    except SecassistError as error:
        print(f"secassist: {error.sentence}", file=sys.stderr)
        return UNFINISHED if isinstance(error, CouldNotFinish) else UNUSABLE
    except KeyboardInterrupt:
        print("secassist: stopped.", file=sys.stderr)
        return UNFINISHED
    except BrokenPipeError:
        return UNFINISHED
