"""Python 3.11.2 pickles a member of an enumeration with ``getattr``; newer ones do not."""

from __future__ import annotations

import io
import pickle
from typing import Any

import pytest

from secassist.base.worker import _PlainValues
from secassist.mail.verdict import Verdict


class Gotten:
    """Pickled as ``getattr(owner, name)``."""

    def __init__(self, owner: object, name: str) -> None:
        self.how = (getattr, (owner, name))

    def __reduce__(self) -> tuple[Any, ...]:
        return self.how


def unpickle(value: object) -> object:
    return _PlainValues(io.BytesIO(pickle.dumps(value))).load()


def test_a_member_is_read_in_either_form() -> None:
    assert unpickle(Verdict.FAKE) is Verdict.FAKE
    assert unpickle(Gotten(Verdict, "FAKE")) is Verdict.FAKE


@pytest.mark.parametrize("name", ["__class__", "mro", "__subclasses__", "NOSUCH"])
def test_nothing_else_is_gotten(name: str) -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpickle(Gotten(Verdict, name))


def test_nothing_is_gotten_from_what_is_no_enumeration() -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpickle(Gotten("text", "upper"))
