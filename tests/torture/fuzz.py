"""Feeds the readers of what strangers write with what a coverage-guided fuzzer makes of good files.

    python tests/torture/fuzz.py uri|migration|import|picture [libFuzzer's options]

For example ``-max_total_time=60``; ``make fuzz`` runs all four. Needs atheris, which is no part of
what ``make test`` installs. A failure is any error that is not a sentence for people, and any input
that takes more than a second of CPU; it is written to a file ``crash-…`` in the folder at hand.
The tests next to the readers do the same by hypothesis, on every ``make test``.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

with atheris.instrument_imports(include=["secassist.twofactor"]):
    from secassist.base.errors import SecassistError
    from secassist.twofactor import importers, migration, otpauth, qr

from support import exports, qr_pictures  # noqa: E402

LIMIT = 1.0  # seconds of CPU
Read = Callable[[bytes], object]


class TooSlow(Exception):
    """An input that takes too long."""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _uris() -> list[bytes]:
    written = [otpauth.write(account).encode() for account in exports.ACCOUNTS]
    return [*written, b"otpauth://totp/A%3Ab:c?secret=JB%20SW-Y3DP&algorithm=sha256&counter=1"]


def _migrations() -> list[bytes]:
    return [text.encode() for text in migration.write(exports.ACCOUNTS)[0]]


def _pictures() -> list[bytes]:
    code = qr_pictures.code("otpauth://totp/a?secret=JBSWY3DP", 2).convert("RGB")
    found = []
    for kind in ("PNG", "GIF", "BMP", "JPEG", "WEBP", "TIFF"):
        out = io.BytesIO()
        code.save(out, kind)
        found.append(out.getvalue())
    return [*found, _holes(code)]


def _holes(code: Image.Image) -> bytes:
    out = io.BytesIO()
    Image.merge("LA", (code.convert("L"), code.convert("L"))).save(out, "PNG")
    return out.getvalue()


TARGETS: dict[str, tuple[Read, Callable[[], list[bytes]]]] = {
    "uri": (lambda data: otpauth.read(_text(data)), _uris),
    "migration": (lambda data: migration.read([_text(data)]), _migrations),
    "import": (
        lambda data: importers.read([data]),
        lambda: [make() for make, _, _ in exports.PLAIN.values()],
    ),
    "picture": (qr.read_picture, _pictures),
}


def bounded(read: Read) -> Callable[[bytes], None]:
    def once(data: bytes) -> None:
        started = time.process_time()
        with suppress(SecassistError):
            read(data)
        if time.process_time() - started > LIMIT:
            raise TooSlow

    return once


def main() -> None:
    read, seeds = TARGETS[sys.argv[1]]
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds()):
            (Path(corpus) / str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *sys.argv[2:], corpus], bounded(read))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
