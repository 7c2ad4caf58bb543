"""The other end of ``base.worker``: what runs in the process for what is hostile.

It is kept apart so that this process needs neither asyncio nor what comes with it (half of its
memory, and half of the time until it can start to work).
"""

from __future__ import annotations

import importlib
import os
import pickle
import struct
import sys
from contextlib import suppress
from typing import BinaryIO, Final

from secassist.base import errors

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

ARGUMENT: Final = "--secassist-worker"
"""In a frozen app, which is its own interpreter, this first argument asks for a worker."""

LENGTH: Final = struct.Struct(">Q")
"""What stands before each pickled value, in both directions: its size in bytes."""


def serve_if_asked() -> None:
    """In a frozen app: become a worker if the first argument says so. Call it first in ``main``."""
    if sys.argv[1:2] == [ARGUMENT]:
        serve()
        sys.exit(0)


def serve() -> None:
    """Do jobs until the input ends. Whatever else goes wrong ends the process; see ``Worker``."""
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # a stray print must not get between the answers
    cpu_seconds, memory = map(int, sys.argv[-2:])
    _limit_memory(memory)
    while header := jobs.read(LENGTH.size):
        (length,) = LENGTH.unpack(header)
        kind, value = pickle.loads(jobs.read(length))  # from our own parent
        if kind == "import":
            for module in value:
                importlib.import_module(module)
            continue
        _limit_time(cpu_seconds)
        _answer(answers, _done(*value))


def _done(
    module: str, name: str, args: tuple[object, ...], kwargs: dict[str, object]
) -> tuple[str, object]:
    try:
        return "result", getattr(importlib.import_module(module), name)(*args, **kwargs)
    except errors.SecassistError as error:
        return "error", (type(error).__name__, error.sentence)


def _answer(answers: BinaryIO, value: object) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    answers.write(LENGTH.pack(len(data)))
    answers.write(data)
    answers.flush()


def _limit_memory(limit: int) -> None:
    """Where the system can do that; elsewhere the limits of the parsers themselves have to do."""
    if resource is not None:
        with suppress(ValueError, OSError):  # macOS refuses
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _limit_time(cpu_seconds: int) -> None:
    """For the next job, in case that nobody is left who would kill this process."""
    if resource is not None:
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + cpu_seconds, hard))
