"""The errors that a person may get to read.

SecassistError
├── UnusableInput    the input cannot be judged (exit code 2)
│   ├── OverLimit    the input is larger or deeper than we are willing to read
│   ├── PasswordNeeded, WrongPassword   it is encrypted, and does not open
├── UnusableCall     the command or a setting makes no sense (exit code 2)
└── CouldNotFinish   the work was right, but something outside failed (exit code 3)

Every one of them carries one plain sentence with a way out, fit for the screen.
Faults of DNS are not errors but answers: see ``network.dns.Answer``.
"""

from __future__ import annotations


class SecassistError(Exception):
    """Base of all errors whose text is written for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UnusableInput(SecassistError):
    """The input holds nothing that can be judged."""


class OverLimit(UnusableInput):
    """The input passes one of the limits in ``base.limits``."""


class PasswordNeeded(UnusableInput):
    """The file is encrypted and no password came with it."""


class WrongPassword(UnusableInput):
    """The password does not open the file."""


class UnusableCall(SecassistError):
    """The call itself cannot be carried out as it was put."""


class CouldNotFinish(SecassistError):
    """Something outside this program failed; trying again may help."""


def named(name: str, sentence: str) -> SecassistError:
    """The error of that class, as it comes from the worker process."""
    known = (SecassistError, UnusableInput, OverLimit, PasswordNeeded, WrongPassword,
             UnusableCall, CouldNotFinish)  # fmt: skip
    return next((k for k in known if k.__name__ == name), SecassistError)(sentence)
