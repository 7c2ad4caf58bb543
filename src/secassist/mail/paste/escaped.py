r"""A source with its line ends or marks written out: as JSON, with ``\n``, ``<br>`` or ``\<``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secassist.mail.paste import shape

_FEWEST = 4  # fields from which it is no chance
_ENDS = (rb"(?:\\r)?\\n", rb"<[bB][rR] ?/?>")
_FIELD = rb"[ \t]*[A-Za-z][A-Za-z0-9-]{1,60}:(?:[ \t]|\\t|\\n|\\r)"
_ESCAPED_FIELD = tuple(re.compile(end + _FIELD) for end in _ENDS)
_ESCAPED_END = tuple(re.compile(end + rb"(?:\r?\n)?|\r?\n") for end in _ENDS)
_BACKSLASHED = re.compile(rb"\\([!-/:-@\[-`{-~])")
_MAX_VALUES = 1_000


def from_json(data: bytes) -> bytes | None:
    """The one message in a JSON text, as web mail hands it from page to page."""
    text = data.strip()
    if text[:1] not in (b'"', b"{", b"[") or len(_ESCAPED_FIELD[0].findall(text)) < _FEWEST:
        return None
    import json  # noqa: PLC0415 (hardly ever needed, and this process is small)

    try:
        value = json.loads(text.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    sources = [
        string.encode("utf-8", "replace").replace(b"\r\n", b"\n") for string in _strings(value)
    ]
    found = [s for s in sources if shape.of(s.lstrip(b"\n")).top is not shape.Top.OTHER]
    return found[0] if len(found) == 1 else None  # of two, one may be a stranger's


def unescaped_lines(data: bytes) -> bytes | None:
    r"""With real line ends where the text has ``\n`` or ``<br>`` written out."""
    text = data.strip().strip(b"\"'")
    if text.count(b"\n") > 1:
        return None
    for field, end in zip(_ESCAPED_FIELD, _ESCAPED_END, strict=True):
        if len(field.findall(text)) >= _FEWEST:
            return end.sub(b"\n", text).replace(b"\\t", b"\t")
    return None


def unbackslashed(data: bytes) -> bytes | None:
    r"""Without the backslashes that Markdown wants before its marks: ``\<a@b.example\>``."""
    block = data.partition(b"\n\n")[0]
    angles = block.count(b"<")
    if angles < 2 or block.count(b"\\<") < angles:
        return None
    return _BACKSLASHED.sub(rb"\1", data)


def _strings(value: object) -> Iterator[str]:
    """The strings in a JSON value, the first of its values."""
    todo = [value]
    for _ in range(_MAX_VALUES):
        if not todo:
            return
        match todo.pop():
            case str() as string:
                yield string
            case list() as items:
                todo.extend(items[:_MAX_VALUES])
            case dict() as table:
                todo.extend(list(table.values())[:_MAX_VALUES])
