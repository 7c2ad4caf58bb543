"""A disk that fails at a chosen moment: in SQLite by a VFS, in our own files by wrapped calls.

    with FaultyDisk(at=7, fault="ENOSPC") as disk:
        …                 # the seventh write, sync, rename or deletion fails
    disk.calls            # how many there were

``sticky``: all that follow fail, too, as on a disk that stays full. A write that fails has written
its first half.
"""

from __future__ import annotations

import errno
import functools
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, Self
from unittest import mock

import apsw

Fault = Literal["ENOSPC", "EIO"]
_NAME = "secassist-faulty"
_COUNTER = 0


class FaultyDisk:
    def __init__(self, at: int, fault: Fault, *, sticky: bool = False) -> None:
        self._at = at
        self._fault: Fault = fault
        self._sticky = sticky
        self.calls = 0
        self.failed: list[str] = []
        self._patches: list[Any] = []
        self._vfs: apsw.VFS | None = None

    def __enter__(self) -> Self:
        global _COUNTER  # noqa: PLW0603 (a VFS is known by its name, which is never used again)
        _COUNTER += 1
        name = f"{_NAME}-{_COUNTER}"
        self._vfs = _Vfs(name, self)
        connection = functools.partial(apsw.Connection, vfs=f"multipleciphers-{name}")
        replace, unlink, fsync, fdopen = Path.replace, Path.unlink, os.fsync, os.fdopen

        def faulty_replace(path: Path, target: Path) -> Path:
            self.call("rename")
            return replace(path, target)

        def faulty_unlink(path: Path, missing_ok: bool = False) -> None:
            self.call("unlink")
            unlink(path, missing_ok=missing_ok)

        def faulty_fsync(descriptor: int) -> None:
            self.call("fsync")
            fsync(descriptor)

        def faulty_fdopen(descriptor: int, *args: Any, **kwargs: Any) -> Any:
            return _File(fdopen(descriptor, *args, **kwargs), self)

        self._patches = [
            mock.patch.object(apsw, "Connection", connection),
            mock.patch.object(Path, "replace", faulty_replace),
            mock.patch.object(Path, "unlink", faulty_unlink),
            mock.patch.object(os, "fsync", faulty_fsync),
            mock.patch.object(os, "fdopen", faulty_fdopen),
        ]
        for patch in self._patches:
            patch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for patch in reversed(self._patches):
            patch.stop()

    def is_failing(self, what: str) -> bool:
        """Count a call; whether it is one that fails."""
        self.calls += 1
        failing = self.calls == self._at or (self._sticky and self.calls > self._at)
        if failing:
            self.failed.append(what)
        return failing

    def call(self, what: str) -> None:
        if self.is_failing(what):
            number = getattr(errno, self._fault)
            raise OSError(number, os.strerror(number))

    def sqlite(self, what: str) -> None:
        if self.is_failing(what):
            raise self.sqlite_error()

    def sqlite_error(self) -> apsw.Error:
        return apsw.FullError("full") if self._fault == "ENOSPC" else apsw.IOError("input/output")


class _File:
    """A file whose writes are counted, and fail in their middle."""

    def __init__(self, file: IO[bytes], disk: FaultyDisk) -> None:
        self._file = file
        self._disk = disk

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        try:
            self._disk.call("write")
        except OSError:
            self._file.write(data[: len(data) // 2])
            raise
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _Vfs(apsw.VFS):
    def __init__(self, name: str, disk: FaultyDisk) -> None:
        super().__init__(name, "unix")
        self._disk = disk

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        if flags[0] & apsw.SQLITE_OPEN_CREATE:
            self._disk.sqlite("open")
        return _VfsFile(name, flags, self._disk)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._disk.sqlite("delete")
        super().xDelete(filename, syncdir)


class _VfsFile(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], disk: FaultyDisk) -> None:
        super().__init__("unix", name, flags)
        self._disk = disk

    def xWrite(self, data: bytes, offset: int) -> None:
        if self._disk.is_failing("write"):
            super().xWrite(data[: len(data) // 2], offset)
            raise self._disk.sqlite_error()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        self._disk.sqlite("sync")
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:
        self._disk.sqlite("truncate")
        super().xTruncate(size)
