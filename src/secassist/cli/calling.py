"""Call a click command as a part of ours: one line for a wrong call, no exit of its own."""

from __future__ import annotations

import sys

import click

from secassist.cli.main import DONE, UNFINISHED, UNUSABLE


def run_click(command: click.Command, arguments: list[str]) -> int:
    """Call a click command without letting it exit the process by itself."""
    try:
        result = command.main(
            arguments, prog_name=f"secassist {command.name}", standalone_mode=False
        )
    except click.ClickException as error:
        print(f"secassist: {error.format_message()}", file=sys.stderr)
        return UNUSABLE
    except click.exceptions.Abort:
        return UNFINISHED
    return result if isinstance(result, int) else DONE
