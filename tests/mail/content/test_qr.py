from __future__ import annotations

import io

import pytest
from PIL import Image

from secassist.mail.content.qr import read_codes
from secassist.mail.mime import Part
from support.qr import TARGET, picture


def part(payload: bytes, content_type: str = "image/png") -> Part:
    return Part(content_type, "", False, payload, "")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_code_is_read(kind: str) -> None:
    assert read_codes([part(picture(kind), f"image/{kind.lower()}")]) == (TARGET,)


def test_a_light_code_on_dark_is_read() -> None:
    assert read_codes([part(picture(dark=True))]) == (TARGET,)


def test_a_see_through_picture_is_read_on_white() -> None:
    grey = Image.open(io.BytesIO(picture()))
    black = Image.new("L", grey.size, 0)
    alpha = grey.point(lambda value: 255 - value)
    data = io.BytesIO()
    Image.merge("LA", (black, alpha)).save(data, "PNG")
    assert read_codes([part(data.getvalue())]) == (TARGET,)


def test_other_parts_and_broken_pictures_hold_none() -> None:
    whole = picture()
    assert read_codes([part(whole, "application/pdf")]) == ()
    assert read_codes([part(whole[: len(whole) // 3])]) == ()
    assert read_codes([part(b"\x89PNG\r\n\x1a\n" + b"\0" * 200)]) == ()
    assert read_codes([part(b"no picture at all" * 20)]) == ()


def test_a_picture_of_too_many_points_is_not_opened() -> None:
    data = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(data, "PNG")
    assert read_codes([part(data.getvalue())]) == ()


def test_only_the_first_pictures_are_read() -> None:
    empty = io.BytesIO()
    Image.new("L", (200, 200), 255).save(empty, "BMP")
    assert read_codes([part(empty.getvalue())] * 4 + [part(picture())]) == ()
