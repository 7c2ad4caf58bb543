"""Call a click command as a part of ours: one line for a wrong call, no exit of its own."""

from __future__ import annotations

import click

from secassist.base.errors import UnusableCall
from secassist.cli import streams
from secassist.cli.main import DONE, UNFINISHED, UNUSABLE


def run_click(command: click.Command, arguments: list[str]) -> int:
    """Call a click command; its exit code. Ctrl+C and faults of the streams pass through."""
    if isinstance(command, click.Group) and not arguments:
        known = ", ".join(sorted(command.commands))
        raise UnusableCall(f"Name one of: {known}. See secassist {command.name} --help.")
    try:
        with command.make_context(f"secassist {command.name}", list(arguments)) as context:
            result = command.invoke(context)
    except click.exceptions.Exit as asked:  # --help
        return asked.exit_code
    except click.ClickException as error:
        streams.complain(error.format_message())
        return UNUSABLE
    except click.Abort:  # a question that was left without an answer
        streams.complain("stopped.")
        return UNFINISHED
    return result if isinstance(result, int) else DONE
