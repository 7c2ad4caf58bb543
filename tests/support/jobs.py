"""Jobs for the worker process, good and bad."""

from __future__ import annotations

import os
import sys
import time

from secassist.base.errors import CouldNotFinish, UnusableInput


def echo(value: object) -> object:
    return value


def process_id() -> int:
    return os.getpid()


def imported() -> frozenset[str]:
    return frozenset(sys.modules)


def refuse() -> None:
    raise UnusableInput("Not like this.")


def give_up() -> None:
    raise CouldNotFinish("Try again.")


def hang() -> None:
    while True:
        time.sleep(60)


def take_memory() -> int:
    return len(bytearray(2 * 1024 * 1024 * 1024))


def die() -> None:
    os._exit(3)


def fail() -> None:
    raise ZeroDivisionError


def speak() -> str:
    print("noise")  # must not get between the answers
    return "done"


class Trap:
    """An answer that would run something where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


def set_a_trap() -> Trap:
    return Trap()


def answer_with(answer: bytes) -> None:
    """Send these bytes instead of an answer, as a process that was taken over could."""
    import struct

    with open(1, "wb", buffering=0, closefd=False) as out:
        out.write(struct.pack(">Q", len(answer)) + answer)
    time.sleep(60)


def answer_without_end() -> None:
    """Announce more than anyone waits for, and go on writing it."""
    import struct

    with open(1, "wb", buffering=0, closefd=False) as out:
        out.write(struct.pack(">Q", 1 << 40))
        while True:
            out.write(bytes(1_000_000))
