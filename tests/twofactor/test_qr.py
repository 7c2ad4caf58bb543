"""Pictures of codes: what is read, how fast, and that nothing hostile gets further."""

from __future__ import annotations

import io
import random
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from secassist.base.errors import OverLimit, SecassistError, UnusableInput
from secassist.twofactor import qr, qr_drawing
from support import qr_pictures

TEXT = "otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP&issuer=ACME"


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def test_a_sample_of_the_bench() -> None:
    missed = [p.condition for p in qr_pictures.pictures(1) if p.text not in qr.read_picture(p.png)]
    assert len(missed) <= 1, missed
    assert not [condition for condition in missed if "dark" in condition]


def test_what_is_drawn_is_read() -> None:
    assert qr.read_picture(qr_pictures.drawn(TEXT)) == (TEXT,)
    assert len(qr_drawing.matrix(TEXT)) == len(qr_drawing.matrix(TEXT)[0])
    with pytest.raises(OverLimit):
        qr_drawing.matrix("x" * 5_000)


def test_several_codes_on_one_screen() -> None:
    screen = qr_pictures.desktop(1920, 1080, False, 0).copy()
    texts = {f"{TEXT}&image={number}" for number in range(4)}
    for number, text in enumerate(sorted(texts)):
        screen.paste(qr_pictures.code(text, 3), (80 + 450 * number, 300))
    assert set(qr.read_picture(saved(screen))) == texts
    pixels = screen.tobytes()
    assert set(qr.read_pixels(pixels, 1920, 1080, 1920)) == texts


@pytest.mark.parametrize(("width", "height", "limit"), [(1920, 1080, 0.020), (3840, 2160, 0.100)])
def test_a_screen_is_read_at_once(width: int, height: int, limit: float) -> None:
    screen = qr_pictures.desktop(width, height, False, 1).copy()
    screen.paste(qr_pictures.code(TEXT, 3), (width // 3, height // 3))
    pixels = screen.tobytes()
    times = []
    for _ in range(5):
        started = time.process_time()  # other work on this machine must not count
        assert qr.read_pixels(pixels, width, height, width) == (TEXT,)
        times.append(time.process_time() - started)
    assert min(times) < limit


def test_rows_may_be_padded() -> None:
    code = qr_pictures.code(TEXT, 3)
    rows = b"".join(
        code.tobytes()[at : at + code.width] + b"\x00\x01\x02"
        for at in range(0, code.width * code.height, code.width)
    )
    assert qr.read_pixels(rows, code.width, code.height, code.width + 3) == (TEXT,)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_kinds_of_files(kind: str) -> None:
    data = saved(qr_pictures.code(TEXT, 4).convert("RGB"), kind)
    assert qr.looks_like_picture(data)
    assert qr.read_picture(data) == (TEXT,)


@pytest.mark.parametrize("ink", [0, 255])
def test_modules_on_nothing(ink: int) -> None:
    code = qr_pictures.code(TEXT, 4)
    picture = Image.merge("LA", (Image.new("L", code.size, ink), code.point(lambda v: 255 - v)))
    assert qr.read_picture(saved(picture)) == (TEXT,)


def test_another_code_is_read_as_it_is() -> None:
    assert qr.read_picture(qr_pictures.drawn("https://example.com/")) == ("https://example.com/",)


def test_no_code() -> None:
    assert qr.read_picture(saved(Image.new("L", (300, 300), 255))) == ()
    assert qr.read_picture(saved(Image.new("L", (1, 1)))) == ()


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", saved(Image.new("L", (99, 99)))[:-30]]
)
def test_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(UnusableInput):
        qr.read_picture(data)


def test_bounds() -> None:
    with pytest.raises(OverLimit):
        qr.read_picture(saved(Image.new("1", (7_000, 6_000))))
    bomb = saved(Image.new("1", (20, 20))).replace(b"\0\0\0\x14" * 2, b"\0\1\0\0" * 2)
    with pytest.raises(SecassistError):
        qr.read_picture(bomb)
    with pytest.raises(OverLimit):
        qr.read_pixels(b"\0" * 50_000_000, 10_000, 5_000, 10_000)
    for width, height, stride in [(0, 5, 5), (5, 0, 5), (5, 5, 4), (5, 6, 5)]:
        with pytest.raises(UnusableInput):
            qr.read_pixels(b"\0" * 25, width, height, stride)


def test_a_busy_screen_without_a_code_ends_in_time() -> None:
    noise = random.Random(7).randbytes(1920 * 1080)
    started = time.process_time()
    assert qr.read_pixels(noise, 1920, 1080, 1920) == ()
    assert time.process_time() - started < 1


SEEDS = [saved(qr_pictures.code(TEXT, 2).convert("RGB"), k) for k in ("PNG", "GIF", "BMP", "TIFF")]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255))))
def test_damaged_pictures(seed: bytes, flips: list[tuple[int, int]]) -> None:
    data = bytearray(seed)
    for place, value in flips:
        data[place % len(data)] = value
    started = time.process_time()
    with suppress(SecassistError):
        qr.read_picture(bytes(data))
    assert time.process_time() - started < 1
