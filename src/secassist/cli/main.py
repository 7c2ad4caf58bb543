"""Entry point: a command by its name, else the window."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from secassist.base.errors import CouldNotFinish, SecassistError

# The modules of the commands, each with a ``run(arguments) -> exit code``, are imported only when
# called, so that the window does not pay for the command line, nor the other way round.
COMMANDS = {
    "check": "Is this e-mail real?",
    "mailbox": "Was this mailbox flooded, and what did the flood bury?",
    "runbook": "What to do now, step by step",
    "totp": "Codes for two-step sign-in",
    "audit": "Reused, weak and breached passwords in exported lists",
    "vault": "The encrypted store: its state, its keys, its backups",
    "dns": "SPF, DMARC, DKIM keys and organizational domains, looked up",
}
WINDOW = "secassist.cli.window"

DONE, ATTENTION, UNUSABLE, UNFINISHED = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0, 1, 2 or 3 as INTERFACES says; no traceback."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words[0] if words else ""
    run: Callable[[list[str]], int]
    if name in COMMANDS:
        run = import_module(f"secassist.cli.{name}").run
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
    except Exception as error:  # the outermost rim: a fault of ours is one line, never a traceback
        kind = type(error).__name__
        print(f"secassist: Something here went wrong. It was not you. ({kind})", file=sys.stderr)
        return UNFINISHED
