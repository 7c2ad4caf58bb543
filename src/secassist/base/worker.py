"""One long-lived process for what is hostile, with limits on its time and memory.

    async with Worker() as worker:
        readings = await worker.run(sources.read, data)

The process is a fresh interpreter that imports only what its jobs need; it speaks pickled values
with their length in front over its standard input and output. If a job runs too long, takes too
much memory or brings the process down, the process is killed, the job raises a sentence for
people, and the next job gets a new process.

What comes back is unpickled by a reader that builds plain values of our own kinds and nothing else,
so that even a process that was taken over could not run anything here.
"""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import is_dataclass
from enum import Enum, EnumType
from types import TracebackType
from typing import Any, Final, ParamSpec, Self, TypeVar

from secassist.base import errors
from secassist.base.garbage import unsearched
from secassist.base.limits import MAX_SOURCE
from secassist.base.worker_process import ARGUMENT, LENGTH

P = ParamSpec("P")
T = TypeVar("T")

TIMEOUT: Final = 5.0
"""Seconds that one job may take, by the clock."""
MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space; several times what is resident."""
CPU_SECONDS: Final = 30
"""Seconds that one job may compute, should nobody be left who would end it."""

_BROKEN: Final = (TimeoutError, OSError, asyncio.IncompleteReadError, pickle.UnpicklingError)
_LEFT_OVER: Final = 1024 * 1024
_PIECE: Final = 1024 * 1024
MAX_ANSWER: Final = 8 * MAX_SOURCE
"""Bytes of one answer. A mail comes back several times: as it is, split, and its parts decoded."""

_TOO_MUCH: Final = (
    "This mail could not be read: it asks for more time or memory than any real mail."
)
_BOOT: Final = (
    "import sys; sys.path[:0] = sys.argv[1:];"
    "from secassist.base.worker_process import serve; serve()"
)


class Worker:
    """The process, and the one who speaks with it. One job at a time; others wait their turn."""

    def __init__(
        self, *, timeout: float = TIMEOUT, memory: int = MEMORY, cpu_seconds: int = CPU_SECONDS
    ) -> None:
        self._timeout = timeout
        self._limits = (str(cpu_seconds), str(memory))
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def start(self, *modules: str) -> None:
        """Start the process if it does not run, so that the first job need not wait for it.

        ``modules`` are imported there at once, while this process goes on.
        """
        async with self._turn:
            process = await self._running()
            if modules:
                with suppress(OSError):  # a process that is gone is met by the first job
                    await _send(process, ("import", modules))

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of a module of ours there and return what it returns.

        Arguments and result must be picklable and made of built-in types and of classes of this
        package. Raises the SecassistError that the function raises, and OverLimit where it passes
        the limits or the process dies. A cancelled job is killed.
        """
        async with self._turn:
            process = await self._running()
            job = (function.__module__, function.__qualname__, args, kwargs)
            try:
                async with asyncio.timeout(self._timeout):
                    await _send(process, ("run", job))
                    answer = await _receive(process)
                with unsearched():
                    kind, value = _loaded(answer)
            except _BROKEN as error:
                await self._kill()
                raise errors.OverLimit(_TOO_MUCH) from error
            except asyncio.CancelledError:
                await self._kill()
                raise
        if kind == "result":
            return value  # type: ignore[no-any-return]
        raise errors.named(*value)

    async def close(self) -> None:
        """End the process. The worker may be used again: a new process starts then."""
        async with self._turn:
            await self._kill()

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *_command(self._limits),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=1024 * 1024,
            )
        return self._process

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        if process.stdout is not None:
            # asyncio waits until the pipes are at their ends, and a reader that rests on half of a
            # large answer would never get there.
            while await process.stdout.read(_LEFT_OVER):
                pass
        await process.wait()


def _command(limits: tuple[str, str]) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT, *limits]
    # -I and -S: neither the folder we happen to be in nor start-up hooks; they cost time, too.
    folders = [folder for folder in sys.path if os.path.isdir(folder)]
    return [sys.executable, "-I", "-S", "-c", _BOOT, *folders, *limits]


async def _send(process: asyncio.subprocess.Process, value: object) -> None:
    """Piece by piece: asyncio would copy a large mail three times, each time in one go."""
    assert process.stdin is not None  # it was started with pipes
    data = memoryview(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    process.stdin.write(LENGTH.pack(len(data)))
    for start in range(0, len(data), _PIECE):
        process.stdin.write(data[start : start + _PIECE])
        await process.stdin.drain()


async def _receive(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None  # it was started with a pipe
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    if length > MAX_ANSWER:
        raise pickle.UnpicklingError("longer than any answer")
    return await process.stdout.readexactly(length)


def _loaded(answer: bytes) -> tuple[str, Any]:
    """The kind of an answer, and what it brings. Raises UnpicklingError for whatever is none."""
    try:
        kind, value = _PlainValues(io.BytesIO(answer)).load()
    except Exception as error:  # nobody lists what an unpickler raises for bytes that are no pickle
        raise pickle.UnpicklingError("no answer") from error
    return kind, value


class _PlainValues(pickle.Unpickler):
    """Rebuilds built-in values, dates, and the plain values of this package.

    Those are its data classes, named tuples and enumerations. What a module of ours imports is not
    its own (``usecases.notify`` knows ``subprocess.Popen``), and what else we define may do things
    when it is made: a connection connects.
    """

    _OTHERS: Final = {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
    }

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in self._OTHERS:
            return super().find_class(module, name)
        if module.startswith("secassist."):
            found = super().find_class(module, name)
            if getattr(found, "__module__", "") == module and _is_plain(found):
                return found
        if (module, name) == ("builtins", "getattr"):
            return _member
        raise pickle.UnpicklingError(f"{module}.{name}")


def _is_plain(found: object) -> bool:
    return isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum | tuple))


def _member(enumeration: object, name: str) -> Enum:
    """A member by its name: Python 3.11.2 (Debian 12) writes enumerations with ``getattr``."""
    if isinstance(enumeration, EnumType) and name in enumeration.__members__:
        return enumeration.__members__[name]
    raise pickle.UnpicklingError(f"{enumeration}.{name}")
