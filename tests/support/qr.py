"""Pictures of QR codes for tests."""

from __future__ import annotations

import io
from functools import cache

import zxingcpp
from PIL import Image

TARGET = "https://evil.example/pay"


@cache
def picture(kind: str = "PNG", *, dark: bool = False, scale: int = 6) -> bytes:
    code = zxingcpp.create_barcode(TARGET, zxingcpp.BarcodeFormat.QRCode)
    drawn = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=scale))
    if dark:
        drawn = drawn.point(lambda value: 255 - value)
    wide = Image.new("L", (drawn.width + 80, drawn.height + 80), 0 if dark else 255)
    wide.paste(drawn, (40, 40))
    data = io.BytesIO()
    wide.save(data, kind)
    return data.getvalue()
