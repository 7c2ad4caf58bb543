"""A file to be imported, looked at once; and the ways in which it may refuse to open."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from secassist.base.errors import OverLimit, UnusableInput

MAX_BYTES: Final = 64 * 1024 * 1024  # Aegis keeps its icons in the file; 37 MB were seen


class PasswordNeeded(UnusableInput):
    """The file is encrypted and no password came with it."""

    def __init__(self, format_name: str) -> None:
        super().__init__(f"This file from {format_name} is encrypted. It needs its password.")


class WrongPassword(UnusableInput):
    """The password does not open the file, and the file itself looks whole.

    ``sure``: false for formats in which a damaged file looks just the same.
    """

    def __init__(self, format_name: str, *, sure: bool = True) -> None:
        doubt = "" if sure else " If you are sure of it, the file itself was changed."
        super().__init__(f"That password does not open this file from {format_name}.{doubt}")


class Damaged(UnusableInput):
    """The file is cut off or changed; another password would not help."""

    def __init__(self, format_name: str = "") -> None:
        where = f" from {format_name}" if format_name else ""
        super().__init__(f"This file{where} is damaged or cut off. Export it again if you can.")


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes, the text they are (None: no UTF-8), the JSON that the text is (None: no JSON)."""

    data: bytes
    text: str | None
    json: Any


def source(data: bytes) -> Source:
    """Look at a file. Raises OverLimit for a huge one, Damaged for JSON that is cut off."""
    if len(data) > MAX_BYTES:
        raise OverLimit("This file is too large to be an export of codes.")
    text = _text(data)
    if text is None:
        return Source(data, None, None)
    value = None
    start = text.lstrip()[:1]
    if start in ("{", "["):
        try:
            value = json.loads(text)
        except RecursionError:
            raise UnusableInput("This file is nested too deeply to be an export.") from None
        except ValueError:
            raise Damaged from None
    return Source(data, text, value)


def _text(data: bytes) -> str | None:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if "\0" in text else text
    return None
