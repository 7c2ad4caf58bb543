"""The standard streams: whatever they are, a command ends with a sentence and a code."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from secassist.base.plain import one_line


def prepare(*, as_json: bool) -> None:
    """Make the streams fit for any text.

    JSON is UTF-8 (RFC 8259), and what UTF-8 cannot hold (a file name in another encoding) becomes
    an escape of JSON. Other text stays in the encoding of the terminal, with "?" for what that has
    no character for. A stream that is closed is an empty one: without stderr, ``print`` would
    write into stdout what does not belong there.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 (until the program ends)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (the same)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (the same)
    if isinstance(sys.stdout, io.TextIOWrapper):
        if as_json:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        else:
            sys.stdout.reconfigure(errors="replace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="replace")


def print_json(fields: Mapping[str, Any]) -> None:
    """One object on one line, at once, so that who reads along has it."""
    print(json.dumps(fields, ensure_ascii=False), flush=True)


def flush() -> None:
    """Write out what was printed. Raises OSError here, where it can still become a sentence."""
    sys.stdout.flush()


def give_up_output() -> None:
    """What could not be written is thrown away, or Python would complain about it at the end."""
    _give_up(sys.stdout)


def complain(sentence: str) -> None:
    """Say one line on stderr; nothing in it, such as the name of a file, may steer the terminal."""
    try:
        print(f"secassist: {one_line(sentence, '?')}", file=sys.stderr)
    except OSError:  # nobody reads it any more; the exit code still tells
        _give_up(sys.stderr)


def _give_up(stream: TextIO) -> None:
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
