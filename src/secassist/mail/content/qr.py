"""QR codes in the pictures of a mail. Their addresses are read as links; nothing is opened."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import Final

from secassist.mail.mime import Part

_MAX_PICTURES: Final = 4
_MIN_BYTES: Final = 100
_MAX_BYTES: Final = 4 * 1024 * 1024
_MIN_SIDE: Final = 21  # modules of the smallest code
_MAX_PIXELS: Final = 12_000_000
_WORK_SIDE: Final = 1_200  # pixels; larger pictures are made smaller first
_MAX_CODES: Final = 8
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP")


def read_codes(parts: Iterable[Part]) -> tuple[str, ...]:
    """The texts of QR codes in the first few pictures, the same ones once.

    Bounded: four pictures, 4 MB and 12 megapixels each; formats that only hold pixels. What
    cannot be read counts as holding no code.
    """
    pictures = [
        p
        for p in parts
        if p.content_type.startswith("image/") and _MIN_BYTES <= len(p.payload) <= _MAX_BYTES
    ]
    found: dict[str, None] = {}
    for part in pictures[:_MAX_PICTURES]:
        for text in _codes(part.payload):
            found[text] = None
    return tuple(found)[:_MAX_CODES]


def _codes(payload: bytes) -> list[str]:
    # Both are large; a mail without pictures should not wait for them.
    import zxingcpp  # noqa: PLC0415
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(payload), formats=_FORMATS) as picture:
                width, height = picture.size
                if min(width, height) < _MIN_SIDE or width * height > _MAX_PIXELS:
                    return []
                picture.draft("L", (_WORK_SIDE, _WORK_SIDE))
                flat = Image.new("RGB", picture.size, "white")
                with picture.convert("RGBA") as layer:
                    flat.paste(layer, mask=layer.getchannel("A"))
                grey = flat.convert("L")
                grey.thumbnail((_WORK_SIDE, _WORK_SIDE))
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,  # Pillow's word for a broken PNG
        EOFError,
    ):
        return []
    results = zxingcpp.read_barcodes(
        grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return [r.text[:2_000] for r in results if r.text]
