"""The downloaded list of breached passwords: ``SHA1:COUNT`` a line, ordered by hash.

    with HashFile.open(path) as file:
        count = file.count(prefix + suffix)

A place in it is found by interpolation, as hashes are spread evenly: about five short reads, in a
file of any size. Nothing is mapped into memory, so that limits on memory hold, and a file that
shrinks meanwhile is an answer and not a crash.

A file in another order, or cut off, would answer "not breached" to everything; so it is looked at
before: samples of its order, its two ends, and passwords that every such list holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from secassist.base.errors import CouldNotFinish, UnusableInput
from secassist.passwords.tags import sha1

CANARIES: Final = ("password", "123456")
_HASH: Final = 40
_KEY: Final = 16  # hexadecimal digits by which places are guessed
_WINDOW: Final = 4096
_LINE_SIZE: Final = 64  # bytes; more than any line has
_CHUNK: Final = 64 * 1024
_SAMPLES: Final = 200
_GUESSES: Final = 12  # after so many, the middle is taken: no file can make the search long
_MAX_GAP: Final = 40  # average gaps between hashes that the ends may be away from the ends
_LINE: Final = re.compile(rb"[0-9A-Fa-f]{40}:[0-9]{1,12}\r?")
_NTLM: Final = re.compile(rb"[0-9A-Fa-f]{32}:")
_OTHER: Final = (
    "This is no list of breached passwords ordered by hash, one “SHA1:COUNT” a line. "
    "Download the SHA-1 list, ordered by hash."
)
_UNSORTED: Final = "This list of breached passwords is not ordered by hash. Download that one."
_NO_LINE: Final = "This list of breached passwords has a line that is none. Download it again."
_CUT_OFF: Final = "This list of breached passwords is not complete. Download it again."


class HashFile:
    """An open list that was looked at."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a list and look at it. Raises UnusableInput for one that cannot be relied on."""
        try:
            file = Path(path).open("rb", buffering=0)  # noqa: SIM115 (closed by the object)
        except OSError as error:
            raise UnusableInput(f"“{path}” could not be read: {error.strerror}.") from error
        try:
            opened = cls(file, file.seek(0, 2))
            opened._look_at()
        except BaseException:
            file.close()
            raise
        return opened

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def count(self, digest: str) -> int:
        """How often the password of this SHA-1 (40 hexadecimal digits) was seen; 0: not in it."""
        wanted = digest.upper().encode()
        line = self._read(self._place(wanted), _LINE_SIZE).partition(b"\n")[0]
        return _count_of(line) if line[:_HASH].upper() == wanted else 0

    def range(self, prefix: str) -> Iterator[tuple[str, int]]:
        """All suffixes (35 digits) and counts of the hashes with this beginning (5 digits)."""
        wanted = prefix.upper().encode()
        place = self._place(wanted.ljust(_HASH, b"0"))
        rest = b""
        ended = False
        while not ended:
            chunk = self._read(place, _CHUNK)
            place += len(chunk)
            ended = len(chunk) < _CHUNK
            *lines, rest = (rest + chunk).split(b"\n")
            for line in (*lines, rest) if ended else lines:
                if line[: len(wanted)].upper() != wanted:
                    return
                yield (
                    line[len(wanted) : _HASH].upper().decode("ascii", "replace"),
                    _count_of(line),
                )

    def _place(self, wanted: bytes) -> int:
        """Where the first line stands whose hash is not less than ``wanted``."""
        target = int(wanted[:_KEY], 16)
        low, high = 0, self._size  # both are where a line begins, or the end
        low_key, high_key = 0, 16**_KEY
        guesses = 0
        while high - low > _WINDOW:
            guesses += 1
            share = (target - low_key) / max(1, high_key - low_key) if guesses < _GUESSES else 0.5
            guess = low + int((high - low) * share) - _WINDOW // 2
            start = min(max(guess, low), high - _WINDOW)
            data = self._read(start, _WINDOW)
            first = 0 if start == low else data.find(b"\n") + 1
            end = data.rfind(b"\n") + 1
            if end <= first:
                raise CouldNotFinish(_CUT_OFF)
            head = data[first : first + _HASH].upper()
            last = max(first, data.rfind(b"\n", first, end - 1) + 1)
            tail = data[last : last + _HASH].upper()
            if wanted <= head:
                if start + first == low:
                    return low
                high, high_key = start + first, int(head[:_KEY], 16)
            elif wanted > tail:
                low, low_key = start + end, int(tail[:_KEY], 16)
            else:
                return start + _first_not_less(data, first, end, wanted)
        rest = self._read(low, high - low)
        return low + _first_not_less(rest, 0, len(rest), wanted)

    def _read(self, start: int, length: int) -> bytes:
        try:
            self._file.seek(start)
            return self._file.read(length)
        except OSError as error:
            raise CouldNotFinish(
                f"The list of breaches could not be read: {error.strerror}."
            ) from error

    def _look_at(self) -> None:
        head = self._read(0, _WINDOW).split(b"\n")
        if not _LINE.fullmatch(head[0]):
            raise UnusableInput(_UNSORTED if _NTLM.match(head[0]) else _OTHER)
        tail = self._read(max(0, self._size - _WINDOW), _WINDOW).rstrip(b"\r\n").split(b"\n")
        if not _LINE.fullmatch(tail[-1]):
            raise UnusableInput(_CUT_OFF)
        self._look_at_order()
        average = len(head[0]) + 1
        gap = _MAX_GAP * 16**_KEY * average // max(1, self._size)
        if int(head[0][:_KEY], 16) > gap or 16**_KEY - int(tail[-1][:_KEY], 16) > gap:
            raise UnusableInput(_CUT_OFF)
        if not all(self.count("".join(sha1(canary))) for canary in CANARIES):
            raise UnusableInput(_CUT_OFF)

    def _look_at_order(self) -> None:
        last = b""
        for sample in range(_SAMPLES):
            start = (self._size - _WINDOW) * sample // _SAMPLES if self._size > _WINDOW else 0
            data = self._read(start, _WINDOW)
            lines = data[0 if start == 0 else data.find(b"\n") + 1 : data.rfind(b"\n") + 1]
            hashes = [line[:_HASH].upper() for line in lines.splitlines()]
            if not hashes or any(len(one) != _HASH for one in hashes):
                raise UnusableInput(_OTHER)
            if hashes != sorted(hashes) or (start and hashes[-1] < last):
                raise UnusableInput(_UNSORTED)
            last = hashes[0]


def _count_of(line: bytes) -> int:
    """How often, as a line says. Raises CouldNotFinish: what says nothing is no "never"."""
    if not _LINE.fullmatch(line):
        raise CouldNotFinish(_NO_LINE)
    return int(line[_HASH + 1 :])


def _first_not_less(data: bytes, first: int, end: int, wanted: bytes) -> int:
    """Where the first line begins whose hash is not less; ``data[first:end]`` are whole lines."""
    while first < end:
        middle = (first + end) // 2
        start = max(first, data.rfind(b"\n", first, middle) + 1)
        if data[start : start + _HASH].upper() < wanted:
            after = data.find(b"\n", middle, end)
            first = end if after < 0 else after + 1
        else:
            end = start
    return first
