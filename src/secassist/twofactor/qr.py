"""QR codes, read from pictures and screens in a ladder of ever more patient tries.

Whoever sends or shows a picture may be hostile: formats that hold only pixels, bounds on bytes,
pixels and time. Pictures from files should be read in the worker process (``base.worker``).
"""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Iterator
from typing import Final

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps

from secassist.base.errors import OverLimit, UnusableInput

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000  # two 4K screens side by side, and then some
MAX_CODES: Final = 100
BUDGET: Final = 0.6  # seconds for the tries after the first one
_MIN_SIDE: Final = 21  # modules of the smallest code
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "PPM")
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_WANTED: Final = ("otpauth", "steam://")
_UPSCALE_PIXELS: Final = 3_000_000  # larger pictures are enlarged tile by tile
_TILE: Final = 1_000  # pixels
_STEP: Final = 650  # pixels; tiles overlap by more than most codes are wide
_QUIET: Final = 24  # pixels of white that a code at the very edge lacks
_SHARPEN: Final = ImageFilter.UnsharpMask(radius=3, percent=250, threshold=0)
_TOO_LARGE: Final = "This picture is too large: cut out the part with the code."
_SHARPEN_MUCH: Final = ImageFilter.UnsharpMask(radius=6, percent=500, threshold=0)
_BLACK: Final = 10
_HALF: Final = 127
_FOCUS_PIXELS: Final = 250_000  # a quarter of a second of work each
_FOCUS_RADII: Final = (3, 2, 4, 1.5)  # pixels; the blur that is taken back, the likeliest first
_FOCUS_ROUNDS: Final = 40
_FOCUS_MIDDLE: Final = 128  # grey that stands for no difference
_BROKEN: Final = (
    OSError,
    ValueError,
    SyntaxError,  # Pillow's word for a broken PNG
    EOFError,
)


