"""Write Outlook ``.msg`` files for tests: a compound file (MS-CFB, version 3) of properties."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import pairwise
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT_SECTOR, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def msg(
    *,
    headers: str = "",
    subject: str = "",
    sender: str = "",
    body: str = "",
    html: bytes = b"",
    attachments: tuple[Tree, ...] = (),
) -> dict[str, bytes | Tree]:
    """The property streams of one message, as a tree for ``compound_file`` or ``embedded``."""
    texts = {"007D": headers, "0037": subject, "0C1A": sender, "1000": body}
    tree: dict[str, bytes | Tree] = {
        f"__substg1.0_{tag}001F": text.encode("utf-16-le") for tag, text in texts.items() if text
    }
    tree["__properties_version1.0"] = bytes(32)
    if html:
        tree["__substg1.0_10130102"] = html
    for number, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = attachment
    return tree


def attachment(name: str, data: bytes, kind: str = "") -> Tree:
    return {
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        "__substg1.0_370E001F": kind.encode("utf-16-le"),
        "__substg1.0_37010102": data,
    }


def embedded(message: Tree) -> Tree:
    return {"__substg1.0_3701000D": message}


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file whose root storage holds ``tree``."""
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, type, right, child, start, size
    mini, sectors, fat = b"", [], []  # type: ignore[var-annotated]
    mini_fat: list[int] = []

    def chain(data: bytes) -> int:
        count = max(1, -(-len(data) // _SECTOR))
        first = len(sectors)
        padded = data.ljust(count * _SECTOR, b"\0")
        sectors.extend(padded[i : i + _SECTOR] for i in range(0, len(padded), _SECTOR))
        fat.extend([*range(first + 1, first + count), _END])
        return first

    def stream(data: bytes) -> int:
        nonlocal mini
        if len(data) >= _CUTOFF:
            return chain(data)
        count = -(-len(data) // _MINI)
        first = len(mini_fat)
        mini += data.ljust(count * _MINI, b"\0")
        mini_fat.extend([*range(first + 1, first + count), _END] if count else [])
        return first if count else _END

    def add(name: str, content: bytes | Tree) -> int:
        place = len(entries)
        if isinstance(content, bytes):
            entries.append((name, 2, _NONE, _NONE, stream(content), len(content)))
            return place
        entries.append((name, 1, _NONE, _NONE, 0, 0))
        children = [add(*item) for item in sorted(content.items())]
        for left, right in pairwise(children):
            entries[left] = (*entries[left][:2], right, *entries[left][3:])
        entries[place] = (name, 1, _NONE, children[0] if children else _NONE, 0, 0)
        return place

    add("Root Entry", tree)
    mini_start = chain(mini)
    root = entries[0]
    entries[0] = (root[0], 5, _NONE, root[3], mini_start, len(mini))
    directory = b"".join(_entry(*entry) for entry in entries)
    directory_start = chain(directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0"))
    mini_fat_data = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_fat_sectors = max(1, -(-len(mini_fat_data) // _SECTOR))
    mini_fat_start = chain(mini_fat_data.ljust(mini_fat_sectors * _SECTOR, b"\xff"))
    fat_sectors = -(-(len(fat) + 8) // 127)
    fat_start = len(sectors)
    fat.extend([_FAT_SECTOR] * fat_sectors)
    fat.extend([_FREE] * (fat_sectors * 128 - len(fat)))
    sectors.append(struct.pack(f"<{len(fat)}I", *fat))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, directory_start, 0, _CUTOFF, mini_fat_start, mini_fat_sectors, _END, 0,
    )  # fmt: skip
    used = [fat_start + n for n in range(fat_sectors)]
    header += struct.pack("<109I", *used, *[_FREE] * (109 - len(used)))
    return header + b"".join(sectors)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI8x8xII4x", text, len(text) + 2, kind, 1, _NONE, right, child, bytes(16), 0,
        start, size,
    )  # fmt: skip
