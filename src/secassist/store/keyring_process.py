"""The system's keyring, asked in a process that is killed when it does not answer.

A keyring may wait for a person, for a daemon that does not start, or for ever. Not to be called
on the window's thread: an answer takes up to 2.5 s, and 15 s where the system asks the person.
Secrets go through pipes, never through arguments or the environment.
"""

from __future__ import annotations

import base64
import binascii
import json
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

from secassist.store.states import State, StoreClosed

LIMIT: Final = 2.5
"""Seconds; with all that is around it, an answer takes less than 4."""
PROMPT_LIMIT: Final = 15.0
"""The same where the system asks the person; less than 16."""

ARGUMENT: Final = "--secassist-keyring"
"""In a frozen app, which is its own interpreter, this first argument asks for the far end."""
_BOOT: Final = (
    "import sys; sys.path[:0] = sys.argv[1:];from secassist.store.keyrings import serve; serve()"
)
_STATES: Final = {"locked": State.KEYRING_LOCKED, "missing": State.KEYRING_MISSING}


class Keyring(Protocol):
    """Keeps secrets by name. A call raises StoreClosed (keyring-locked, -missing, -silent)."""

    def get(self, name: str) -> bytes | None:
        """The secret; None where there is none of that name."""

    def set(self, name: str, secret: bytes) -> None:
        """Keep a secret, and make sure that it is kept."""

    def delete(self, name: str) -> None:
        """Forget a secret, if it is there."""


class KeyringProcess:
    """The near end. ``prompt``: whether the system may ask the person to unlock the keyring."""

    def __init__(
        self, *, prompt: bool = True, limit: float = LIMIT, prompt_limit: float = PROMPT_LIMIT
    ) -> None:
        self._prompt = prompt
        self._limit = limit
        self._prompt_limit = prompt_limit
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def get(self, name: str) -> bytes | None:
        """The secret; None where there is none of that name. Raises StoreClosed."""
        found = self._ask({"do": "get", "name": name})
        if found is None:
            return None
        try:
            return base64.b64decode(found, validate=True)
        except (binascii.Error, ValueError):
            return b""  # somebody else's: it opens nothing

    def set(self, name: str, secret: bytes) -> None:
        """Keep a secret, and make sure that it is kept. Raises StoreClosed."""
        self._ask({"do": "set", "name": name, "value": base64.b64encode(secret).decode()})

    def delete(self, name: str) -> None:
        """Forget a secret, if it is there. Raises StoreClosed."""
        self._ask({"do": "delete", "name": name})

    def close(self) -> None:
        """End the process. The next call starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            process.wait()

    def _ask(self, request: dict[str, str]) -> str | None:
        with self._turn:
            started = time.monotonic()
            limit = self._limit
            self._send({**request, "prompt": self._prompt})
            while True:
                try:
                    line = self._lines.get(timeout=max(0.0, started + limit - time.monotonic()))
                except queue.Empty:
                    self.close()
                    raise StoreClosed(State.KEYRING_SILENT) from None
                answer = _parse(line)
                if "prompt" in answer:
                    limit = self._prompt_limit
                elif "fault" in answer:
                    raise StoreClosed(_STATES[answer["fault"]])
                else:
                    value: str | None = answer["value"]
                    return value

    def _send(self, request: dict[str, Any]) -> None:
        data = json.dumps(request).encode() + b"\n"
        for attempt in (1, 2):
            process = self._running()
            assert process.stdin is not None  # it was started with pipes
            try:
                process.stdin.write(data)
                process.stdin.flush()
            except OSError:  # it died since the last call
                self.close()
                if attempt == 2:
                    raise StoreClosed(State.KEYRING_MISSING) from None
            else:
                return

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._lines = queue.SimpleQueue()
            self._process = subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows: no console
            )
            reader = threading.Thread(target=_read, args=(self._process, self._lines), daemon=True)
            reader.start()
        return self._process


def serve_if_asked() -> None:
    """In a frozen app: become the far end if the first argument says so. Call first in ``main``."""
    if sys.argv[1:2] == [ARGUMENT]:
        from secassist.store.keyrings import serve  # noqa: PLC0415 (only there)

        serve()
        sys.exit(0)


def _parse(line: bytes) -> dict[str, Any]:
    """An answer; what is none comes from a process that was ended in the middle of one."""
    try:
        answer: dict[str, Any] = json.loads(line)
    except ValueError:
        return {"fault": "missing"}
    return answer


def _read(process: subprocess.Popen[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    assert process.stdout is not None  # it was started with pipes
    with suppress(OSError, ValueError):  # closed under our hands
        for line in process.stdout:
            lines.put(line)
    lines.put(b"")


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    # -I and -S: neither the folder we happen to be in nor start-up hooks; they cost time, too.
    folders = [folder for folder in sys.path if Path(folder).is_dir()]
    return [sys.executable, "-I", "-S", "-c", _BOOT, *folders]