def looks_like_picture(data: bytes) -> bool:
    """Is this one of the formats that ``read_picture`` opens (by its first bytes)?"""
    return data.startswith(
        (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
    ) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def read_picture(data: bytes) -> tuple[str, ...]:
    """The texts of all QR codes in a picture file, each once; empty where there is none.

    Raises UnusableInput for what is no picture, OverLimit for one that is too large.
    """
    if len(data) > MAX_BYTES:
        raise OverLimit(_TOO_LARGE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise OverLimit(_TOO_LARGE)
                layers = list(_flattened(picture))
    except Image.DecompressionBombError:
        raise OverLimit(_TOO_LARGE) from None
    except _BROKEN:
        raise UnusableInput("This picture cannot be read. Is it damaged?") from None
    found: dict[str, None] = {}
    for grey in layers:
        found.update(dict.fromkeys(_read(grey)))
        if _satisfied(found):
            break
    return tuple(found)[:MAX_CODES]


def read_pixels(pixels: bytes, width: int, height: int, stride: int) -> tuple[str, ...]:
    """The texts of all QR codes on a screen: 8-bit grey, ``stride`` bytes a row.

    Raises OverLimit for more than 40 million pixels, UnusableInput for numbers that do not fit.
    """
    if width < 1 or height < 1 or stride < width or len(pixels) < stride * (height - 1) + width:
        raise UnusableInput("This picture of the screen is damaged.")
    if width * height > MAX_PIXELS:
        raise OverLimit("This screen is too large: mark the part with the code.")
    grey = Image.frombuffer("L", (width, height), pixels, "raw", "L", stride, 1)
    return tuple(dict.fromkeys(_read(grey)))[:MAX_CODES]


def _flattened(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture in grey, on white; one with holes also on black, for white modules."""
    if picture.mode in ("L", "RGB") and "transparency" not in picture.info:
        yield picture.convert("L")
        return
    layer = picture.convert("RGBA")
    holes = layer.getchannel("A")
    if holes.getextrema() == (255, 255):
        yield layer.convert("L")
        return
    for ground in (255, 0):
        flat = Image.new("L", layer.size, ground)
        flat.paste(layer.convert("L"), mask=holes)
        yield flat


def _read(grey: Image.Image) -> list[str]:
    """The first try, then others until one finds a code of ours or the time is used up."""
    if min(grey.size) < _MIN_SIDE:
        return []
    found = dict.fromkeys(_scan(grey))
    end = time.monotonic() + BUDGET
    if not _satisfied(found):
        for variant in _ladder(grey):
            found.update(dict.fromkeys(_scan(variant)))
            if _satisfied(found) or time.monotonic() > end:
                break
    return list(found)


def _scan(grey: Image.Image) -> list[str]:
    # Plain: in other modes line ends and the like are written out as names.
    results = zxingcpp.read_barcodes(grey, formats=_QR, text_mode=zxingcpp.TextMode.Plain)
    return [result.text for result in results if result.text]


def _satisfied(found: dict[str, None]) -> bool:
    return any(text.lstrip()[:10].lower().startswith(_WANTED) for text in found)


def _ladder(grey: Image.Image) -> Iterator[Image.Image]:
    """Other views of the picture, the cheapest and most helpful first."""
    yield _black_alone(grey)
    if grey.width * grey.height <= _UPSCALE_PIXELS:
        yield from _closer(grey)
        yield from (_framed(view) for view in (grey, ImageChops.invert(grey)))
        if grey.width * grey.height <= _FOCUS_PIXELS:
            for focused in (_focused(grey, radius) for radius in _FOCUS_RADII):
                yield _enlarged(focused)
                yield _enlarged(focused, 3)
        if min(grey.size) > _STEP:
            yield from (view for tile in _tiles(grey) for view in _closer(tile))
    else:
        yield grey.resize((grey.width // 2, grey.height // 2), Image.Resampling.BOX)
        yield from (_enlarged(tile) for tile in _tiles(grey))
        yield from (_enlarged(tile).filter(_SHARPEN) for tile in _tiles(grey))


def _closer(grey: Image.Image) -> Iterator[Image.Image]:
    """For what is small or blurred."""
    yield grey.filter(_SHARPEN)
    large = _enlarged(grey)
    yield large
    yield large.filter(_SHARPEN)
    if grey.width * grey.height <= _UPSCALE_PIXELS // 2:
        yield _enlarged(grey, 3).filter(_SHARPEN_MUCH)
    yield ImageOps.autocontrast(large, cutoff=2)


def _black_alone(grey: Image.Image) -> Image.Image:
    """All but the blackest in white: a code without a quiet zone stands out of a dark page."""
    return grey.point(lambda value: 255 if value > _BLACK else 0)


def _framed(grey: Image.Image) -> Image.Image:
    """With a white edge around what is not black: a code at the very edge, or on a black page.

    The corners of a code have white in their first and last rows and columns, so that what is not
    black ends just where the code does.
    """
    bounds = grey.point(lambda value: 255 if value > _HALF else 0).getbbox()
    return ImageOps.expand(grey.crop(bounds) if bounds else grey, _QUIET, 255)


def _focused(grey: Image.Image, radius: float) -> Image.Image:
    """Takes back a blur of about ``radius``: van Cittert's iteration, with steps of a half.

    What the blurred guess lacks of the picture is added to the guess, again and again; values stay
    within black and white, which is what makes it work for a code.
    """
    seen = guess = ImageOps.autocontrast(grey)
    for _ in range(_FOCUS_ROUNDS):
        blurred = guess.filter(ImageFilter.GaussianBlur(radius))
        lacking = ImageChops.subtract(seen, blurred, scale=2, offset=_FOCUS_MIDDLE)
        guess = ImageChops.add(guess, lacking, offset=-_FOCUS_MIDDLE)
    return guess


def _enlarged(grey: Image.Image, times: int = 2) -> Image.Image:
    return grey.resize((grey.width * times, grey.height * times), Image.Resampling.BICUBIC)


def _tiles(grey: Image.Image) -> Iterator[Image.Image]:
    for top in range(0, max(1, grey.height - (_TILE - _STEP)), _STEP):
        for left in range(0, max(1, grey.width - (_TILE - _STEP)), _STEP):
            right, bottom = min(grey.width, left + _TILE), min(grey.height, top + _TILE)
            yield grey.crop((left, top, right, bottom))
