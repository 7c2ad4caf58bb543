"""Entry point: a command by its name, else the window."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from secassist.base.errors import CouldNotFinish, SecassistError, UnusableCall
from secassist.cli import streams

# The modules of the commands, each with a ``run(arguments) -> exit code``, are imported only when
# called, so that the window does not pay for the command line, nor the other way round.
COMMANDS = {
    "check": "Is this e-mail real?",
    "mailbox": "Was this mailbox flooded, and what did the flood bury?",
    "runbook": "What to do now, step by step",
    "totp": "Codes for two-step sign-in",
    "audit": "Reused, weak and breached passwords in exported lists",
    "waves": "Known waves of real mail that nobody had asked for",
    "vault": "The encrypted store: its state, its keys, its backups",
    "dns": "SPF, DMARC, DKIM keys and organizational domains, looked up",
}
WINDOW = "secassist.cli.window"

DONE, ATTENTION, UNUSABLE, UNFINISHED = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0, 1, 2 or 3 as INTERFACES says; no traceback."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    streams.prepare(as_json="--json" in words)
    try:
        code = _run(words)
        streams.flush()
        return code
    except SecassistError as error:
        streams.complain(error.sentence)
        return UNFINISHED if isinstance(error, CouldNotFinish) else UNUSABLE
    except KeyboardInterrupt:
        streams.complain("stopped.")
    except BrokenPipeError:  # who reads our output has seen enough
        streams.give_up_output()
    except OSError as error:  # a full disk behind the output, for one
        streams.complain(f"This could not be finished: {error.strerror or type(error).__name__}.")
        streams.give_up_output()
    except Exception as error:  # the outermost rim: a fault of ours is one line, never a traceback
        kind = type(error).__name__
        streams.complain(f"Something here went wrong. It was not you. ({kind})")
    return UNFINISHED


def _run(words: list[str]) -> int:
    if any("\0" in word for word in words):
        raise UnusableCall("A word of the call holds a character that no name has.")
    name = words[0] if words else ""
    run: Callable[[list[str]], int]
    if name in COMMANDS:
        run = import_module(f"secassist.cli.{name}").run
        return run(words[1:])
    run = import_module(WINDOW).run
    return run(words)
